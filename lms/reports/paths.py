"""How far people are, lesson by lesson, for a page of them at once: the rules are those of `lms.learning.looking`,
the rows come in a handful of queries for everybody together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lms.catalogue.models import Course, CourseVersion, Lesson, Step
from lms.learning import completion
from lms.learning.looking import Standing
from lms.learning.models import Enrolment, StepDone


@dataclass(frozen=True)
class Path:
    """One person's way through one course. `states`: done, here or todo, a lesson each, in order; `plots`: the same
    for a row of all courses, in which a person is in one place only."""

    standing: Standing
    states: list[str]
    plots: list[str]

    @property
    def done(self) -> int:
        """Lessons done."""
        return self.states.count("done")

    @property
    def here(self) -> int | None:
        """The number of the lesson to go on with, from 1; None when all are done."""
        return self.states.index("here") + 1 if "here" in self.states else None

    def lesson(self, key: str) -> Lesson | None:
        """A lesson by its key."""
        return next((lesson for lesson in self.standing.lessons if lesson.key == key), None)


def of_members(member_ids: Iterable[int]) -> dict[int, list[Path]]:
    """Member id → the ways through their courses, in the order in which they were enrolled."""
    enrolments = list(
        Enrolment.select(Enrolment, CourseVersion, Course)
        .join(CourseVersion, on=(Enrolment.version == CourseVersion.id))
        .join(Course, on=(CourseVersion.course == Course.id))
        .where(Enrolment.membership.in_(list(member_ids)))
        .order_by(CourseVersion.position, Enrolment.id)
    )
    lessons, required, done = outlines(enrolments), rules(enrolments), steps_done(enrolments)
    paths: dict[int, list[Path]] = defaultdict(list)
    for enrolment in enrolments:
        standing = Standing(enrolment.version.course, enrolment.version, enrolment)
        standing.lessons = lessons[enrolment.version_id]
        standing.required = required[enrolment.version_id]
        standing.done = done[enrolment.id]
        states = [standing.state(one) for one in standing.lessons]
        paths[enrolment.membership_id].append(Path(standing, states, states))
    return defaultdict(list, {member: in_one_place(ways) for member, ways in paths.items()})


def in_one_place(ways: list[Path]) -> list[Path]:
    """The ways with `here` in one of them only: the first course under way, else the first that is not done."""
    open_ones = [at for at, way in enumerate(ways) if "here" in way.states]
    under_way = [at for at in open_ones if ways[at].done]
    place = next(iter(under_way or open_ones), None)
    return [way if at == place else replace(way, plots=without_here(way.states)) for at, way in enumerate(ways)]


def without_here(states: list[str]) -> list[str]:
    """A course that somebody is not in just now."""
    return ["todo" if state == "here" else state for state in states]


def outlines(enrolments: list[Enrolment]) -> dict[int, list[Lesson]]:
    """Version id → its lessons in order."""
    found = defaultdict(list)
    versions = {enrolment.version_id for enrolment in enrolments}
    for lesson in Lesson.select().where(Lesson.version.in_(versions)).order_by(Lesson.position):
        found[lesson.version_id].append(lesson)
    return found


def rules(enrolments: list[Enrolment]) -> dict[int, list[Step]]:
    """Version id → the steps that completion needs."""
    versions = {enrolment.version_id: enrolment.version for enrolment in enrolments}
    return {key: list(completion.required_steps(version)) for key, version in versions.items()}


def steps_done(enrolments: list[Enrolment]) -> dict[int, set[str]]:
    """Enrolment id → the keys of its steps that are done."""
    found: dict[int, set[str]] = defaultdict(set)
    ids = [enrolment.id for enrolment in enrolments]
    for row in StepDone.select(StepDone.enrolment, StepDone.step_key).where(StepDone.enrolment.in_(ids)):
        found[row.enrolment_id].add(row.step_key)
    return found
