"""What is kept of a person's rehearsals: told to them, deleted with the account, handed over in a merge."""

from __future__ import annotations

from typing import Any

from lms.accounts.models import Person
from lms.practice.rehearsal.models import AudienceLine, Rehearsal


def everything(person: Person) -> list[dict[str, Any]]:
    """All that is kept of a person's rehearsals, ready for JSON; the recordings never left the phone."""
    return [
        {
            "when": row.happened_at.isoformat(timespec="seconds"),
            "level": row.level,
            "goods": row.goods,
            "seconds": row.seconds,
            "measured on the phone": {"measures": row.measures, "timeline": row.timeline},
            "deleted": row.deleted_at.isoformat(timespec="seconds") if row.deleted_at else None,
        }
        for row in Rehearsal.select().where(Rehearsal.person == person).order_by(Rehearsal.id)
    ]


def lines(person: Person) -> list[dict[str, Any]]:
    """The comments that a trainer added to the bank."""
    rows = AudienceLine.select().where(AudienceLine.author == person).order_by(AudienceLine.id)
    return [
        {"kind": row.kind, "when": row.added_at.isoformat(timespec="seconds"), "zh": row.zh, "en": row.en}
        for row in rows
    ]


def forget(person: Person) -> None:
    """What goes with an erased person. Comments that a trainer gave to the bank stay there, without a name."""
    Rehearsal.delete().where(Rehearsal.person == person).execute()


def hand_over(duplicate: Person, kept: Person) -> None:
    """Rehearsals of a second account are the kept person's."""
    used = {row.client_id for row in Rehearsal.select(Rehearsal.client_id).where(Rehearsal.person == kept)}
    for row in Rehearsal.select().where(Rehearsal.person == duplicate):
        if row.client_id in used:
            row.client_id = f"merged-{row.id}"
        row.person = kept
        row.save()
    AudienceLine.update(author=kept).where(AudienceLine.author == duplicate).execute()
