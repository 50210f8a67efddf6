"""The short way in: a class code, a name, a number, a PIN, one consent, and lesson 1."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lms.accounts import credentials, notice
from lms.accounts.models import FailedTries, Person
from lms.db import utc_now
from lms.learning import joining
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort, Membership
from tests.browser import Browser, Page
from tests.cast import COUNTY, PIN, VILLAGE, Cast

NEW = {"name": "赵玉梅", "phone": "13812340066", "pin": "907364", "age_band": "18+"}


def join(browser: Browser, status: int = 303, **changes: str) -> Page:
    return browser.post("/join", status, follow=False, **{"code": "LOTUS7", "place": "", **NEW, **changes})


def newcomer() -> Person | None:
    return Person.get_or_none(Person.phone == NEW["phone"])


def open_class(**facts: object) -> Cohort:
    return Cohort.create(
        name="自学班", join_code=f"S{Cohort.select().count()}", area=COUNTY, starts_on=utc_now().date(),
        self_study=True, created_at=utc_now(), **facts,
    )  # fmt: skip


def test_a_visitor_with_a_code_is_in_the_class_and_before_the_notice(cast: Cast, visitor: Browser):
    page = join(visitor)

    assert page.response.headers["Location"].startswith("/welcome?next=/courses/light/")
    membership = Membership.get((Membership.person == newcomer()) & (Membership.cohort == cast.cohort))
    assert newcomer().is_invited and newcomer().age_band == "18+"
    assert not Enrolment.select().where(Enrolment.membership == membership).exists()


def test_who_tells_their_village_is_counted_there(cast: Cast, visitor: Browser):
    assert visitor.get("/join?code=LOTUS7").all("option", value="藕塘镇莲子村")

    join(visitor, village="莲子村")

    membership = Membership.get(Membership.person == newcomer())
    assert (newcomer().area_code, membership.area_code) == (VILLAGE, VILLAGE)


def test_a_place_that_we_do_not_know_is_said_and_nobody_is_made(cast: Cast, visitor: Browser):
    page = join(visitor, 422, village="火星村")

    assert "不认识这个地方" in page.text and page.all("input", id="village", value="火星村")
    assert newcomer() is None


def test_one_consent_later_lesson_one_opens(cast: Cast, visitor: Browser):
    to = join(visitor).response.headers["Location"]
    assert not visitor.get(to).all("input", name="age_band")

    page = visitor.post(to, 303, follow=False, agree="y")

    assert visitor.get(page.response.headers["Location"]).status == 200
    assert Enrolment.select().where(Enrolment.person == newcomer()).count() == 1


def test_the_chosen_pin_signs_in_and_is_no_first_pin(cast: Cast, visitor: Browser):
    join(visitor)

    assert credentials.check(newcomer(), credentials.PIN, NEW["pin"], now=utc_now())
    assert not credentials.has_first(newcomer(), credentials.PIN)


def test_the_link_with_the_code_says_which_class_it_is(cast: Cast, visitor: Browser):
    page = visitor.get("/join?code=lotus7")

    assert "2026 春季班" in page.text
    assert page.all("input", name="code")[0]["value"]


def test_a_code_that_no_class_has_is_told_so_and_nothing_typed_is_lost(cast: Cast, visitor: Browser):
    page = join(visitor, 422, code="XXXXXX")

    assert "没有班用这个码" in page.text
    assert page.all("input", name="name")[0]["value"] == NEW["name"]
    assert newcomer() is None


def test_the_class_stays_named_while_something_else_is_mended(cast: Cast, visitor: Browser):
    assert "2026 春季班" in join(visitor, 409, phone="13812340005").text
    assert "2026 春季班" in join(visitor, 422, pin="123456").text


@pytest.mark.parametrize(
    ("name", "words"), [("😀😀", "只能有文字"), ("<script>", "只能有文字"), ("王" * 200, "你写了 200 个")]
)
def test_a_name_that_cannot_stand_on_a_certificate_is_told(cast: Cast, visitor: Browser, name: str, words: str):
    assert words in join(visitor, 422, name=name).text
    assert newcomer() is None


def test_a_closed_class_takes_nobody(cast: Cast, visitor: Browser):
    Cohort.update(closed_at=utc_now()).execute()

    join(visitor, 422)

    assert newcomer() is None


def test_without_a_code_the_open_class_of_the_area_takes_everybody(cast: Cast, visitor: Browser):
    alone = open_class()

    join(visitor, code="")

    assert Membership.get(Membership.person == newcomer()).cohort == alone


def test_with_several_open_classes_she_says_where_she_lives(cast: Cast, visitor: Browser):
    first, second = open_class(), open_class()
    assert len(visitor.get("/join").all("input", name="place")) == 2
    join(visitor, 422, code="")

    join(visitor, code="", place=str(second.id))

    assert Membership.get(Membership.person == newcomer()).cohort == second != first


def test_without_a_code_and_without_an_open_class_nobody_gets_in(cast: Cast, visitor: Browser):
    join(visitor, 422, code="")

    assert newcomer() is None


def test_a_class_that_is_not_open_cannot_be_slipped_into_as_a_place(cast: Cast, visitor: Browser):
    open_class(), open_class()

    join(visitor, 422, code="", place=str(cast.cohort.id))

    assert newcomer() is None


def test_a_number_that_has_an_account_signs_in_first(cast: Cast, visitor: Browser):
    page = join(visitor, 409, phone="13812340005")

    assert "先登录，再进班" in page.text
    assert any(link.startswith("/sign-in?next=/join") for link in page.links())


def test_under_fourteen_nothing_is_kept(cast: Cast, visitor: Browser):
    page = join(visitor, 422, age_band="under-14")

    assert "满 14 岁才能在这里学" in page.text
    assert newcomer() is None


@pytest.mark.parametrize("field", ["name", "phone", "pin", "age_band"])
@pytest.mark.parametrize("text", ["", "\0", " ", "<script>alert(1)</script>" * 400])
def test_odd_input_is_told_and_nothing_is_kept(cast: Cast, visitor: Browser, field: str, text: str):
    page = join(visitor, 422, **{field: text})

    assert newcomer() is None
    assert "<script>alert" not in page.html


def test_a_pin_that_is_guessed_at_once_is_refused(cast: Cast, visitor: Browser):
    assert "太好猜" in join(visitor, 422, pin="123456").text
    assert newcomer() is None


def test_who_is_here_already_joins_with_one_button(cast: Cast, visitor: Browser):
    alone = open_class()
    visitor.post("/sign-in", 303, follow=False, phone="13812340001", pin=PIN)
    page = visitor.get(f"/join?code={alone.join_code}")
    assert not page.all("input", name="phone")

    visitor.post("/join", 303, follow=False, code=alone.join_code)

    assert Membership.select().where(Membership.person == cast.trainee).count() == 2


def test_joining_twice_is_harmless(cast: Cast, visitor: Browser):
    visitor.post("/sign-in", 303, follow=False, phone="13812340001", pin=PIN)

    for _time in range(2):
        visitor.post("/join", 303, follow=False, code="LOTUS7")

    assert Membership.select().where(Membership.person == cast.trainee).count() == 1


def test_who_tries_code_after_code_has_to_wait(cast: Cast, visitor: Browser):
    for number in range(60):
        with pytest.raises(joining.NoSuchClass):
            joining.class_of(f"NO{number}", address="127.0.0.1", now=utc_now())

    join(visitor, 429)


def test_right_codes_do_not_add_up(cast: Cast):
    for _time in range(100):
        joining.class_of("LOTUS7", address="127.0.0.1", now=utc_now())

    assert FailedTries.get_by_id("code:127.0.0.1").failures == 0


def test_a_group_said_later_is_filled_in_and_one_taken_back_is_gone(cast: Cast):
    notice.say_group(cast.trainee, "migrant", now=utc_now() + timedelta(days=1))
    joining.keep_group(cast.trainee, utc_now())
    assert (cast.membership.group, cast.enrolment.group) == ("migrant", "migrant")

    notice.withdraw_group(cast.trainee, now=utc_now())
    joining.keep_group(cast.trainee, utc_now())

    assert (cast.membership.group, cast.enrolment.group) == ("", "")
