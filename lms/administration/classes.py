"""What a class's page shows: how many are in it, and what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion
from lms.learning.enrolling import latest_versions
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Cohort, CohortCourse, Membership


@dataclass(frozen=True)
class Counts:
    """How many are in a class, how many of them are only invited, and how many have left."""

    there: int = 0
    invited: int = 0
    left: int = 0


@dataclass(frozen=True)
class Taken:
    """A course of a class. `enrolled`: how many people; it can be taken out while there are none."""

    course: Course
    title: str
    required: bool
    enrolled: int


def counts(rows: Sequence[Cohort]) -> dict[int, Counts]:
    """Class id → counts, in one query."""
    there, invited = Membership.left_at.is_null(), Person.notice_accepted_at.is_null()
    numbers = (
        Membership.select(Membership.cohort, *(total(condition) for condition in (there, there & invited, ~there)))
        .join(Person)
        .where(Membership.cohort.in_([row.id for row in rows]))
        .group_by(Membership.cohort)
        .tuples()
    )
    found = {cohort: Counts(*map(int, values)) for cohort, *values in numbers}
    return {row.id: found.get(row.id, Counts()) for row in rows}


def total(condition: peewee.Expression) -> peewee.Function:
    """How many rows of a group fulfil the condition."""
    return peewee.fn.SUM(peewee.Case(None, [(condition, 1)], 0))


def programme(cohort: Cohort, lang: str) -> list[Taken]:
    """The courses of a class in its order."""
    titles = dict(published(lang))
    enrolled = dict(
        Enrolment.select(Enrolment.course, peewee.fn.COUNT(Enrolment.id))
        .where(Enrolment.cohort == cohort)
        .group_by(Enrolment.course)
        .tuples()
    )
    return [
        Taken(row.course, titles.get(row.course_id, row.course.slug), row.required, enrolled.get(row.course_id, 0))
        for row in cohorts.courses(cohort)
    ]


def courses_to_add(cohort: Cohort, lang: str) -> list[tuple[int, str]]:
    """(id, title) of the published courses that the class does not take yet."""
    taken = {row.course_id for row in CohortCourse.select().where(CohortCourse.cohort == cohort)}
    return [(course, title) for course, title in published(lang) if course not in taken]


def published(lang: str) -> list[tuple[int, str]]:
    """(id, title) of the courses that are published and not archived, in their order."""
    newest = latest_versions()
    rows = (
        CourseVersion.select(CourseVersion, Course)
        .join(newest, on=(CourseVersion.id == newest.c.id))
        .join(Course, on=(CourseVersion.course == Course.id))
        .where(Course.archived_at.is_null())
        .order_by(CourseVersion.position, Course.slug)
    )
    return [(row.course_id, row.title(lang)) for row in rows]
