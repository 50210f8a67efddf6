"""A trainer's classes: who is in them, how far each has come, and what trainers may do for their people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import peewee

from lms import audit
from lms.accounts import cards, people
from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion, Lesson
from lms.db import by_sound, database, found
from lms.errors import Refused
from lms.i18n import _
from lms.learning import completion, enrolling, keys
from lms.learning.looking import Standing
from lms.learning.models import Enrolment, Event, StepDone
from lms.programmes import cohorts, memberships
from lms.programmes.models import Cohort, Membership


def cohort(person: Person, cohort_id: int) -> Cohort:
    """A class that this person teaches, or NotFound."""
    return found(Cohort.taught_by(person).where(Cohort.id == cohort_id))


def members(of: Cohort, words: str = "") -> peewee.ModelSelect:
    """The members of a class by name, those who left last. `words`: a part of the name, or of the number."""
    query = Membership.select(Membership, Person).join(Person).where(Membership.cohort == of)
    if words:
        query = query.where(Person.name.contains(words) | Person.phone.contains(words))
    return query.order_by(Membership.left_at.is_null(False), by_sound(Person.name), Membership.id)


def member(of: Cohort, membership_id: int) -> Membership:
    """A member of a class, or NotFound."""
    return found(members(of).where(Membership.id == membership_id))


@dataclass(frozen=True)
class MemberProgress:
    """A member with how they stand in each course, in the class's order."""

    membership: Membership
    standings: list[Standing]

    @property
    def done(self) -> int:
        """Lessons done in all courses."""
        return sum(len(standing.done_lessons) for standing in self.standings)

    @property
    def total(self) -> int:
        """Lessons in all courses."""
        return sum(len(standing.lessons) for standing in self.standings)


def progress(rows: Iterable[Membership]) -> list[MemberProgress]:
    """How members stand, in a handful of queries however many they are: the same value that their own pages draw."""
    rows = list(rows)
    query = (
        Enrolment.select(Enrolment, Course, CourseVersion)
        .join(Course)
        .switch(Enrolment)
        .join(CourseVersion, on=(Enrolment.version == CourseVersion.id))
        .where(Enrolment.membership.in_([row.id for row in rows]))
        .order_by(Enrolment.id)
    )
    enrolments = list(query)
    done = steps_done([enrolment.id for enrolment in enrolments])
    facts = version_facts({enrolment.version_id: enrolment.version for enrolment in enrolments})
    standings: dict[int, list[Standing]] = defaultdict(list)
    for enrolment in enrolments:
        standing = Standing(enrolment.course, enrolment.version, enrolment)
        # Filled in beforehand: each of these is a query of its own otherwise.
        standing.__dict__.update(facts[enrolment.version_id], done=done[enrolment.id])
        standings[enrolment.membership_id].append(standing)
    return [MemberProgress(row, standings[row.id]) for row in rows]


def steps_done(enrolment_ids: list[int]) -> dict[int, set[str]]:
    """Enrolment id → keys of steps done."""
    done: dict[int, set[str]] = defaultdict(set)
    for row in StepDone.select(StepDone.enrolment, StepDone.step_key).where(StepDone.enrolment.in_(enrolment_ids)):
        done[row.enrolment_id].add(row.step_key)
    return done


def version_facts(versions: Mapping[int, CourseVersion]) -> dict[int, dict[str, object]]:
    """Version id → its lessons and its required steps."""
    lessons: dict[int, list[Lesson]] = defaultdict(list)
    for lesson in Lesson.select().where(Lesson.version.in_(list(versions))).order_by(Lesson.position):
        lessons[lesson.version_id].append(lesson)
    return {
        key: {"lessons": lessons[key], "required": list(completion.required_steps(version))}
        for key, version in versions.items()
    }


@dataclass
class StepTold:
    """A step of a lesson as a trainer reads it: whether and when it was done, and each go at it."""

    key: str
    kind: str
    done_at: datetime | None
    events: list[Event]

    @cached_property
    def judged(self) -> list[Event]:
        """The answers that were judged, oldest first."""
        return [event for event in self.events if event.right is not None]

    def is_right(self, event: Event) -> bool:
        """Whether an answer counts as right, by the key of then or of today."""
        return keys.counts_right(event)


def told(standing: Standing) -> dict[str, list[StepTold]]:
    """Lesson key → its steps, with what this trainee did in each; the exam stands under an empty key."""
    done = {row.step_key: row.done_at for row in StepDone.select().where(StepDone.enrolment == standing.enrolment)}
    events: dict[str, list[Event]] = defaultdict(list)
    for event in Event.select().where(Event.enrolment == standing.enrolment).order_by(Event.id):
        events[event.step_key].append(event)
    steps: dict[str, list[StepTold]] = defaultdict(list)
    for step in standing.version.steps.order_by("position"):
        steps[step.lesson_key].append(StepTold(step.key, step.kind, done.get(step.key), events[step.key]))
    return steps


def add(to: Cohort, name: str, phone: str, *, by: int, now: datetime) -> Membership:
    """Take somebody into a class by number: who is known here joins, who is not is made, invited. Raises Refused when
    the class is closed, when somebody with this number was turned away, or is of another county: they come by code."""
    with database.atomic():
        enrolling.hold_courses([to.id])
        person = people.by_number(phone) or people.create(name, phone, by=by, now=now, area_code=to.area_id)
        if not person.is_active:
            raise Refused(_("This account is closed. Ask the administrator to open it again."))
        if memberships.elsewhere([person.id], to):
            raise Refused(
                _("This person has an account in another county. Give them the class code %(code)s.", code=to.join_code)
            )
        membership = memberships.join(to, person, now=now, how="trainer", by=by)
        if not person.is_invited:  # who is only invited is enrolled on accepting the notice
            enrolling.enrol(membership, now=now)
    return membership


def take_out(membership: Membership, *, by: int, now: datetime) -> None:
    """Note that somebody left the class. What was learnt stays; coming back goes on from there."""
    with database.atomic():
        enrolling.leave(membership, now=now)
        memberships.leave(membership, now=now, by=by)


def reset_pin(membership: Membership, *, by: int, now: datetime) -> str:
    """A new PIN for a trainee, to be shown once. Raises Refused for a colleague, who signs in with a password, and for
    somebody who has left."""
    person = membership.person
    if person.is_staff:
        raise Refused(_("Colleagues sign in with a password. The administrator can give them a new one."))
    if membership.left_at or not person.is_active:
        raise Refused(_("This person is not in the class any more."))
    with database.atomic():
        pin = cards.reset_pin(person, by=by, now=now)
        audit.record("person.pin_reset", person, by=by, person=person.id, now=now)
    return pin


def set_due_dates(of: Cohort, wanted: Mapping[tuple[int, str], date | None], *, by: int, now: datetime) -> None:
    """Set or take away the days by which lessons are to be finished: (course id, lesson key) → day."""
    taken = {row.course_id: row.course for row in cohorts.courses(of)}
    with database.atomic():
        for (course_id, lesson_key), day in wanted.items():
            cohorts.set_due(of, taken[course_id], lesson_key, day, by=by, now=now)
