"""Scripts as they are written: begun, saved over and over, gone back to, deleted and brought back.

No word is lost: every text that stood for ten minutes, or that its writer kept, stays as a version; and a phone whose
text was made from an older one is told so instead of writing over the newer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.accounts.models import Person
from lms.db import M, database, found, insert_once, lock
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.learning.progress import CLIENT_ID
from lms.lib import advertising
from lms.practice.scripts.models import Script, ScriptVersion

LONGEST = 20_000  # characters: as much as can be handed in
MOST_SCRIPTS = 500
LONGEST_GOODS = 60
# For so long what is saved by itself writes over what was saved by itself before.
ONE_VERSION = timedelta(minutes=10)


@dataclass(frozen=True)
class Text:
    """What somebody wrote, and what it is about."""

    text: str
    kind: str = "script"
    goods: str = ""
    packs: tuple[str, ...] = ()

    def refuse(self) -> None:
        """Raise Refused for what is no script."""
        if len(self.text) > LONGEST:
            raise Refused(
                _("This is %(num)d characters long. The most is %(most)d: make two scripts of it.",
                  num=len(self.text), most=LONGEST)
            )  # fmt: skip
        if "\0" in self.text or self.kind not in advertising.KINDS or set(self.packs) - set(advertising.PACKS):
            raise Refused(_("This could not be read. Open the page again and send once more."))


class Edited(Conflict):
    """Somebody saved meanwhile, mostly the same person on another phone. `theirs`: how the text stands now."""

    def __init__(self, theirs: ScriptVersion) -> None:
        super().__init__(_("This script was changed on another phone meanwhile. Both texts are here: choose."))
        self.theirs = theirs


def written(person: Person, client_id: str, given: Text, *, base: str, kept: bool, now: datetime) -> ScriptVersion:
    """Save under the id that the phone gave the script; begin it if it is new. Twice is once.

    Raises Refused, and Edited when the text does not stand on `base`, the mark of the text that it was made from.
    """
    given.refuse()
    if not CLIENT_ID.fullmatch(client_id):
        raise Refused(_("This could not be read. Open the page again and send once more."))
    with database.atomic():
        script = begun(person, client_id, given, now)
        return saved(script, given, base=base, kept=kept, now=now)


def begun(person: Person, client_id: str, given: Text, now: datetime) -> Script:
    """The person's script of that id, with an empty text if it is new."""
    known = Script.get_or_none((Script.person == person) & (Script.client_id == client_id))
    if known:
        return known
    if Script.select().where(Script.person == person).count() >= MOST_SCRIPTS:
        raise Refused(_("You have %(most)d scripts. Delete one that you no longer need first.", most=MOST_SCRIPTS))
    facts = {"kind": given.kind, "goods": given.goods, "packs": list(given.packs)}
    script = insert_once(
        lambda: Script.create(person=person, client_id=client_id, created_at=now, changed_at=now, **facts)
    )
    return script or Script.get((Script.person == person) & (Script.client_id == client_id))


def saved(script: Script, given: Text, *, base: str, kept: bool, now: datetime) -> ScriptVersion:
    """Save a text of a script that is there. Raises Refused and Edited."""
    given.refuse()
    with database.atomic():
        script = lock(script)
        latest = script.versions.order_by(ScriptVersion.number.desc()).first()
        if latest and given.text != latest.text and base != latest.mark:
            raise Edited(latest)
        about(script, given, now)
        if latest and given.text == latest.text:
            return keep(latest) if kept else latest
        if latest and may_be_written_over(latest, now):
            return change(latest, text=given.text, kept=kept, **counts(given))
        number = latest.number + 1 if latest else 1
        return ScriptVersion.create(
            script=script, number=number, text=given.text, kept=kept, saved_at=now, **counts(given)
        )


def about(script: Script, given: Text, now: datetime) -> None:
    """Note what the script is about. A script that was deleted on another phone comes back with its new words."""
    change(
        script, kind=given.kind, goods=given.goods, packs=list(given.packs), changed_at=now, deleted_at=None
    )  # fmt: skip


def may_be_written_over(version: ScriptVersion, now: datetime) -> bool:
    """Whether it was saved by itself, a short while ago."""
    return not version.kept and now - version.saved_at < ONE_VERSION


def counts(given: Text) -> dict[str, int | str]:
    """How much is found in it, by the rules of today."""
    severities = Counter(finding.severity for finding in advertising.check(given.text, given.packs))
    return {**{name: severities[name] for name in advertising.SEVERITIES}, "rules_version": advertising.RULES_VERSION}


def keep(version: ScriptVersion) -> ScriptVersion:
    """Let it stay as it is."""
    return change(version, kept=True)


def change(row: M, **facts: object) -> M:
    """Write what differs."""
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    row.save() if row.dirty_fields else None
    return row


def restore(script: Script, number: int, *, now: datetime) -> ScriptVersion:
    """The text of an older version once more, as the newest one. Raises NotFound."""
    with database.atomic():
        keep(script.latest)
        old = version_of(script, number)
        text = Text(old.text, script.kind, script.goods, tuple(script.packs))
        return saved(script, text, base=script.latest.mark, kept=True, now=now)


def version_of(script: Script, number: int) -> ScriptVersion:
    """A version by its number, or NotFound."""
    return found(script.versions.where(ScriptVersion.number == number))


def delete(script: Script, *, now: datetime) -> None:
    """Put a script away; it can be brought back for thirty days. Raises Refused for one that was signed."""
    with database.atomic():
        script = lock(script)
        if script.signed.exists():
            raise Refused(
                _("You signed a review sheet for this script. The law wants both kept for three years "
                  "(Order 117, articles 27 and 30), so it stays.")
            )  # fmt: skip
        change(script, deleted_at=now)


def bring_back(script: Script, *, now: datetime) -> None:
    """Undo a deletion."""
    change(script, deleted_at=None, changed_at=now)
