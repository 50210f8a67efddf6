"""From the first answer to the certificate."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from lms.certificates.models import Certificate
from lms.learning import quizzes, recount
from lms.learning.models import Tally
from tests.cast import Cast, do

READ = {"by": "end"}
CHINA = ZoneInfo("Asia/Shanghai")


def pass_quiz(cast: Cast) -> None:
    """Answer both questions of the quiz rightly, in the order in which they are drawn."""
    for _number in range(2):
        attempt = quizzes.state(cast.enrolment, "sun/quiz").current
        question = attempt.next_question
        right = [n for n, option in enumerate(question.options) if option.right]
        do(
            cast.enrolment,
            ("sun/quiz", "quiz", {"attempt": attempt.number, "question": question.id, "chosen": right}),
        )


def complete_course(cast: Cast) -> None:
    """Everything that the small course asks for."""
    do(cast.enrolment, ("sun/read", "read", READ), ("sun/check:sun-side", "check", {"chosen": [0]}))
    pass_quiz(cast)
    do(cast.enrolment, ("voice/read", "read", READ), ("voice/check:fan", "check", {"chosen": [1]}))


def test_doing_every_required_step_completes_and_certifies_once(cast: Cast):
    complete_course(cast)
    assert cast.enrolment.completed_at
    assert cast.enrolment.certified_at
    certificate = Certificate.get()
    assert certificate.facts.name == "张秀兰"
    assert certificate.facts.lessons == 2
    assert certificate.facts.kinds == ("check", "quiz", "read")


def test_what_is_stored_follows_from_the_events(cast: Cast):
    complete_course(cast)
    assert list(recount.differences(CHINA)) == []
    assert (
        Tally.get((Tally.scope == "area:349921000000") & (Tally.measure == "completed") & (Tally.course_id == 0)).count
        == 1
    )


def test_a_wrong_answer_leaves_the_step_open(cast: Cast):
    do(cast.enrolment, ("sun/check:sun-side", "check", {"chosen": [1]}))
    assert cast.enrolment.started_at is None
    do(cast.enrolment, ("sun/check:sun-side", "check", {"chosen": [0]}))
    assert cast.enrolment.started_at
