"""When an enrolment is started and completed: evaluated here and nowhere else, from the steps done and the pinned
version.

Completed: every step of the kinds that the pinned version requires is done, and the exam passed where it has one. A
course that its author has not marked complete can be completed by nobody yet. Once completed, an enrolment stays so:
its version never changes again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import peewee

from lms.catalogue import reading
from lms.catalogue.models import CourseVersion, Step
from lms.db import lock, lock_all
from lms.learning import tallies
from lms.learning.models import Enrolment, StepDone
from lms.programmes.models import Cohort, CohortCourse, Membership

# Filled in the factory: what wants to know that an enrolment was completed. A hook never undoes what called it.
when_completed: list[Callable[[Enrolment, datetime], None]] = []


def required_steps(version: CourseVersion) -> list[Step]:
    """The steps of a version that completion needs, in the course's order, the exam last."""
    return [step for step in reading.steps(version) if step.kind in version.requires or step.kind == "exam"]


def missing(enrolment: Enrolment) -> list[Step]:
    """The required steps that are not done yet, in order."""
    done = {row.step_key for row in StepDone.select(StepDone.step_key).where(StepDone.enrolment == enrolment)}
    return [step for step in required_steps(enrolment.version) if step.key not in done]


def is_complete(enrolment: Enrolment) -> bool:
    """Whether the rule holds now, whatever the stored state says."""
    return enrolment.version.complete and not missing(enrolment)


def follow(enrolment: Enrolment, *, now: datetime) -> None:
    """Let the stored states follow the steps done. Call under the enrolment's lock and in a `tallies.transaction`,
    after a step was done or the enrolment moved to another version."""
    if enrolment.started_at is None and enrolment.steps_done.exists():
        enrolment.started_at = now
        enrolment.save()
        tallies.move(enrolment, {"started": 1})
        programme_state(enrolment.membership_id, Membership.started_at, "started", now)
    if enrolment.completed_at is None and is_complete(enrolment):
        enrolment.completed_at = now
        enrolment.save()
        tallies.move(enrolment, {"completed": 1})
        lock(enrolment.membership)
        if programme_holds(enrolment, Enrolment.completed_at):
            programme_state(enrolment.membership_id, Membership.completed_at, "completed", now)
        for hook in when_completed:
            hook(enrolment, now)


def programme_state(membership_id: int, column: peewee.Field, measure: str, now: datetime) -> None:
    """Set a programme state of a member, once; the tally moves with whoever set it."""
    changed = Membership.update({column: now}).where((Membership.id == membership_id) & column.is_null()).execute()
    if changed:
        tallies.move(Membership.get_by_id(membership_id), {measure: 1})


def programme_follows(cohort: Cohort, *, now: datetime) -> None:
    """Let the members' programme states follow when a course that was required is not any more, or one is that was not.
    A state that was reached by what was required then stays."""
    with tallies.transaction():
        lock_all(Membership.select(Membership.id).where(Membership.cohort == cohort))
        for state, column in (
            (Membership.completed_at, Enrolment.completed_at),
            (Membership.certified_at, Enrolment.certified_at),
        ):
            waiting = Membership.select(Membership.id).where((Membership.cohort == cohort) & state.is_null())
            for enrolment in Enrolment.select().where(Enrolment.membership.in_(waiting) & column.is_null(False)):
                if programme_holds(enrolment, column):
                    programme_state(enrolment.membership_id, state, column.name.removesuffix("_at"), now)


def programme_holds(enrolment: Enrolment, column: peewee.Field) -> bool:
    """Whether every required course of the cohort has an enrolment of this member with `column` set."""
    has_it = Enrolment.select(Enrolment.course).where(
        (Enrolment.membership == enrolment.membership_id) & column.is_null(False)
    )
    required = CohortCourse.select().where((CohortCourse.cohort == enrolment.cohort_id) & CohortCourse.required)
    return required.exists() and not required.where(CohortCourse.course.not_in(has_it)).exists()


def certified(enrolment: Enrolment, *, now: datetime) -> None:
    """Note that the enrolment holds a valid certificate."""
    here = (Enrolment.id == enrolment.id) & Enrolment.certified_at.is_null()
    with tallies.transaction():
        if not Enrolment.update(certified_at=now).where(here).execute():
            return
        tallies.move(enrolment, {"certified": 1})
        lock(enrolment.membership)
        if programme_holds(enrolment, Enrolment.certified_at):
            programme_state(enrolment.membership_id, Membership.certified_at, "certified", now)


def no_longer_certified(enrolment: Enrolment) -> None:
    """Take the state back when the certificate was revoked or has expired."""
    here = (Enrolment.id == enrolment.id) & Enrolment.certified_at.is_null(False)
    with tallies.transaction():
        if not Enrolment.update(certified_at=None).where(here).execute():
            return
        tallies.move(enrolment, {"certified": -1})
        lock(enrolment.membership)
        if programme_holds(enrolment, Enrolment.certified_at):  # a course beside the required ones
            return
        member = (Membership.id == enrolment.membership_id) & Membership.certified_at.is_null(False)
        if Membership.update(certified_at=None).where(member).execute():
            tallies.move(enrolment.membership, {"certified": -1})
