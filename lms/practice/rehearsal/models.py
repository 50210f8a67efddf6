"""Rows of the rehearsal room: what was measured, never the recording, and the comments that trainers add."""

from __future__ import annotations

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.db import JSONField, Model, MomentField


class Rehearsal(Model):
    """One rehearsal as the phone measured it. `seed` and `level` give the same audience again. `measures` as in
    `measures.py`; `timeline`: what happened at which second, for the report."""

    person = peewee.ForeignKeyField(Person, backref="rehearsals", on_delete="CASCADE")
    client_id = peewee.CharField(64)
    level = peewee.SmallIntegerField()
    seed = peewee.BigIntegerField()
    goods = peewee.CharField(60, default="")
    script_id = peewee.IntegerField(null=True)
    seconds = peewee.IntegerField()
    measures = JSONField()
    timeline = JSONField()
    happened_at = MomentField()
    stored_at = MomentField()
    deleted_at = MomentField(null=True)

    class Meta:
        indexes = ((("person", "client_id"), True), (("person", "happened_at"), False))


class AudienceLine(Model):
    """A comment that a trainer added to the bank. `kind` as in the bank; `answer`: how it is well handled."""

    author = peewee.ForeignKeyField(Person, backref="audience_lines", on_delete="CASCADE")
    course = peewee.ForeignKeyField(Course, null=True, on_delete="SET NULL")
    kind = peewee.CharField(16)
    goods = peewee.CharField(24, default="")
    zh = peewee.CharField(80, default="")
    en = peewee.CharField(160, default="")
    answer_zh = peewee.CharField(160, default="")
    answer_en = peewee.CharField(240, default="")
    added_at = MomentField()
    removed_at = MomentField(null=True)


MODELS = [Rehearsal, AudienceLine]
