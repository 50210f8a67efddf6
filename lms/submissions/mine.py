"""What is kept of one person's works, in words; their end with the account; and their way to another account or
enrolment when two are made one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from peewee import fn

from lms.accounts.models import Person
from lms.learning.models import Enrolment
from lms.submissions import freeing, handing_in, states, uploads
from lms.submissions.models import Piece, Submission, Upload, WorkConsent


def told(person: Person) -> list[dict[str, Any]]:
    """Every work that the person handed in, ready for JSON, with the addresses of its files."""
    return [work(row) for row in Submission.of(person).order_by(Submission.id)]


def work(row: Submission) -> dict[str, Any]:
    """One of them."""
    consent = WorkConsent.get_or_none(WorkConsent.submission == row)
    return {
        "work": row.id,
        "course": row.enrolment.course.slug,
        "step": row.step_key,
        "try": row.number,
        "handed in": moment(row.handed_in_at),
        "late": row.late,
        "others in the picture": row.others,
        "words": row.words,
        "state": row.state,
        "points": row.points,
        "of points": row.most_points,
        "pieces": [piece(one) for one in row.in_order()],
        "shown to classmates": moment(consent.agreed_at) if consent else None,
        "until": moment(consent.withdrawn_at) if consent else None,
    }


def piece(row: Piece) -> dict[str, Any]:
    """One thing in a work."""
    return {
        "kind": row.kind,
        "name": row.name,
        "text": row.text,
        "seconds": row.seconds,
        "measured on the phone": row.verdicts,
        "file": f"/work/{row.id}/show" if row.digest else None,
    }


def unfinished(person: Person) -> list[dict[str, Any]]:
    """Files on their way."""
    return [
        {"name": row.name, "bytes": row.received, "of bytes": row.size, "begun": moment(row.created_at)}
        for row in uploads.unfinished(person)
    ]


def moment(at: datetime | None) -> str | None:
    """A moment as text, in UTC."""
    return at.isoformat(timespec="seconds") if at else None


def forget(person: Person, now: datetime) -> None:
    """The account is deleted: files and words of its works go. That something was handed in and what it brought stays
    counted; what nobody has judged is taken back."""
    digests = [digest for row in Submission.of(person) for digest in handing_in.let_go(row, now=now)]
    for row in Submission.of(person).where(Submission.state.in_(states.OPEN)):
        states.withdrawn(row, now=now)
    for upload in Upload.select().where(Upload.person == person):
        uploads.remove(upload)
    freeing.free(digests)


def hand_over(enrolment: Enrolment, person_id: int) -> None:
    """The works of an enrolment are another account's of the same human being. One account's number of a work may be
    the other's too; the one that moves gets a new one."""
    used = Submission.select(Submission.client_id).where(Submission.person == person_id)
    theirs = (Submission.enrolment == enrolment) & (Submission.person != person_id)
    for row in Submission.select().where(theirs & Submission.client_id.in_(used)):
        Submission.update(client_id=f"merged-{row.id}").where(Submission.id == row.id).execute()
    Submission.update(person=person_id).where(theirs).execute()


def unite(kept: Enrolment, other: Enrolment) -> None:
    """The works of two enrolments in one course, made one; the tries count on."""
    for row in Submission.select().where(Submission.enrolment == other).order_by(Submission.id):
        mine = Submission.select(fn.COALESCE(fn.MAX(Submission.number), 0)).where(
            (Submission.enrolment == kept) & (Submission.step_key == row.step_key)
        )
        number = mine.scalar() + 1
        Submission.update(enrolment=kept, number=number).where(Submission.id == row.id).execute()
