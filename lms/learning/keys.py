"""The right answers to a question as they stand today: as its version says, or as somebody put them right since.

A Regrade names a course, a step and a question, and counts for every version up to its own number that asks the same;
of two, the newer says what is right from now on. `right`: for questions with options to choose the positions that are
right, [0, 2]; for kinds order and match further answers that are right too, [[1, 0, 2]]; for kind number or text
further answers, ["2.4 米"] or ["擦镜头 / 擦一擦"].
Whoever answered right by any key that ever stood has answered right: a regrade takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from lms.catalogue import answers, placing, reading
from lms.catalogue.models import CourseVersion
from lms.catalogue.parsed import CHOSEN, TYPED, Amount, Option, Question
from lms.errors import NotFound
from lms.learning.models import Event, Regrade
from lms.lib.kept import Kept


@dataclass(frozen=True)
class Key:
    """What is right of a question of a step, as a regrade says."""

    step_key: str
    question_id: str
    right: list[Any]

    def is_of(self, step_key: str, question_id: str) -> bool:
        """Whether it speaks of this question. One of a lesson's quiz is the same in the exam."""
        both = (self.step_key, step_key)
        alike = self.step_key == step_key or ("exam" in both and not any("/check:" in one for one in both))
        return self.question_id == question_id and alike


# Each process learns within so many seconds of a regrade that another one made.
LEARNT_WITHIN = 10.0
kept: Kept[tuple[Key, ...]] = Kept(LEARNT_WITHIN)
# A regrade of which the effect is worked out before it is made, in this thread alone: the ids of its versions, its key.
supposed: ContextVar[tuple[frozenset[int], Key] | None] = ContextVar("supposed", default=None)
QUIZ_FACTS = ("attempt", "question", "drawn_for")


def right_for(version_id: int, step_key: str, question_id: str) -> list[Any] | None:
    """What the newest regrade says is right, or None where none was made."""
    said = rights_for(version_id, step_key, question_id)
    return said[-1] if said else None


def rights_for(version_id: int, step_key: str, question_id: str) -> list[list[Any]]:
    """What each regrade said is right, the newest last."""
    keys = known(version_id)
    versions, key = supposed.get() or (frozenset(), None)
    if key and version_id in versions:
        keys = (*keys, key)
    return [one.right for one in keys if one.is_of(step_key, question_id)]


def known(version_id: int) -> tuple[Key, ...]:
    """The regrades that count for a version, as far as this process has heard."""
    return kept.get(version_id, lambda: of_version(version_id))


def of_version(version_id: int) -> tuple[Key, ...]:
    """The regrades that count for a version, the newest last."""
    version = CourseVersion.get_by_id(version_id)
    rows = Regrade.select().where(Regrade.course == version.course_id, Regrade.version_number >= version.number)
    counting = (row for row in rows.order_by(Regrade.id) if asks_the_same(version, row))
    return tuple(Key(row.step_key, row.question_id, row.right) for row in counting)


def asks_the_same(version: CourseVersion, regrade: Regrade) -> bool:
    """Whether a version asks what the version asked for which the regrade was made: positions mean nothing else."""
    earlier = CourseVersion.number <= regrade.version_number
    made_for = CourseVersion.select().where(CourseVersion.course == version.course_id, earlier)
    newest = made_for.order_by(CourseVersion.number.desc()).first()
    return is_same(*(asked_in(one.id, regrade.step_key, regrade.question_id) for one in (version, newest)))


def is_same(one: Question | None, other: Question | None) -> bool:
    """Whether an answer to one question is the same answer to the other, whichever options are right."""
    return one is not None and other is not None and to_answer(one) == to_answer(other)


def to_answer(question: Question) -> tuple[Any, ...]:
    """What an answer to a question refers to."""
    options = tuple((one.text, one.other, one.picture, one.place, one.also) for one in question.options)
    return (question.kind, question.media and question.media.src, options)


@contextmanager
def supposing(versions: frozenset[int], key: Key) -> Iterator[None]:
    """Count, within this block and this thread, as if this were the newest key in these versions."""
    token = supposed.set((versions, key))
    try:
        yield
    finally:
        supposed.reset(token)


def forget() -> None:
    """Ask the database anew: after a regrade was made."""
    kept.forget()


def keyed(version_id: int, step_key: str, question: Question) -> Question:
    """A question of a version with today's key."""
    right = right_for(version_id, step_key, question.id)
    return question if right is None else with_key(question, right)


def with_key(question: Question, right: list[Any]) -> Question:
    """A question with another key; see above for its form."""
    if question.kind in CHOSEN:
        options = (replace(option, right=place in right) for place, option in enumerate(question.options))
        # Where one can be chosen, each of them will do.
        either = () if question.multiple or len(right) < 2 else tuple((place,) for place in right)
        return replace(question, options=tuple(options), accepted=either)
    if question.kind in TYPED:
        further = [placing.option("", question.kind, 0, Option(ways, True), lambda _problem: None) for ways in right]
        return replace(question, options=(*units_of(question), *further, *question.options))
    return replace(question, accepted=(*question.accepted, *(tuple(answer) for answer in right)))


def units_of(question: Question) -> Iterator[Option]:
    """An option that nobody can give for each unit: answers name units by their position, which thus stays."""
    for unit in question.units:
        yield Option("", False, amount=Amount(float("inf"), 0, unit))


def check(version_id: int, step_key: str) -> Question:
    """The question of a check step in the language that decides, with today's key. Raises KeyError or NotFound."""
    asked = reading.lesson(version_id, step_key.partition("/")[0]).check(step_key)
    return keyed(version_id, step_key, asked)


def counts_right(event: Event) -> bool:
    """Whether a stored answer counts as right: it was when it was given, or it is by a key that was put right since."""
    if event.right or event.right is None:
        return bool(event.right)
    name = event.body.get("question") or event.step_key.partition(":")[2]
    return was_put_right(event.version_id, event.step_key, name, facts_of(event.body))


def was_put_right(version_id: int, step_key: str, name: str, facts: dict[str, Any]) -> bool:
    """Whether an answer that was wrong when it was given is right by a regrade."""
    rights = rights_for(version_id, step_key, name)
    asked = asked_in(version_id, step_key, name) if rights else None
    if asked is None or not answers.fits(asked, facts):
        return False
    return any(answers.is_right(with_key(asked, right), facts) for right in rights)


def asked_in(version_id: int, step_key: str, name: str) -> Question | None:
    """The question of this name at a step of a version, as it was written; None where there is none."""
    try:
        if "/check:" in step_key:
            return reading.lesson(version_id, step_key.partition("/")[0]).check(step_key)
        bank = reading.quiz(version_id, step_key).questions
    except (KeyError, NotFound):
        return None
    return next((one for one in bank if one.id == name), None)


def facts_of(body: dict[str, Any]) -> dict[str, Any]:
    """An answer without the go and the question of a quiz to which it belongs."""
    return {name: fact for name, fact in body.items() if name not in QUIZ_FACTS}
