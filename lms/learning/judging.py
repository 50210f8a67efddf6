"""Judging a deed by the version that the enrolment is pinned to: does it fit, is it right, and is its step done by
it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lms.catalogue import answers
from lms.catalogue.models import Step
from lms.catalogue.parsed import TYPED, Question
from lms.errors import Refused
from lms.i18n import _
from lms.learning import keys, quizzes
from lms.learning.models import Enrolment

if TYPE_CHECKING:
    from lms.learning.progress import Deed


class Mistaken(Refused):
    """No answer yet, or none that can be read: its person may put it right where it stands."""


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
        raise changed()
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
    refuse_other_question(deed, enrolment.version_id, deed.step_key.partition(":")[2])
    question = keys.check(enrolment.version_id, deed.step_key)
    right = answered_right(question, deed.body)
    return Verdict(right=right, done=right)


def judge_try(enrolment: Enrolment, deed: Deed) -> Verdict:
    """Ticked by oneself."""
    if deed.body != {"by": "self"}:
        raise unreadable()
    return Verdict(right=None, done=True)


def judge_quiz(enrolment: Enrolment, deed: Deed) -> Verdict:
    """One answer in an attempt. Done when the attempt is finished at or above the pass mark; the best attempt
    counts."""
    attempt, name = deed.body.get("attempt"), deed.body.get("question")
    # `type`, for to Python 1.0 and JSON's true are 1, and yet another go would be drawn by them.
    if type(attempt) is not int or not isinstance(name, str):
        raise unreadable()
    state = quizzes.state(enrolment, deed.step_key)
    question = state.expected(attempt, name)
    version_id = state.current.version_id or enrolment.version_id
    refuse_other_question(deed, version_id, name)
    facts = {name: fact for name, fact in deed.body.items() if name not in ("attempt", "question")}
    right = answered_right(keys.keyed(version_id, deed.step_key, question), facts)
    # Passed without the step done: a change of rules made less enough; the next answer, whatever it is, does the step.
    return Verdict(right=right, done=state.passed or state.passes_with(right))


def judge_task(enrolment: Enrolment, deed: Deed) -> Verdict:
    """A trainer judges it, and the server stores that; no phone can do a task."""
    raise unreadable()


def answered_right(question: Question, body: Mapping[str, Any]) -> bool:
    """Whether an answer is right; `body` holds the facts of its kind of question and nothing else: what is stored for
    ever is only what was asked. Raises Refused for an answer that is empty or that this question cannot have."""
    if answers.is_empty(question, body):
        raise Mistaken(_("Write an answer first.") if question.kind in TYPED else _("Choose an answer first."))
    if not answers.fits(question, body):
        raise Mistaken(REFUSED[question.kind]()) if question.kind in REFUSED else unreadable()
    return answers.is_right(question, body)


def refuse_other_question(deed: Deed, version_id: int, name: str) -> None:
    """Raise Refused where the page that was answered asked something else under this name: an answer by position says
    nothing of other options."""
    if deed.version_id in (0, version_id):
        return
    if not keys.is_same(*(keys.asked_in(one, deed.step_key, name) for one in (deed.version_id, version_id))):
        raise changed()


def changed() -> Refused:
    """An answer to a lesson as it was before."""
    return Refused(_("This lesson has changed since you opened it. Your earlier answers are kept. Go on here."))


# What a person may well send, without a script, and is told in words.
REFUSED: dict[str, Callable[[], str]] = {
    "order": lambda: _("Give each its own place: two have the same."),
    "match": lambda: _("Choose something for each."),
    "number": lambda: _("Write a number in figures, such as 32 or 2.5."),
    "text": lambda: _("Write it in fewer words."),
    "voice": lambda: _("This question is answered by voice. Record your answer and hand it in."),
}


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
