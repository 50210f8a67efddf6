"""Rows of the rehearsal room: what was measured, never the recording, and the comments that trainers add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.db import JSONField, Model, MomentField


class Rehearsal(Model):
    """One rehearsal as the phone measured it. `seed` and `level` give the same audience again. `measures` as in
    `measures.py`; `timeline`: what happened at which second, for the report."""

    if TYPE_CHECKING:
        person_id: int

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

    @classmethod
    def of(cls, person: Person) -> peewee.ModelSelect[Self]:
        """A person's rehearsals, the newest first, without what they deleted."""
        mine = (cls.person == person) & cls.deleted_at.is_null()
        return cls.select().where(mine).order_by(cls.happened_at.desc(), cls.id.desc())

    @property
    def before(self) -> Rehearsal | None:
        """The one before this on the same level."""
        earlier = (Rehearsal.happened_at < self.happened_at) & (Rehearsal.level == self.level)
        return Rehearsal.of(self.person).where(earlier).first()

    @property
    def content(self) -> list[Any]:
        """What tells a resend from something else under the same id."""
        return [self.level, self.seed, self.goods, self.seconds, self.measures, self.timeline]


class AudienceLine(Model):
    """A comment that a trainer added to the bank. `kind` as in the bank; `answer`: how it is well handled."""

    if TYPE_CHECKING:
        author_id: int

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

    @classmethod
    def standing(cls) -> peewee.ModelSelect[Self]:
        """The lines that were not removed, the newest first."""
        return cls.select(cls, Person).join(Person).where(cls.removed_at.is_null()).order_by(cls.id.desc())

    @classmethod
    def editable_by(cls, person: Person) -> peewee.ModelSelect[Self]:
        """Those that this colleague may remove: their own, an admin all."""
        return cls.standing() if person.has_role("admin") else cls.standing().where(cls.author == person)


MODELS = [Rehearsal, AudienceLine]
