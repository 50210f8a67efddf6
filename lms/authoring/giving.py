"""A published course and the classes that take it: which do, and giving it to one that its author teaches."""

from __future__ import annotations

from datetime import datetime

from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.db import database
from lms.errors import Refused
from lms.i18n import _
from lms.learning import enrolling
from lms.programmes import cohorts
from lms.programmes.models import Cohort, CohortCourse


def taking(course: Course) -> list[Cohort]:
    """The classes that take the course, the newest first."""
    query = Cohort.select().join(CohortCourse).where(CohortCourse.course == course)
    return list(query.order_by(Cohort.starts_on.desc(), Cohort.id.desc()))


def lacking(course: Course, person: Person) -> list[Cohort]:
    """The open classes that this person teaches and that do not take the course, the newest first."""
    taken = CohortCourse.select(CohortCourse.cohort).where(CohortCourse.course == course)
    query = Cohort.taught_by(person).where(Cohort.closed_at.is_null() & Cohort.id.not_in(taken))
    return list(query.order_by(Cohort.starts_on.desc(), Cohort.id.desc()))


def give(course: Course, cohort: Cohort, *, by: int, now: datetime) -> None:
    """Give a published course to a class, and enrol those who are in it; twice is harmless.

    The first course of a class is its programme. Any other stands beside that: whoever has completed it keeps it, and
    what it needs is for the manager to say. Raises Refused for a course that is not published, or is in the archive,
    and for a class that is closed.
    """
    if cohort.closed_at:
        raise Refused(_("This class is closed. Open it again first."))
    if course.archived_at or not course.versions.exists():
        raise Refused(_("Publish the course first; then a class can take it."))
    with database.atomic():
        first = not cohorts.courses(cohort).exists()
        cohorts.add_course(cohort, course, by=by, now=now, required=first)
        enrolling.enrol_cohort(cohort, now=now)
