"""The audit trail: who did what, when, on whom, from where. Written by every change to people, courses, results
and certificates, in the same transaction as the change; never altered, never deleted.

Words: an *entry*; its *action* reads `noun.verb` (`person.created`). A person is a plain id here. Never: the content
of an answer, a PIN, or anything that a reader of the trail need not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import peewee

from lms.db import JSONField, Model, MomentField, in_chunks, utc_now

# Where a deed comes from is a fact of the surroundings (an address, or the command line), set at the edge.
origin: ContextVar[str] = ContextVar("origin", default="command line")


class AuditEntry(Model):
    """One line of the trail. `subject` is what was changed, `person` whom it concerns, `actor` who did it."""

    at = MomentField(index=True)
    actor_id = peewee.IntegerField(null=True, index=True)
    action = peewee.CharField(64, index=True)
    subject_kind = peewee.CharField(32)
    subject_id = peewee.CharField(64)
    person_id = peewee.IntegerField(null=True, index=True)
    origin = peewee.CharField(64)
    detail = JSONField(default=dict)


def record(
    action: str,
    subject: Any,
    *,
    by: int | None,
    person: int | None = None,
    detail: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> None:
    """Write an entry. `subject` is a row; `by` the id of who acts (None: the system); `person` whom it concerns."""
    AuditEntry.create(
        at=now or utc_now(),
        actor_id=by,
        action=action,
        subject_kind=type(subject)._meta.table_name,
        subject_id=str(subject._pk),
        person_id=person,
        origin=origin.get(),
        detail=detail or {},
    )


def record_many(
    action: str,
    table: type[Model],
    subjects: Iterable[tuple[int, int | None]],
    *,
    by: int | None,
    detail: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> None:
    """Write one entry for each (id of the row, id of the person concerned) of `table`, as when a roster is imported."""
    shared = {
        "at": now or utc_now(),
        "actor_id": by,
        "action": action,
        "subject_kind": table._meta.table_name,
        "origin": origin.get(),
        "detail": detail or {},
    }
    rows = [{**shared, "subject_id": str(subject), "person_id": person} for subject, person in subjects]
    for chunk in in_chunks(rows):
        AuditEntry.insert_many(chunk).execute()
