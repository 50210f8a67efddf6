"""From a first version to a class: whose class takes a course, and who may see to it."""

from __future__ import annotations

import pytest

from lms.authoring import giving
from lms.catalogue import folder, publishing
from lms.catalogue.models import Course
from lms.errors import Refused
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Cohort, CohortCourse
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, TOWNSHIP, Cast

DESK = "/teach/courses/bees"


@pytest.fixture
def bees(cast: Cast) -> Course:
    """A published course of Ms He's that no class takes."""
    return publishing.load("bees", folder.read(SMALL_COURSE, "bees"), by=cast.trainer.id, now=SPRING).course


def test_a_course_that_no_class_takes_says_so_and_offers_ones_own(trainer: Browser, cast: Cast, bees: Course):
    page = trainer.get(DESK)
    assert "还没有班学这门课" in page.text
    assert [one["value"] for one in page.all("option")] == [str(cast.cohort.id)]


def test_a_trainer_gives_it_to_a_class_and_everybody_in_it_is_enrolled(trainer: Browser, cast: Cast, bees: Course):
    for _twice in range(2):
        page = trainer.post(f"{DESK}/classes", cohort=cast.cohort.id)
    assert "2026 春季班" in page.text and "还没有班学这门课" not in page.text
    assert Enrolment.get(Enrolment.course == bees).person_id == cast.trainee.id
    assert not CohortCourse.get(CohortCourse.course == bees).required


def test_a_class_of_somebody_else_is_not_given_anything(trainer: Browser, stranger: Browser, cast: Cast, bees: Course):
    other = Cohort.create(
        name="别的班", join_code="OTHER7", area=TOWNSHIP, starts_on=cast.cohort.starts_on, created_at=SPRING
    )
    trainer.post(f"{DESK}/classes", cohort=other.id, status=404)
    stranger.post(f"{DESK}/classes", cohort=cast.cohort.id, status=404)
    assert not CohortCourse.select().where(CohortCourse.course == bees).exists()


def test_a_draft_cannot_be_given(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/new", title_zh="养鸭", title_en="", name="ducks")
    with pytest.raises(Refused):
        giving.give(Course.get(Course.slug == "ducks"), cast.cohort, by=cast.trainer.id, now=SPRING)
    assert "还没有班学这门课" not in trainer.get("/teach/courses/ducks").text


def test_the_first_course_of_a_class_is_its_programme(trainer: Browser, cast: Cast, bees: Course):
    CohortCourse.delete().where(CohortCourse.cohort == cast.cohort).execute()
    trainer.post(f"{DESK}/classes", cohort=cast.cohort.id)
    assert CohortCourse.get(CohortCourse.course == bees).required


def test_a_closed_class_is_given_nothing(trainer: Browser, cast: Cast, bees: Course):
    cohorts.close(cast.cohort, by=cast.trainer.id, now=SPRING)
    assert "班级关了" in trainer.post(f"{DESK}/classes", cohort=cast.cohort.id, status=422).text
    assert not CohortCourse.select().where(CohortCourse.course == bees).exists()
