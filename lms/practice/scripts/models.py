"""Rows of the copy coach: scripts with all their versions, the proofs that stay with them, and signed sheets."""

from __future__ import annotations

import peewee

from lms.accounts.models import Person
from lms.db import JSONField, Model, MomentField


class Script(Model):
    """A text that somebody works on. `kind`: script, title or clip; `packs`: the goods whose extra rules apply."""

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


class ScriptVersion(Model):
    """The text as it stood. Saving the same text again makes no version. Counts are of the rules of that day."""

    script = peewee.ForeignKeyField(Script, backref="versions", on_delete="CASCADE")
    number = peewee.IntegerField()
    text = peewee.TextField()
    must = peewee.IntegerField(default=0)
    proof = peewee.IntegerField(default=0)
    depends = peewee.IntegerField(default=0)
    rules_version = peewee.CharField(16, default="")
    saved_at = MomentField()

    class Meta:
        indexes = ((("script", "number"), True),)


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

    script_version = peewee.ForeignKeyField(ScriptVersion, backref="sheets", on_delete="RESTRICT")
    person = peewee.ForeignKeyField(Person, backref="compliance_sheets", on_delete="RESTRICT")
    client_id = peewee.CharField(64)
    facts = JSONField()
    signed_name = peewee.CharField(60)
    signed_at = MomentField()

    class Meta:
        indexes = ((("person", "client_id"), True),)


MODELS = [Script, ScriptVersion, Proof, ComplianceSheet]
