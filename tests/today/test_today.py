"""Today: one thing to go on with, what is due, my fields; and the search over lessons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from lms.catalogue.models import Course
from lms.db import utc_now
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.programmes import cohorts, memberships
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast, load_course, person
from tests.entering import signed_in
from tests.learning.deeds import CHINA, all_but_last, check, complete, pass_quiz, read, send

SUN, VOICE = "/courses/light/sun", "/courses/light/voice"


@pytest.fixture
def xiulan(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)


def due_in(cast: Cast, lesson: str, days: int) -> None:
    """The class is to have finished a lesson so many days from now."""
    day = utc_now().astimezone(CHINA).date() + timedelta(days=days)
    cohorts.set_due(cast.cohort, cast.version.course, lesson, day, by=cast.trainer.id, now=utc_now())


def finish_sun(cast: Cast) -> None:
    """The first lesson with all that it asks for."""
    send(cast.enrolment, read())
    send(cast.enrolment, check("the-question", 0))
    pass_quiz(cast.enrolment)


def test_today_leads_to_the_first_lesson(xiulan: Browser):
    page = xiulan.get("/today")

    assert SUN in page.links() and "秀兰" in page.text


def test_a_lesson_half_done_is_the_one_to_go_on_with(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())

    assert SUN in xiulan.get("/today").links()


def test_a_lesson_done_leads_to_the_next(cast: Cast, xiulan: Browser):
    finish_sun(cast)

    links = xiulan.get("/today").links()
    assert VOICE in links and SUN not in links


def test_who_has_finished_is_led_to_the_certificate(cast: Cast, xiulan: Browser):
    complete(cast.enrolment)

    page = xiulan.get("/today")
    assert "/certificates" in page.links() and SUN not in page.links()


@pytest.mark.parametrize(
    ("days", "words", "heading"),
    [(0, "今天", "快到日子了"), (3, "还有 3 天", "快到日子了"), (-2, "晚了 2 天", "先补这几课")],
)
def test_what_is_due_is_told_in_days_and_only_what_is_late_is_to_be_made_up(
    cast: Cast, xiulan: Browser, days: int, words: str, heading: str
):
    due_in(cast, "voice", days)

    page = xiulan.get("/today")

    assert words in page.text
    assert [one for one in ("快到日子了", "先补这几课") if one in page.text] == [heading]


def test_a_course_that_is_not_begun_says_where_to_begin(cast: Cast, xiulan: Browser):
    assert "从这里开始" in xiulan.get("/courses/light").text

    send(cast.enrolment, read())

    assert "学到这里" in xiulan.get("/courses/light").text


def test_who_joins_today_is_not_late_and_is_led_to_a_start(cast: Cast, xiulan: Browser):
    Enrolment.update(enrolled_at=utc_now()).where(Enrolment.id == cast.enrolment.id).execute()
    due_in(cast, "sun", -76)
    due_in(cast, "voice", 3)

    page = xiulan.get("/today")

    assert "晚了" not in page.text and "不算你晚" in page.text
    assert "还有 3 天" in page.text


def test_who_has_begun_is_not_told_again_that_the_class_had(cast: Cast, xiulan: Browser):
    Enrolment.update(enrolled_at=utc_now()).where(Enrolment.id == cast.enrolment.id).execute()
    due_in(cast, "sun", -76)
    send(cast.enrolment, read())

    assert "不算你晚" not in xiulan.get("/today").text


def test_what_is_due_far_off_or_done_is_not_told(cast: Cast, xiulan: Browser):
    due_in(cast, "voice", 30)
    due_in(cast, "sun", 1)
    finish_sun(cast)

    assert "还有" not in xiulan.get("/today").text


def test_a_due_date_of_another_class_is_not_mine(app: Flask, cast: Cast, xiulan: Browser):
    other = load_course(SMALL_COURSE, slug="other")
    cohorts.set_due(cast.cohort, Course.get_by_id(other.course_id), "sun", SPRING.date(), by=1, now=SPRING)

    assert "晚了" not in xiulan.get("/today").text


def test_who_is_in_no_class_is_led_to_joining_one(app: Flask, cast: Cast):
    page = signed_in(app, person("新来的", "13812340011")).get("/today")

    assert "/join" in page.links()


def test_who_left_the_class_is_not_driven_on(app: Flask, cast: Cast):
    page = signed_in(app, cast.left).get("/today")

    assert SUN not in page.links() and "/courses/light" in page.links()


@pytest.mark.parametrize(("role", "desk"), [("trainer", "/teach"), ("manager", "/manage"), ("admin", "/admin")])
def test_colleagues_are_led_to_their_own_desk(app: Flask, cast: Cast, role: str, desk: str):
    page = signed_in(app, getattr(cast, role)).get("/today", status=302, follow=False)

    assert page.response.headers["Location"].startswith("/admin" if role == "admin" else desk)


def test_a_course_seen_as_visitor_shows_its_path_and_opens_its_first_lesson(visitor: Browser, cast: Cast):
    assert "/courses/light" in visitor.get("/").links()
    assert {SUN, VOICE} <= set(visitor.get("/courses/light").links())
    assert visitor.get(SUN).all("article")
    assert not visitor.get(VOICE).all("article")


def test_the_landing_page_promises_nothing(visitor: Browser, cast: Cast):
    text = visitor.get("/").text

    promised = ["保证", "包过", "月入", "必", "第一", "最好", "成功率", "收入", "学员说", "证言"]
    assert not [word for word in promised if word in text]


def test_search_finds_a_word_of_two_characters(visitor: Browser, cast: Cast):
    page = visitor.get("/search", query_string={"q": "太阳"})

    assert SUN in page.links()


@pytest.mark.parametrize("words", ["听", "话", "风扇"])
def test_search_finds_one_character_and_shows_visitors_titles_of_lessons_that_open_later(
    visitor: Browser, cast: Cast, xiulan: Browser, words: str
):
    assert VOICE in xiulan.get("/search", query_string={"q": words}).links()
    assert (VOICE in visitor.get("/search", query_string={"q": words}).links()) is (words != "风扇")


def test_a_page_that_is_gone_leads_visitors_home_and_others_to_today(visitor: Browser, cast: Cast, xiulan: Browser):
    assert "回首页" in visitor.get("/nothing-here", status=404).text
    assert "/today" in xiulan.get("/nothing-here", status=404).links()


def test_search_finds_only_what_one_may_open(visitor: Browser, cast: Cast, xiulan: Browser):
    assert VOICE not in visitor.get("/search", query_string={"q": "风扇"}).links()
    assert VOICE in xiulan.get("/search", query_string={"q": "风扇"}).links()


@pytest.mark.parametrize(
    "words", ["", "   ", "%", "_", "'", '"', "\\", "a OR b*", "(", "NEAR(", "好" * 500, "😀", "\u200b"]
)
def test_search_takes_anything(visitor: Browser, cast: Cast, words: str):
    visitor.get("/search", query_string={"q": words})


def test_a_course_that_is_archived_is_shown_no_more_but_goes_on(
    app: Flask, visitor: Browser, cast: Cast, xiulan: Browser
):
    Course.update(archived_at=utc_now()).where(Course.slug == "light").execute()

    assert "/courses/light" not in visitor.get("/courses").links()
    assert visitor.get("/courses/light", status=404)
    assert xiulan.get(SUN).all("article") and "/courses/light" in xiulan.get("/courses").links()


def test_what_is_missing_is_told_lesson_by_lesson(cast: Cast, xiulan: Browser):
    all_but_last(cast.enrolment)

    page = xiulan.get("/courses/light")

    assert "第 2 课" in page.text and "第 1 课，" not in page.text.partition("还差")[2]
    assert not page.all("form", action="/courses/light/exam")


def test_everybody_is_greeted_by_their_given_name(app: Flask, cast: Cast):
    two, latin = person("吴芬", "13812340012"), person("Anna Lee", "13812340013")
    enrolling.enrol(memberships.join(cast.cohort, two, now=SPRING, how="code"), now=SPRING)

    assert "吴芬" in signed_in(app, two).get("/today").text
    assert "Anna Lee" in signed_in(app, latin, "en").get("/today").text
