"""Cuts: which people a report counts. Looking up starts from the areas of the person who asks, so that nothing above or
beside them can be asked for."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import peewee

from lms.accounts.models import GROUPS, Person
from lms.catalogue.models import Course
from lms.db import found
from lms.errors import NotFound, Refused
from lms.i18n import _
from lms.learning.measures import always, enrolment_exists
from lms.learning.models import Enrolment
from lms.lib import areas
from lms.programmes.models import Area, Cohort, Membership

EVERYWHERE = ("",)
NOT_SAID = "none"
MOST_COHORTS = 100


@dataclass(frozen=True)
class Cut:
    """Areas with all below them (`("",)`: everywhere), narrowed by filters. `here`: only who is listed in the one area
    itself and in none below it. `group`: a key of GROUPS, `none` for those who have not said, empty for all. `since`
    and `until` are days of enrolment in `zone`, both included."""

    areas: tuple[str, ...]
    zone: ZoneInfo
    course: Course | None = None
    cohort: Cohort | None = None
    group: str = ""
    since: date | None = None
    until: date | None = None
    here: bool = False

    @property
    def filtered(self) -> bool:
        """Whether it is narrowed by more than areas, so that no stored count fits."""
        return bool(self.course or self.cohort or self.group or self.since or self.until or self.here)

    def members(self) -> peewee.Expression:
        """The condition on memberships: the programme. A filter by course keeps those who take that course."""
        condition = self.of(Membership, Membership.joined_at)
        return condition & enrolment_exists(Enrolment.course == self.course) if self.course else condition

    def enrolments(self) -> peewee.Expression:
        """The condition on enrolments: courses."""
        condition = self.of(Enrolment, Enrolment.enrolled_at)
        return condition & (Enrolment.course == self.course) if self.course else condition

    def of(self, table: type[peewee.Model], began: peewee.Field) -> peewee.Expression:
        """What the two kinds of row have in common."""
        condition = table.area_code == self.areas[0] if self.here else lying_in(table.area_code, self.areas)
        if self.cohort:
            condition &= table.cohort == self.cohort
        if self.group:
            condition &= table.group == ("" if self.group == NOT_SAID else self.group)
        if self.since:
            condition &= began >= self.beginning_of(self.since)
        if self.until:
            condition &= began < self.beginning_of(self.until + timedelta(days=1))
        return condition

    def beginning_of(self, day: date) -> datetime:
        """The first moment of a day in the installation's zone."""
        return datetime.combine(day, time.min, self.zone)

    def within(self, *codes: str) -> Cut:
        """The same filters in other areas."""
        return replace(self, areas=codes, here=False)

    def arguments(self) -> dict[str, str]:
        """The cut as it stands in an address."""
        area = self.areas[0] if len(self.areas) == 1 else ""
        return {**({"area": area} if area else {}), **self.filters()}

    def filters(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        said = {
            "course": self.course.slug if self.course else "",
            "cohort": str(self.cohort.id) if self.cohort else "",
            "group": self.group,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "here": "1" if self.here else "",
        }
        return {name: value for name, value in said.items() if value}


def lying_in(column: peewee.Field, codes: Iterable[str]) -> peewee.Expression:
    """Whether a column with a 12-digit code lies in one of these areas or below. Nothing but ranges, so that the
    index is used on both databases."""
    if "" in codes:
        return always()
    ranges = [column.between(*areas.code_range(code)) for code in codes]
    return functools.reduce(operator.or_, ranges) if ranges else peewee.Value(1) == peewee.Value(0)


def areas_of(person: Person) -> tuple[str, ...]:
    """The areas that a person may see figures of, none inside another: an admin's are everywhere."""
    if person.has_role("admin"):
        return EVERYWHERE
    codes = sorted(set(person.areas_as("manager")), key=lambda code: (len(code.rstrip("0")), code))
    kept: list[str] = []
    for code in codes:
        if not any(lies_in(code, other) for other in kept):
            kept.append(code)
    return tuple(kept)


def lies_in(code: str, other: str) -> bool:
    """Whether an area is the other one or below it."""
    return not other or (bool(code) and areas.contains(other, code))


def asked(person: Person, arguments: Mapping[str, str], zone: ZoneInfo, *, code: str = "") -> Cut:
    """The cut that an address asks for. Raises NotFound for an area or a class that this person may not see, and for
    words that are none of ours; Refused for a day that is none."""
    own = areas_of(person)
    chosen = (area_in(own, code or arguments["area"]).code,) if code or arguments.get("area") else own
    group = arguments.get("group", "")
    if group not in ("", NOT_SAID, *GROUPS) or (arguments.get("here") and len(chosen) != 1):
        raise NotFound
    return Cut(
        areas=chosen,
        zone=zone,
        course=course_named(arguments.get("course", "")),
        cohort=cohort_in(chosen, arguments.get("cohort", "")),
        group=group,
        since=day_of(arguments.get("since", "")),
        until=day_of(arguments.get("until", "")),
        here=bool(arguments.get("here")),
    )


def area_in(own: tuple[str, ...], code: str) -> Area:
    """An area in or below one's own, or NotFound."""
    if not (code.isdigit() and len(code) == 12 and any(lies_in(code, other) for other in own)):
        raise NotFound
    return Area.find(code)


def course_named(slug: str) -> Course | None:
    """The course of a filter, None without one, or NotFound."""
    return found(Course.select().where(Course.slug == slug)) if slug else None


def cohort_in(codes: tuple[str, ...], number: str) -> Cohort | None:
    """The class of a filter, None without one, or NotFound."""
    if not number:
        return None
    return found(cohorts_in(codes).where(Cohort.id == int(number))) if number.isdigit() else found(Cohort.noop())


def cohorts_in(codes: tuple[str, ...]) -> peewee.ModelSelect:
    """The classes of these areas, and those from above in which somebody from here is a member."""
    above = {code for own in codes for code in areas.lineage(own)} - set(codes)
    members = Membership.select(peewee.SQL("1")).where(
        (Membership.cohort == Cohort.id) & lying_in(Membership.area_code, codes)
    )
    from_above = Cohort.area.in_(above) & peewee.fn.EXISTS(members)
    condition = lying_in(Cohort.area, codes)
    return Cohort.select().where(condition | from_above if above else condition).order_by(Cohort.starts_on.desc())


def day_of(text: str) -> date | None:
    """A day of a filter, or None without one."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("Write the day as 2026-03-16.")) from None
