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

    @classmethod
    def standing(cls) -> peewee.ModelSelect:
        """Those that were not taken back."""
        return cls.select().where(cls.taken_back_at.is_null())

    @classmethod
    def standing_of(cls, submission: Submission, judge: Person) -> Judgement | None:
        """The one that this person gave of a submission and did not take back, or None."""
        return cls.standing().where(cls.submission == submission, cls.judge == judge).first()

    @classmethod
    def unseen_by(cls, person: Person) -> peewee.ModelSelect:
        """What was said of a trainee's own works and counts, and the trainee has not seen yet, the newest first."""
        settled = cls.standing().join(Submission).where(cls.settled_at.is_null(False))
        unseen = settled.where(
            Submission.person == person, Submission.seen_at.is_null(), Submission.state != "withdrawn"
        )
        return unseen.order_by(cls.settled_at.desc(), cls.id.desc())

    @classmethod
    def heard_by(cls, person: Person) -> peewee.ModelSelect:
        """Those of which this person may hear the voice: one's own, what was said of one's works and counts, and, once
        all judges gave theirs, colleagues who look after the class."""
        open_to_all = (
            Submission.gradable_by(person)
            .where(Submission.state.in_(("judged", "passed", "again")))
            .select(Submission.id)
        )
        mine = Submission.select(Submission.id).where(Submission.person == person)
        said_of_mine = cls.settled_at.is_null(False) & cls.submission.in_(mine)
        return cls.standing().where(said_of_mine | cls.submission.in_(open_to_all) | (cls.judge == person))


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


class Phrase(Model):
    """A trainer's own quick phrase."""

    person = peewee.ForeignKeyField(Person, backref="phrases", on_delete="CASCADE")
    words = peewee.CharField(80)
    used = peewee.IntegerField(default=0)

    class Meta:
        indexes = ((("person", "words"), True),)


class PeerReview(Model):
    """What a fellow trainee says of a work: stickers for the rows of the rubric that pleased, and a few words.

    `hidden_at`: only trainers see it any more. `reported_at`: the work's owner asked for that, and no trainer has
    decided yet.
    """

    if TYPE_CHECKING:
        person_id: int

    submission = peewee.ForeignKeyField(Submission, backref="peer_reviews", on_delete="CASCADE")
    person = peewee.ForeignKeyField(Person, backref="peer_reviews", on_delete="CASCADE")
    stickers = JSONField()
    words = peewee.CharField(200, default="")
    voice = peewee.CharField(64, default="", index=True)
    given_at = MomentField()
    hidden_at = MomentField(null=True)
    reported_at = MomentField(null=True)

    class Meta:
        indexes = ((("submission", "person"), True),)

    @classmethod
    def reported_to(cls, person: Person) -> peewee.ModelSelect:
        """What waits for this trainer to decide on, the longest wait first."""
        works = Submission.judged_by(person).select(Submission.id)
        waiting = cls.select().where(cls.reported_at.is_null(False), cls.submission.in_(works))
        return waiting.order_by(cls.reported_at, cls.id)


MODELS = [Judgement, Remark, Phrase, PeerReview]
