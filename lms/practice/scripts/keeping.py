"""How long scripts are kept, what their owner is told of them, and what goes with a deleted account.

A signed script and its sheet stay for three years, whoever asks (Order 117, articles 27, 28 and 30; PIPL, article 47,
lets a duty by law go before deletion). Everything else goes for good thirty days after its owner deleted it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from lms.accounts.models import Person
from lms.db import database, utc_now
from lms.practice.scripts.models import ComplianceSheet, Proof, Script, ScriptVersion
from lms.submissions import freeing

DELETED_DAYS = 30
SIGNED_FOR = timedelta(days=3 * 366)
TIDY = "scripts.tidy"


def tidy_today() -> None:
    """The day's work (a job without arguments)."""
    tidy(now=utc_now())


def tidy(*, now: datetime) -> None:
    """Let go of what was deleted thirty days ago, and of deleted people's sheets when their time is over."""
    old = ComplianceSheet.select(ComplianceSheet.id).join(Person).where(
        (ComplianceSheet.signed_at < now - SIGNED_FOR) & Person.deleted_at.is_null(False)
    )  # fmt: skip
    ComplianceSheet.delete().where(ComplianceSheet.id.in_([row.id for row in old])).execute()
    let_go(Script.select().where(Script.deleted_at < now - timedelta(days=DELETED_DAYS)))


def let_go(scripts: Iterable[Script]) -> None:
    """Delete these scripts with versions and proofs, but those that a signed sheet stands on."""
    ids = [script.id for script in scripts if not script.signed.exists()]
    with database.atomic():
        digests = [row.digest for row in Proof.select().where(Proof.script.in_(ids) & (Proof.digest != ""))]
        Script.delete().where(Script.id.in_(ids)).execute()
    freeing.free(digests)


def forget(person: Person, now: datetime) -> None:
    """What goes with an erased person: all scripts but the signed ones, which only wait for their time."""
    let_go(Script.select().where(Script.person == person))
    Script.update(deleted_at=now).where((Script.person == person) & Script.deleted_at.is_null()).execute()


def hand_over(duplicate: Person, kept: Person) -> None:
    """Scripts and signed sheets of a second account are the kept person's (a part of a merge)."""
    for table in (Script, ComplianceSheet):
        used = {row.client_id for row in table.select(table.client_id).where(table.person == kept)}
        for row in table.select().where(table.person == duplicate):
            if row.client_id in used:
                row.client_id = f"merged-{row.id}"
            row.person = kept
            row.save()


def everything(person: Person) -> list[dict[str, Any]]:
    """All that is kept of a person's scripts, ready for JSON."""
    return [told(script) for script in Script.select().where(Script.person == person).order_by(Script.id)]


def told(script: Script) -> dict[str, Any]:
    """One script with its versions, proofs and sheets."""
    return {
        "kind": script.kind,
        "goods": script.goods,
        "begun": script.created_at.isoformat(timespec="seconds"),
        "deleted": script.deleted_at.isoformat(timespec="seconds") if script.deleted_at else None,
        "versions": [
            {"number": row.number, "saved": row.saved_at.isoformat(timespec="seconds"), "text": row.text}
            for row in script.versions.order_by(ScriptVersion.number)
        ],
        "proofs": [
            {"for": row.claim, "kind": row.kind, "words": row.words, "photo": bool(row.digest)}
            for row in script.proofs.order_by(Proof.id)
        ],
        "review sheets": [
            {"signed": row.signed_at.isoformat(timespec="seconds"), "name": row.signed_name, **row.facts["answers"]}
            for row in script.signed.order_by(ComplianceSheet.id)
        ],
    }
