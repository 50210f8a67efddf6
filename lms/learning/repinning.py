"""What a publish means for people under way (promise 3), told before and done after, by the same conditions.

Whoever has not started moves to the new version. Whoever has completed stays where they completed. Those under way
keep their version, or catch up, as is chosen for each cohort. Steps done are rows that stay whatever happens: a step
that the new version still has is done in it too; one that it no longer has waits for a version that has it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import peewee

from lms import audit
from lms.catalogue.models import Course, CourseVersion, Step
from lms.catalogue.parsed import ParsedCourse
from lms.db import lock_all
from lms.learning import completion, tallies
from lms.learning.models import Enrolment, StepDone
from lms.programmes.models import Cohort

KEEP, CATCH_UP = "keep", "catch_up"


@dataclass(frozen=True)
class StepChanges:
    """What a draft changes for learners, by step keys. `changed`: (key before, key after) where only the kind differs.

    `required`: whether anything that completion needs is among them.
    """

    new: list[str]
    removed: list[str]
    changed: list[tuple[str, str]]
    required: bool


@dataclass(frozen=True)
class CohortImpact:
    """What a publish means for one cohort, in numbers of enrolments.

    `completed` stay. `not_started` move in any case. `under_way` keep their version, or catch up: then `would_complete`
    have all that the new version needs and are completed at once, and `more_to_do` meet a required step that their
    version did not have.
    """

    cohort: Cohort
    not_started: int
    under_way: int
    completed: int
    would_complete: int
    more_to_do: int

    @property
    def policy(self) -> str:
        """What the cohort does when nothing else is chosen."""
        return self.cohort.update_policy


@dataclass(frozen=True)
class Moved:
    """What a publish did to one cohort: how many moved before starting, how many caught up, and so completed."""

    not_started: int
    caught_up: int
    completed: int


def step_changes(course: Course, parsed: ParsedCourse) -> StepChanges:
    """How the steps of a draft differ from those of the newest version."""
    newest = course.versions.order_by(CourseVersion.number.desc()).first()
    before = [step.key for step in newest.steps.order_by(Step.position)] if newest else []
    after = all_steps(parsed)
    gone, fresh = [key for key in before if key not in after], [key for key in after if key not in before]
    by_name = {name_of(key): key for key in gone}
    changed = [(by_name[name_of(key)], key) for key in fresh if name_of(key) in by_name]
    needed_before = {step.key for step in completion.required_steps(newest)} if newest else set()
    return StepChanges(
        new=[key for key in fresh if name_of(key) not in by_name],
        removed=[key for key in gone if key not in dict(changed)],
        changed=changed,
        required=needed_before != required_keys(parsed),
    )


def name_of(key: str) -> tuple[str, str]:
    """A step's lesson and id without its kind: `light/check:sun-side` → light, sun-side."""
    lesson, _slash, step = key.partition("/")
    return lesson, step.partition(":")[2] or step


def all_steps(parsed: ParsedCourse) -> list[str]:
    """The keys of every step of a draft, in order."""
    exam = ["exam"] if parsed.exam else []
    return [step.key for lesson in parsed.lessons for step in lesson.steps] + exam


def required_keys(parsed: ParsedCourse) -> set[str]:
    """The keys of the steps that a draft will require."""
    exam = {"exam"} if parsed.exam else set()
    return {step.key for lesson in parsed.lessons for step in lesson.steps if step.kind in parsed.requires} | exam


def impact(course: Course, parsed: ParsedCourse) -> list[CohortImpact]:
    """What publishing `parsed` now would mean, for each cohort with somebody enrolled in the course, by name."""
    here = Enrolment.course == course
    waiting, going, done = (by_cohort(here, state) for state in (NOT_STARTED, UNDER_WAY, COMPLETED))
    would_complete = by_cohort(here, UNDER_WAY, holds_all(required_keys(parsed))) if parsed.complete else {}
    more_to_do = by_cohort(here, UNDER_WAY, Enrolment.version.in_(versions_without(course, required_keys(parsed))))
    counts = (waiting, going, done, would_complete, more_to_do)
    cohorts = Cohort.select().where(Cohort.id.in_({*waiting, *going, *done})).order_by(Cohort.name, Cohort.id)
    return [CohortImpact(cohort, *(count.get(cohort.id, 0) for count in counts)) for cohort in cohorts]


# The same three conditions tell the impact and do the move.
NOT_STARTED = Enrolment.started_at.is_null() & Enrolment.completed_at.is_null()
UNDER_WAY = Enrolment.started_at.is_null(False) & Enrolment.completed_at.is_null()
COMPLETED = Enrolment.completed_at.is_null(False)


def by_cohort(*conditions: peewee.Expression) -> dict[int, int]:
    """Cohort id → how many enrolments these conditions hold for."""
    counted = Enrolment.select(Enrolment.cohort, peewee.fn.COUNT(Enrolment.id)).where(*conditions)
    return dict(counted.group_by(Enrolment.cohort).tuples())


def holds_all(step_keys: Iterable[str]) -> peewee.Expression:
    """Whether every one of these steps is done in an enrolment."""
    wanted = set(step_keys)
    if not wanted:
        return peewee.Value(1) == peewee.Value(1)
    done = StepDone.select(StepDone.enrolment).where(StepDone.step_key.in_(wanted)).group_by(StepDone.enrolment)
    return Enrolment.id.in_(done.having(peewee.fn.COUNT(StepDone.id) == len(wanted)))


def versions_without(course: Course, step_keys: set[str]) -> list[int]:
    """The versions of a course that lack any of these steps."""
    keys: dict[int, set[str]] = {version.id: set() for version in course.versions}
    for step in Step.select().where(Step.version.in_(list(keys))):
        keys[step.version_id].add(step.key)
    return [version_id for version_id, has in keys.items() if step_keys - has]


def repin(version: CourseVersion, choices: Mapping[int, str], *, by: int | None, now: datetime) -> dict[int, Moved]:
    """Move enrolments to the newest version. `choices`: cohort id → keep or catch_up; without one, the cohort's policy.

    Call in the transaction that made the version, so that there is never one without the other. Gives cohort id → what
    was done. Twice moves nobody a second time.
    """
    with tallies.transaction():
        enrolled = Enrolment.select(Enrolment.cohort).where(Enrolment.course == version.course_id)
        cohorts = list(Cohort.select().where(Cohort.id.in_(enrolled)).order_by(Cohort.id))
        chosen = {cohort.id: choice(cohort, choices) for cohort in cohorts}
        hold(version, [cohort_id for cohort_id, one in chosen.items() if one == CATCH_UP])
        return {cohort.id: move(cohort, version, chosen[cohort.id], by=by, now=now) for cohort in cohorts}


def hold(version: CourseVersion, catching_up: list[int]) -> None:
    """Hold every enrolment that will move, of all cohorts at once: an answer comes before all of this or after it, and
    nobody waits for an enrolment who holds what follows from another."""
    moving = NOT_STARTED | (UNDER_WAY & Enrolment.cohort.in_(catching_up))
    here = (Enrolment.course == version.course_id) & (Enrolment.version != version)
    lock_all(Enrolment.select(Enrolment.id).where(here, moving))


def choice(cohort: Cohort, choices: Mapping[int, str]) -> str:
    """What was chosen for a cohort."""
    chosen = choices.get(cohort.id, cohort.update_policy)
    if chosen not in (KEEP, CATCH_UP):
        raise ValueError(f"keep or catch_up, not {chosen!r}")
    return chosen


def move(cohort: Cohort, version: CourseVersion, chosen: str, *, by: int | None, now: datetime) -> Moved:
    """Move the enrolments of one cohort, and let the states of those who caught up follow."""
    here = (Enrolment.cohort == cohort) & (Enrolment.course == version.course_id) & (Enrolment.version != version)
    not_started = Enrolment.update(version=version).where(here, NOT_STARTED).execute()
    caught_up = completed = 0
    if chosen == CATCH_UP:
        caught_up = Enrolment.update(version=version).where(here, UNDER_WAY).execute()
        completed = follow_moved(cohort, version, now)
    moved = Moved(not_started, caught_up, completed)
    if not_started or caught_up:
        detail = {"course": version.course.slug, "version": version.number, "policy": chosen, **asdict(moved)}
        audit.record("cohort.repinned", cohort, by=by, detail=detail, now=now)
    return moved


def follow_moved(cohort: Cohort, version: CourseVersion, now: datetime) -> int:
    """Complete those to whom the version leaves nothing to do; how many. All others keep their states by moving."""
    if not version.complete:
        return 0
    required = [step.key for step in completion.required_steps(version)]
    here = (Enrolment.cohort == cohort) & (Enrolment.version == version)
    # In the order of memberships, because each is held as it follows.
    ready = list(Enrolment.select().where(here, UNDER_WAY, holds_all(required)).order_by(Enrolment.membership))
    for enrolment in ready:
        completion.follow(enrolment, now=now)
    return len(ready)


def by_version(*conditions: peewee.Expression) -> dict[int, int]:
    """Version id → how many enrolments are pinned to it."""
    counted = Enrolment.select(Enrolment.version, peewee.fn.COUNT(Enrolment.id)).where(*conditions)
    return dict(counted.group_by(Enrolment.version).tuples())
