"""Figures of a cut, whole and by place. Unfiltered they are read from the stored tallies, at a cost that does not
grow with the number of people; with a filter they are counted from the rows. Both by the same words
(`lms.learning.measures`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import peewee

from lms.learning import tallies
from lms.learning.measures import MEASURES, STATES, active_in
from lms.learning.models import ActiveWeek, Enrolment
from lms.learning.progress import week_of
from lms.programmes.models import Area, Membership
from lms.reports import places as areas_below
from lms.reports.cuts import Cut

WEEKS = 12
PROGRAMME = 0
WHOLE = ""
REST = areas_below.REST

Key = tuple[str, int, str]


@dataclass(frozen=True)
class Figures:
    """`counts`: (place, course id, measure) → people; place WHOLE is the whole cut, REST who is listed in none of the
    places, course 0 the programme. `weeks`: Monday → active members, oldest first, the last one still running."""

    counts: Mapping[Key, int]
    places: list[Area]
    weeks: dict[date, int]

    def of(self, measure: str, course: int = PROGRAMME, place: str = WHOLE) -> int:
        """A figure."""
        return self.counts.get((place, course, measure), 0)

    @property
    def course_ids(self) -> list[int]:
        """The courses that anybody here is enrolled in."""
        return sorted(
            {course for place, course, measure in self.counts if course and self.counts[place, course, measure]}
        )

    @property
    def this_week(self) -> date:
        """The Monday of the running week."""
        return max(self.weeks)

    @property
    def active(self) -> int:
        """Members active in the running week."""
        return self.weeks[self.this_week]

    @property
    def active_before(self) -> int:
        """Members active in the week before."""
        return self.weeks[self.this_week - timedelta(days=7)]


def figures(cut: Cut, *, now: datetime) -> Figures:
    """The figures of a cut."""
    below = areas_below.below(cut)
    mondays = last_weeks(now, cut)
    counts, weeks = counted(cut, below, mondays) if cut.filtered else stored(cut, below, mondays)
    main = cut.course.id if cut.course else PROGRAMME
    return Figures(counts, [place for place in below if counts[place.code, main, "enrolled"]], weeks)


def last_weeks(now: datetime, cut: Cut) -> list[date]:
    """The Mondays of the weeks that the line shows, oldest first."""
    this = week_of(now, cut.zone)
    return [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def stored(cut: Cut, below: list[Area], mondays: list[date]) -> tuple[Counter[Key], dict[date, int]]:
    """The counts as the tallies keep them: two look-ups by key."""
    counts: Counter[Key] = Counter()
    whole = tallies.read(map(scope, cut.areas), [*STATES, "live", *map(active_in, mondays)])
    for (_scope, course, measure), count in whole.items():
        counts[WHOLE, course, measure] += count
    codes = {scope(place.code): place.code for place in below}
    for (where, course, measure), count in tallies.read(codes, STATES).items():
        counts[codes[where], course, measure] += count
    add_the_rest(counts)
    return counts, {monday: counts[WHOLE, PROGRAMME, active_in(monday)] for monday in mondays}


def scope(code: str) -> str:
    """The name under which an area's tallies are kept."""
    return f"area:{code}" if code else "all"


def add_the_rest(counts: Counter[Key]) -> None:
    """Count those who are listed in none of the places below."""
    for place, course, measure in list(counts):
        if measure in STATES:
            counts[REST, course, measure] += counts[place, course, measure] * (1 if place == WHOLE else -1)


def counted(cut: Cut, below: list[Area], mondays: list[date]) -> tuple[Counter[Key], dict[date, int]]:
    """The counts from the rows: one pass over memberships, one over enrolments, one over their active weeks."""
    counts: Counter[Key] = Counter()
    codes = {place.code for place in below}
    for course, code, measure, count in [*of_members(cut), *of_enrolments(cut)]:
        counts[WHOLE, course, measure] += count
        counts[areas_below.place_of(code, codes), course, measure] += count
    return counts, of_weeks(cut, mondays)


def of_members(cut: Cut) -> list[tuple[int, str, str, int]]:
    """(course 0, area code, measure, count) of memberships."""
    if cut.course:  # the course's own figures come from enrolments; only lives are told of people
        lives = Membership.select(Membership.area_code, peewee.fn.COUNT(Membership.id)).group_by(Membership.area_code)
        rows = lives.where(Membership.first_live_on.is_null(False) & cut.members())
        return [line for row in rows.tuples() for line in unfolded(row, PROGRAMME, ("live",))]
    keys = (*STATES, "live")
    sums = [how_many(MEASURES[key].of_members(date.min)) for key in keys]
    rows = Membership.select(Membership.area_code, *sums).where(cut.members()).group_by(Membership.area_code)
    return [line for row in rows.tuples() for line in unfolded(row, PROGRAMME, keys)]


def of_enrolments(cut: Cut) -> list[tuple[int, str, str, int]]:
    """(course id, area code, measure, count) of enrolments."""
    sums = [how_many(MEASURES[key].of_enrolments()) for key in STATES]
    rows = Enrolment.select(Enrolment.course, Enrolment.area_code, *sums)
    rows = rows.where(cut.enrolments()).group_by(Enrolment.course, Enrolment.area_code)
    return [line for course, *row in rows.tuples() for line in unfolded(row, course, STATES)]


def how_many(condition: peewee.Expression) -> peewee.Function:
    """The number of rows for which a condition holds."""
    return peewee.fn.SUM(peewee.Case(None, [(condition, 1)], 0))


def unfolded(row: Sequence[Any], course: int, keys: Sequence[str]) -> list[tuple[int, str, str, int]]:
    """A row of (area code, a number for each measure) as one line a measure."""
    code, *numbers = row
    return [(course, code, key, int(number)) for key, number in zip(keys, numbers, strict=True)]


def of_weeks(cut: Cut, mondays: list[date]) -> dict[date, int]:
    """Monday → members of the cut who were active."""
    rows = ActiveWeek.select(ActiveWeek.monday, peewee.fn.COUNT(ActiveWeek.id)).group_by(ActiveWeek.monday)
    if cut.course:  # one enrolment in a course for each member, so nobody is counted twice
        rows = rows.join(Enrolment, on=(Enrolment.membership == ActiveWeek.membership)).where(cut.enrolments())
    else:
        rows = rows.join(Membership).where(cut.members())
    found = dict(rows.where(ActiveWeek.monday.in_(mondays)).tuples())
    return {monday: found.get(monday, 0) for monday in mondays}
