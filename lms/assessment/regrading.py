"""Putting a key right that was wrong: what it would change is shown first, and then it is applied as it was shown.

Nobody loses by it: who answered right by the old key keeps that, and no step, pass, completion or certificate is taken
back (`lms.learning.keys`). Who gains a step gains it by the product's own verbs, so that states, tallies and
certificates follow and a recount finds nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import peewee

from lms import audit, jobs
from lms.accounts.models import Person
from lms.catalogue import reading
from lms.catalogue.models import Course, CourseVersion
from lms.catalogue.parsed import Question
from lms.db import again, found, in_chunks, lock, lock_all, utc_now
from lms.errors import Conflict, NotFound, Refused
from lms.i18n import _
from lms.learning import completion, keys, progress, recount, tallies
from lms.learning.keys import Key
from lms.learning.models import Enrolment, Event, Regrade, StepDone

# An answer that another process judged by the key of before, while it had not heard: looked at again after that.
JOB, AGAIN_AFTER = "assessment.regrade", keys.LEARNT_WITHIN + 5


@dataclass(frozen=True)
class Target:
    """A question of a course's newest version. That of an exam is the one of the lesson's quiz which asks it."""

    course: Course
    version: CourseVersion
    step_key: str
    question: Question

    @property
    def steps(self) -> list[str]:
        """The steps at which it is answered."""
        return [self.step_key] if "/check:" in self.step_key else [self.step_key, "exam"]

    @property
    def lesson_key(self) -> str:
        """The lesson that asks it."""
        return self.step_key.partition("/")[0]

    @property
    def today(self) -> Question:
        """It with today's key."""
        return keys.keyed(self.version.id, self.step_key, self.question)

    @property
    def versions(self) -> frozenset[int]:
        """The versions that ask the same."""
        rows = CourseVersion.select(CourseVersion.id).where(CourseVersion.course == self.course)
        asked = {row.id: keys.asked_in(row.id, self.step_key, self.question.id) for row in rows}
        return frozenset(one for one, question in asked.items() if keys.is_same(question, self.question))


@dataclass(frozen=True)
class Effect:
    """What a key would change. `answers` become right, of so many `people`; `steps`: who gains a question in a lesson,
    `passes`: a quiz or the exam; `completed`: who completes the course, and so gets its certificate."""

    answers: int = 0
    people: int = 0
    steps: int = 0
    passes: int = 0
    completed: int = 0
    gains: dict[int, tuple[Event, ...]] = field(default_factory=dict, repr=False)

    @property
    def numbers(self) -> dict[str, int]:
        """The counts, as they are kept. Nobody loses."""
        counts = {name: value for name, value in self.__dict__.items() if name != "gains"}
        return {**counts, "lost": 0}


class Changed(Conflict):
    """The effect is not what was shown. `effect`: what it is now."""

    def __init__(self, effect: Effect) -> None:
        super().__init__(_("Meanwhile somebody answered, and the effect is another now. Look at it once more."))
        self.effect = effect


def own_courses(person: Person) -> peewee.ModelSelect:
    """The courses of which this person may put keys right: own ones; for an admin all."""
    return Course.select() if person.has_role("admin") else Course.select().where(Course.author_id == person.id)


def target(person: Person, slug: str, step_key: str, question_id: str) -> Target:
    """A question of which this person may put the key right, or NotFound."""
    course = found(own_courses(person).where(Course.slug == slug))
    return of_course(course, step_key, question_id)


def of_course(course: Course, step_key: str, question_id: str) -> Target:
    """A question of the newest version of a course, or NotFound. One that is answered by voice has no key."""
    version = reading.newest(course)
    if step_key == "exam":
        whole = reading.parsed(version.id)
        step_key = next((f"{one.id}/quiz" for one in whole.lessons if whole.exam and asks(one, question_id)), "")
    question = keys.asked_in(version.id, step_key, question_id) if step_key else None
    if question is None or question.kind == "voice":
        raise NotFound
    return Target(course, version, step_key, question)


def asks(lesson: Any, question_id: str) -> bool:
    """Whether the quiz of a lesson asks this."""
    return lesson.quiz is not None and any(one.id == question_id for one in lesson.quiz.questions)


def effect(of: Target, right: list[Any]) -> Effect:
    """What this key would change now."""
    answers, people, affected = 0, set(), defaultdict(set)
    versions, key = of.versions, Key(of.step_key, of.question.id, right)
    for event in wrong_answers(
        of, versions, lambda event: not keys.counts_right(event) and is_right(event, versions, key)
    ):
        answers += 1
        people.add(event.person_id)
        affected[event.enrolment_id].add(event.step_key)
    with keys.supposing(versions, key):
        gains = dict(gaining(affected))
    gained = [event for events in gains.values() for event in events]
    passes = sum(event.kind == "quiz" for event in gained)
    return Effect(answers, len(people), len(gained) - passes, passes, completing(gains), gains)


def wrong_answers(of: Target, versions: frozenset[int], wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """The answers to a question that were wrong when they were given and that are wanted, as they are read; whether
    they are is asked once of those who say the same."""
    columns = (Event.enrolment.alias("enrolment_id"), Event.person.alias("person_id"),
               Event.version.alias("version_id"), Event.step_key, Event.body, Event.right)  # fmt: skip
    # `~right` rather than `right = false`: a condition without parameters, so that SQLite takes the partial index.
    wrong = ~Event.right & Event.step_key.in_(of.steps) & Event.version.in_(list(versions))
    query = Event.select(*columns).join(Enrolment).where(wrong & (Enrolment.course == of.course)).order_by(Event.id)
    known: dict[str, bool] = {}
    for event in query.namedtuples().iterator():
        if event.body.get("question", of.question.id) == of.question.id:
            told = repr((event.version_id, event.step_key, keys.facts_of(event.body)))
            if told not in known:
                known[told] = wanted(event)
            if known[told]:
                yield event


def is_right(event: Any, versions: frozenset[int], key: Key) -> bool:
    """Whether an answer would count as right with this key."""
    with keys.supposing(versions, key):
        return keys.counts_right(event)


def gaining(affected: dict[int, set[str]]) -> Iterator[tuple[int, tuple[Event, ...]]]:
    """Enrolment → the events that do a step of it that is not done, of the steps at which an answer became right."""
    for chunk in in_chunks(sorted(affected)):
        done = {(row.enrolment_id, row.step_key) for row in StepDone.select().where(StepDone.enrolment.in_(chunk))}
        steps = {step for enrolment in chunk for step in affected[enrolment]}
        events: dict[int, list[Event]] = defaultdict(list)
        query = Event.select().where(Event.enrolment.in_(chunk) & Event.step_key.in_(steps))
        for event in query.order_by(Event.id):
            here = (event.enrolment_id, event.step_key)
            if event.step_key in affected[event.enrolment_id] and here not in done:
                events[event.enrolment_id].append(event)
        for enrolment in Enrolment.select().where(Enrolment.id.in_(list(events))).order_by(Enrolment.id):
            found_now = tuple(recount.steps_from(enrolment, events[enrolment.id]).values())
            if found_now:
                yield enrolment.id, found_now


def completing(gains: dict[int, tuple[Event, ...]]) -> int:
    """How many of those who gain these steps complete the course by them."""
    complete = 0
    for chunk in in_chunks(list(gains)):
        for enrolment in Enrolment.select().where(Enrolment.id.in_(chunk) & Enrolment.completed_at.is_null()):
            missing = {step.key for step in completion.missing(enrolment)}
            complete += enrolment.version.complete and missing <= {event.step_key for event in gains[enrolment.id]}
    return complete


def fingerprint(of: Target, shown: Effect) -> str:
    """Of the effect and of the key that stands, to notice whether anything changed since it was shown."""
    made = newest(of)
    who = [(enrolment, sorted(event.step_key for event in events)) for enrolment, events in shown.gains.items()]
    told = (made.id if made else 0, of.version.id, sorted(shown.numbers.items()), sorted(who))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def regrade(of: Target, right: list[Any], reason: str, *, seen: str, by: int, now: datetime) -> Regrade:
    """Put the key right and give what follows, in one transaction; twice is harmless. `seen`: the fingerprint of the
    effect that was shown.

    Raises Changed when the effect is another by now, Refused for a key that changes nothing.
    """
    row = again(lambda: regrade_once(of, right, reason, seen=seen, by=by, now=now))
    keys.forget()
    jobs.after(AGAIN_AFTER, JOB, row.id)
    return row


def regrade_once(of: Target, right: list[Any], reason: str, *, seen: str, by: int, now: datetime) -> Regrade:
    """The same, in one transaction."""
    with tallies.transaction():
        lock(of.course)
        keys.forget()
        made = newest(of)
        would = effect(of, right)
        if made and made.right == right and not would.answers:
            return made
        if changes_nothing(of, right, would):
            raise Refused(_("This is the key already, and no answer would become right by it."))
        if fingerprint(of, would) != seen:
            raise Changed(would)
        row = Regrade.create(
            course=of.course, version_number=of.version.number, step_key=of.step_key, question_id=of.question.id,
            right=right, reason=reason, effect=would.numbers, made_by=by, made_at=now,
        )  # fmt: skip
        give(would.gains, now=now)
        note(row, of, would, by=by, now=now)
    return row


def newest(of: Target) -> Regrade | None:
    """The last regrade of a question in its newest version, or None."""
    here = (Regrade.course == of.course) & (Regrade.step_key == of.step_key) & (Regrade.question_id == of.question.id)
    counting = Regrade.select().where(here & (Regrade.version_number >= of.version.number))
    return counting.order_by(Regrade.id.desc()).first()


def changes_nothing(of: Target, right: list[Any], would: Effect) -> bool:
    """Whether new answers would be judged as they are, and no given one otherwise than it is."""
    before, after = of.today, keys.with_key(of.question, right)
    return not would.answers and (before.options, set(before.accepted)) == (after.options, set(after.accepted))


def give(gains: dict[int, tuple[Event, ...]], *, now: datetime) -> None:
    """Give the steps to those who gain them, and let their states, tallies and certificates follow."""
    for chunk in in_chunks(sorted(gains)):
        lock_all(Enrolment.select(Enrolment.id).where(Enrolment.id.in_(chunk)))
        for enrolment in Enrolment.select().where(Enrolment.id.in_(chunk)).order_by(Enrolment.id):
            for event in gains[enrolment.id]:
                progress.step_done(enrolment, event, now)


def note(row: Regrade, of: Target, would: Effect, *, by: int, now: datetime) -> None:
    """Write in the trail what was done, and for each person who gained by it."""
    detail = {"course": of.course.slug, "step": of.step_key, "question": of.question.id, "reason": row.reason}
    counts = {name: would.numbers[name] for name in ("answers", "steps", "passes", "completed")}
    audit.record("regrade.made", row, by=by, detail={**detail, **counts}, now=now)
    people = people_of(would.gains)
    audit.record_many("regrade.gained", Enrolment, people, by=by, detail=detail, now=now)


def people_of(enrolments: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(enrolment, its person)."""
    for chunk in in_chunks(sorted(enrolments)):
        yield from Enrolment.select(Enrolment.id, Enrolment.person).where(Enrolment.id.in_(chunk)).tuples()


def settle(number: int, now: datetime | None = None) -> None:
    """Give what a regrade gives for answers that were stored while not every process had heard of it; any number of
    times. `now` None: at this moment."""
    again(lambda: settle_once(number, now or utc_now()))


def settle_once(number: int, now: datetime) -> None:
    """The same, in one transaction."""
    row = Regrade.get_by_id(number)
    try:
        of = of_course(row.course, row.step_key, row.question_id)
    except NotFound:  # a version without the question came since, and the one before judges nobody any more
        return
    affected: dict[int, set[str]] = defaultdict(set)
    with tallies.transaction():
        for event in wrong_answers(of, of.versions, keys.counts_right):
            affected[event.enrolment_id].add(event.step_key)
        give(dict(gaining(affected)), now=now)
