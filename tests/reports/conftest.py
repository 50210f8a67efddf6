"""The county of our stories as its manager meets it: more townships, more people, further and less far."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.db import utc_now
from lms.learning import enrolling, progress, quizzes
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.programmes.models import Area, Cohort, CohortCourse, Membership
from tests.browser import Browser
from tests.cast import COUNTY, PASSWORD, Cast

CHINA = ZoneInfo("Asia/Shanghai")
POND, HILL, FORD = "349921102000", "349921103000", "349921104000"


class Story:
    """The product's own verbs, in few words."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.joined = 0

    def join(self, name: str, area: str, *, days_ago: int = 0, group: str = "", cohort=None) -> Membership:
        """Somebody joins the spring class."""
        self.joined += 1
        then = utc_now() - timedelta(days=days_ago)
        person = Person.create(
            name=name, phone=f"139000{self.joined:05d}", area_code=area, group=group, created_at=then,
            notice_accepted_at=then,
        )  # fmt: skip
        membership = memberships.join(cohort or self.cast.cohort, person, now=then, how="code")
        enrolling.enrol(membership, now=then)
        return membership

    def take(self, cohort: Cohort) -> None:
        """A class takes the course of the spring class."""
        CohortCourse.create(cohort=cohort, course=self.cast.version.course_id)

    def do(self, membership: Membership, step: str, kind: str, body: dict, *, days_ago: float = 0) -> None:
        """One deed of the phone."""
        enrolment = Enrolment.get(Enrolment.membership == membership)
        then = utc_now() - timedelta(days=days_ago)
        deed = progress.Deed(secrets.token_urlsafe(12), step.partition("/")[0], step, kind, body, then)
        progress.record(enrolment, deed, now=then, zone=CHINA)

    def start(self, membership: Membership, *, days_ago: float = 0) -> None:
        """Read the first lesson."""
        self.do(membership, "sun/read", "read", {"by": "end"}, days_ago=days_ago)

    def try_quiz(self, membership: Membership, *, well: bool, days_ago: float = 0) -> None:
        """One whole go at the quiz of the first lesson."""
        enrolment = Enrolment.get(Enrolment.membership == membership)
        for _question in range(2):
            attempt = quizzes.state(enrolment, "sun/quiz").current
            question = attempt.next_question
            right = [at for at, option in enumerate(question.options) if option.right]
            wrong = [at for at, option in enumerate(question.options) if not option.right]
            body = {"attempt": attempt.number, "question": question.id, "chosen": right if well else wrong}
            self.do(membership, "sun/quiz", "quiz", body, days_ago=days_ago)

    def complete(self, membership: Membership, *, days_ago: float = 0) -> None:
        """Do all that the course asks for."""
        self.start(membership, days_ago=days_ago)
        self.do(membership, "sun/check:sun-side", "check", {"chosen": [0]}, days_ago=days_ago)
        self.try_quiz(membership, well=True, days_ago=days_ago)
        self.do(membership, "voice/read", "read", {"by": "end"}, days_ago=days_ago)
        self.do(membership, "voice/check:fan", "check", {"chosen": [1]}, days_ago=days_ago)


@pytest.fixture
def story(cast: Cast) -> Story:
    """The county with three more townships."""
    Area.insert_many(
        [(POND, "荷塘镇", "Pond", 4), (HILL, "茶山镇", "Hill", 4), (FORD, "柳渡镇", "Ford", 4)],
        fields=[Area.code, Area.name_zh, Area.name_en, Area.level],
    ).execute()
    return Story(cast)


@pytest.fixture
def manager(app: Flask, story: Story) -> Browser:
    """李建国 at his desk."""
    return at_the_desk(app, story.cast.manager)


def at_the_desk(app: Flask, person: Person, language: str = "zh") -> Browser:
    """A colleague who has signed in."""
    browser = Browser(app, language)
    browser.post("/sign-in/staff", 303, follow=False, phone=person.phone, password=PASSWORD, code="")
    return browser


@pytest.fixture
def now() -> datetime:
    """This moment."""
    return utc_now()


__all__ = ["CHINA", "COUNTY", "FORD", "HILL", "POND", "Story", "at_the_desk"]
