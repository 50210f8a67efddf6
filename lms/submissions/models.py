"""Rows about work that trainees hand in. What is handed in is never overwritten: another try is another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import CourseVersion
from lms.db import JSONField, Model, MomentField
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort

# Why a piece may still say where it was filmed.
PRIVATE = ("not_turned", "as_it_came")


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
    `looked_at_by`: the trainer who has it open to judge it, for others to know.
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
    looked_at_by = peewee.ForeignKeyField(Person, null=True, backref="+", on_delete="SET NULL")
    looked_at_since = MomentField(null=True)

    class Meta:
        indexes = (
            (("enrolment", "step_key", "number"), True),
            (("person", "client_id"), True),
            (("state", "handed_in_at"), False),
        )

    @classmethod
    def of(cls, person: Person) -> peewee.ModelSelect:
        """A person's own, with what was withdrawn."""
        return cls.select().where(cls.person == person)

    @classmethod
    def gradable_by(cls, person: Person) -> peewee.ModelSelect:
        """What colleagues may look at: trainers of their own cohorts, managers of their areas (who only read), admins
        all; nobody their own, and nothing that its owner took back."""
        return cls.in_cohorts(Cohort.supervised_by(person)).where(cls.person != person, cls.state != "withdrawn")

    @classmethod
    def judged_by(cls, person: Person) -> peewee.ModelSelect:
        """Of that, what this person may judge: as a trainer of the cohort."""
        if not person.has_role("trainer"):
            return cls.select().where(cls.id.is_null())
        return cls.in_cohorts(Cohort.taught_by(person)).where(cls.person != person, cls.state != "withdrawn")

    @classmethod
    def in_cohorts(cls, cohorts: peewee.ModelSelect) -> peewee.ModelSelect:
        """Those of these cohorts."""
        return cls.select().join(Enrolment).where(Enrolment.cohort.in_(cohorts.select(Cohort.id)))

    @classmethod
    def shown_to(cls, person: Person) -> peewee.ModelSelect:
        """Others' works whose owners agreed to show them, in the courses that this person takes."""
        agreed = WorkConsent.select(WorkConsent.submission).where(WorkConsent.stands())
        mine = Enrolment.select(Enrolment.course).where((Enrolment.person == person) & Enrolment.left_at.is_null())
        return (
            cls.select()
            .join(Enrolment)
            .where(Enrolment.course.in_(mine), cls.id.in_(agreed), cls.person != person, cls.state != "withdrawn")
        )

    @property
    def task_id(self) -> str:
        """The task's id in its lesson (`film-lotus`)."""
        return self.step_key.rpartition(":")[2]

    def in_order(self) -> list[Piece]:
        """Its pieces, as they were handed in."""
        return sorted(self.pieces, key=lambda piece: piece.position)


class Piece(Model):
    """One thing in a submission. `kind`: photo, video, audio, text or script.

    `original`: what came from the phone, until it was turned; `digest`: what is shown; `sound`, `poster`: of a video.
    `state`: waiting (to be turned), ready, or broken. `why` it is not small: bare (it could not be turned, but says no
    place), not_turned or as_it_came (it may say where it was filmed: for its owner and those who judge), lost.
    `verdicts`: what the shot coach or the rehearsal room measured on the phone, told as such.
    """

    if TYPE_CHECKING:
        submission_id: int

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

    @classmethod
    def seen_by(cls, person: Person) -> peewee.ModelSelect:
        """What this person may open: their own, what they may look at as a colleague, what others agreed to show."""
        works = (Submission.of(person), Submission.gradable_by(person), Submission.shown_to(person))
        own, gradable, shown = (cls.submission.in_(work.select(Submission.id)) for work in works)
        return cls.select().where(own | gradable | (shown & cls.why.not_in(PRIVATE)))

    @classmethod
    def fetch_for(cls, works: list[Submission]) -> None:
        """Give each of these works its pieces, with one query for all."""
        found: dict[int, list[Piece]] = {work.id: [] for work in works}
        for piece in cls.select().where(cls.submission.in_(list(found))):
            found[piece.submission_id].append(piece)
        for work in works:
            work.pieces = found[work.id]

    @property
    def is_private(self) -> bool:
        """Whether fellow trainees do not see it, even of a work that its owner shows."""
        return self.why in PRIVATE

    @property
    def digests(self) -> list[str]:
        """Every name of bytes that it holds."""
        return [one for one in (self.original, self.digest, self.sound, self.poster) if one]


class WorkConsent(Model):
    """A trainee's leave to show a work to those who learn the same lesson; withdrawn at a tap, and kept as history."""

    submission = peewee.ForeignKeyField(Submission, backref="consents", unique=True, on_delete="CASCADE")
    asked_by = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    asked_at = MomentField()
    agreed_at = MomentField(null=True)
    refused_at = MomentField(null=True)
    withdrawn_at = MomentField(null=True)

    @classmethod
    def stands(cls) -> peewee.Expression:
        """Whether the owner agreed and has not taken it back."""
        return cls.agreed_at.is_null(False) & cls.withdrawn_at.is_null()


MODELS = [Upload, Submission, Piece, WorkConsent]
