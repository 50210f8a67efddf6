"""Rows about learning. Events are only ever added; the rest is what follows from them."""

from __future__ import annotations

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion
from lms.db import JSONField, Model, MomentField
from lms.programmes.models import Cohort, Membership


class Enrolment(Model):
    """Person x cohort x course, with the pinned version and the area and group of the day of enrolment.

    The moments of its states stand here; `certified_at` is taken back when the certificate is revoked.
    """

    membership = peewee.ForeignKeyField(Membership, backref="enrolments", on_delete="RESTRICT")
    person = peewee.ForeignKeyField(Person, backref="enrolments", on_delete="RESTRICT")
    cohort = peewee.ForeignKeyField(Cohort, backref="enrolments", on_delete="RESTRICT")
    course = peewee.ForeignKeyField(Course, backref="enrolments", on_delete="RESTRICT")
    version = peewee.ForeignKeyField(CourseVersion, backref="enrolments", on_delete="RESTRICT")
    area_code = peewee.CharField(12)
    group = peewee.CharField(16, default="")
    enrolled_at = MomentField()
    started_at = MomentField(null=True)
    completed_at = MomentField(null=True)
    certified_at = MomentField(null=True)
    left_at = MomentField(null=True)

    class Meta:
        indexes = (
            (("person", "cohort", "course"), True),
            (("person", "course"), False),
            (("cohort", "course"), False),
            (("area_code", "course"), False),
        )


class Event(Model):
    """One thing a trainee did. `client_id` was made on the phone: unique per person, so that a resend changes nothing
    and a stranger cannot use it up. `digest` tells a resend from other content under the same id.

    `kind`: read, check, try, quiz (one answer in an attempt), task (made by the server alone, when a judgement counts:
    {"submission": 7}). `body`: {"chosen": [0, 2]} option positions in the
    version's order, {"attempt": 1, "question": "id", "chosen": [1]}, {"by": "end" | "sound" | "button"}.
    `right`: whether an answer was right, as judged by the version pinned at that moment; null where nothing is judged.
    """

    person = peewee.ForeignKeyField(Person, backref="events", on_delete="RESTRICT")
    client_id = peewee.CharField(64)
    digest = peewee.CharField(64)
    enrolment = peewee.ForeignKeyField(Enrolment, backref="events", on_delete="RESTRICT")
    version = peewee.ForeignKeyField(CourseVersion, on_delete="RESTRICT")
    lesson_key = peewee.CharField(64)
    step_key = peewee.CharField(160)
    kind = peewee.CharField(8)
    body = JSONField()
    right = peewee.BooleanField(null=True)
    happened_at = MomentField()
    stored_at = MomentField()

    class Meta:
        indexes = ((("person", "client_id"), True), (("enrolment", "lesson_key"), False), (("stored_at",), False))


# Who is stuck in a quiz is looked up by wrong answers alone, a small part of all events.
wrong_answers = Event.index(Event.enrolment, Event.kind, Event.step_key, where=~Event.right, name="event_wrong_answers")
Event.add_index(wrong_answers)


class StepDone(Model):
    """A step that is done, and by which event. The first event that did it stands."""

    enrolment = peewee.ForeignKeyField(Enrolment, backref="steps_done", on_delete="RESTRICT")
    step_key = peewee.CharField(160)
    event = peewee.ForeignKeyField(Event, on_delete="RESTRICT")
    done_at = MomentField()

    class Meta:
        indexes = ((("enrolment", "step_key"), True),)


class Place(Model):
    """Where a trainee was last in a course, so that any phone opens there. `anchor` is a part's id in the lesson."""

    enrolment = peewee.ForeignKeyField(Enrolment, unique=True, on_delete="CASCADE")
    lesson_key = peewee.CharField(64)
    anchor = peewee.CharField(64, default="")
    seen_at = MomentField()


class ActiveWeek(Model):
    """A membership in which something was stored in the week that begins on this Monday."""

    membership = peewee.ForeignKeyField(Membership, backref="active_weeks", on_delete="RESTRICT")
    monday = peewee.DateField(index=True)

    class Meta:
        indexes = ((("membership", "monday"), True),)


class Tally(Model):
    """A stored count. `scope`: `area:<12 digits>`, `cohort:<id>` or `all`; `course_id` 0 counts memberships
    (programme), else enrolments in that course; `measure`: enrolled, started, completed, certified, left, live,
    active:<Monday>."""

    scope = peewee.CharField(24)
    course_id = peewee.IntegerField(default=0)
    measure = peewee.CharField(24)
    count = peewee.BigIntegerField(default=0)

    class Meta:
        primary_key = peewee.CompositeKey("scope", "course_id", "measure")


class LessonFault(Model):
    """A fault in a lesson that a trainee reported in two taps; its author finds it and closes it."""

    course = peewee.ForeignKeyField(Course, backref="faults", on_delete="CASCADE")
    version = peewee.ForeignKeyField(CourseVersion, on_delete="CASCADE")
    lesson_key = peewee.CharField(64)
    person = peewee.ForeignKeyField(Person, on_delete="CASCADE")
    kind = peewee.CharField(16)
    words = peewee.CharField(200, default="")
    reported_at = MomentField()
    closed_at = MomentField(null=True)
    closed_by = peewee.IntegerField(null=True)


class Regrade(Model):
    """A key that was wrong, put right: from `made_at` on, `right` counts for this question in every version up to
    `version_number`.

    `effect`: how many gained and how many would have lost, as it was shown before it was applied.
    """

    course = peewee.ForeignKeyField(Course, backref="regrades", on_delete="CASCADE")
    version_number = peewee.IntegerField()
    step_key = peewee.CharField(160)
    question_id = peewee.CharField(64)
    right = JSONField()
    reason = peewee.CharField(300)
    effect = JSONField()
    made_by = peewee.ForeignKeyField(Person, on_delete="RESTRICT")
    made_at = MomentField()


MODELS = [Enrolment, Event, StepDone, Place, ActiveWeek, Tally, LessonFault, Regrade]
