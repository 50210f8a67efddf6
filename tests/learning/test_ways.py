"""The two ways through all courses: what is on them, where one stands, and being led along the one that was taken."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.catalogue import course as courses
from lms.catalogue import folder, publishing
from lms.learning import enrolling, ways
from lms.learning.models import Enrolment
from lms.programmes.models import CohortCourse
from lms.settings import ROOT
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast, do, load_course
from tests.entering import signed_in
from tests.learning.deeds import READ, complete, contents, publish
from tests.neighbours import renamed

SYLLABUS = ["product", "shooting", "copywriting", "compliance", "selling"]
STARRED = contents(("lessons = [", 'starred = ["sun"]\nlessons = ['))


@pytest.fixture
def starred(cast: Cast) -> Enrolment:
    """The course of the cast with a star at its first lesson."""
    publish(cast.enrolment, STARRED)
    return cast.enrolment


@pytest.fixture
def pond(cast: Cast, starred: Enrolment) -> Enrolment:
    """A second course of the class, to be taken after the first."""
    files = renamed(folder.read(SMALL_COURSE, "pond"))
    files["course.toml"] = b'after = ["light"]\nstarred = ["voice"]\norder = 9\n' + files["course.toml"].replace(
        b"order = 1\n", b""
    )
    version = publishing.load("pond", files, by=None, now=SPRING).version
    CohortCourse.create(cohort=cast.cohort, course=version.course_id, position=2)
    enrolling.enrol(cast.membership, now=SPRING)
    return Enrolment.get((Enrolment.person == cast.trainee) & (Enrolment.course == version.course_id))


def keys(way: ways.Way) -> list[str]:
    return [f"{leg.standing.course.slug}/{lesson.key}" for leg in way.legs for lesson in leg.lessons]


def test_the_fast_way_takes_the_starred_lessons_of_every_course_in_order(cast: Cast, pond: Enrolment):
    fast, full = ways.ways(ways.of_person(cast.trainee))

    assert keys(fast) == ["light/sun", "pond/voice"]
    assert keys(full) == ["light/sun", "light/voice", "pond/moon", "pond/voice"]
    assert (fast.total, fast.done, fast.onward and fast.onward[1].key) == (2, 0, "sun")


def test_a_way_goes_on_where_something_is_open_and_ends_where_nothing_is(cast: Cast, pond: Enrolment):
    complete(cast.enrolment)
    fast = ways.way("fast", ways.of_person(cast.trainee))
    assert fast.done == 1 and fast.onward and fast.onward[0].course.slug == "pond"

    do(pond, ("voice/read", "read", READ))
    assert ways.way("fast", ways.of_person(cast.trainee)).onward is None


def test_where_no_lesson_has_a_star_there_is_one_way_and_nothing_to_choose(app: Flask, cast: Cast):
    assert ways.ways(ways.of_person(cast.trainee)) == []
    assert "最快的路" not in signed_in(app, cast.trainee).get("/courses").text
    assert "还没有带星的课" in signed_in(app, cast.trainee).get("/ways/fast").text


def test_whoever_took_the_fast_way_is_led_along_it(app: Flask, cast: Cast, pond: Enrolment):
    xiulan = signed_in(app, cast.trainee)
    xiulan.post("/ways/fast")
    assert "你在走这条路" in xiulan.get("/ways/fast").text
    complete(cast.enrolment)

    assert "/courses/pond/voice" in xiulan.get("/today").links()
    done = xiulan.post("/courses/pond/voice/answers", event="read-voice-1", step="voice/read", kind="read", by="button")
    assert "最快的路" in done.text and "学完 2 / 2 课" in done.text


def test_whoever_took_none_goes_along_the_course(app: Flask, cast: Cast, pond: Enrolment):
    page = signed_in(app, cast.trainee).post(
        "/courses/pond/moon/answers", event="read-moon-1", step="moon/read", kind="read", by="button"
    )

    assert "最快的路" not in page.text


def test_a_course_says_what_is_better_taken_first_until_it_is_done(app: Flask, cast: Cast, pond: Enrolment):
    xiulan = signed_in(app, cast.trainee)
    assert "最好先学： 拍摄入门 （还差 1 课）" in xiulan.get("/courses/pond").text

    complete(cast.enrolment)
    assert "最好先学" not in xiulan.get("/courses/pond").text


def test_a_visitor_sees_the_ways_and_begins(app: Flask, cast: Cast, pond: Enrolment):
    page = Browser(app).get("/ways/full")

    assert "4 课" in page.text
    assert "/courses/light/sun" in page.links() and "走这条路" not in page.text


def test_a_way_that_nobody_made_is_not_there(app: Flask, cast: Cast):
    Browser(app).get("/ways/slow", status=404)


def test_the_shipped_fast_way_is_short_enough_and_in_the_syllabus_order(cast: Cast):
    """Twelve hours at most, ten to fourteen days, four tasks at most (issue and syllabus)."""
    for slug in SYLLABUS:
        load_course(ROOT / "courses" / slug)
    fast = ways.way("fast", [one for one in ways.there_are(None) if one.course.slug != "light"])

    assert [leg.standing.course.slug for leg in fast.legs] == [
        "product",
        "shooting",
        "copywriting",
        "compliance",
        "selling",
    ]
    assert fast.minutes <= 12 * 60
    assert 10 <= fast.days[0] <= fast.days[1] <= 14


@pytest.mark.parametrize("written", ['after = ["../x"]', "after = [1]", 'after = "product"'])
def test_a_name_that_no_course_can_have_is_told(written: str):
    files = dict(folder.read(SMALL_COURSE, "light"))
    files["course.toml"] = written.encode() + b"\n" + files["course.toml"]

    _parsed, problems = courses.parse(files)

    assert [one.path for one in problems] == ["course.toml"]
