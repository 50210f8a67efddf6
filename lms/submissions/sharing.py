"""Good works that their owners agree to show to those who learn the same course; taken back at a tap."""

from __future__ import annotations

from datetime import datetime

from lms import audit
from lms.db import database, insert_once
from lms.errors import Refused
from lms.i18n import _
from lms.learning.models import Enrolment
from lms.submissions import states
from lms.submissions.models import Submission, WorkConsent

MOST_SHOWN = 6


def agree(submission: Submission, *, now: datetime) -> None:
    """Its owner lets fellow trainees see it; twice is harmless. Raises Refused for what was withdrawn."""
    if submission.state == states.WITHDRAWN:
        raise Refused(_("This work was taken back. There is nothing left to show."))
    with database.atomic():
        insert_once(lambda: WorkConsent.create(submission=submission, asked_at=now))
        changed = WorkConsent.update(agreed_at=now, withdrawn_at=None, refused_at=None).where(
            (WorkConsent.submission == submission) & ~WorkConsent.stands()
        )
        if changed.execute():
            audit.record("work.shown", submission, by=submission.person_id, person=submission.person_id, now=now)


def take_back(submission: Submission, *, now: datetime) -> None:
    """It is shown no more, from this moment; twice is harmless. The same says no to a trainer who asked."""
    with database.atomic():
        mine = WorkConsent.submission == submission
        WorkConsent.update(refused_at=now).where(mine & WorkConsent.agreed_at.is_null()).execute()
        stood = WorkConsent.update(withdrawn_at=now).where(mine & WorkConsent.stands()).execute()
        if stood:
            audit.record("work.hidden", submission, by=submission.person_id, person=submission.person_id, now=now)


def ask(submission: Submission, *, by: int, now: datetime) -> bool:
    """A trainer asks the owner for leave; False when that was done before."""
    return bool(insert_once(lambda: WorkConsent.create(submission=submission, asked_by=by, asked_at=now)))


def is_shown(submission: Submission) -> bool:
    """Whether fellow trainees see it now."""
    return submission.consents.where(WorkConsent.stands()).exists()


def shown_among(works: list[Submission]) -> set[int]:
    """Those of these works that fellow trainees see now, by number."""
    rows = WorkConsent.select(WorkConsent.submission).where(WorkConsent.submission.in_(works) & WorkConsent.stands())
    return {row.submission_id for row in rows}


def is_asked(submission: Submission) -> bool:
    """Whether a trainer asked and has no answer yet."""
    row = submission.consents.where(WorkConsent.asked_by.is_null(False)).first()
    return bool(row and not row.agreed_at and not row.refused_at)


def examples(enrolment: Enrolment, step_key: str) -> list[Submission]:
    """Works of others at the same step of the same course that passed and are shown, the newest first."""
    shown = Submission.shown_to(enrolment.person).where(
        Submission.step_key == step_key,
        Submission.state == states.PASSED,
        Enrolment.course == enrolment.course_id,
    )
    return list(shown.order_by(Submission.settled_at.desc()).limit(MOST_SHOWN))
