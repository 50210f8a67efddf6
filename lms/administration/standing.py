"""How somebody stands in their classes, for the person's page at a desk."""

from __future__ import annotations

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.administration.scope import Scope
from lms.assessment import results
from lms.catalogue.models import CourseVersion
from lms.i18n import language
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort, Membership


@dataclass(frozen=True)
class Class:
    """A membership with its courses. `within`: this desk may change it, and sees the `works` handed in there."""

    membership: Membership
    cohort: Cohort
    courses: list[tuple[str, Enrolment]]
    within: bool
    works: list[results.Told]


def classes_of(person: Person, scope: Scope) -> list[Class]:
    """The person's classes, the newest first, those outside the scope too: whoever helps must know of them."""
    rows = Membership.select(Membership, Cohort).join(Cohort).where(Membership.person == person)
    own = {cohort.id for cohort in scope.cohorts().where(Cohort.id.in_([row.cohort_id for row in rows]))}
    return [class_of(row, within=row.cohort_id in own) for row in rows.order_by(Membership.id.desc())]


def class_of(membership: Membership, *, within: bool) -> Class:
    """One class of a person."""
    courses = courses_of(membership)
    works = [told for _title, enrolment in courses for told in results.of_enrolment(enrolment)] if within else []
    return Class(membership, membership.cohort, courses, within, works)


def courses_of(membership: Membership) -> list[tuple[str, Enrolment]]:
    """(title, enrolment) of each course of a membership."""
    rows = Enrolment.select(Enrolment, CourseVersion).join(CourseVersion).where(Enrolment.membership == membership)
    return [(row.version.title(language()), row) for row in rows.order_by(Enrolment.id)]
