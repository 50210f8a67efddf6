"""A task that asks for two judges: blind to each other, and what happens when they disagree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from lms.accounts.models import Person, Role
from lms.assessment import agreeing, judging, queue
from lms.db import utc_now
from lms.errors import Conflict
from lms.programmes import cohorts
from lms.submissions import states
from tests.assessment.judged import DARK, LATER, WELL, colleague, fresh, judge, settled, work
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import tasked

TWO_DAYS = timedelta(days=2)


@pytest.fixture(autouse=True)
def task(cast: Cast):
    """The task wants two judges."""
    return tasked.with_task(cast, settings=" judges=2", requires='["task"]')


@pytest.fixture
def lu(cast: Cast) -> Person:
    """The class's second trainer."""
    return colleague(cast)


def test_one_judgement_of_two_brings_nothing(cast: Cast, lu: Person):
    submission = work(cast)

    judge(submission, cast.trainer, *WELL)

    assert settled(submission, after=TWO_DAYS).state == states.WAITING
    assert queue.next_for(cast.trainer) is None
    assert queue.next_for(lu) == submission


def test_two_who_agree_count_ten_minutes_after_the_second(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, 3, 2)

    judge(fresh(submission), lu, 3, 3)
    after = settled(submission)

    assert (after.state, after.points) == (states.PASSED, 6)  # 5 and 6: the mean, rounded half up


def test_the_second_judge_sees_nothing_of_the_first(app: Flask, cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *DARK, words="光太暗了")

    page = signed_in(app, lu).get(f"/teach/work/{submission.id}")

    assert "光太暗了" not in page.html
    assert not page.all("input", checked=None)


def test_both_see_each_other_once_both_gave(app: Flask, cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL, words="光很好")
    judge(fresh(submission), lu, *WELL)

    assert "光很好" in signed_in(app, lu).get(f"/teach/work/{submission.id}").text


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ((2, 2), (1, 2), states.AGAIN),
        ((3, 3), (1, 2), states.PASSED),
        ((3, 2), (3, 1), states.AGAIN),
        ((3, 3), (3, 1), states.AGAIN),
    ],
    ids=["a mean of 3.5 of 4", "a mean of 4.5", "a sound of 1.5", "a sound of 1 against 3"],
)
def test_two_who_stay_divided_are_decided_by_the_mean_after_a_day(
    cast: Cast, lu: Person, first: tuple[int, int], second: tuple[int, int], state: str
):
    submission = work(cast)
    judge(submission, cast.trainer, *first)
    judge(fresh(submission), lu, *second)

    assert settled(submission).state == states.JUDGED
    assert settled(submission, after=TWO_DAYS).state == state


def test_a_third_decides_between_two_who_are_divided(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    judge(fresh(submission), lu, *DARK)

    judge(fresh(submission), colleague(cast, "沈岚"), *DARK)

    assert settled(submission).state == states.AGAIN


def test_a_third_is_not_asked_where_two_agree(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    judge(fresh(submission), lu, *WELL)

    with pytest.raises(Conflict):
        judge(fresh(submission), colleague(cast, "沈岚"), *DARK)


def test_one_taken_back_leaves_the_other_waiting_for_a_second(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    judge(fresh(submission), lu, *WELL)

    judging.take_back(fresh(submission), lu, now=utc_now())

    assert settled(submission, after=TWO_DAYS).state == states.WAITING


def test_a_class_with_one_trainer_left_goes_on_with_what_was_given(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)

    cohorts.remove_trainer(cast.cohort, lu, by=cast.admin.id, now=utc_now())

    assert settled(submission, after=LATER).state == states.PASSED


def test_a_trainer_without_the_role_is_nobody_to_wait_for(cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)

    lu.role_rows.where(Role.kind == "trainer").get().delete_instance()

    assert settled(submission, after=LATER).state == states.PASSED


def test_agreement_is_measured_before_the_judges_saw_each_other(cast: Cast, lu: Person):
    for _each in range(agreeing.ENOUGH):
        submission = work(cast)
        judge(submission, cast.trainer, 0, 0)
        judge(fresh(submission), lu, 3, 3)
        judge(fresh(submission), cast.trainer, 3, 3)
    settled(submission)

    (figures,) = agreeing.by_course(cast.trainer)

    assert (figures.within_one, figures.same_verdict) == (0, 0)


def test_how_far_judges_agree_is_told_by_course(app: Flask, cast: Cast, lu: Person):
    for _each in range(agreeing.ENOUGH):
        submission = work(cast)
        judge(submission, cast.trainer, 3, 2)
        judge(fresh(submission), lu, 3, 3)
    settled(submission)

    (figures,) = agreeing.by_course(cast.trainer)

    assert (figures.works, figures.within_one, figures.same_verdict) == (agreeing.ENOUGH, 1, 1)
    assert figures.kappa is not None
    assert "100 %" in signed_in(app, cast.manager).get("/teach/agreement").text
    assert not agreeing.by_course(cast.outsider)


def test_the_queue_names_the_work_on_which_two_disagree(app: Flask, cast: Cast, lu: Person):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    judge(fresh(submission), lu, *DARK)

    page = signed_in(app, lu).get("/teach/work?tab=done")

    assert "张秀兰的作业，两位老师看法不一样" in page.text


def test_the_first_of_two_is_not_told_that_anything_went_out(app: Flask, cast: Cast, lu: Person):
    submission, he = work(cast), signed_in(app, cast.trainer)

    before = he.get(f"/teach/work/{submission.id}")
    after = he.post(f"/teach/work/{submission.id}/judgement", **{"row-0": "3", "row-1": "2"})

    assert "这份要两位老师批" in before.text
    assert "给张秀兰的 5 / 6 分记下了。第二位老师也批完才发出。" in after.text
    assert "发给张秀兰" not in after.text
