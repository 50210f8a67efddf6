"""Xiulan's works and those who judge them, by the product's own verbs."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from lms.accounts.models import Person
from lms.assessment import judging, settling
from lms.assessment.judging import Scores
from lms.assessment.models import Judgement
from lms.db import utc_now
from lms.learning import enrolling
from lms.programmes import memberships
from lms.programmes.models import CohortTrainer
from lms.submissions.models import Submission
from tests.cast import COUNTY, SPRING, VILLAGE, Cast, person, staff
from tests.submissions.tasked import hand_in, written

# The rubric of tests/submissions/tasked.py has two rows, light and sound; sound must hold; 4 of 6 points pass.
WELL, DARK, WINDY = (3, 2), (1, 2), (3, 1)
LATER = timedelta(minutes=11)


def work(cast: Cast, **facts: Any) -> Submission:
    """What Xiulan hands in."""
    return hand_in(cast.enrolment, written(), **facts)


def judge(submission: Submission, by: Person, *points: int, now: datetime | None = None, **facts: Any) -> Judgement:
    """A judgement with these points."""
    return judging.judge(submission, by, Scores(points, **facts), now=now or utc_now())


def settled(submission: Submission, *, after: timedelta = LATER) -> Submission:
    """The work once the time to undo is over."""
    settling.settle_due(utc_now() + after)
    return fresh(submission)


def fresh(submission: Submission) -> Submission:
    """The work as it stands now."""
    return Submission.get_by_id(submission.id)


def colleague(cast: Cast, name: str = "陆平") -> Person:
    """Another trainer of the spring class."""
    phone = f"138{secrets.randbelow(10**8):08}"
    other = staff(name, phone, "trainer", COUNTY)
    CohortTrainer.create(cohort=cast.cohort, person=other)
    return other


def classmate(cast: Cast, name: str = "刘建军") -> Person:
    """Another trainee of the spring class, enrolled in its course."""
    phone = f"139{secrets.randbelow(10**8):08}"
    made = person(name, phone, area_code=VILLAGE)
    enrolling.enrol(memberships.join(cast.cohort, made, now=SPRING, how="code"), now=SPRING)
    return made
