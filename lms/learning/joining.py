"""The short way in: a class code, a name, a number, a PIN, and the first lesson opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import peewee

from lms.accounts import credentials, notice, people, tries
from lms.accounts.models import Person
from lms.catalogue.models import Lesson
from lms.db import database
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.lib import areas
from lms.programmes import cohorts, memberships
from lms.programmes.models import Area, Cohort, Membership, inside
from lms.programmes.places import TOWNSHIP, Places

MOST_VILLAGES = 400


@dataclass(frozen=True)
class Newcomer:
    """What somebody says of themselves to join. `phone`: national digits; `age_band`: one of `notice.AGE_CHOICES`;
    `place`: township and village as they were typed, or nothing."""

    name: str
    phone: str
    pin: str
    age_band: str
    language: str
    place: str = ""


class NumberKnown(Conflict):
    """Somebody here has this number: it is theirs to sign in with, and to join as."""

    def __init__(self) -> None:
        super().__init__(_("This number has an account already. Sign in, then join the class."))


class UnknownPlace(Refused):
    """The class's county has no such place, or several."""

    def __init__(self) -> None:
        super().__init__(_("We do not know this place. Write township and village, or leave it empty."))


class NoSuchClass(Refused):
    """No open class has this code."""

    def __init__(self) -> None:
        super().__init__(_("No open class has this code. Look at it again, or ask your trainer."))


def class_of(code: str, *, address: str, now: datetime) -> Cohort:
    """The open cohort with this code. Raises NoSuchClass; or Wait, for who tries code after code from one address."""
    attempt = tries.of_class_code(address, now=now)
    cohort = cohorts.by_code(code)
    if cohort is None:
        raise NoSuchClass
    attempt.succeeded(now=now)
    return cohort


def self_study() -> peewee.ModelSelect:
    """The open cohorts in which people learn by themselves, without a code, with their areas."""
    return (
        Cohort.select(Cohort, Area)
        .join(Area)
        .where(Cohort.self_study & Cohort.closed_at.is_null())
        .order_by(Area.code, Cohort.id)
    )


def come_in(newcomer: Newcomer, cohort: Cohort, *, address: str, now: datetime) -> Membership:
    """Make the newcomer a person and a member of the cohort, all or nothing.

    Raises, keeping nothing: TooYoung under 14, Refused for a PIN that is guessed at once, NumberKnown, UnknownPlace, or
    Wait when one address makes account after account.
    """
    notice.refuse_child(newcomer.age_band)
    credentials.refuse_weak_pin(newcomer.pin, newcomer.phone)
    tries.of_class_code(address, now=now)
    if people.by_number(newcomer.phone):
        raise NumberKnown
    with database.atomic():
        return join(cohort, new_person(newcomer, cohort, now), now=now)


def new_person(newcomer: Newcomer, cohort: Cohort, now: datetime) -> Person:
    """The person, living where they say, else where the class is until somebody says otherwise."""
    home = Places([memberships.county_of(cohort)], near=cohort.area_id).find(newcomer.place)
    if home is None:
        raise UnknownPlace
    try:
        person = people.create(
            newcomer.name,
            newcomer.phone,
            by=None,
            now=now,
            area_code=home or cohort.area_id,
            language=newcomer.language,
        )
    except Conflict as taken_meanwhile:
        raise NumberKnown from taken_meanwhile
    person.age_band = newcomer.age_band
    person.save()
    credentials.set_pin(person, newcomer.pin, by=person.id, now=now, first=False)
    return person


def villages(cohort: Cohort) -> list[str]:
    """The townships and villages of a class's area, written as they are typed: 藕塘镇莲子村."""
    rows = Area.select().where((Area.level >= TOWNSHIP) & inside(Area.code, [cohort.area_id])).order_by(Area.code)
    names = {area.code: area.name_zh for area in rows}
    township = {code: names.get(areas.lineage(code)[-2], "") for code in names}
    return [township[code] + name for code, name in islice(names.items(), MOST_VILLAGES)]


def join(cohort: Cohort, person: Person, *, now: datetime) -> Membership:
    """Make the person a member; twice is harmless. Raises Refused if the cohort is closed.

    Who has accepted the notice is enrolled at once; a newcomer when they accept it (`enrolling.enrol_accepted`).
    """
    how = "self" if cohort.self_study else "code"
    with database.atomic():
        enrolling.hold_courses([cohort.id])
        membership = memberships.join(cohort, person, now=now, how=how)
        if not person.is_invited:
            enrolling.enrol(membership, now=now)
    return membership


def first_lesson(membership: Membership) -> str | None:
    """The address of the first lesson of the member's first course; None where there is no course yet."""
    begun = membership.enrolments.order_by(Enrolment.id).first()
    version = begun.version if begun else next(iter(enrolling.versions_to_take(membership)), None)
    lesson = version and version.lessons.order_by(Lesson.position).first()
    return f"/courses/{version.course.slug}/{lesson.key}" if lesson else None


def keep_group(person: Person, now: datetime) -> None:
    """Let memberships and enrolments follow what the person agreed to: a group said is filled in where none was known,
    and one taken back is gone everywhere. (A hook of `accounts`.)"""
    for table in (Membership, Enrolment):
        rows = table.person == person
        if person.group:
            rows &= table.group == ""
        table.update(group=person.group).where(rows).execute()
