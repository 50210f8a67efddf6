"""Rows about judging. A judgement that was taken back stays as history; the one that stands has no `taken_back_at`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.accounts.models import Person
from lms.db import JSONField, Model, MomentField
from lms.submissions.models import Piece, Submission


class Judgement(Model):
    """What one judge says of one submission. `points`: one number (0 to 3) per row of the rubric, in its order.

    `passed`: whether it reached the pass mark with no 0 or 1 in a row that must hold. It can be changed until
    `settles_at`; `settled_at` is when it began to count. `voice`: a spoken comment in the media store.
    """

    if TYPE_CHECKING:
        submission_id: int
        judge_id: int
        remarks: peewee.ModelSelect

    submission = peewee.ForeignKeyField(Submission, backref="judgements", on_delete="CASCADE")
    judge = peewee.ForeignKeyField(Person, backref="judgements", on_delete="RESTRICT")
    points = JSONField()
    total = peewee.IntegerField()
    passed = peewee.BooleanField()
    sent_back = peewee.BooleanField(default=False)
    words = peewee.TextField(default="")
    voice = peewee.CharField(64, default="", index=True)
    voice_seconds = peewee.FloatField(default=0)
    given_at = MomentField()
    settles_at = MomentField(index=True)
    settled_at = MomentField(null=True)
    taken_back_at = MomentField(null=True)


# One judge has one judgement of a submission that stands.
Judgement.add_index(
    Judgement.index(
        Judgement.submission,
        Judgement.judge,
        unique=True,
        where=Judgement.taken_back_at.is_null(),
        name="judgement_stands",
    )
)


class Remark(Model):
    """A remark at a second of a clip, or at a place of a picture (`x`, `y` from 0 to 1, from the upper left).
    `stamp`: good, look or fault."""

    judgement = peewee.ForeignKeyField(Judgement, backref="remarks", on_delete="CASCADE")
    piece = peewee.ForeignKeyField(Piece, on_delete="CASCADE")
    second = peewee.FloatField(null=True)
    x = peewee.FloatField(null=True)
    y = peewee.FloatField(null=True)
    stamp = peewee.CharField(8, default="look")
    words = peewee.CharField(300, default="")
    voice = peewee.CharField(64, default="", index=True)


class Phrase(Model):
    """A trainer's own quick phrase."""

    person = peewee.ForeignKeyField(Person, backref="phrases", on_delete="CASCADE")
    words = peewee.CharField(80)
    used = peewee.IntegerField(default=0)

    class Meta:
        indexes = ((("person", "words"), True),)


class PeerReview(Model):
    """What a fellow trainee says of a work: stickers for the rows of the rubric that pleased, and a few words."""

    submission = peewee.ForeignKeyField(Submission, backref="peer_reviews", on_delete="CASCADE")
    person = peewee.ForeignKeyField(Person, backref="peer_reviews", on_delete="CASCADE")
    stickers = JSONField()
    words = peewee.CharField(200, default="")
    voice = peewee.CharField(64, default="", index=True)
    given_at = MomentField()
    hidden_at = MomentField(null=True)

    class Meta:
        indexes = ((("submission", "person"), True),)


MODELS = [Judgement, Remark, Phrase, PeerReview]
