"""A course as the crowd does it: its steps in order, and the events that do each of them at the first go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms.catalogue import answers, reading
from lms.catalogue.models import CourseVersion, Lesson, Step
from lms.learning import quizzes
from lms.learning.progress import Deed

# kind, body, right
Content = tuple[str, dict[str, Any], bool | None]


@dataclass(frozen=True)
class StoredDeed:
    """An event's content as it is stored."""

    kind: str
    body: str
    digest: str
    right: bool | None


class CoursePlan:
    """The steps of a version that can be done here, with their deeds made once."""

    def __init__(self, version: CourseVersion) -> None:
        self.version = version
        self.complete = version.complete
        self.steps = steps_of(version.id)
        self.quizzes = {step.key: reading.quiz(version.id, step.key) for step in self.steps if is_quiz(step)}
        self.made: dict[tuple[str, str], StoredDeed] = {}

    def first(self, share: float) -> list[Step]:
        """The first steps, at least one."""
        return self.steps[: max(1, round(len(self.steps) * share))]

    def deeds(self, step: Step, enrolment_id: int) -> list[StoredDeed]:
        """What does the step. A quiz draws its questions for each enrolment anew."""
        if not is_quiz(step):
            return [self.known(step, "", lambda: (step.kind, self.body(step), True if step.kind == "check" else None))]
        go = quizzes.new_attempt(enrolment_id, step.key, self.quizzes[step.key], 1)
        return [self.known(step, question.id, lambda q=question: answer(q)) for question in go.questions]

    def next_quiz(self, share: float) -> Step | None:
        """The first quiz after these first steps that can be failed."""
        after = self.steps[len(self.first(share)) :]
        return next((step for step in after if is_quiz(step) and self.quizzes[step.key].pass_mark), None)

    def wrong_deeds(self, quiz: Step, enrolment_id: int, attempt: int) -> list[StoredDeed]:
        """An attempt at a quiz with every answer wrong."""
        go = quizzes.new_attempt(enrolment_id, quiz.key, self.quizzes[quiz.key], attempt)
        return [
            self.known(quiz, f"{question.id}/{attempt}", lambda q=question: wrong_answer(q, attempt))
            for question in go.questions
        ]

    def known(self, step: Step, question: str, make: Callable[[], Content]) -> StoredDeed:
        """The deed, made the first time."""
        key = (step.key, question)
        if key not in self.made:
            kind, body, right = make()
            digest = Deed("", step.lesson_key, step.key, kind, body).digest()
            text = json.dumps(body, ensure_ascii=False, sort_keys=True)
            self.made[key] = StoredDeed(kind, text, digest, right)
        return self.made[key]

    def body(self, step: Step) -> dict[str, Any]:
        """What is sent for a step that is no quiz."""
        if step.kind == "read":
            return {"by": "end"}
        if step.kind == "try":
            return {"by": "self"}
        return answers.right_answer(reading.lesson(self.version.id, step.lesson_key).check(step.key))


def is_quiz(step: Step) -> bool:
    """Whether the step is answered question by question."""
    return step.kind in ("quiz", "exam")


def answer(question: Any) -> Content:
    """The right answer to a question of a first attempt."""
    return "quiz", {"attempt": 1, "question": question.id, **answers.right_answer(question)}, True


def wrong_answer(question: Any, attempt: int) -> Content:
    """A wrong answer: nothing chosen that is right."""
    return "quiz", {"attempt": attempt, "question": question.id, **answers.wrong_answer(question)}, False


def steps_of(version_id: int) -> list[Step]:
    """The steps of a version that this installation can judge, lesson by lesson, the exam last."""
    order = {lesson.key: lesson.position for lesson in Lesson.select().where(Lesson.version == version_id)}
    steps = Step.select().where((Step.version == version_id) & (Step.kind != "task"))
    return sorted(steps, key=lambda step: (order.get(step.lesson_key, len(order) + 1), step.position))
