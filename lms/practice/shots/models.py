"""Rows of the shot coach: only what an installation tunes. Pictures and measures stay on the phone."""

from __future__ import annotations

import peewee

from lms.accounts.models import Person
from lms.db import Model, MomentField


class Threshold(Model):
    """A bound that trainers of this installation set otherwise than it is shipped: signal and bound to value."""

    signal = peewee.CharField(24)
    bound = peewee.CharField(16)
    value = peewee.FloatField()
    changed_by = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    changed_at = MomentField()

    class Meta:
        table_name = "shot_threshold"
        indexes = ((("signal", "bound"), True),)


MODELS = [Threshold]
