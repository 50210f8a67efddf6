"""When the time to undo is over: what a judgement brought begins to count, once.

Done by a job ten minutes after the judgement, by the daily sweep, and by whoever opens a page of the work, whichever
comes first. All of it happens in one transaction, under the enrolment's lock and then the submission's, so that it is
done wholly or not at all, and two at once do it once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms import audit
from lms.assessment import rubrics
from lms.assessment.models import Judgement
from lms.assessment.rubrics import Rubric
from lms.db import again, database, lock, utc_now
from lms.learning import progress, tallies
from lms.submissions import states
from lms.submissions.models import Submission
from lms.web import log

JOB = "assessment.settle"
UNDO = timedelta(minutes=10)
# Two judges who are divided have a day to talk, or for a third to decide.
TALK = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """What several judges brought together: points by row (means where there are two), their sum rounded half up."""

    points: tuple[float, ...]
    total: int
    passed: bool


def settle_due(now: datetime | None = None) -> int:
    """Settle whatever is due; how many were. Nothing happens to those that were settled before."""
    now = now or utc_now()
    for number in half_judged():
        alone(lambda number=number: again(lambda: go_on(number, now)), number)
    return sum(bool(alone(lambda number=number: settle(number, now=now), number)) for number in due(now))


def alone(deed: Callable[[], bool | None], number: int) -> bool | None:
    """Do it; what goes wrong with one work is logged, and holds up no other."""
    try:
        return deed()
    except Exception:
        log.failure("settling", submission=number)
        return None


def due(now: datetime) -> list[int]:
    """The submissions with a judgement whose time is over."""
    over = Judgement.standing().where(Judgement.settled_at.is_null(), Judgement.settles_at <= now)
    judged = Submission.select(Submission.id).where(
        Submission.state == states.JUDGED, Submission.id.in_(over.select(Judgement.submission))
    )
    return [row.id for row in judged.order_by(Submission.enrolment, Submission.id)]


def is_due(submission: Submission, now: datetime) -> bool:
    """Whether its judgements count from now on, even if nobody has said so yet."""
    given = Judgement.standing().where(Judgement.submission == submission)
    later = given.where(Judgement.settles_at > now)
    return submission.state == states.JUDGED and given.exists() and not later.exists()


def half_judged() -> list[int]:
    """The submissions that wait for another judge."""
    given = Judgement.standing().where(Judgement.settled_at.is_null())
    waiting = Submission.select(Submission.id).where(
        Submission.state == states.WAITING, Submission.id.in_(given.select(Judgement.submission))
    )
    return [row.id for row in waiting.order_by(Submission.id)]


def go_on(number: int, now: datetime) -> None:
    """The judges of a class may have become fewer: what was given may be all that there will be."""
    with database.atomic():
        submission = lock(Submission.get_by_id(number))
        if submission.state == states.WAITING:
            follow(submission, rubrics.of(submission), now)


def follow(submission: Submission, rubric: Rubric, now: datetime) -> None:
    """Let the submission's state, and when it counts, follow its judgements: all of them together, ten minutes after
    the last one; a day after it where two are divided. Call under the submission's lock."""
    given = list(Judgement.standing().where(Judgement.submission == submission))
    if len(given) < rubrics.needed(submission, rubric):
        states.reopened(submission)
        return
    states.judged(submission, now=now)
    moment = max(one.given_at for one in given) + (TALK if is_divided(given) else UNDO)
    Judgement.update(settles_at=moment).where(Judgement.id.in_([one.id for one in given])).execute()


def settle(number: int, *, now: datetime) -> bool:
    """Let one submission's judgements count if their time is over; False when it is not, or they count already."""
    return again(lambda: settle_once(number, now))


def settle_once(number: int, now: datetime) -> bool:
    """The same, in one transaction."""
    with tallies.transaction():
        submission = Submission.get_by_id(number)
        enrolment = lock(submission.enrolment)
        submission = lock(submission)
        given = list(Judgement.standing().where(Judgement.submission == submission).order_by(Judgement.id))
        if not given or any(one.settles_at > now for one in given):
            return False
        rubric = rubrics.of(submission)
        outcome = together(rubric, given)
        if not states.settle(submission, outcome.passed, outcome.total, rubric.most, now=now):
            return False
        Judgement.update(settled_at=now).where(Judgement.id.in_([one.id for one in given])).execute()
        detail = {"points": outcome.total, "most": rubric.most, "passed": outcome.passed}
        audit.record("judgement.settled", submission, by=None, person=submission.person_id, detail=detail, now=now)
        if outcome.passed:
            event = f"{progress.OF_JUDGES}{submission.id}"
            progress.task_passed(enrolment, submission.step_key, event, {"submission": submission.id}, now=now)
    return True


def together(rubric: Rubric, given: Sequence[Judgement]) -> Outcome:
    """What these judgements say together. One judge: that one. Several who agree on passing: so it is. A third decides
    between two; two who stay divided: the mean of their points does, unless one of them sent it back, on purpose or by
    a row that must hold, for a mean must not outweigh that."""
    points = tuple(sum(row) / len(given) for row in zip(*(one.points for one in given), strict=True))
    total = int(sum(one.total for one in given) / len(given) + 0.5)
    passes = sum(one.passed for one in given)
    sent_back = any(one.sent_back for one in given)
    passed = rubric.passes(points) and not sent_back if passes * 2 == len(given) else passes * 2 > len(given)
    return Outcome(points, total, passed)


def is_divided(given: Sequence[Judgement]) -> bool:
    """Whether as many say passed as say not yet."""
    return bool(given) and sum(one.passed for one in given) * 2 == len(given)
