"""Before the notice is accepted nothing else opens, and nothing is recorded of anybody."""

from __future__ import annotations

import pytest

from lms.accounts import credentials, people
from lms.accounts.models import Consent, Person
from lms.db import utc_now
from tests.browser import Browser
from tests.cast import PIN, Cast

NUMBER = "13812340088"


@pytest.fixture
def invited(cast: Cast) -> Person:
    person = people.create("李小兰", NUMBER, by=cast.trainer.id, now=utc_now())
    credentials.set_pin(person, PIN, by=None, now=utc_now(), first=True)
    return person


@pytest.fixture
def browser(invited: Person, visitor: Browser) -> Browser:
    visitor.post("/sign-in", 303, follow=False, phone=NUMBER, pin=PIN)
    return visitor


def now_is(person: Person) -> Person:
    return Person.get_by_id(person.id)


@pytest.mark.parametrize("address", ["/today", "/me", "/me/pin", "/certificates"])
def test_nothing_else_opens_before_the_notice(browser: Browser, address: str):
    page = browser.get(address, status=303, follow=False)

    assert page.response.headers["Location"] == f"/welcome?next={address}"


def test_a_script_is_refused_rather_than_led_to_the_notice(browser: Browser):
    assert browser.post_json("/me/preferences", {}).status_code == 303  # open before the notice: how pages look
    assert browser.post_json("/me/group", {}).status_code == 403


def test_the_notice_is_told_in_sentences_that_can_be_read_aloud(browser: Browser):
    page = browser.get("/welcome")

    assert page.html.count("<span data-s>") >= 10
    assert "荷田县农民直播培训项目" in page.text


def test_agreeing_opens_the_page_that_was_wanted(browser: Browser, invited: Person):
    page = browser.post("/welcome?next=/me", 303, follow=False, age_band="18+", agree="y")

    assert page.response.headers["Location"] == "/me"
    assert now_is(invited).age_band == "18+" and not now_is(invited).is_invited


def test_agreeing_without_the_tick_is_no_agreeing(browser: Browser, invited: Person):
    page = browser.post("/welcome", 422, follow=False, age_band="18+")

    assert "同意的话，请打上勾。" in page.text
    assert now_is(invited).is_invited and not Consent.select().exists()


def test_the_age_must_be_one_that_is_offered(browser: Browser, invited: Person):
    for band in ("", "99", "<b>", "\0"):
        browser.post("/welcome", 422, follow=False, age_band=band, agree="y")

    assert now_is(invited).is_invited


def test_a_child_is_turned_away_kindly_and_nothing_is_kept(browser: Browser, invited: Person):
    page = browser.post("/welcome", 422, follow=False, age_band="under-14", agree="y")

    assert "满 14 岁才能在这里学" in page.text
    row = now_is(invited)
    assert (row.name, row.phone, row.deleted_at is None) == ("", None, False)
    browser.get("/me", status=302, follow=False)


def test_a_colleague_s_age_is_not_asked(cast: Cast, visitor: Browser):
    Person.update(notice_accepted_at=None, age_band="").where(Person.id == cast.trainer.id).execute()
    visitor.post("/sign-in/staff", 303, follow=False, phone="13812340002", password="lotus roots in the pond", code="")

    page = visitor.get("/welcome")
    assert not page.all("input", name="age_band")
    assert "工作台" in page.text and "上第 1 课" not in page.text
    visitor.post("/welcome", 303, follow=False, agree="y")

    assert not now_is(cast.trainer).is_invited


def test_who_does_not_agree_can_sign_out(browser: Browser):
    assert browser.get("/welcome").all("form", action="/sign-out")

    browser.post("/sign-out", 303, follow=False)


def test_who_has_agreed_is_not_asked_again(browser: Browser):
    browser.post("/welcome", 303, follow=False, age_band="18+", agree="y")

    assert browser.get("/welcome", status=302, follow=False).response.headers["Location"] == "/today"


def test_anybody_may_read_the_notice(visitor: Browser):
    assert "手机号从不显示" in visitor.get("/notice").text


def test_taking_the_consent_back_signs_out_and_asks_again(browser: Browser, invited: Person):
    browser.post("/welcome", 303, follow=False, age_band="18+", agree="y")
    assert browser.get("/notice").all("form", action="/notice/withdrawal")

    browser.post("/notice/withdrawal", 303, follow=False)

    assert now_is(invited).is_invited
    browser.get("/me", status=302, follow=False)
