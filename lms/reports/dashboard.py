"""What the dashboard draws, from figures alone: numbers with the list that each opens, funnel, places, matrix.

A rate of fewer than five people is never made, and where it could be taken from the others by subtraction, one more
place stays without (promise 10). How many people there are is told all the same, on the page and in the file; how many
of them completed is not (DECISIONS, "People"). Of a group, such as ex-servicemen, not even how many is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from lms.catalogue.models import CourseVersion
from lms.i18n import _, ngettext
from lms.learning.measures import MEASURES
from lms.lib import charts, smallcells
from lms.lib.charts import Rate, Step
from lms.reports import line
from lms.reports.cuts import Cut
from lms.reports.figures import PROGRAMME, REST, Figures

MOST_COURSES = 6


@dataclass(frozen=True)
class Taken:
    """A course that somebody in the cut takes."""

    id: int
    slug: str
    title: str


@dataclass(frozen=True)
class Way:
    """A step of the funnel. `link`: arguments of the list behind its number."""

    step: Step
    link: dict[str, str]


@dataclass(frozen=True)
class Place:
    """An area with its completion rate, and what share completed each course and holds the certificates, in the order
    of the matrix's columns. `code` is empty for those who are listed in none of the areas; `of_group`: only people of
    one group are counted."""

    code: str
    rate: Rate
    cells: list[Rate]
    of_group: bool = False

    @property
    def silent(self) -> bool:
        """Whether nothing can be said of it."""
        return self.rate.hidden and all(cell.hidden for cell in self.cells)

    @property
    def secret(self) -> bool:
        """Whether not even the number of its people is told, nor who they are."""
        return self.rate.hidden and self.of_group


def taken(figures: Figures, versions: list[CourseVersion], lang: str) -> list[Taken]:
    """Those of the newest versions of all courses that somebody in the figures takes, in their order."""
    ids = set(figures.course_ids)
    return [Taken(one.course_id, one.course.slug, one.title(lang)) for one in versions if one.course_id in ids]


def counted(cut: Cut) -> int:
    """What the numbers of a cut count: a course when it is cut by one, else the programme."""
    return cut.course.id if cut.course else PROGRAMME


def whole(figures: Figures, cut: Cut, *, of: str = "enrolled") -> Rate:
    """Completed among the enrolled, or among the started, of the whole cut."""
    return Rate("", figures.of("completed", counted(cut)), figures.of(of, counted(cut)))


def funnel(figures: Figures, cut: Cut, courses: list[Taken]) -> list[Way]:
    """From enrolled to certified."""
    main = counted(cut)
    ways = [(str(MEASURES[key].title), figures.of(key, main), listed(cut, key)) for key in ("enrolled", "started")]
    if cut.course:
        ways.append((str(MEASURES["completed"].title), figures.of("completed", main), listed(cut, "completed")))
    else:
        ways += [completed_course(figures, cut, course) for course in courses[:MOST_COURSES]]
    last = MEASURES["certified"].title if cut.course else _("All certificates")
    ways.append((str(last), figures.of("certified", main), listed(cut, "certified")))
    return [Way(Step(label, count), link) for label, count, link in ways]


def completed_course(figures: Figures, cut: Cut, course: Taken) -> tuple[str, int, dict[str, str]]:
    """How many completed one course of the programme."""
    label = _("Completed %(course)s", course=course.title)
    return label, figures.of("completed", course.id), listed(cut, "completed", course=course.slug)


def listed(cut: Cut, measure: str, **more: str) -> dict[str, str]:
    """The arguments of the list of people behind a figure."""
    return {**cut.arguments(), "measure": measure, **more}


def result(figures: Figures, cut: Cut, *, unsaid: bool) -> str:
    """The headline: what came of it so far; of `unsaid` figures only how many people there are, of a group not even
    that."""
    enrolled, certified = figures.of("enrolled", counted(cut)), figures.of("certified", counted(cut))
    if unsaid and cut.group:
        return _("Too few people in this group for figures.")
    if unsaid:
        return ngettext("%(num)d person enrolled", "%(num)d people enrolled", enrolled)
    if cut.course:
        return _("%(enrolled)d enrolled, %(certified)d hold the certificate", enrolled=enrolled, certified=certified)
    return _("%(enrolled)d enrolled, %(certified)d hold all certificates", enrolled=enrolled, certified=certified)


def five_numbers(figures: Figures, cut: Cut) -> list[tuple[str, str, str, str]]:
    """(words, number, list behind it, note) of the five numbers below the headline."""
    started, certified = part(figures, cut, "started"), part(figures, cut, "certified")
    all_certificates = MEASURES["certified"].title if cut.course else _("All certificates")
    rows = [
        ("active", _("Active this week"), figures.active, against_last_week(figures)),
        ("started", MEASURES["started"].title, started.done, of_enrolled(started)),
        ("completed", *completed_number(figures, cut)),
        ("certified", all_certificates, certified.done, of_enrolled(certified)),
        ("live", _("Went live themselves"), figures.of("live"), _("self-reported, not checked")),
    ]
    return [
        (str(words), str(number), url_for("reports.people", **listed(cut, key)), note)
        for key, words, number, note in rows
    ]


def part(figures: Figures, cut: Cut, measure: str) -> Rate:
    """A measure among the enrolled."""
    return Rate("", figures.of(measure, counted(cut)), figures.of("enrolled", counted(cut)))


def completed_number(figures: Figures, cut: Cut) -> tuple[str, str, str]:
    """The completion rate, with both its numbers and what it is of those who started."""
    rate, of_started = whole(figures, cut), whole(figures, cut, of="started")
    words = _("Completed this course") if cut.course else _("Completed the programme")
    note = _("%(done)d ÷ %(num)d enrolled", done=rate.done, num=rate.of)
    if of_started.percent is not None:
        note += " · " + _("÷ %(num)d started: %(percent)d%%", percent=of_started.percent, num=of_started.of)
    return words, f"{rate.percent or 0}%", note


def of_enrolled(rate: Rate) -> str:
    """A share in words."""
    return _("%(percent)d%% of %(num)d enrolled", percent=rate.percent or 0, num=rate.of)


def against_last_week(figures: Figures) -> str:
    """How this week, still running, stands beside the last one."""
    return _("week not over; last week %(num)d", num=figures.active_before)


def weeks(figures: Figures) -> list[tuple[date, int]]:
    """The weekly line, from the first week in which anybody was active; never fewer than two weeks."""
    line = sorted(figures.weeks.items())
    begun = next((at for at, (_monday, count) in enumerate(line) if count), len(line))
    return line[min(begun, len(line) - 2) :]


def places(figures: Figures, cut: Cut, courses: list[Taken], lang: str) -> list[Place]:
    """The areas of a cut, the highest completion rate first, those without a rate last."""
    rows = [(place.code, place.name(lang)) for place in figures.places]
    if figures.of("enrolled", counted(cut), REST):
        rows.append((REST, _("Area not known")))
    columns = [(counted(cut), "completed"), *matrix_columns(cut, courses)]
    hidden = [hidden_in(figures, [code for code, _name in rows], course) for course, _measure in columns]
    found = [
        place(figures, code, name, columns, [at in cells for cells in hidden], of_group=bool(cut.group))
        for at, (code, name) in enumerate(rows)
    ]
    return sorted(found, key=lambda one: -(one.rate.done / one.rate.of if one.rate.percent is not None else -1))


def matrix_columns(cut: Cut, courses: list[Taken]) -> list[tuple[int, str]]:
    """(course id, measure) of the matrix: completed, course by course, then the certificates."""
    return [*((course.id, "completed") for course in courses[:MOST_COURSES]), (counted(cut), "certified")]


# Stands for the area in the addresses of the matrix.
ANY_AREA = "000000000000"


def matrix_links(cut: Cut, courses: list[Taken]) -> list[str]:
    """The list behind each column of the matrix, with ANY_AREA for the area: an address a column, not one a cell."""
    anywhere = cut.within(ANY_AREA)
    links = [listed(anywhere, "completed", course=course.slug) for course in courses[:MOST_COURSES]]
    return [url_for("reports.people", **link) for link in (*links, listed(anywhere, "certified"))]


def hidden_in(figures: Figures, codes: Iterable[str], course: int) -> set[int]:
    """The positions of the places whose share of this course, or of the programme, stays unsaid."""
    return smallcells.hidden([figures.of("enrolled", course, code) for code in codes])


def place(
    figures: Figures, code: str, name: str, columns: list[tuple[int, str]], hidden: list[bool], *, of_group: bool
) -> Place:
    """One area's row."""
    rates = [
        Rate(name, figures.of(measure, course, code), figures.of("enrolled", course, code), unsaid)
        for (course, measure), unsaid in zip(columns, hidden, strict=True)
    ]
    return Place("" if code == REST else code, rates[0], rates[1:], of_group)


def table(found: list[Place], courses: list[Taken]) -> tuple[list[str], list[list[Any]]]:
    """The places as a table for export: heading, rows. What is unsaid on the page is unsaid here."""
    titles = [*(course.title for course in courses[:MOST_COURSES]), _("Certificates")]
    heading = [_("Area"), _("Enrolled"), _("Completed"), _("Completion rate in per cent"), *titles]
    rows = [[one.rate.label, *counts(one), *map(cell, (one.rate, *one.cells))] for one in found]
    return heading, rows


def unsaid_table(figures: Figures, cut: Cut, courses: list[Taken], title: str) -> tuple[list[str], list[list[Any]]]:
    """The export of a cut whose figures stay unsaid: how many people there are, and nothing else."""
    of = Rate(title, 0, figures.of("enrolled", counted(cut)), hidden=True)
    return table([Place("", of, [of] * len(matrix_columns(cut, courses)))], courses)


def counts(place: Place) -> list[Any]:
    """How many people there are, and how many of them completed, unless that stays unsaid."""
    unsaid = _("not shown")
    return [unsaid if place.secret else place.rate.of, unsaid if place.rate.hidden else place.rate.done]


def cell(rate: Rate) -> Any:
    """A rate in a table."""
    return _("not shown") if rate.hidden else "" if rate.percent is None else rate.percent


def drawings(
    figures: Figures, cut: Cut, courses: list[Taken], rows: list[Place], *, everything: bool
) -> dict[str, Any]:
    """The charts; `everything`: every area, not only both ends."""
    ways = funnel(figures, cut, courses)
    return {
        "ways": ways,
        "funnel": charts.funnel([way.step for way in ways]),
        "bars": charts.rate_bars([row.rate for row in rows], whole=everything),
        "line": line.drawn(weeks(figures)),
        "matrix_links": matrix_links(cut, courses),
        "any_area": ANY_AREA,
    }
