"""我的: how the pages look, what one signs in with, and where."""

from __future__ import annotations

import pyotp
import pytest

from lms.accounts import credentials, sessions, totp
from lms.accounts.models import Credential, Person, SignedIn
from lms.db import utc_now
from tests.browser import Browser
from tests.cast import PASSWORD, PIN, Cast


@pytest.fixture
def trainee(cast: Cast, visitor: Browser) -> Browser:
    visitor.post("/sign-in", 303, follow=False, phone="13812340001", pin=PIN)
    return visitor


@pytest.fixture
def colleague(cast: Cast, visitor: Browser) -> Browser:
    visitor.post("/sign-in/staff", 303, follow=False, phone="13812340002", password=PASSWORD, code="")
    return visitor


def now_is(person: Person) -> Person:
    return Person.get_by_id(person.id)


def test_me_shows_who_is_signed_in_and_where(trainee: Browser):
    page = trainee.get("/me")

    assert "张秀兰" in page.text and "13812340001" not in page.text
    assert {"/me/pin", "/me/group", "/me/phones", "/me/data", "/sign-out", "/notice"} <= set(page.links())


def test_a_visitor_chooses_how_the_pages_look_without_an_account(visitor: Browser):
    page = visitor.post("/me/preferences", 303, follow=False, theme="dark", text="large", saver="off", lang="en")

    assert page.response.headers["Location"] == "/"
    kept = {name: visitor.client.get_cookie(name).value for name in ("theme", "text", "saver", "lang")}
    assert kept == {"theme": "dark", "text": "large", "saver": "off", "lang": "en"}


def test_a_choice_is_kept_with_the_account_and_leads_back(cast: Cast, trainee: Browser):
    page = trainee.post("/me/preferences", 303, follow=False, text="large", next="/me?saved=pin")

    assert page.response.headers["Location"] == "/me?saved=pin"
    assert now_is(cast.trainee).text_size == "large"


@pytest.mark.parametrize("value", ["", "purple", "\0", "x" * 10_000])
def test_a_choice_that_is_not_offered_changes_nothing(cast: Cast, trainee: Browser, value: str):
    trainee.post("/me/preferences", 303, follow=False, theme=value, next="//evil.example")

    assert now_is(cast.trainee).theme == ""
    assert trainee.client.get_cookie("theme") is None


def test_a_new_pin_needs_the_old_one_and_signs_the_other_phones_out(cast: Cast, trainee: Browser):
    elsewhere = sessions.begin(cast.trainee, "tablet", now=utc_now())

    page = trainee.post("/me/pin", 303, follow=False, current=PIN, new="907364")

    assert page.response.headers["Location"] == "/me"
    assert credentials.check(cast.trainee, credentials.PIN, "907364", now=utc_now())
    assert sessions.load(elsewhere, now=utc_now()) is None
    trainee.get("/me")


@pytest.mark.parametrize(
    ("current", "new", "told"),
    [
        ("000000", "907364", "和现在的不一样"),
        (PIN, "123456", "太好猜"),
        (PIN, "7305", "少了 2 位"),
        ("", "907364", "请输 6 位数字"),
    ],
)
def test_a_pin_that_cannot_be_is_told_why(cast: Cast, trainee: Browser, current: str, new: str, told: str):
    page = trainee.post("/me/pin", 422, follow=False, current=current, new=new)

    assert told in page.text
    assert credentials.check(cast.trainee, credentials.PIN, PIN, now=utc_now())


def test_the_pin_of_now_is_no_new_one(cast: Cast, trainee: Browser):
    assert "现在用的就是这个" in trainee.post("/me/pin", 422, follow=False, current=PIN, new=PIN).text


def test_the_printed_pin_need_not_be_typed_again(cast: Cast, trainee: Browser):
    Credential.update(first=True).where(Credential.person == cast.trainee).execute()
    assert "/me/pin" in trainee.get("/me").links()
    assert not trainee.get("/me/pin?next=/today").all("input", name="current")

    page = trainee.post("/me/pin?next=/today", 303, follow=False, new="907364")

    assert page.response.headers["Location"] == "/today"
    assert not credentials.has_first(cast.trainee, credentials.PIN)


def test_the_group_is_said_with_a_consent_and_taken_back(cast: Cast, trainee: Browser):
    trainee.post("/me/group", 422, follow=False, group="veteran")
    assert now_is(cast.trainee).group == ""

    trainee.post("/me/group", 303, follow=False, group="veteran", agree="y")
    assert now_is(cast.trainee).group == "veteran"

    trainee.post("/me/group/withdrawal", 303, follow=False)
    assert now_is(cast.trainee).group == ""


def test_signing_out_everywhere_else_keeps_this_phone(cast: Cast, trainee: Browser):
    sessions.begin(cast.trainee, "tablet", now=utc_now())
    assert "2" in trainee.get("/me/phones").text

    trainee.post("/me/phones/sign-out", 303, follow=False)

    assert SignedIn.select().where(SignedIn.ended_at.is_null()).count() == 1
    trainee.get("/me")


def test_a_colleague_changes_the_password(cast: Cast, colleague: Browser):
    colleague.post("/me/password", 422, follow=False, current=PASSWORD, new="too short")
    colleague.post("/me/password", 422, follow=False, current="wrong", new="a quite new password")

    colleague.post("/me/password", 303, follow=False, current=PASSWORD, new="a quite new password")

    assert credentials.check(cast.trainer, credentials.PASSWORD, "a quite new password", now=utc_now())


def test_a_colleague_has_no_pin_to_change(colleague: Browser):
    assert colleague.get("/me/pin", status=302, follow=False).response.headers["Location"] == "/me/password"


def test_a_colleague_turns_codes_on_and_needs_one_from_then_on(cast: Cast, colleague: Browser):
    page = colleague.get("/me/totp")
    sealed, secret = page.all("input", name="sealed")[0]["value"], page.all("code")[0]["data-secret"]
    assert page.response.headers["Cache-Control"] == "no-store"

    code = pyotp.TOTP(secret).now()
    colleague.post("/me/totp", 303, follow=False, sealed=sealed, current=PASSWORD, code=code)

    assert totp.is_on(cast.trainer)
    colleague.post("/sign-out")
    colleague.post("/sign-in/staff", 422, follow=False, phone="13812340002", password=PASSWORD, code="")


def test_codes_are_not_turned_on_without_the_password_or_with_a_wrong_code(cast: Cast, colleague: Browser):
    page = colleague.get("/me/totp")
    sealed, secret = page.all("input", name="sealed")[0]["value"], page.all("code")[0]["data-secret"]

    for current, code in (("wrong", pyotp.TOTP(secret).now()), (PASSWORD, "000000")):
        again = colleague.post("/me/totp", 422, follow=False, sealed=sealed, current=current, code=code)
        assert again.all("code")[0]["data-secret"] == secret

    assert not totp.is_on(cast.trainer)


def test_a_set_up_made_for_somebody_else_is_not_taken(cast: Cast, colleague: Browser):
    page = colleague.post("/me/totp", 422, follow=False, sealed="made up", current=PASSWORD, code="123456")

    assert page.all("code")[0]["data-secret"]
    assert not totp.is_on(cast.trainer)


def test_a_trainee_sets_no_codes_up(trainee: Browser):
    trainee.get("/me/totp", status=404)
    trainee.get("/me/password", status=404)


@pytest.mark.parametrize("address", ["/me", "/me/pin", "/me/group", "/me/phones", "/welcome"])
def test_a_visitor_is_sent_to_sign_in(visitor: Browser, address: str):
    page = visitor.get(address, status=302, follow=False)

    assert page.response.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    "address", ["/me/preferences", "/me/group/withdrawal", "/me/phones/sign-out", "/notice/withdrawal"]
)
def test_a_deed_is_no_page(trainee: Browser, address: str):
    trainee.get(address, status=405)
