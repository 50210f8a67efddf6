"""A judgement counts when ten minutes are over, once, and not before."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from lms.assessment import judging, settling
from lms.assessment.models import Judgement
from lms.audit import AuditEntry
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Conflict, Refused
from lms.learning import recount
from lms.learning.models import Event, StepDone
from lms.submissions import handing_in, states
from lms.submissions.models import Submission
from tests.assessment.judged import DARK, LATER, WELL, WINDY, colleague, fresh, judge, settled, work
from tests.cast import CHINA, Cast
from tests.learning.deeds import at_once, connected
from tests.submissions.tasked import STEP


def differences() -> list[recount.Difference]:
    """Whatever is stored otherwise than it follows from the events."""
    return list(recount.differences(CHINA, now=utc_now() + timedelta(days=2)))


def test_nothing_follows_from_a_judgement_before_ten_minutes_are_over(cast: Cast):
    submission = work(cast)

    judge(submission, cast.trainer, *WELL)
    settling.settle_due(utc_now() + timedelta(minutes=9))

    assert fresh(submission).state == states.JUDGED
    assert not StepDone.select().exists()
    assert not Certificate.select().exists()


def test_what_passes_does_the_step_completes_the_course_and_brings_the_certificate(cast: Cast):
    submission = work(cast)

    judge(submission, cast.trainer, *WELL)
    after = settled(submission)

    assert (after.state, after.points, after.most_points) == (states.PASSED, 5, 6)
    assert StepDone.get().step_key == STEP
    assert cast.enrolment.completed_at
    assert Certificate.select().count() == 1
    assert not differences()


def test_too_few_points_bring_it_back_to_its_owner(cast: Cast):
    submission = work(cast)

    judge(submission, cast.trainer, *DARK)
    after = settled(submission)

    assert (after.state, after.points) == (states.AGAIN, 3)
    assert not StepDone.select().exists()
    assert not differences()


def test_one_point_for_the_sound_sends_back_whatever_the_sum(cast: Cast):
    submission = work(cast)

    given = judge(submission, cast.trainer, *WINDY)

    assert (given.total, given.passed, given.sent_back) == (4, False, True)
    assert settled(submission).state == states.AGAIN


def test_it_can_be_sent_back_with_what_to_do(cast: Cast):
    submission = work(cast)

    judge(submission, cast.trainer, 3, 3, words="再拍一次，拍到切面。", send_back=True)

    assert settled(submission).state == states.AGAIN


def test_sending_back_without_a_word_is_refused(cast: Cast):
    with pytest.raises(Refused):
        judge(work(cast), cast.trainer, 3, 3, send_back=True)


@pytest.mark.parametrize("points", [(), (3,), (3, 4), (3, -1), (3, 2, 1)])
def test_points_that_do_not_fit_the_rubric_are_refused(cast: Cast, points: tuple[int, ...]):
    with pytest.raises(Refused):
        judge(work(cast), cast.trainer, *points)


def test_a_judgement_taken_back_leaves_the_work_waiting(cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)

    assert judging.take_back(fresh(submission), cast.trainer, now=utc_now())

    assert settled(submission).state == states.WAITING
    assert not judging.take_back(fresh(submission), cast.trainer, now=utc_now())


def test_a_change_within_ten_minutes_replaces_the_first_word_and_keeps_it_as_history(cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *DARK)

    judge(fresh(submission), cast.trainer, *WELL, now=utc_now() + timedelta(minutes=5))

    assert settled(submission, after=LATER + timedelta(minutes=5)).state == states.PASSED
    assert Judgement.select().count() == 2
    deeds = [entry.action for entry in AuditEntry.select().where(AuditEntry.action.startswith("judgement"))]
    assert deeds == ["judgement.given", "judgement.changed", "judgement.settled"]


@pytest.mark.parametrize("deed", ["change", "take back"])
def test_nothing_is_changed_once_ten_minutes_are_over(cast: Cast, deed: str):
    submission = work(cast)
    judge(submission, cast.trainer, *DARK)
    later = utc_now() + LATER

    with pytest.raises(Conflict):
        if deed == "change":
            judge(fresh(submission), cast.trainer, *WELL, now=later)
        else:
            judging.take_back(fresh(submission), cast.trainer, now=later)


def test_the_same_sent_twice_is_one_judgement(cast: Cast):
    submission = work(cast)

    first = judge(submission, cast.trainer, *WELL, words="好")
    again = judge(fresh(submission), cast.trainer, *WELL, words="好")

    assert first.id == again.id


def test_settling_twice_does_it_once(cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    later = utc_now() + LATER

    assert [settling.settle_due(later), settling.settle_due(later)] == [1, 0]

    assert Event.select().where(Event.kind == "task").count() == 1


def test_settled_by_many_at_once_it_counts_once(cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    later = utc_now() + LATER

    done = at_once([connected(partial(settling.settle, submission.id, now=later)) for _each in range(6)])

    assert sorted(done) == [False] * 5 + [True]
    assert not differences()


def test_of_two_trainers_at_once_one_judges_and_the_other_is_told(cast: Cast):
    submission, lu = work(cast), colleague(cast)

    answers = at_once([connected(partial(judge, submission, who, *WELL)) for who in (cast.trainer, lu)])

    assert sorted(type(one) is Conflict for one in answers) == [False, True]
    assert Judgement.standing().count() == 1


def test_what_its_owner_took_back_is_not_judged(cast: Cast):
    submission = work(cast)
    handing_in.withdraw(submission, now=utc_now())

    with pytest.raises(Conflict):
        judge(submission, cast.trainer, *WELL)


def test_a_second_pass_of_the_same_task_changes_nothing_more(cast: Cast):
    first = work(cast)
    judge(first, cast.trainer, *WELL)
    settled(first)

    second = work(cast)
    judge(second, cast.trainer, 3, 3)

    assert settled(second, after=2 * LATER).state == states.PASSED
    assert StepDone.select().count() == 1
    assert not differences()


def test_a_cut_off_settling_leaves_all_or_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    monkeypatch.setattr(settling.progress, "task_passed", cut_off)

    with pytest.raises(KeyboardInterrupt):
        settling.settle_due(utc_now() + LATER)
    monkeypatch.undo()

    assert fresh(submission).state == states.JUDGED
    assert settled(submission).state == states.PASSED
    assert not differences()


def cut_off(*_given: object, **_more: object) -> None:
    """The process ends here."""
    raise KeyboardInterrupt


def test_the_owner_sees_nothing_of_it_before(cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    before = list(Judgement.unseen_by(cast.trainee))

    settled(submission)

    assert (before, Judgement.unseen_by(cast.trainee).count()) == ([], 1)
    assert Submission.get_by_id(submission.id).seen_at is None
