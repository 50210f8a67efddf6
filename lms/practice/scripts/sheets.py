"""The review before a broadcast (开播前合规审核单): Order 117, articles 25 to 32. What is signed is a copy of that day
and never changes; it is kept for three years at least (articles 27, 28 and 30)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lms.accounts import ages
from lms.accounts.models import Person
from lms.db import database, found, insert_once, lock
from lms.errors import Conflict, Refused
from lms.i18n import _, in_language
from lms.learning.progress import CLIENT_ID
from lms.lib import advertising
from lms.practice.scripts import writing
from lms.practice.scripts.forms import CHECKS
from lms.practice.scripts.looking import Checked
from lms.practice.scripts.models import ComplianceSheet, Script, ScriptVersion

LONGEST_NAME = 60


def looked_at(script: Script, version: ScriptVersion, lang: str) -> Checked:
    """The script before the rules of today, with its proofs."""
    return Checked(version.text, script.kind, tuple(script.packs), lang, tuple(script.standing_proofs))


def what_hinders(person: Person, checked: Checked) -> list[str]:
    """Why it cannot be signed, in sentences; nothing when it can."""
    reasons = []
    try:
        ages.refuse_live(person)
    except Refused as refusal:
        reasons.append(str(refusal))
    if checked.is_empty:
        reasons.append(_("There is no script yet. Write what will be said first."))
    reasons += [_("Must be changed first: “%(words)s”.", words=one.finding.words) for one in checked.musts]
    reasons += [_("Needs its proof first: “%(words)s”.", words=one.finding.words) for one in checked.unproved]
    return reasons


def sign(
    script: Script, person: Person, answers: dict[str, str], *, mark: str, client_id: str, name: str, now: datetime
) -> ComplianceSheet:
    """Keep a copy of everything, with name and time. The same id again gives back the first sheet.

    Raises Refused while something hinders it, Conflict when the text is not that of `mark`, which was reviewed: a
    version that was saved by itself is written over for a while.
    """
    if not CLIENT_ID.fullmatch(client_id):
        raise Refused(_("This could not be read. Open the page again and send once more."))
    if not name:
        raise Refused(_("Write your name: who signs answers for it."))
    if known := ComplianceSheet.get_or_none(
        (ComplianceSheet.person == person) & (ComplianceSheet.client_id == client_id)
    ):
        return known
    with database.atomic():
        version = lock(script).latest
        if version.mark != mark:
            raise Conflict(_("The script was changed meanwhile. Look at it once more, then sign."))
        checked = looked_at(script, version, "zh")
        if reasons := what_hinders(person, checked):
            raise Refused(" ".join(reasons))
        writing.keep(version)
        facts = facts_of(script, version, checked, answers)
        made = insert_once(
            lambda: ComplianceSheet.create(
                script_version=version, person=person, client_id=client_id, facts=facts,
                signed_name=name[:LONGEST_NAME], signed_at=now,
            )
        )  # fmt: skip
    return made or ComplianceSheet.get(person=person, client_id=client_id)


def facts_of(script: Script, version: ScriptVersion, checked: Checked, answers: dict[str, str]) -> dict[str, Any]:
    """Everything that stands on the sheet, as it is today."""
    return {
        "answers": answers,
        "checks": [{"words": in_both(words), "article": article} for words, article in CHECKS.values()],
        "script": {"kind": script.kind, "goods": script.goods, "version": version.number, "text": version.text},
        "rules": advertising.RULES_VERSION,
        "hints": [{"words": one.finding.words, "article": one.finding.article} for one in checked.of("depends")],
        "proofs": [
            {
                "claim": proof.claim,
                "kind": proof.kind,
                "words": proof.words,
                "digest": proof.digest,
                "given": proof.given_at.isoformat(timespec="seconds"),
            }
            for proof in reversed(checked.proofs)
        ],
    }


def in_both(words: object) -> dict[str, str]:
    """A text of ours in both languages, for whoever reads the sheet in three years."""
    told = {}
    for lang in ("zh", "en"):
        with in_language(lang):
            told[lang] = str(words)
    return told


def last_answers(person: Person) -> dict[str, str]:
    """What this person wrote the last time: what is known is not asked again."""
    last = ComplianceSheet.of(person).first()
    return dict(last.facts["answers"]) if last else {}


def signed_by(person: Person, sheet_id: int) -> ComplianceSheet:
    """A sheet of this person, or NotFound."""
    return found(ComplianceSheet.of(person).where(ComplianceSheet.id == sheet_id))
