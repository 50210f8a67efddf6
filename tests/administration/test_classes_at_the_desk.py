"""Classes at the desk: made, changed, closed, and given their courses and trainers."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.audit import AuditEntry
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Area, Cohort, CohortCourse, Membership
from tests.administration.deeds import assert_counts_hold, at_desk, complete
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, SMALL_COURSE, TOWNSHIP, Cast, load_course

AUTUMN = {
    "name": "秋季班",
    "class_number": "荷田-02",
    "place": "藕塘镇",
    "starts_on": "2026-09-01",
    "update_policy": "keep",
}


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.manager)


@pytest.fixture
def autumn(manager: Browser) -> Cohort:
    manager.post("/manage/cohorts/new", **AUTUMN)
    return Cohort.get(Cohort.name == "秋季班")


def test_a_class_is_made_in_an_area_within_reach(autumn: Cohort, manager: Browser):
    assert (autumn.area_id, autumn.starts_on, autumn.ends_on) == (TOWNSHIP, date(2026, 9, 1), None)
    manager.post("/manage/cohorts/new", status=422, **{**AUTUMN, "name": "邻县班", "place": OTHER_COUNTY})
    assert not Cohort.select().where(Cohort.name == "邻县班").exists()


def test_what_was_typed_wrong_is_said_and_kept(manager: Browser):
    page = manager.post("/manage/cohorts/new", status=422, **{**AUTUMN, "ends_on": "2026-08-01", "name": ""})
    assert page.all("input", id="class_number")[0]["value"] == "荷田-02"
    assert len(page.all("input", aria_invalid="true")) == 2


def test_a_class_is_changed_closed_opened_and_gets_a_new_code(autumn: Cohort, manager: Browser):
    address = f"/manage/cohorts/{autumn.id}"
    manager.post(f"{address}/edit", **{**AUTUMN, "name": "秋季二班", "update_policy": "catch_up"})
    manager.post(f"{address}/code")
    manager.post(f"{address}/closure")
    changed = Cohort.get_by_id(autumn.id)
    assert (changed.name, changed.update_policy) == ("秋季二班", "catch_up")
    assert changed.closed_at and changed.join_code != autumn.join_code
    manager.post(f"{address}/opening")
    assert Cohort.get_by_id(autumn.id).closed_at is None


def test_a_course_added_later_enrols_those_who_are_there(manager: Browser, cast: Cast):
    CohortCourse.delete().execute()
    Enrolment.delete().execute()
    manager.post(f"/manage/cohorts/{cast.cohort.id}/courses", course=cast.version.course_id, required="y")
    assert [row.person for row in Enrolment.select()] == [cast.trainee]


def test_a_course_in_which_people_are_enrolled_stays(autumn: Cohort, manager: Browser, cast: Cast):
    course = cast.version.course_id
    manager.post(f"/manage/cohorts/{cast.cohort.id}/courses/{course}/removal", status=422)
    manager.post(f"/manage/cohorts/{autumn.id}/courses/{course}/removal", status=404)
    manager.post(f"/manage/cohorts/{autumn.id}/courses", course=course, required="y")
    manager.post(f"/manage/cohorts/{autumn.id}/courses/{course}/removal")
    assert not CohortCourse.select().where(CohortCourse.cohort == autumn).exists()
    assert_counts_hold()


@pytest.fixture
def beside(cast: Cast) -> Course:
    """A second course of the spring class, beside its programme; Xiulan is enrolled in both."""
    course = load_course(SMALL_COURSE, slug="beside").course
    cohorts.add_course(cast.cohort, course, by=cast.trainer.id, now=utc_now(), required=False)
    enrolling.enrol(cast.membership, now=utc_now())
    return course


def need(manager: Browser, cast: Cast, course: int | Course, required: str, status: int = 200) -> Membership:
    """Say at the desk whether a course is needed; how far Xiulan is then."""
    address = f"/manage/cohorts/{cast.cohort.id}/courses/{course}/requirement"
    manager.post(address, required=required, status=status)
    return Membership.get_by_id(cast.membership.id)


def test_a_course_made_needed_takes_no_state_away(manager: Browser, cast: Cast, beside: Course):
    complete(cast.enrolment)
    assert need(manager, cast, beside, "y").completed_at and need(manager, cast, beside, "y").certified_at
    assert CohortCourse.get(course=beside).required
    assert_counts_hold()
    assert need(manager, cast, cast.version.course_id, "n").completed_at
    assert_counts_hold()


def test_a_course_made_not_needed_completes_the_rest(manager: Browser, cast: Cast, beside: Course):
    need(manager, cast, beside, "y")
    complete(cast.enrolment)
    assert not cast.membership.completed_at
    done = need(manager, cast, beside, "n")
    assert done.completed_at and done.certified_at
    assert_counts_hold()


def test_the_only_course_of_a_class_made_needed_completes_it(manager: Browser, cast: Cast):
    CohortCourse.update(required=False).execute()
    complete(cast.enrolment)
    assert not cast.membership.completed_at
    assert need(manager, cast, cast.version.course_id, "y").completed_at
    assert_counts_hold()


def test_one_course_at_least_is_needed_and_each_switch_is_in_the_trail(manager: Browser, cast: Cast, beside: Course):
    need(manager, cast, cast.version.course_id, "n", status=422)
    for _twice in range(2):
        need(manager, cast, beside, "y")
    need(manager, cast, beside, "n")
    made = AuditEntry.select().where(AuditEntry.action.startswith("cohort.course_")).order_by(AuditEntry.id)
    assert [entry.action.rpartition("_")[2] for entry in made][-2:] == ["required", "optional"]
    assert made[-1].actor_id == cast.manager.id and made[-1].detail == {"course": "beside"}


def test_a_trainer_is_added_and_taken_away(autumn: Cohort, manager: Browser, cast: Cast):
    Person.update(area_code=TOWNSHIP).where(Person.id == cast.trainer.id).execute()
    manager.post(f"/manage/cohorts/{autumn.id}/trainers", trainer=cast.trainer.id)
    assert cohorts.trainers(autumn) == [cast.trainer]
    manager.post(f"/manage/cohorts/{autumn.id}/trainers/{cast.trainee.id}/removal", status=404)
    manager.post(f"/manage/cohorts/{autumn.id}/trainers/{cast.trainer.id}/removal")
    assert cohorts.trainers(autumn) == []


def test_a_neighbour_s_class_is_not_there(app: Flask, cast: Cast):
    browser = at_desk(app, cast.outsider)
    assert "春季班" not in browser.get("/manage/cohorts").text
    for page in ("", "/edit"):
        browser.get(f"/manage/cohorts/{cast.cohort.id}{page}", status=404)
    for deed in ("closure", "opening", "code", "courses", "trainers"):
        browser.post(f"/manage/cohorts/{cast.cohort.id}/{deed}", status=404)
    assert Cohort.get_by_id(cast.cohort.id).closed_at is None


def test_a_manager_cannot_put_people_into_a_neighbour_s_class(manager: Browser, cast: Cast):
    details = cohorts.CohortDetails("邻县班", Area.get_by_id(OTHER_COUNTY), date(2026, 9, 1))
    theirs = cohorts.create(details, by=None, now=utc_now())
    manager.post(f"/manage/people/{cast.trainee.id}/classes", status=422, cohort=theirs.id)
    address = f"/manage/people/{cast.trainee.id}/classes/{cast.membership.id}/transfer"
    manager.post(address, status=422, cohort=theirs.id)
    assert cast.membership.left_at is None


def test_a_transfer_in_the_browser(autumn: Cohort, manager: Browser, cast: Cast):
    address = f"/manage/people/{cast.trainee.id}/classes/{cast.membership.id}/transfer"
    manager.post(address, cohort=autumn.id)
    assert cast.membership.left_at
    assert_counts_hold()


def test_the_list_is_searched_and_taken_along(autumn: Cohort, manager: Browser):
    page = manager.get("/manage/cohorts?q=秋季&state=open")
    assert "秋季班" in page.text and "春季班" not in page.text
    assert "秋季班".encode() in manager.client.get("/manage/cohorts?format=csv").data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_hold_in_both_languages(app: Flask, cast: Cast, language: str):
    browser = at_desk(app, cast.admin, language)
    for page in ("", "/new", f"/{cast.cohort.id}", f"/{cast.cohort.id}/edit"):
        browser.get(f"/admin/cohorts{page}")
