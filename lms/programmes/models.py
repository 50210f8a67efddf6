"""Rows about programmes. Looking up starts from what a person may see: `Cohort.taught_by`, `Cohort.within`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.db import Model, MomentField
from lms.lib import areas

if TYPE_CHECKING:
    from collections.abc import Iterable


class Area(Model):
    """A place: 12-digit code of the statistical division, province to village."""

    code = peewee.CharField(12, primary_key=True)
    name_zh = peewee.CharField(60)
    name_en = peewee.CharField(80, default="")
    level = peewee.SmallIntegerField(index=True)

    def name(self, lang: str) -> str:
        """The place's name in `lang`."""
        return (self.name_en or self.name_zh) if lang == "en" else self.name_zh


class Cohort(Model):
    """A class. `update_policy`: when a course changes, those under way `keep` their version or `catch_up`."""

    name = peewee.CharField(60)
    class_number = peewee.CharField(40, default="")
    join_code = peewee.CharField(12, unique=True)
    area = peewee.ForeignKeyField(Area, backref="cohorts", on_delete="RESTRICT")
    starts_on = peewee.DateField()
    ends_on = peewee.DateField(null=True)
    self_study = peewee.BooleanField(default=False)
    update_policy = peewee.CharField(8, default="keep")
    created_at = MomentField()
    closed_at = MomentField(null=True)

    @classmethod
    def taught_by(cls, person: Person) -> peewee.ModelSelect:
        """The cohorts that a trainer has been given."""
        return cls.select().join(CohortTrainer).where(CohortTrainer.person == person)

    @classmethod
    def within(cls, area_codes: Iterable[str]) -> peewee.ModelSelect:
        """The cohorts in these areas and all below them (`""`: everywhere)."""
        return cls.select().where(inside(cls.area, area_codes))

    @classmethod
    def supervised_by(cls, person: Person) -> peewee.ModelSelect:
        """What this person may look after: own cohorts as trainer, the area's as manager, all as admin."""
        as_manager = inside(cls.area, person.areas_as("manager"))
        if person.has_role("admin"):
            return cls.select()
        if not person.has_role("trainer"):  # whom the role was taken from looks after nobody any more
            return cls.select().where(as_manager)
        own = CohortTrainer.select(CohortTrainer.cohort).where(CohortTrainer.person == person)
        return cls.select().where(as_manager | cls.id.in_(own))


def inside(column: peewee.Field, area_codes: Iterable[str]) -> peewee.Expression:
    """Whether a column with a 12-digit code lies in one of these areas or below; no areas means no row."""
    condition = peewee.Value(1) == peewee.Value(0)
    for code in area_codes:
        condition |= column.between(*areas.code_range(code)) if code else (peewee.Value(1) == peewee.Value(1))
    return condition


class CohortCourse(Model):
    """A course that a cohort takes, in its order. Required ones make the programme complete."""

    cohort = peewee.ForeignKeyField(Cohort, backref="courses", on_delete="CASCADE")
    course = peewee.ForeignKeyField(Course, backref="cohorts", on_delete="RESTRICT")
    required = peewee.BooleanField(default=True)
    position = peewee.IntegerField(default=0)

    class Meta:
        indexes = ((("cohort", "course"), True),)


class CohortTrainer(Model):
    """A trainer of a cohort. The first is the one whom trainees ring and whose name stands on certificates."""

    cohort = peewee.ForeignKeyField(Cohort, backref="trainers", on_delete="CASCADE")
    person = peewee.ForeignKeyField(Person, backref="cohorts_taught", on_delete="CASCADE")

    class Meta:
        indexes = ((("cohort", "person"), True),)


class Membership(Model):
    """A person in a cohort, with the area and the group of that day. States of the whole programme stand here."""

    cohort = peewee.ForeignKeyField(Cohort, backref="memberships", on_delete="RESTRICT")
    person = peewee.ForeignKeyField(Person, backref="memberships", on_delete="RESTRICT")
    area_code = peewee.CharField(12, index=True)
    group = peewee.CharField(16, default="")
    joined_at = MomentField()
    left_at = MomentField(null=True)
    started_at = MomentField(null=True)
    completed_at = MomentField(null=True)
    certified_at = MomentField(null=True)
    first_live_on = peewee.DateField(null=True)
    seen_at = MomentField(null=True)

    class Meta:
        indexes = ((("cohort", "person"), True), (("person",), False))


class DueDate(Model):
    """The day by which a cohort is to have finished a lesson."""

    cohort = peewee.ForeignKeyField(Cohort, backref="due_dates", on_delete="CASCADE")
    course = peewee.ForeignKeyField(Course, on_delete="CASCADE")
    lesson_key = peewee.CharField(64)
    due_on = peewee.DateField()

    class Meta:
        indexes = ((("cohort", "course", "lesson_key"), True),)


MODELS = [Area, Cohort, CohortCourse, CohortTrainer, Membership, DueDate]
