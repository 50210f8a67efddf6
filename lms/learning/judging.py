"""Judging a deed by the version that the enrolment is pinned to: does it fit, is it right, and is its step done by
it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lms.catalogue import reading
from lms.catalogue.models import Step
from lms.errors import Refused
from lms.i18n import _
from lms.learning import quizzes
from lms.learning.models import Enrolment

if TYPE_CHECKING:
    from lms.learning.progress import Deed


@dataclass(frozen=True)
class Verdict:
    """`right`: None where nothing is judged. `done`: whether the step is done by this deed."""

    right: bool | None
    done: bool


READ_BY = ("end", "sound", "button")


def judge(enrolment: Enrolment, deed: Deed) -> Verdict:
    """The verdict on a deed. Raises Refused when it does not fit the pinned version or makes no sense."""
    if "\0" in deed.step_key:  # PostgreSQL takes it in no text, so no step has it
        raise unreadable()
    step = Step.get_or_none((Step.version == enrolment.version_id) & (Step.key == deed.step_key))
    if step is None or step.lesson_key != deed.lesson_key or kind_of_event(step.kind) != deed.kind:
        raise Refused(_("This lesson has changed since you opened it. Your earlier answers are kept. Go on here."))
    return JUDGES[step.kind](enrolment, deed)


def kind_of_event(step_kind: str) -> str:
    """The exam is answered like a quiz."""
    return "quiz" if step_kind == "exam" else step_kind


def judge_read(enrolment: Enrolment, deed: Deed) -> Verdict:
    """Done by reaching the end, hearing the end, or pressing the foot button; never by a timer."""
    if deed.body.get("by") not in READ_BY or len(deed.body) != 1:
        raise unreadable()
    return Verdict(right=None, done=True)


def judge_check(enrolment: Enrolment, deed: Deed) -> Verdict:
    """Done when answered right, after any number of tries."""
    refuse_other_than(deed, {"chosen"})
    question = reading.lesson(enrolment.version_id, deed.lesson_key).check(deed.step_key)
    right = answered_right(question, deed.body.get("chosen"))
    return Verdict(right=right, done=right)


def judge_try(enrolment: Enrolment, deed: Deed) -> Verdict:
    """Ticked by oneself."""
    if deed.body != {"by": "self"}:
        raise unreadable()
    return Verdict(right=None, done=True)


def judge_quiz(enrolment: Enrolment, deed: Deed) -> Verdict:
    """One answer in an attempt. Done when the attempt is finished at or above the pass mark; the best attempt
    counts."""
    refuse_other_than(deed, {"attempt", "question", "chosen"})
    state = quizzes.state(enrolment, deed.step_key)
    question = state.expected(deed.body.get("attempt"), deed.body.get("question"))
    right = answered_right(question, deed.body.get("chosen"))
    # Passed without the step done: a change of rules made less enough; the next answer, whatever it is, does the step.
    return Verdict(right=right, done=state.passed or state.passes_with(right))


def refuse_other_than(deed: Deed, names: set[str]) -> None:
    """An answer holds these facts and nothing else: what is stored for ever is only what was asked."""
    if deed.body.keys() != names:
        raise unreadable()


def judge_task(enrolment: Enrolment, deed: Deed) -> Verdict:
    """A trainer judges it, and the server stores that; no phone can do a task."""
    raise unreadable()


def answered_right(question: Any, chosen: object) -> bool:
    """Whether exactly the right options were chosen. Positions count from 0 in the version's own order."""
    if not isinstance(chosen, list) or not chosen or len(set(map(repr, chosen))) != len(chosen):
        raise Refused(_("Choose an answer first."))
    # `type`, for JSON's true is an int to Python.
    if not all(type(position) is int and 0 <= position < len(question.options) for position in chosen):
        raise unreadable()
    return set(chosen) == {position for position, option in enumerate(question.options) if option.right}


def unreadable() -> Refused:
    """An answer that no page of ours sends."""
    return Refused(_("This answer could not be read. Open the page again and send once more."))


JUDGES = {
    "read": judge_read,
    "check": judge_check,
    "try": judge_try,
    "quiz": judge_quiz,
    "exam": judge_quiz,
    "task": judge_task,
}
