"""Cohorts: making and changing them, their courses in order, their trainers, their due dates."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

import peewee

from lms import audit
from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.db import database, insert_once, lock_all
from lms.errors import Refused
from lms.i18n import _
from lms.programmes.models import Area, Cohort, CohortCourse, CohortTrainer, DueDate

# Read aloud in a noisy hall and typed on a small phone: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 6
POLICIES = ("keep", "catch_up")


@dataclass(frozen=True)
class CohortDetails:
    """What an admin says of a cohort. `ends_on` None: open end. `update_policy`: keep or catch_up."""

    name: str
    area: Area
    starts_on: date
    ends_on: date | None = None
    class_number: str = ""
    self_study: bool = False
    update_policy: str = "keep"

    def __post_init__(self) -> None:
        if self.ends_on and self.ends_on < self.starts_on:
            raise Refused(_("The last day lies before the first. Put the later one second."))
        if self.update_policy not in POLICIES:
            raise ValueError(f"update_policy is keep or catch_up, not {self.update_policy!r}")


def create(details: CohortDetails, *, by: int | None, now: datetime, join_code: str = "") -> Cohort:
    """A new cohort with a join code of its own. Raises Refused when `join_code` is given and taken."""
    with database.atomic():
        cohort = insert_once(lambda: insert(details, join_code or new_code(), now))
        if cohort is None and join_code:
            raise Refused(_("Another class has this code. Leave it empty and one is drawn."))
        while cohort is None:  # a drawn code was taken: one in 148 million, times the number of classes
            cohort = insert_once(lambda: insert(details, new_code(), now))
        audit.record("cohort.created", cohort, by=by, detail={"name": cohort.name, "area": cohort.area_id}, now=now)
    return cohort


def insert(details: CohortDetails, join_code: str, now: datetime) -> Cohort:
    """The row."""
    return Cohort.create(**columns(details), join_code=join_code, created_at=now)


def columns(details: CohortDetails) -> dict[str, object]:
    """The details as columns."""
    return {
        "name": details.name,
        "class_number": details.class_number,
        "area": details.area,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "self_study": details.self_study,
        "update_policy": details.update_policy,
    }


def new_code() -> str:
    """A join code drawn at random, without characters that look or sound alike."""
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


def by_code(text: str) -> Cohort | None:
    """The open cohort with this join code as somebody typed it, or None."""
    code = "".join(text.upper().split()).replace("-", "")
    return Cohort.get_or_none((Cohort.join_code == code) & Cohort.closed_at.is_null())


def change(cohort: Cohort, details: CohortDetails, *, by: int, now: datetime) -> Cohort:
    """Write what differs, and say in the trail what it was."""
    before = {name: getattr(cohort, name) for name in columns(details)}
    changed = {name: value for name, value in columns(details).items() if value != before[name]}
    if not changed:
        return cohort
    with database.atomic():
        for name, value in changed.items():
            setattr(cohort, name, value)
        cohort.save()
        detail = {name: [readable(before[name]), readable(value)] for name, value in changed.items()}
        audit.record("cohort.changed", cohort, by=by, detail=detail, now=now)
    return cohort


def readable(value: object) -> object:
    """A column's value as the trail keeps it."""
    return value.code if isinstance(value, Area) else value.isoformat() if isinstance(value, date) else value


def draw_new_code(cohort: Cohort, *, by: int, now: datetime) -> Cohort:
    """Another join code, as when the old one got about. The old one opens nothing from now on."""
    with database.atomic():
        while not take_code(cohort, new_code()):
            pass
        audit.record("cohort.new_code", cohort, by=by, now=now)
    return cohort


def take_code(cohort: Cohort, code: str) -> bool:
    """Give the cohort this join code, unless another has it."""
    taken = insert_once(lambda: Cohort.update(join_code=code).where(Cohort.id == cohort.id).execute())
    if taken:
        cohort.join_code = code
    return bool(taken)


def close(cohort: Cohort, *, by: int, now: datetime) -> None:
    """Nobody joins any more; members go on learning. Twice is harmless."""
    set_closed(cohort, now, "cohort.closed", by=by, now=now)


def open_again(cohort: Cohort, *, by: int, now: datetime) -> None:
    """People may join again. Twice is harmless."""
    set_closed(cohort, None, "cohort.opened_again", by=by, now=now)


def set_closed(cohort: Cohort, moment: datetime | None, action: str, *, by: int, now: datetime) -> None:
    """Change the state once, and write who did."""
    if (cohort.closed_at is None) == (moment is None):
        return
    with database.atomic():
        cohort.closed_at = moment
        cohort.save()
        audit.record(action, cohort, by=by, now=now)


def courses(cohort: Cohort) -> peewee.ModelSelect:
    """The courses that a cohort takes, in its order."""
    taken = CohortCourse.select(CohortCourse, Course).join(Course).where(CohortCourse.cohort == cohort)
    return taken.order_by(CohortCourse.position, CohortCourse.id)


def add_course(cohort: Cohort, course: Course, *, by: int | None, now: datetime, required: bool = True) -> CohortCourse:
    """Add a course at the end; twice is harmless. The caller enrols those who are members already (`lms.learning`)."""
    position = CohortCourse.select().where(CohortCourse.cohort == cohort).count()
    with database.atomic():
        made = insert_once(
            lambda: CohortCourse.create(cohort=cohort, course=course, required=required, position=position)
        )
        if made:
            audit.record("cohort.course_added", cohort, by=by, detail={"course": course.slug}, now=now)
    return made or CohortCourse.get((CohortCourse.cohort == cohort) & (CohortCourse.course == course))


def set_required(cohort: Cohort, course: Course, required: bool, *, by: int, now: datetime) -> bool:
    """Say whether a course of the cohort is needed for its programme; whether that is new. The caller lets the states
    of the programme follow (`lms.learning`).

    Raises Refused for the last one that is needed: without any, nobody could complete the programme.
    """
    taken = CohortCourse.cohort == cohort
    with database.atomic():
        lock_all(CohortCourse.select(CohortCourse.id).where(taken))
        here = CohortCourse.course == course
        if not CohortCourse.select().where(taken & here & (CohortCourse.required != required)).exists():
            return False
        if not required and not CohortCourse.select().where(taken & ~here & CohortCourse.required).exists():
            raise Refused(_("At least one course has to be needed. Make another one needed first."))
        CohortCourse.update(required=required).where(taken & here).execute()
        action = "cohort.course_required" if required else "cohort.course_optional"
        audit.record(action, cohort, by=by, detail={"course": course.slug}, now=now)
    return True


def remove_course(cohort: Cohort, course: Course, *, by: int, now: datetime) -> None:
    """Take a course out of a cohort's programme. The caller makes sure that nobody is enrolled in it here."""
    with database.atomic():
        row = (CohortCourse.cohort == cohort) & (CohortCourse.course == course)
        if CohortCourse.delete().where(row).execute():
            DueDate.delete().where((DueDate.cohort == cohort) & (DueDate.course == course)).execute()
            audit.record("cohort.course_removed", cohort, by=by, detail={"course": course.slug}, now=now)


def trainers(cohort: Cohort) -> list[Person]:
    """The trainers of a cohort; the first is the one whom trainees ring."""
    taught = Person.select().join(CohortTrainer).where(CohortTrainer.cohort == cohort)
    return list(taught.order_by(CohortTrainer.id))


def add_trainer(cohort: Cohort, person: Person, *, by: int | None, now: datetime) -> None:
    """Give the cohort to a trainer; twice is harmless. Raises Refused for somebody who is none."""
    if not person.has_role("trainer"):
        raise Refused(_("%(name)s is not a trainer yet. Give that role first.", name=person.name))
    with database.atomic():
        if insert_once(lambda: CohortTrainer.create(cohort=cohort, person=person)):
            audit.record("cohort.trainer_added", cohort, by=by, person=person.id, now=now)


def remove_trainer(cohort: Cohort, person: Person, *, by: int, now: datetime) -> None:
    """Take the cohort from a trainer; twice is harmless."""
    with database.atomic():
        row = (CohortTrainer.cohort == cohort) & (CohortTrainer.person == person)
        if CohortTrainer.delete().where(row).execute():
            audit.record("cohort.trainer_removed", cohort, by=by, person=person.id, now=now)


def due_dates(cohort: Cohort) -> dict[tuple[int, str], date]:
    """(course id, lesson key) → the day by which the cohort is to have finished it."""
    rows = DueDate.select().where(DueDate.cohort == cohort)
    return {(row.course_id, row.lesson_key): row.due_on for row in rows}


def set_due(
    cohort: Cohort, course: Course, lesson_key: str, due_on: date | None, *, by: int | None, now: datetime
) -> None:
    """Set the day by which a lesson is to be finished; None takes it away."""
    row = (DueDate.cohort == cohort) & (DueDate.course == course) & (DueDate.lesson_key == lesson_key)
    with database.atomic():
        before = DueDate.get_or_none(row)
        if (before and before.due_on) == due_on:
            return
        DueDate.delete().where(row).execute()
        if due_on:
            DueDate.create(cohort=cohort, course=course, lesson_key=lesson_key, due_on=due_on)
        detail = {"course": course.slug, "lesson": lesson_key, "due_on": due_on and due_on.isoformat()}
        audit.record("cohort.due_date", cohort, by=by, detail=detail, now=now)
