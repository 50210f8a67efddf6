"""Rows of the copy coach: scripts with all their versions, the proofs that stay with them, and signed sheets."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

import peewee

from lms.accounts.models import Person
from lms.db import JSONField, Model, MomentField, found


class Script(Model):
    """A text that somebody works on. `kind`: script, title or clip; `packs`: the goods whose extra rules apply."""

    if TYPE_CHECKING:
        person_id: int
        versions: peewee.ModelSelect[ScriptVersion]
        proofs: peewee.ModelSelect[Proof]

    person = peewee.ForeignKeyField(Person, backref="scripts", on_delete="CASCADE")
    client_id = peewee.CharField(64)
    kind = peewee.CharField(8, default="script")
    goods = peewee.CharField(60, default="")
    packs = JSONField(default=list)
    created_at = MomentField()
    changed_at = MomentField()
    deleted_at = MomentField(null=True)

    class Meta:
        indexes = ((("person", "client_id"), True), (("person", "changed_at"), False))

    @classmethod
    def of(cls, person: Person) -> peewee.ModelSelect[Self]:
        """A person's scripts, without what they deleted."""
        return cls.select().where((cls.person == person) & cls.deleted_at.is_null())

    @classmethod
    def deleted_by(cls, person: Person) -> peewee.ModelSelect[Self]:
        """What they deleted and can still take back."""
        return cls.select().where((cls.person == person) & cls.deleted_at.is_null(False))

    @property
    def latest(self) -> ScriptVersion:
        """The text as it stands now."""
        return found(self.versions.order_by(ScriptVersion.number.desc()).limit(1))

    @property
    def standing_proofs(self) -> list[Proof]:
        """The proofs that were not taken back, the newest first."""
        return list(self.proofs.where(Proof.taken_back_at.is_null()).order_by(Proof.id.desc()))

    @property
    def signed(self) -> peewee.ModelSelect[ComplianceSheet]:
        """The sheets that were signed for it."""
        return ComplianceSheet.select().join(ScriptVersion).where(ScriptVersion.script == self)


class ScriptVersion(Model):
    """The text as it stood. Saving the same text again makes no version. Counts are of the rules of that day. `kept`:
    the seller asked for it to be kept; what was saved by itself while writing may still be written over for a while."""

    if TYPE_CHECKING:
        script_id: int
        sheets: peewee.ModelSelect[ComplianceSheet]

    script = peewee.ForeignKeyField(Script, backref="versions", on_delete="CASCADE")
    number = peewee.IntegerField()
    text = peewee.TextField()
    must = peewee.IntegerField(default=0)
    proof = peewee.IntegerField(default=0)
    depends = peewee.IntegerField(default=0)
    rules_version = peewee.CharField(16, default="")
    kept = peewee.BooleanField(default=True)
    saved_at = MomentField()

    class Meta:
        indexes = ((("script", "number"), True),)

    @classmethod
    def newest_of(cls, scripts: peewee.ModelSelect[Script]) -> peewee.ModelSelect[Self]:
        """The newest version of each of these scripts, with its script; the script changed last comes first."""
        other = cls.alias()
        last = other.select(peewee.fn.MAX(other.number)).where(other.script == cls.script)
        chosen = scripts.select(Script.id)
        query = cls.select(cls, Script).join(Script).where(Script.id.in_(chosen) & (cls.number == last))
        return query.order_by(Script.changed_at.desc(), Script.id.desc())

    @property
    def mark(self) -> str:
        """A fingerprint of the text, by which a phone says what its own text was made from."""
        return mark_of(self.text)

    @property
    def first_line(self) -> str:
        """The first words, for lists."""
        return self.text.strip().partition("\n")[0][:40]


def mark_of(text: str) -> str:
    """The fingerprint of a text; empty for no text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


class Proof(Model):
    """What stands behind a claim: `kind` number (of a certificate), photo or record. Kept with the script for the three
    years of Order 117, article 27."""

    script = peewee.ForeignKeyField(Script, backref="proofs", on_delete="CASCADE")
    rule = peewee.CharField(16)
    claim = peewee.CharField(120)
    kind = peewee.CharField(8)
    words = peewee.CharField(200, default="")
    digest = peewee.CharField(64, default="", index=True)
    given_at = MomentField()
    taken_back_at = MomentField(null=True)


class ComplianceSheet(Model):
    """A review before a broadcast (Order 117, article 30), as it was signed: everything on it is a copy of that day."""

    if TYPE_CHECKING:
        person_id: int
        script_version_id: int

    script_version = peewee.ForeignKeyField(ScriptVersion, backref="sheets", on_delete="RESTRICT")
    person = peewee.ForeignKeyField(Person, backref="compliance_sheets", on_delete="RESTRICT")
    client_id = peewee.CharField(64)
    facts = JSONField()
    signed_name = peewee.CharField(60)
    signed_at = MomentField()

    class Meta:
        indexes = ((("person", "client_id"), True),)

    @classmethod
    def of(cls, person: Person) -> peewee.ModelSelect[Self]:
        """What a person signed, the newest first."""
        return cls.select().where(cls.person == person).order_by(cls.id.desc())


MODELS = [Script, ScriptVersion, Proof, ComplianceSheet]
