"""A course whose questions a whole class answers, by the product's own verbs."""

from __future__ import annotations

import secrets

from lms.authoring import giving
from lms.catalogue.models import CourseVersion
from lms.learning import enrolling, quizzes
from lms.learning.models import Enrolment
from lms.learning.progress import Deed
from lms.programmes import memberships
from lms.programmes.models import Cohort
from tests.cast import SMALL_COURSE, SPRING, VILLAGE, Cast, do, load_course, person
from tests.learning.deeds import quiz_answer, right_of, send


def lake(cast: Cast) -> CourseVersion:
    """The small course once more, Ms He's own, which the spring class takes."""
    version = load_course(SMALL_COURSE, by=cast.trainer.id, slug="lake")
    giving.give(version.course, cast.cohort, by=cast.trainer.id, now=SPRING)
    return version


def learner(version: CourseVersion, cohort: Cohort) -> Enrolment:
    """Somebody new in a class, enrolled in the course."""
    made = person(f"学员{secrets.token_hex(2)}", f"139{secrets.randbelow(10**8):08}", area_code=VILLAGE)
    member = memberships.join(cohort, made, now=SPRING, how="code")
    enrolled = enrolling.enrol(member, now=SPRING)
    return next(one for one in enrolled if one.course_id == version.course_id)


def checked(enrolment: Enrolment, *chosen: int, step: str = "sun/check:sun-side") -> None:
    """An answer to a question in the text."""
    do(enrolment, (step, "check", {"chosen": list(chosen)}))


def quizzed(enrolment: Enrolment, well: bool) -> None:
    """A whole go at the quiz, all right or all wrong."""
    for _number in range(2):
        send(enrolment, quiz_answer(enrolment, secrets.token_hex(8), well=well))


def read_all(enrolment: Enrolment) -> None:
    """Everything that the course asks for but its questions."""
    do(enrolment, *((f"{lesson}/read", "read", {"by": "end"}) for lesson in ("sun", "voice")))


def quiz_wrong_only(enrolment: Enrolment, name: str, chosen: list[int], step: str = "sun/quiz") -> None:
    """A go at a quiz in which one question alone is answered wrong, so."""
    for _number in range(2):
        attempt = quizzes.state(enrolment, step).current
        question = attempt.next_question
        answer = chosen if question.id == name else right_of(question)
        body = {"attempt": attempt.number, "question": question.id, "chosen": answer}
        lesson = "" if step == "exam" else step.partition("/")[0]
        send(enrolment, Deed(secrets.token_hex(8), lesson, step, "quiz", body))
