"""Rows about work that trainees hand in. What is handed in is never overwritten: another try is another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import CourseVersion
from lms.db import JSONField, Model, MomentField
from lms.learning.models import Enrolment


class Upload(Model):
    """A file on its way, as in the tus protocol 1.0. `received`: the bytes that are safely on disk, which is what
    `Upload-Offset` says. `digest`: where the whole lies in the media store, once `finished_at` is set.
    """

    token = peewee.CharField(43, unique=True)
    person = peewee.ForeignKeyField(Person, backref="uploads", on_delete="CASCADE")
    size = peewee.BigIntegerField()
    received = peewee.BigIntegerField(default=0)
    most = peewee.BigIntegerField()
    name = peewee.CharField(200, default="")
    claimed_type = peewee.CharField(100, default="")
    created_at = MomentField()
    touched_at = MomentField(index=True)
    finished_at = MomentField(null=True)
    digest = peewee.CharField(64, default="")


class Submission(Model):
    """One try at a task. `number` counts the tries of this enrolment at this step from 1.

    `state`: preparing (media being turned) → waiting (for a trainer) → judged (inside the undo time) → passed or again;
    or withdrawn by its owner before it was judged. `others`: whether somebody else is in the picture and agreed
    (nobody, agreed; Civil Code, article 1019). `late` is told by the server's clock, never by the phone's.
    `points` of `most_points`: what it brought, once it is settled. `seen_at`: when its owner saw that.
    """

    if TYPE_CHECKING:
        enrolment_id: int
        person_id: int
        version_id: int
        pieces: peewee.ModelSelect

    enrolment = peewee.ForeignKeyField(Enrolment, backref="submissions", on_delete="RESTRICT")
    person = peewee.ForeignKeyField(Person, backref="submissions", on_delete="RESTRICT")
    version = peewee.ForeignKeyField(CourseVersion, on_delete="RESTRICT")
    lesson_key = peewee.CharField(64)
    step_key = peewee.CharField(160)
    number = peewee.IntegerField()
    client_id = peewee.CharField(64)
    digest = peewee.CharField(64)
    words = peewee.TextField(default="")
    others = peewee.CharField(8, default="nobody")
    state = peewee.CharField(12, default="preparing", index=True)
    late = peewee.BooleanField(default=False)
    happened_at = MomentField()
    handed_in_at = MomentField(index=True)
    settled_at = MomentField(null=True)
    points = peewee.IntegerField(null=True)
    most_points = peewee.IntegerField(null=True)
    seen_at = MomentField(null=True)

    class Meta:
        indexes = (
            (("enrolment", "step_key", "number"), True),
            (("person", "client_id"), True),
            (("state", "handed_in_at"), False),
        )


class Piece(Model):
    """One thing in a submission. `kind`: photo, video, audio, text or script.

    `original`: what came from the phone, until it was turned; `digest`: what is shown; `sound`, `poster`: of a video.
    `state`: waiting (to be turned), ready, or broken with `why`. `verdicts`: what the shot coach or the rehearsal room
    measured on the phone, told as such.
    """

    submission = peewee.ForeignKeyField(Submission, backref="pieces", on_delete="CASCADE")
    position = peewee.IntegerField()
    kind = peewee.CharField(8)
    state = peewee.CharField(8, default="ready")
    why = peewee.CharField(200, default="")
    text = peewee.TextField(default="")
    name = peewee.CharField(200, default="")
    mime = peewee.CharField(60, default="")
    original = peewee.CharField(64, default="", index=True)
    digest = peewee.CharField(64, default="", index=True)
    sound = peewee.CharField(64, default="", index=True)
    poster = peewee.CharField(64, default="", index=True)
    size = peewee.BigIntegerField(default=0)
    sound_size = peewee.BigIntegerField(default=0)
    seconds = peewee.FloatField(default=0)
    width = peewee.IntegerField(default=0)
    height = peewee.IntegerField(default=0)
    verdicts = JSONField(default=dict)

    class Meta:
        indexes = ((("submission", "position"), True),)


class WorkConsent(Model):
    """A trainee's leave to show a work to those who learn the same lesson; withdrawn at a tap, and kept as history."""

    submission = peewee.ForeignKeyField(Submission, backref="consents", unique=True, on_delete="CASCADE")
    asked_by = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    asked_at = MomentField()
    agreed_at = MomentField(null=True)
    refused_at = MomentField(null=True)
    withdrawn_at = MomentField(null=True)


MODELS = [Upload, Submission, Piece, WorkConsent]
