"""The way in as people meet it: kind when wrong, no trick with addresses, nothing of an old session left."""

from __future__ import annotations

import pytest

from lms.accounts import cards, credentials, people, sessions
from lms.accounts.models import Credential, FailedTries, SignedIn
from lms.db import utc_now
from tests.browser import Browser, Page
from tests.cast import PASSWORD, PIN, Cast

NUMBER = "13812340001"


def sign_in(browser: Browser, pin: str = PIN, *, phone: str = NUMBER, to: str = "", status: int = 303) -> Page:
    return browser.post(f"/sign-in{to}", status, follow=False, phone=phone, pin=pin)


def where(page: Page) -> str:
    return page.response.headers["Location"]


def me(browser: Browser, status: int = 200) -> Page:
    return browser.get("/me", status=status, follow=False)


def test_number_and_pin_open_today(cast: Cast, visitor: Browser):
    page = sign_in(visitor)

    assert where(page) == "/today"
    assert "张秀兰" in me(visitor).text


def test_a_colleague_is_told_to_ask_an_administrator_not_a_trainer(cast: Cast, visitor: Browser):
    wrong = {"phone": "13812340002", "password": "not the right password", "code": ""}

    page = visitor.post("/sign-in/staff", 422, follow=False, **wrong)

    assert "找管理员" in page.text and "老师给" not in page.text and "找老师" not in page.text


def test_the_form_asks_for_number_and_six_digits(cast: Cast, visitor: Browser):
    page = visitor.get("/sign-in")

    assert page.all("input", name="phone", inputmode="tel", autocomplete="tel")
    assert page.all("input", name="pin", type="password", inputmode="numeric", autocomplete="current-password")


def test_she_stays_signed_in_for_half_a_year(cast: Cast, visitor: Browser):
    cookies = sign_in(visitor).response.headers.getlist("Set-Cookie")

    session = next(cookie for cookie in cookies if cookie.startswith("session="))
    assert "HttpOnly" in session and "SameSite=Lax" in session and "Expires=" in session
    assert not any("remember" in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "phone", ["138 1234 0001", "+86 138-1234-0001", "１３８１２３４０００１", " 8613812340001\u200b"]
)
def test_a_number_may_be_written_in_any_way(cast: Cast, visitor: Browser, phone: str):
    sign_in(visitor, "４８０ ３１７", phone=phone)

    me(visitor)


def test_a_wrong_pin_is_told_by_its_field_and_the_number_stays(cast: Cast, visitor: Browser):
    page = sign_in(visitor, "000000", status=422)

    assert "密码不对，请再输一次。" in page.text
    assert page.all("input", name="phone")[0]["value"].replace(" ", "") == NUMBER
    assert "value" not in page.all("input", name="pin")[0] or not page.all("input", name="pin")[0]["value"]


def test_missing_digits_are_counted_for_her_and_cost_no_try(cast: Cast, visitor: Browser):
    page = sign_in(visitor, "4803", status=422)

    assert "少了 2 位，再看看。" in page.text
    assert not FailedTries.select().exists()


def test_an_unknown_number_is_told_so(cast: Cast, visitor: Browser):
    page = sign_in(visitor, phone="13812349999", status=422)

    assert "没找到这个号码。是报名时用的那个吗？" in page.text


def test_after_many_wrong_pins_she_is_told_how_long_and_whom_to_ring(cast: Cast, visitor: Browser):
    for _try in range(5):
        sign_in(visitor, "000000", status=422)

    page = sign_in(visitor, status=429)

    assert "先等 1 秒再试。" in page.text
    assert page.response.headers["Retry-After"] == "1"
    assert "锁" not in page.text


def test_a_class_behind_one_router_does_not_wait_for_her(cast: Cast, visitor: Browser, app):
    for _try in range(5):
        sign_in(visitor, "000000", status=422)

    neighbour = people.create("李四", "13812340077", by=None, now=utc_now())
    credentials.set_pin(neighbour, PIN, by=None, now=utc_now(), first=False)

    assert sign_in(Browser(app), phone="13812340077").status == 303


def test_her_own_phone_never_waits_for_strangers(cast: Cast, visitor: Browser, app):
    sign_in(visitor)
    visitor.post("/sign-out")
    stranger = Browser(app)
    for _try in range(5):
        sign_in(stranger, "000000", status=422)

    assert sign_in(visitor).status == 303


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "1" * 10_000, "'; drop table person; --", "<script>", "\r\nSet-Cookie: a=b", "😀"],
)
def test_odd_input_is_only_wrong(cast: Cast, visitor: Browser, text: str):
    for phone, pin in ((text, PIN), (NUMBER, text), (text, text)):
        page = visitor.post("/sign-in", 422, follow=False, phone=phone, pin=pin)
        assert page.all("form")
    assert "<script>alert" not in page.html


def test_she_comes_back_to_the_page_that_she_wanted(cast: Cast, visitor: Browser):
    asked = visitor.get("/me?saved=pin", status=302, follow=False)

    assert where(sign_in(visitor, to=where(asked).removeprefix("/sign-in"))) == "/me?saved=pin"


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "/%0d%0aX:1\r\nX: 1",
        "javascript:alert(1)",
        "me",
        "/a" * 400,
    ],
)
def test_no_address_leads_away_from_here(cast: Cast, visitor: Browser, next_page: str):
    page = visitor.client.post(
        "/sign-in", query_string={"next": next_page}, data={"csrf_token": visitor.token(), "phone": NUMBER, "pin": PIN}
    )

    assert page.headers["Location"] == "/today" or page.headers["Location"].startswith("/%250d")


def test_a_session_planted_before_the_sign_in_is_worth_nothing_after_it(cast: Cast, visitor: Browser):
    visitor.get("/sign-in")
    planted = visitor.client.get_cookie("session").value
    token_before = visitor.token()

    sign_in(visitor)

    assert visitor.client.get_cookie("session").value != planted
    assert visitor.token() != token_before


def test_signing_in_as_somebody_else_ends_the_first_session(cast: Cast, visitor: Browser):
    sign_in(visitor)
    sign_in(visitor, phone="13812340005")

    assert SignedIn.select().where(SignedIn.ended_at.is_null()).count() == 1
    assert "周强" in me(visitor).text


def test_signing_out_asks_first_and_then_ends_the_session(cast: Cast, visitor: Browser):
    sign_in(visitor)
    assert visitor.get("/sign-out").all("form", method="post")
    me(visitor)

    visitor.post("/sign-out")

    me(visitor, status=302)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(cast: Cast, visitor: Browser, app):
    sign_in(visitor)
    copied = visitor.client.get_cookie("session").value
    visitor.post("/sign-out")
    thief = Browser(app)
    thief.client.set_cookie("session", copied)

    me(thief, status=302)


def test_signing_out_without_a_session_is_harmless(cast: Cast, visitor: Browser):
    page = visitor.post("/sign-out", 302, follow=False)

    assert where(page) == "/sign-in"


def test_a_card_says_who_and_asks_for_the_pin_only(cast: Cast, visitor: Browser):
    path = f"/c/{cards.token(cast.trainee, now=utc_now())}"

    page = visitor.get(path)
    assert "138****0001" in page.text.replace(" ", "") and "兰" in page.text and "张秀兰" not in page.text

    assert visitor.post(path, 303, follow=False, pin=PIN).response.headers["Location"] == "/today"


def test_a_forged_card_is_not_found(cast: Cast, visitor: Browser):
    visitor.get(f"/c/{cast.trainee.id}-aaaaaaaaaaaaaaaa", status=404)


def test_a_colleague_signs_in_with_a_password(cast: Cast, visitor: Browser):
    page = visitor.post("/sign-in/staff", 303, follow=False, phone="13812340002", password=PASSWORD, code="")

    assert where(page) == "/today"


def test_a_colleague_is_not_told_what_was_wrong(cast: Cast, visitor: Browser):
    said = {
        visitor.post("/sign-in/staff", 422, follow=False, phone=phone, password=password, code="").text
        for phone, password in (("13812340002", "wrong"), ("13812349999", PASSWORD), (NUMBER, PASSWORD))
    }

    assert len({text.replace(number, "") for text in said for number in ("13812340002",)}) <= 3
    assert all("手机号、密码或验证码不对。" in text for text in said)


def test_a_stale_form_is_refused(cast: Cast, visitor: Browser):
    visitor.post("/sign-in", 422, follow=False, csrf_token="made up", phone=NUMBER, pin=PIN)

    assert not SignedIn.select().exists()


def test_who_does_not_know_the_pin_is_told_what_to_do(cast: Cast, visitor: Browser):
    page = visitor.get("/sign-in/forgot")

    assert "何老师" in page.text


def test_choices_of_the_account_come_along_to_the_next_phone(cast: Cast, visitor: Browser):
    cast.trainee.text_size, cast.trainee.language = "large", "en"
    cast.trainee.save()

    sign_in(visitor)

    assert visitor.client.get_cookie("text").value == "large"
    assert me(visitor).all("html")[0]["lang"] == "en"


def test_a_first_pin_is_asked_to_be_changed_at_the_second_visit_and_later_will_do(cast: Cast, visitor: Browser):
    Credential.update(first=True).execute()
    sign_in(visitor)
    visitor.get("/today")
    sign_in(visitor)

    page = visitor.get("/today", status=303, follow=False)
    assert where(page) == "/me/pin?next=/today"
    visitor.get("/today", follow=False)


def test_known_phones_are_kept_by_hash_and_the_token_is_kept_for_the_next_sign_in(cast: Cast, visitor: Browser):
    sign_in(visitor)
    first = visitor.client.get_cookie("phone").value
    sign_in(visitor)

    assert visitor.client.get_cookie("phone").value == first
    assert sessions.knows(first, cast.trainee)


def test_a_phone_token_that_somebody_made_up_is_not_taken(cast: Cast, visitor: Browser):
    visitor.client.set_cookie("phone", "made-up")

    sign_in(visitor)

    assert visitor.client.get_cookie("phone").value != "made-up"
