"""The right answers to a question as they stand today: as its version says, or as somebody put them right since.

A Regrade names a course, a step and a question, and counts for every version up to its own number; of two, the newer.
`right`: for questions with options to choose the positions that are right, [0, 2]; for kinds order and match further
answers that are right too, [[1, 0, 2]]; for kind number or text further answers, ["2.4 米"] or ["擦镜头 / 擦一擦"].
Whoever answered right by either key has answered right: a regrade takes nothing away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lms.catalogue import answers, placing, reading
from lms.catalogue.models import CourseVersion
from lms.catalogue.parsed import CHOSEN, TYPED, Option, Question
from lms.learning.models import Event, Regrade
from lms.lib.kept import Kept

# Each process learns within so many seconds of a regrade that another one made.
kept: Kept[dict[tuple[str, str], list[Any]]] = Kept(10.0)
QUIZ_FACTS = ("attempt", "question", "drawn_for")


def right_for(version_id: int, step_key: str, question_id: str) -> list[Any] | None:
    """What a regrade says is right, or None where none was made. A question of a lesson's quiz is the same in the
    exam."""
    regrades = kept.get(version_id, lambda: of_version(version_id))
    if not regrades:
        return None
    found = regrades.get((step_key, question_id))
    if found is None and (step_key == "exam" or step_key.endswith("/quiz")):
        alike = (step for step, name in regrades if name == question_id and (step == "exam" or step_key == "exam"))
        other = next((step for step in alike if step == "exam" or step.endswith("/quiz")), None)
        found = regrades.get((other, question_id)) if other else None
    return found


def of_version(version_id: int) -> dict[tuple[str, str], list[Any]]:
    """The regrades that count for a version: (step key, question id) → what is right."""
    version = CourseVersion.get_by_id(version_id)
    rows = Regrade.select().where(Regrade.course == version.course_id, Regrade.version_number >= version.number)
    return {(row.step_key, row.question_id): row.right for row in rows.order_by(Regrade.id)}


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
        return replace(question, options=tuple(options))
    if question.kind in TYPED:
        further = [placing.option("", question.kind, 0, Option(ways, True), lambda _problem: None) for ways in right]
        return replace(question, options=(*further, *question.options))
    return replace(question, accepted=(*question.accepted, *(tuple(answer) for answer in right)))


def check(version_id: int, step_key: str) -> Question:
    """The question of a check step in the language that decides, with today's key. Raises KeyError or NotFound."""
    asked = reading.lesson(version_id, step_key.partition("/")[0]).check(step_key)
    return keyed(version_id, step_key, asked)


def counts_right(event: Event) -> bool:
    """Whether a stored answer counts as right: it was when it was given, or it is by today's key."""
    if event.right or event.right is None:
        return bool(event.right)
    name = event.body.get("question") or event.step_key.partition(":")[2]
    right = right_for(event.version_id, event.step_key, name)
    asked = asked_then(event, name) if right is not None else None
    if right is None or asked is None:
        return False
    facts = facts_of(event.body)
    return answers.fits(asked, facts) and answers.is_right(with_key(asked, right), facts)


def asked_then(event: Event, name: str) -> Question | None:
    """The question that an event answered, as its version asks it."""
    if "/check:" in event.step_key:
        try:
            return reading.lesson(event.version_id, event.step_key.partition("/")[0]).check(event.step_key)
        except KeyError:
            return None
    bank = reading.quiz(event.version_id, event.step_key).questions
    return next((one for one in bank if one.id == name), None)


def facts_of(body: dict[str, Any]) -> dict[str, Any]:
    """An answer without the go and the question of a quiz to which it belongs."""
    return {name: fact for name, fact in body.items() if name not in QUIZ_FACTS}
