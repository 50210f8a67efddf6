"""A course whose questions a whole class answers, by the product's own verbs."""

from __future__ import annotations

import secrets
from dataclasses import replace

from lms.authoring import giving
from lms.catalogue.models import CourseVersion
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.programmes.models import Cohort
from tests.cast import SMALL_COURSE, SPRING, VILLAGE, Cast, do, load_course, person
from tests.learning.deeds import quiz_answer, send


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


def quiz_wrong_only(enrolment: Enrolment, name: str, chosen: list[int]) -> None:
    """A go at the quiz in which one question alone is answered wrong, so."""
    for _number in range(2):
        deed = quiz_answer(enrolment, secrets.token_hex(8))
        wrong = deed.body | {"chosen": chosen}
        send(enrolment, replace(deed, body=wrong) if deed.body["question"] == name else deed)
