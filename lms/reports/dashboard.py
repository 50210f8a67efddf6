"""What the dashboard draws, from figures alone: numbers with the list that each opens, funnel, places, matrix.

A rate of fewer than five people is never made, and where it could be taken from the others by subtraction, one more
place stays without (promise 10); both then read "too few".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.i18n import _
from lms.learning.measures import MEASURES
from lms.lib import smallcells
from lms.reports.choices import courses
from lms.reports.cuts import Cut
from lms.reports.figures import PROGRAMME, REST, Figures

LOW = 45  # per cent; under it a bar is hatched
MOST_PLACES = 12
SHOWN_AT_EACH_END = 5
MOST_COURSES = 6


@dataclass(frozen=True)
class Taken:
    """A course that somebody in the cut takes."""

    id: int
    slug: str
    title: str


@dataclass(frozen=True)
class Share:
    """`done` of `of` people. `hidden`: too few, or told by subtraction; then neither number may be shown."""

    done: int
    of: int
    hidden: bool = False

    @property
    def percent(self) -> int | None:
        """The rate, halves rounded up; None where there is none to show."""
        return None if self.hidden or not self.of else (200 * self.done + self.of) // (2 * self.of)

    @property
    def low(self) -> bool:
        """Whether the rate lies under the line below which people need help."""
        return self.percent is not None and self.percent < LOW


@dataclass(frozen=True)
class Bar:
    """A bar of the funnel. `link`: arguments of the list behind it."""

    label: str
    count: int
    percent: int
    link: dict[str, str]


@dataclass(frozen=True)
class Place:
    """An area with its completion rate, and what share completed each course and holds the certificates, in the order
    of the matrix's columns. `code` is empty for those who are listed in none of the areas."""

    code: str
    name: str
    share: Share
    cells: list[Share]


def taken(figures: Figures, lang: str) -> list[Taken]:
    """The courses that somebody in the figures takes, in the order of the catalogue."""
    ids = set(figures.course_ids)
    versions = [version for version in courses() if version.course_id in ids]
    return [Taken(one.course_id, one.course.slug, one.title(lang)) for one in versions]


def counted(cut: Cut) -> int:
    """What the numbers of a cut count: a course when it is cut by one, else the programme."""
    return cut.course.id if cut.course else PROGRAMME


def share(figures: Figures, cut: Cut, *, of: str = "enrolled") -> Share:
    """Completed among the enrolled, or among the started, of the whole cut."""
    base = figures.of(of, counted(cut))
    return Share(figures.of("completed", counted(cut)), base, hidden=smallcells.too_few(base))


def funnel(figures: Figures, cut: Cut, courses: list[Taken]) -> list[Bar]:
    """From enrolled to certified, each with its share of the first."""
    main = counted(cut)
    first = figures.of("enrolled", main)
    steps = [(str(MEASURES[key].title), figures.of(key, main), listed(cut, key)) for key in ("enrolled", "started")]
    if cut.course:
        steps.append((str(MEASURES["completed"].title), figures.of("completed", main), listed(cut, "completed")))
    else:
        steps += [
            (
                _("Completed %(course)s", course=course.title),
                figures.of("completed", course.id),
                listed(cut, "completed", course=course.slug),
            )
            for course in courses[:MOST_COURSES]
        ]
    last = MEASURES["certified"].title if cut.course else _("All certificates")
    steps.append((str(last), figures.of("certified", main), listed(cut, "certified")))
    return [Bar(label, count, Share(count, first).percent or 0, link) for label, count, link in steps]


def listed(cut: Cut, measure: str, **more: str) -> dict[str, str]:
    """The arguments of the list of people behind a figure."""
    return {**cut.arguments(), "measure": measure, **more}


def weeks(figures: Figures) -> list[tuple[date, int]]:
    """The weekly line, from the first week in which anybody was active; never fewer than two weeks."""
    line = sorted(figures.weeks.items())
    begun = next((at for at, (_monday, count) in enumerate(line) if count), len(line))
    return line[min(begun, len(line) - 2) :]


def places(figures: Figures, cut: Cut, courses: list[Taken], lang: str) -> list[Place]:
    """The areas of a cut, the highest completion rate first, those without a rate last."""
    rows = [(place.code, place.name(lang)) for place in figures.places]
    if figures.of("enrolled", PROGRAMME, REST):
        rows.append((REST, _("Area not known")))
    columns = [(counted(cut), "completed"), *matrix_columns(cut, courses)]
    hidden = [hidden_in(figures, [code for code, _name in rows], course) for course, _measure in columns]
    found = [
        place(figures, code, name, columns, [at in cells for cells in hidden]) for at, (code, name) in enumerate(rows)
    ]
    return sorted(found, key=lambda one: (one.share.percent is None, -(one.share.percent or 0), one.code or "~"))


def matrix_columns(cut: Cut, courses: list[Taken]) -> list[tuple[int, str]]:
    """(course id, measure) of the matrix: completed, course by course, then the certificates."""
    return [*((course.id, "completed") for course in courses[:MOST_COURSES]), (counted(cut), "certified")]


def hidden_in(figures: Figures, codes: Iterable[str], course: int) -> set[int]:
    """The positions of the places whose share of this course, or of the programme, stays unsaid."""
    return smallcells.hidden([figures.of("enrolled", course, code) for code in codes])


def place(figures: Figures, code: str, name: str, columns: list[tuple[int, str]], hidden: list[bool]) -> Place:
    """One area's row."""
    shares = [
        Share(figures.of(measure, course, code), figures.of("enrolled", course, code), unsaid)
        for (course, measure), unsaid in zip(columns, hidden, strict=True)
    ]
    return Place("" if code == REST else code, name, shares[0], shares[1:])


def both_ends(found: list[Place], everything: bool) -> tuple[list[Place], int]:
    """The bars to draw, and how many are left out: more than twelve show the five highest and the five lowest."""
    if everything or len(found) <= MOST_PLACES:
        return found, 0
    ends = found[:SHOWN_AT_EACH_END] + found[-SHOWN_AT_EACH_END:]
    return ends, len(found) - len(ends)


def table(found: list[Place], courses: list[Taken]) -> tuple[list[str], list[list[Any]]]:
    """The places as a table for export: heading, rows. What is unsaid on the page is unsaid here."""
    titles = [*(course.title for course in courses[:MOST_COURSES]), _("Certificates")]
    heading = [_("Area"), _("Enrolled"), _("Completed"), _("Completion rate in per cent"), *titles]
    few = _("too few")
    rows = [
        [
            one.name,
            few if one.share.hidden else one.share.of,
            few if one.share.hidden else one.share.done,
            *(few if cell.hidden else "" if cell.percent is None else cell.percent for cell in (one.share, *one.cells)),
        ]
        for one in found
    ]
    return heading, rows
