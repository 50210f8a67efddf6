"""The states of a submission, and the only writers of them.

preparing → waiting → judged → passed or again. From judged back to waiting when a judgement is taken back; to withdrawn
from preparing and waiting, by its owner.
"""

from __future__ import annotations

from datetime import datetime

from lms.errors import Conflict
from lms.i18n import _
from lms.submissions.models import Piece, Submission

PREPARING, WAITING, JUDGED, PASSED, AGAIN, WITHDRAWN = "preparing", "waiting", "judged", "passed", "again", "withdrawn"
OPEN = (PREPARING, WAITING)
SETTLED = (PASSED, AGAIN)


def ready(submission: Submission) -> None:
    """It waits for a trainer once nothing of it is to be turned any more; twice is harmless."""
    turning = Piece.select().where((Piece.submission == submission) & (Piece.state == "waiting"))
    if not turning.exists():
        move(submission, (PREPARING,), WAITING)


def judged(submission: Submission, *, now: datetime) -> None:
    """A trainer has judged it; it counts when the time to undo is over. Judging again within it changes nothing here.
    Raises Conflict when it does not wait for one: it was withdrawn, or is settled already."""
    if not move(submission, (WAITING, JUDGED), JUDGED):
        raise Conflict(_("This work does not wait to be judged any more. Open the list again."))


def reopened(submission: Submission) -> None:
    """The judgement was taken back: it waits again; twice is harmless."""
    move(submission, (JUDGED,), WAITING)


def settle(submission: Submission, passed: bool, points: int, most: int, *, now: datetime) -> bool:
    """The time to undo is over: what it brought counts now. False when that was done before."""
    facts = {"points": points, "most_points": most, "settled_at": now, "seen_at": None}
    return move(submission, (JUDGED,), PASSED if passed else AGAIN, **facts)


def withdrawn(submission: Submission, *, now: datetime) -> None:
    """Its owner takes it back. Raises Conflict once it is judged."""
    if not move(submission, OPEN, WITHDRAWN, settled_at=now):
        raise Conflict(_("Your trainer has judged it already, so it stays."))


def seen(submission: Submission, *, now: datetime) -> None:
    """Its owner has seen what it brought."""
    Submission.update(seen_at=now).where(
        (Submission.id == submission.id) & Submission.seen_at.is_null() & Submission.state.in_(SETTLED)
    ).execute()


def move(submission: Submission, before: tuple[str, ...], after: str, **facts: object) -> bool:
    """Go on from one of these states; whether it was in one. Two who do it at once: one of them does."""
    rows = Submission.update(state=after, **facts).where(
        (Submission.id == submission.id) & Submission.state.in_(before)
    )
    if not rows.execute():
        return False
    for name, value in {"state": after, **facts}.items():
        setattr(submission, name, value)
    submission._dirty.clear()
    return True
