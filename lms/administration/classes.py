"""What a class's page shows: how many are in it, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass

import peewee

from lms.catalogue.models import Course, CourseVersion
from lms.learning.enrolling import latest_versions
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Cohort, CohortCourse


@dataclass(frozen=True)
class Taken:
    """A course of a class. `enrolled`: how many people; it can be taken out while there are none."""

    course: Course
    title: str
    required: bool
    enrolled: int


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
