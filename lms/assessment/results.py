"""Several tries at one task: which is the one before, which is the newest, whose points count."""

from __future__ import annotations

import peewee

from lms.learning.models import Enrolment
from lms.submissions import states
from lms.submissions.models import Submission


def tries(enrolment: Enrolment | int, step_key: str) -> peewee.ModelSelect:
    """All tries of an enrolment at a step that were not taken back."""
    return Submission.select().where(
        Submission.enrolment == enrolment, Submission.step_key == step_key, Submission.state != states.WITHDRAWN
    )


def counting(enrolment: Enrolment | int, step_key: str, counts: str) -> Submission | None:
    """The try whose points count: the best one, the earlier of two alike, or the last that was judged. None before.

    A step that was passed once stays done whatever comes later; this is about the points that are shown.
    """
    settled = tries(enrolment, step_key).where(Submission.state.in_(states.SETTLED))
    if counts == "last":
        return settled.order_by(Submission.number.desc()).first()
    passed = Submission.state == states.PASSED
    return settled.order_by(passed.desc(), Submission.points.desc(), Submission.number).first()


def before(work: Submission) -> Submission | None:
    """The try before this one that was judged."""
    settled = tries(work.enrolment_id, work.step_key).where(
        Submission.number < work.number, Submission.state.in_(states.SETTLED)
    )
    return settled.order_by(Submission.number.desc()).first()


def newest(work: Submission) -> Submission:
    """The newest try at the same step, which may be this one."""
    return tries(work.enrolment_id, work.step_key).order_by(Submission.number.desc()).first() or work
