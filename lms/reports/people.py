"""The people behind a figure: one list for the page, the CSV and the XLSX, by the same conditions as the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee

from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion
from lms.db import in_chunks
from lms.errors import NotFound
from lms.i18n import _
from lms.learning.measures import MEASURES, Measure, enrolment_exists
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort, Membership
from lms.reports import paths, places
from lms.reports.cuts import Cut
from lms.reports.paths import Path

CHUNK = 500
MOST_WORDS = 40


@dataclass(frozen=True)
class Asked:
    """Which figure's people: a measure within a cut; `week`: its Monday, for who was active; `words`: part of a name or
    of a number. With a course in the cut enrolments are listed where the measure counts them, else memberships."""

    cut: Cut
    measure: Measure
    week: date
    words: str = ""

    @property
    def by_course(self) -> bool:
        """Whether enrolments in one course are listed."""
        return self.cut.course is not None and self.measure.of_enrolments is not None

    def narrowed(self) -> dict[str, Any]:
        """What narrows the list beside its cut, for the trail. Not the words: they can be a name or a number."""
        of_week = {"week": self.week.isoformat()} if self.measure.key == "active" else {}
        return {**of_week, **({"searched": True} if self.words else {})}


@dataclass(frozen=True)
class Line:
    """One person of the list. Moments as days in the installation's zone."""

    member_id: int
    name: str
    phone: str
    area: str
    cohort: str
    days: dict[str, date | None] = field(default_factory=dict)

    @property
    def shown_name(self) -> str:
        """The name, or what stands for somebody who has had the account deleted."""
        return self.name or _("Deleted account")


def people_query(asked: Asked) -> peewee.ModelSelect:
    """The rows that a figure counts, with person and class, area by area."""
    table = Enrolment if asked.by_course else Membership
    conditions = of_enrolments(asked) if asked.by_course else of_members(asked)
    if asked.words:
        conditions &= matching(asked.words)
    return (
        table.select(table, Person, Cohort)
        .join(Person)
        .switch(table)
        .join(Cohort)
        .where(conditions)
        .order_by(table.area_code, table.id)
    )


def of_enrolments(asked: Asked) -> peewee.Expression:
    """The condition on enrolments."""
    return asked.cut.enrolments() & asked.measure.of_enrolments()


def of_members(asked: Asked) -> peewee.Expression:
    """The condition on memberships."""
    return asked.cut.members() & asked.measure.of_members(asked.week)


def matching(words: str) -> peewee.Expression:
    """Part of a name, or of a mobile number as it is spoken in pieces."""
    digits = "".join(character for character in words if character.isdigit())
    by_name = Person.name.contains(words)
    return by_name | Person.phone.contains(digits) if len(digits) >= 3 else by_name


def lines(rows: list[Any], zone: ZoneInfo, lang: str) -> list[Line]:
    """Rows of `people_query` as lines, with one look-up of the names of their areas."""
    names = places.names((row.area_code for row in rows), lang)
    return [line(row, names.get(row.area_code, row.area_code), zone) for row in rows]


def line(row: Enrolment | Membership, area: str, zone: ZoneInfo) -> Line:
    """One row as a line."""
    of_course = isinstance(row, Enrolment)
    moments = {
        "enrolled": row.enrolled_at if of_course else row.joined_at,
        "started": row.started_at,
        "completed": row.completed_at,
        "certified": row.certified_at,
        "seen": None if of_course else row.seen_at,
        "left": row.left_at,
    }
    days: dict[str, date | None] = {name: local_day(moment, zone) for name, moment in moments.items()}
    if not of_course:
        days["live"] = row.first_live_on
    return Line(
        member_id=row.membership_id if of_course else row.id,
        name=row.person.name,
        phone=row.person.phone or "",
        area=area,
        cohort=row.cohort.name,
        days=days,
    )


def local_day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    """The day of a moment where the installation is."""
    return moment.astimezone(zone).date() if moment else None


def columns(by_course: bool) -> dict[str, str]:
    """The days that a list shows, with their headings."""
    common = {
        "enrolled": _("Enrolled on"),
        "started": _("Started on"),
        "completed": _("Completed on"),
        "certified": _("Certified on"),
    }
    if by_course:
        return {**common, "left": _("Left on")}
    return {**common, "live": _("First live (self-reported)"), "seen": _("Last seen"), "left": _("Left on")}


def header(by_course: bool) -> list[str]:
    """The first row of an export."""
    return [_("Name"), _("Phone"), _("Area"), _("Class"), _("Counts"), *columns(by_course).values()]


def exported(asked: Asked, lang: str) -> Iterator[list[Any]]:
    """Every line of the list, as it stands on the page, some hundred at a time."""
    counts = title_of(asked.cut.course, lang) if asked.by_course else _("Programme")
    days = columns(asked.by_course)
    for chunk in in_chunks([row._pk for row in people_query(asked).select(key_of(asked))], CHUNK):
        rows = people_query(asked).where(key_of(asked).in_(chunk))
        for one in lines(list(rows), asked.cut.zone, lang):
            yield [one.shown_name, one.phone, one.area, one.cohort, counts, *(one.days.get(day) for day in days)]


def key_of(asked: Asked) -> peewee.Field:
    """The key of the rows listed."""
    return Enrolment.id if asked.by_course else Membership.id


def title_of(course: Course | None, lang: str) -> str:
    """The course's name, as its newest version says it."""
    newest = course.versions.order_by(CourseVersion.number.desc()).first() if course else None
    return newest.title(lang) if newest else ""


def asked(cut: Cut, key: str, week: date, words: str) -> Asked:
    """The list of an address. Raises NotFound for a measure that is none of ours."""
    if key not in MEASURES:
        raise NotFound
    return Asked(cut, MEASURES[key], week - timedelta(days=week.weekday()), words.strip()[:MOST_WORDS])


def everybody_else(cut: Cut, but: list[int], most: int) -> tuple[int, list[tuple[Membership, list[Path]]]]:
    """How many enrolled members there are beside those in `but`, and the first of them with their ways."""
    everybody = Membership.select(Membership, Person).join(Person).where(cut.members() & enrolment_exists())
    total = everybody.count() - len(but)
    rows = everybody.order_by(Membership.area_code, Membership.id).limit(most + len(but))
    members = [member for member in rows if member.id not in set(but)][:most]
    ways = paths.of_members(member.id for member in members)
    return total, [(member, ways[member.id]) for member in members]
