"""What the stories of this room share: somebody who completes the small course, and a proof that all counts hold."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Flask

from lms.accounts.models import Person
from lms.learning import quizzes, recount
from lms.learning.models import Enrolment
from tests.browser import Browser
from tests.cast import PASSWORD, do

CHINA = ZoneInfo("Asia/Shanghai")
READ = {"by": "end"}


def read_and_answer(enrolment: Enrolment) -> None:
    """The first two steps of the small course."""
    do(enrolment, ("sun/read", "read", READ), ("sun/check:sun-side", "check", {"chosen": [0]}))


def pass_quiz(enrolment: Enrolment) -> None:
    """Every question of a go, answered right."""
    go = quizzes.state(enrolment, "sun/quiz").current
    for question in go.questions:
        right = [place for place, option in enumerate(question.options) if option.right]
        do(enrolment, ("sun/quiz", "quiz", {"attempt": go.number, "question": question.id, "chosen": right}))


def complete(enrolment: Enrolment) -> None:
    """Everything that the small course asks for."""
    read_and_answer(enrolment)
    pass_quiz(enrolment)
    do(enrolment, ("voice/read", "read", READ), ("voice/check:fan", "check", {"chosen": [1]}))


def at_desk(app: Flask, person: Person, language: str = "zh") -> Browser:
    """A colleague who has signed in."""
    browser = Browser(app, language)
    browser.post("/sign-in/staff", phone=person.phone, password=PASSWORD, code="")
    return browser


def assert_counts_hold() -> None:
    """Stored = recounted, everywhere."""
    assert list(recount.differences(CHINA)) == []


__all__ = ["CHINA", "assert_counts_hold", "at_desk", "complete", "pass_quiz", "read_and_answer"]
