"""What the stories of learning share: the small course done step by step, by the product's own verbs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion
from lms.db import database, utc_now
from lms.errors import Refused
from lms.learning import progress, quizzes, repinning
from lms.learning.models import Enrolment
from lms.learning.progress import Deed, Recorded
from tests.cast import SMALL_COURSE, SPRING, do

CHINA = ZoneInfo("Asia/Shanghai")
READ = {"by": "end"}


def send(enrolment: Enrolment, deed: Deed, **when: Any) -> Recorded:
    """Store one deed."""
    return progress.record(enrolment, deed, **{"now": utc_now(), "zone": CHINA, **when})


def read(client_id: str = "read-sun-1", lesson: str = "sun", **body: str) -> Deed:
    """Reading a lesson to its end."""
    return Deed(client_id, lesson, f"{lesson}/read", "read", body or READ)


def check(client_id: str, *chosen: int) -> Deed:
    """An answer to where one stands; 0 is right."""
    return Deed(client_id, "sun", "sun/check:sun-side", "check", {"chosen": list(chosen)})


def right_of(question: Any) -> list[int]:
    """The positions of the right options."""
    return [place for place, option in enumerate(question.options) if option.right]


def quiz_answer(enrolment: Enrolment, client_id: str, *, well: bool = True) -> Deed:
    """The answer to the question that is asked now, right or wrong."""
    attempt = quizzes.state(enrolment, "sun/quiz").current
    question = attempt.next_question
    wrong = [place for place in range(len(question.options)) if place not in right_of(question)][:1]
    body = {"attempt": attempt.number, "question": question.id, "chosen": right_of(question) if well else wrong}
    return Deed(client_id, "sun", "sun/quiz", "quiz", body)


def pass_quiz(enrolment: Enrolment) -> None:
    """Both questions of a go, answered right."""
    for number in range(2):
        send(enrolment, quiz_answer(enrolment, f"quiz-pass-{number}"))


def all_but_last(enrolment: Enrolment) -> None:
    """Everything that the small course asks for but the question of its second lesson."""
    do(enrolment, ("sun/read", "read", READ), ("sun/check:sun-side", "check", {"chosen": [0]}))
    pass_quiz(enrolment)
    do(enrolment, ("voice/read", "read", READ))


LAST = Deed("the-last-answer", "voice", "voice/check:fan", "check", {"chosen": [1]})


def complete(enrolment: Enrolment) -> None:
    """Everything that the small course asks for."""
    all_but_last(enrolment)
    send(enrolment, LAST)


def publish(enrolment: Enrolment | None, files: Mapping[str, str], choice: str = repinning.CATCH_UP) -> CourseVersion:
    """The small course as another version, with these files otherwise, and the enrolment's class moved by `choice`."""
    content = dict(folder.read(SMALL_COURSE, "light")) | {path: text.encode() for path, text in files.items()}
    version = publishing.load("light", content, by=None, now=SPRING).version
    if enrolment:
        repinning.repin(version, {enrolment.cohort_id: choice}, by=None, now=utc_now())
    return version


def contents(*changes: tuple[str, str]) -> dict[str, str]:
    """The course's table of contents with some words replaced."""
    text = (SMALL_COURSE / "course.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {"course.toml": text}


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Run deeds in threads that start together; what each gave, or the Refused that it met."""
    gate = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        gate.wait(timeout=30)
        try:
            answers[place] = deed()
        except Refused as problem:
            answers[place] = problem

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def connected(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The same deed on a connection of its thread's own, as a request has one."""

    def run() -> Any:
        with database.connection_context():
            return deed()

    return run
