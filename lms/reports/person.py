"""One member's way: every lesson, every step, when, and how often answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.accounts.models import Person
from lms.assessment import results
from lms.audit import AuditEntry
from lms.catalogue import reading
from lms.catalogue.models import Lesson, Step
from lms.certificates.models import Certificate
from lms.db import found
from lms.errors import NotFound
from lms.i18n import lazy as _l
from lms.learning import quizzes
from lms.learning.models import Enrolment, Event, StepDone
from lms.programmes.models import Cohort, Membership
from lms.reports.cuts import areas_of, lying_in
from lms.reports.paths import Path, of_members

MOST_ENTRIES = 50
KINDS = {
    "read": _l("Read to the end"),
    "check": _l("Question in the text"),
    "try": _l("Exercise on the phone"),
    "quiz": _l("Quiz"),
    "task": _l("Task"),
    "exam": _l("Exam"),
}


@dataclass(frozen=True)
class StepLine:
    """A step. `tries`: answers to a question, or finished goes at a quiz; `best` of `of` is a quiz's best result."""

    step: Step
    done_at: datetime | None
    tries: int = 0
    best: int = 0
    of: int = 0


@dataclass(frozen=True)
class LessonLines:
    """A lesson (None: the exam) with its steps, and whether it is done, here or todo."""

    lesson: Lesson | None
    state: str
    steps: list[StepLine]


@dataclass(frozen=True)
class CourseLines:
    """A course of the member, lesson by lesson, with the works handed in and the certificates drawn for it, the newest
    first."""

    path: Path
    lessons: list[LessonLines]
    certificates: list[Certificate]
    works: list[results.Told]


def member(person: Person, number: int) -> Membership:
    """A membership that this person may look into: within their areas. Else NotFound."""
    mine = lying_in(Membership.area_code, areas_of(person))
    rows = Membership.select(Membership, Person, Cohort).join(Person).switch(Membership).join(Cohort)
    return found(rows.where((Membership.id == number) & mine))


def courses(membership: Membership) -> list[CourseLines]:
    """Everything that is known of the member's courses."""
    return [course_lines(path) for path in of_members([membership.id])[membership.id]]


def course_lines(path: Path) -> CourseLines:
    """One course."""
    enrolment = path.standing.enrolment
    done = {row.step_key: row.done_at for row in StepDone.select().where(StepDone.enrolment == enrolment)}
    answers = defaultdict(list)
    for event in Event.select().where(Event.enrolment == enrolment).order_by(Event.id):
        answers[event.step_key].append(event)
    by_lesson = defaultdict(list)
    for step in Step.select().where(Step.version == path.standing.version).order_by(Step.position):
        by_lesson[step.lesson_key].append(step_line(step, enrolment, done, answers[step.key]))
    lessons = [
        LessonLines(lesson, state, by_lesson[lesson.key])
        for lesson, state in zip(path.standing.lessons, path.states, strict=True)
    ]
    exam = [LessonLines(None, "done" if "exam" in done else "todo", by_lesson[""])] if by_lesson[""] else []
    drawn = Certificate.select().where(Certificate.enrolment == enrolment).order_by(Certificate.sequence.desc())
    return CourseLines(path, lessons + exam, list(drawn), results.of_enrolment(enrolment))


def step_line(step: Step, enrolment: Enrolment, done: dict[str, datetime], answers: list[Event]) -> StepLine:
    """One step with what was answered."""
    if step.kind not in ("quiz", "exam"):
        return StepLine(step, done.get(step.key), len(answers) if step.kind == "check" else 0)
    try:
        state = quizzes.fold(enrolment.id, step.key, reading.quiz(step.version_id, step.key), answers)
    except NotFound:
        return StepLine(step, done.get(step.key))
    finished = [attempt for attempt in state.attempts if attempt.finished]
    return StepLine(step, done.get(step.key), len(finished), state.best, len(state.current.questions))


def entries(person: Person) -> list[AuditEntry]:
    """The newest lines of the audit trail that concern somebody."""
    trail = AuditEntry.select().where(AuditEntry.person_id == person.id)
    return list(trail.order_by(AuditEntry.id.desc()).limit(MOST_ENTRIES))


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Person id → name, of those who still have one."""
    wanted = {one for one in ids if one}
    return {row.id: row.name for row in Person.select().where(Person.id.in_(wanted)) if row.name}
