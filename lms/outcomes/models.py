"""Rows about outcomes."""

from __future__ import annotations

import peewee

from lms.accounts.models import Person
from lms.db import Model, MomentField


class LiveReport(Model):
    """A real live as its host tells it. `proof` P0: self-reported (levels: domain of outcomes, P0 to P3)."""

    person = peewee.ForeignKeyField(Person, backref="live_reports", on_delete="RESTRICT")
    client_id = peewee.CharField(64)
    went_on = peewee.DateField()
    platform = peewee.CharField(16)
    minutes = peewee.IntegerField()
    proof = peewee.CharField(2, default="P0")
    reported_at = MomentField()

    class Meta:
        indexes = ((("person", "client_id"), True),)


MODELS = [LiveReport]
