"""Quizzes: which questions an attempt draws, where it stands, and when it is passed.

An attempt is not stored: it is folded from its answers. The questions are drawn by a generator seeded with the
enrolment, the step and the attempt, so that every page, phone and recount draws the same without a row of its own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lms.catalogue import reading
from lms.errors import Refused
from lms.i18n import _
from lms.learning import keys
from lms.learning.models import Enrolment, Event

# In the body of an answer whose enrolment was taken into another: what its go was drawn by. No phone may send it.
DRAWN_FOR = "drawn_for"


@dataclass
class Attempt:
    """One go at a quiz: its questions in order, how many right ones pass, and the first answer to each. `version_id`:
    the version whose questions they are; 0 where nobody asks."""

    number: int
    questions: list[Any]
    pass_mark: int
    answers: dict[str, Event] = field(default_factory=dict)
    version_id: int = 0

    @property
    def finished(self) -> bool:
        """Whether every question has an answer."""
        return len(self.answers) >= len(self.questions)

    @property
    def right(self) -> int:
        """How many were answered right."""
        return sum(1 for event in self.answers.values() if keys.counts_right(event))

    @property
    def marks(self) -> list[str]:
        """done for each right answer, todo for the others, as a row of plots."""
        events = [self.answers.get(question.id) for question in self.questions]
        return ["done" if event and keys.counts_right(event) else "todo" for event in events]

    @property
    def next_question(self) -> Any | None:
        """The first question without an answer."""
        return next((question for question in self.questions if question.id not in self.answers), None)


@dataclass
class QuizState:
    """Where a trainee stands in a quiz. `pass_mark` and `tries` are the pinned version's; tries 0: any number."""

    enrolment_id: int
    step_key: str
    quiz: Any
    attempts: list[Attempt]

    @cached_property
    def current(self) -> Attempt:
        """The attempt under way, or the next one when the last is finished."""
        if self.attempts and not self.attempts[-1].finished:
            return self.attempts[-1]
        return new_attempt(self.enrolment_id, self.step_key, self.quiz, len(self.attempts) + 1)

    @property
    def last_finished(self) -> Attempt | None:
        """The newest finished attempt."""
        return next((attempt for attempt in reversed(self.attempts) if attempt.finished), None)

    @property
    def best(self) -> int:
        """The best finished result, which is the one that counts."""
        return max((attempt.right for attempt in self.attempts if attempt.finished), default=0)

    @property
    def passed(self) -> bool:
        """Whether any attempt reached the pass mark."""
        return any(attempt.finished and attempt.right >= self.pass_mark(attempt) for attempt in self.attempts)

    @property
    def may_try(self) -> bool:
        """Whether another answer may be given."""
        return not self.quiz.tries or self.current.number <= self.quiz.tries

    def pass_mark(self, attempt: Attempt) -> int:
        """How many right answers pass; never more than there are questions."""
        return attempt.pass_mark

    def expected(self, attempt: int, question_id: str) -> Any:
        """The question that may be answered now; Refused when the answer belongs to another attempt or question."""
        if not self.may_try:
            raise Refused(_("All tries for this quiz are used. Ask your trainer to go through it with you."))
        question = next((q for q in self.current.questions if q.id == question_id), None)
        if question is None and not any(question_id in one.answers for one in self.attempts):
            raise Refused(_("This quiz has changed since you opened it. Your earlier answers are kept. Go on here."))
        if attempt != self.current.number or question is None or question_id in self.current.answers:
            raise Refused(_("This question is answered already. Go on with the next one."))
        return question

    def passes_with(self, right: bool) -> bool:
        """Whether one more answer finishes the current attempt at or above the pass mark."""
        last = len(self.current.answers) + 1 == len(self.current.questions)
        return last and self.current.right + right >= self.pass_mark(self.current)


def state(enrolment: Enrolment, step_key: str) -> QuizState:
    """The state of a quiz, folded from its answers in the order in which they were stored."""
    answers = Event.select().where((Event.enrolment == enrolment) & (Event.step_key == step_key)).order_by(Event.id)
    quiz = reading.quiz(enrolment.version_id, step_key)
    return fold(enrolment.id, step_key, quiz, list(answers))


def fold(enrolment_id: int, step_key: str, quiz: Any, answers: list[Event]) -> QuizState:
    """Answers → attempts. A go keeps the questions of the version in which it began, also when the enrolment moves to
    another one in the middle of it; `quiz` is what the next go is drawn from."""
    attempts: dict[int, Attempt] = {}
    for event in answers:
        number = event.body["attempt"]
        if number not in attempts:
            begun = reading.quiz(event.version_id, step_key)
            attempts[number] = new_attempt(enrolment_id, step_key, begun, number, event.body.get(DRAWN_FOR))
            attempts[number].version_id = event.version_id
        attempt = attempts[number]
        if any(question.id == event.body["question"] for question in attempt.questions):
            attempt.answers.setdefault(event.body["question"], event)
    return QuizState(enrolment_id, step_key, quiz, [attempts[number] for number in sorted(attempts)])


def seed(enrolment_id: int, step_key: str, number: int) -> str:
    """What the questions of a go are drawn by."""
    return f"{enrolment_id}/{step_key}/{number}"


def new_attempt(enrolment_id: int, step_key: str, quiz: Any, number: int, drawn_for: str | None = None) -> Attempt:
    """The questions of an attempt. Different from one attempt to the next, the same for whoever asks again.
    `drawn_for`: of which enrolment and go the questions are, where two accounts were made one since."""
    drawn = list(quiz.questions)
    random.Random(drawn_for or seed(enrolment_id, step_key, number)).shuffle(drawn)
    drawn = drawn[: quiz.draw or len(drawn)]
    return Attempt(number, drawn, min(quiz.pass_mark, len(drawn)))
