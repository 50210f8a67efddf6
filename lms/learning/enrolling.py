"""Enrolling: a membership becomes one enrolment for each course of the cohort, pinned to the version of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion
from lms.db import database, in_chunks, insert_once, lock, lock_all
from lms.learning import tallies
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort, CohortCourse, Membership


def enrol(membership: Membership, *, now: datetime) -> list[Enrolment]:
    """The membership's enrolments, those that were missing made now; twice, or two at once, is harmless.

    A course that is not published, or is archived, makes none until it is there. The programme counts a member
    as enrolled from the first enrolment on.
    """
    with tallies.transaction():
        hold_courses([membership.cohort_id])
        lock_all(Enrolment.select(Enrolment.id).where(Enrolment.membership == membership))
        lock(membership)
        first = not Enrolment.select().where(Enrolment.membership == membership).exists()
        made = [enrol_in(membership, version, now) for version in versions_to_take(membership)]
        Enrolment.update(left_at=None).where(
            (Enrolment.membership == membership) & Enrolment.left_at.is_null(False)
        ).execute()
        if first and made:
            tallies.move(membership, {"enrolled": 1})
    return list(Enrolment.select().where(Enrolment.membership == membership).order_by(Enrolment.id))


def hold_courses(cohort_ids: Iterable[int]) -> None:
    """Let no publish come between the choice of a version and the enrolment in it: it would not move that enrolment.

    Courses are held before anything else; so call this first in a larger transaction that changes memberships.
    """
    taken = CohortCourse.select(CohortCourse.course).where(CohortCourse.cohort.in_(list(cohort_ids)))
    lock_all(Course.select(Course.id).where(Course.id.in_(taken)))


def versions_to_take(membership: Membership) -> list[CourseVersion]:
    """The newest version of each course of the cohort in which the member is not enrolled yet, in the cohort's
    order."""
    newest = latest_versions()
    taken = Enrolment.select(Enrolment.course).where(Enrolment.membership == membership)
    return list(
        CourseVersion.select(CourseVersion)
        .join(newest, on=(CourseVersion.id == newest.c.id))
        .join(Course, on=(CourseVersion.course == Course.id))
        .join(CohortCourse, on=(CohortCourse.course == Course.id))
        .where((CohortCourse.cohort == membership.cohort_id) & Course.id.not_in(taken) & Course.archived_at.is_null())
        .order_by(CohortCourse.position, CohortCourse.id)
    )


def latest_versions() -> peewee.ModelSelect:
    """The ids of the newest version of every course, as a subquery with the column `id`."""
    newest = CourseVersion.select(peewee.fn.MAX(CourseVersion.id).alias("id"))
    return newest.group_by(CourseVersion.course).alias("newest")


def enrol_in(membership: Membership, version: CourseVersion, now: datetime) -> Enrolment | None:
    """One enrolment, once."""
    made = insert_once(
        lambda: Enrolment.create(
            membership=membership,
            person=membership.person_id,
            cohort=membership.cohort_id,
            course=version.course_id,
            version=version,
            area_code=membership.area_code,
            group=membership.group,
            enrolled_at=now,
        )
    )
    if made:
        tallies.move(made, {"enrolled": 1})
    return made


def leave(membership: Membership, *, now: datetime) -> None:
    """Note on the enrolments that the member left. They stay counted as enrolled: a rate may not rise by leaving.

    In one transaction with `memberships.leave` this comes first, for enrolments are held before memberships.
    """
    here = (Enrolment.membership == membership) & Enrolment.left_at.is_null()
    with database.atomic():
        lock_all(Enrolment.select(Enrolment.id).where(here))
        Enrolment.update(left_at=now).where(here).execute()


def enrol_cohort(cohort: Cohort, *, now: datetime) -> int:
    """Enrol the members of a cohort in courses that were added to it or published since; how many members there are.
    Those who are only invited are enrolled when they accept the notice."""
    there = (Membership.cohort == cohort) & Membership.left_at.is_null()
    members = list(Membership.select().join(Person).where(there & Person.notice_accepted_at.is_null(False)))
    with tallies.transaction():
        hold_courses([cohort.id])
        for membership in members:
            enrol(membership, now=now)
    return len(members)


def enrol_accepted(person: Person, now: datetime) -> None:
    """Enrol somebody who was invited and has just accepted the notice (a hook of `accounts.notice`)."""
    there = (Membership.person == person) & Membership.left_at.is_null()
    members = list(Membership.select().where(there).order_by(Membership.id))
    with tallies.transaction():
        hold_courses([membership.cohort_id for membership in members])
        for membership in members:
            enrol(membership, now=now)


def enrol_many(memberships: list[Membership], *, now: datetime) -> None:
    """Enrol members of one cohort who are new in it, all at once, in the transaction that made their memberships and
    began with `hold_courses`."""
    if not memberships:
        return
    versions = versions_to_take(memberships[0])
    rows = [
        (one.id, one.person_id, one.cohort_id, version.course_id, version.id, one.area_code, one.group, now)
        for one in memberships
        for version in versions
    ]
    fields = [
        Enrolment.membership, Enrolment.person, Enrolment.cohort, Enrolment.course, Enrolment.version,
        Enrolment.area_code, Enrolment.group, Enrolment.enrolled_at,
    ]  # fmt: skip
    for chunk in in_chunks(rows):
        Enrolment.insert_many(chunk, fields=fields).execute()
    counts: Counter[tallies.Key] = Counter()
    for member in memberships if versions else []:
        for scope in tallies.scopes(member):
            counts.update((scope, course, "enrolled") for course in (0, *(version.course_id for version in versions)))
    tallies.add(counts)
