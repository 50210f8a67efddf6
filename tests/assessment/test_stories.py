"""Promise 1 for judged work, at random: whoever hands in, judges, takes back and waits, what is stored follows from the
events, and a step is done exactly where a work passed."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lms.assessment import judging, settling
from lms.assessment.models import Judgement
from lms.db import utc_now
from lms.errors import Refused
from lms.learning import enrolling, recount
from lms.learning.models import Enrolment, StepDone
from lms.programmes import memberships
from lms.submissions import handing_in, states
from lms.submissions.models import Submission
from tests.assessment.judged import classmate, colleague, judge
from tests.cast import CHINA, Cast
from tests.learning.test_counting import fresh
from tests.submissions.tasked import STEP, hand_in, with_task, written

__all__ = ["fresh"]

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
who = st.integers(0, 2)
points = st.integers(0, 3)


class Class(RuleBasedStateMachine):
    """Three trainees and two trainers of one class; the task wants one judge or two."""

    fresh: Any  # a fresh database with the cast on it, set by the test

    @initialize(judges=st.integers(1, 2), counts=st.sampled_from(["best", "last"]))
    def begin(self, judges: int, counts: str) -> None:
        self.cast: Cast = self.fresh()
        self.minutes = 0
        with_task(self.cast, settings=f" judges={judges} counts={counts}", requires='["task"]')
        self.trainees = [self.cast.trainee, classmate(self.cast, "刘建军"), classmate(self.cast, "陈晓雨")]
        self.judges = [self.cast.trainer, colleague(self.cast), colleague(self.cast, "沈岚")]

    def now(self):
        return utc_now() + timedelta(minutes=self.minutes)

    def work(self, number: int) -> Submission:
        rows = list(Submission.select().order_by(Submission.id))
        return rows[number % len(rows)]

    @rule(place=who)
    def hand_in(self, place: int) -> None:
        with suppress(Refused):
            hand_in(Enrolment.get(Enrolment.person == self.trainees[place]), written(), now=self.now())

    @precondition(lambda self: Submission.select().exists())
    @rule(number=points, by=who, light=points, sound=points)
    def judge(self, number: int, by: int, light: int, sound: int) -> None:
        with suppress(Refused):
            judge(self.work(number), self.judges[by], light, sound, now=self.now())

    @precondition(lambda self: Submission.select().exists())
    @rule(number=points, by=who)
    def take_back(self, number: int, by: int) -> None:
        with suppress(Refused):
            judging.take_back(self.work(number), self.judges[by], now=self.now())

    @precondition(lambda self: Submission.select().exists())
    @rule(number=points)
    def withdraw(self, number: int) -> None:
        with suppress(Refused):
            handing_in.withdraw(self.work(number), now=self.now())

    @rule(place=who)
    def leave(self, place: int) -> None:
        membership = Enrolment.get(Enrolment.person == self.trainees[place]).membership
        memberships.leave(membership, now=self.now(), by=1)
        enrolling.leave(membership, now=self.now())

    @rule(minutes=st.sampled_from([1, 9, 11, 60, 1500]))
    def time_goes_by(self, minutes: int) -> None:
        self.minutes += minutes

    @rule()
    def settle(self) -> None:
        settling.settle_due(self.now())

    @invariant()
    def what_is_stored_follows_from_the_events(self) -> None:
        assert list(recount.differences(CHINA, now=self.now())) == []

    @invariant()
    def a_step_is_done_exactly_where_a_work_passed(self) -> None:
        passed = {row.enrolment_id for row in Submission.select().where(Submission.state == states.PASSED)}
        done = {row.enrolment_id for row in StepDone.select().where(StepDone.step_key == STEP)}
        assert passed == done

    @invariant()
    def nothing_counts_within_ten_minutes_of_its_last_word(self) -> None:
        settled = Judgement.select().where(Judgement.settled_at.is_null(False))
        assert all(one.settled_at - one.given_at >= settling.UNDO for one in settled)


def test_judging_in_any_order_keeps_every_promise(fresh: Any):
    Class.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Class,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
