"""What a report can be cut by: the filters of its form, with the words of each choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.accounts.models import GROUPS
from lms.catalogue.models import Course, CourseVersion
from lms.i18n import _
from lms.learning.enrolling import latest_versions
from lms.programmes.models import Area
from lms.reports.cuts import MOST_COHORTS, NOT_SAID, Cut, cohorts_in

Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """(value, words) of each filter; the first of every list, all of them, is the page's to write."""

    areas: list[Choice]
    courses: list[Choice]
    cohorts: list[Choice]
    groups: list[Choice]


def choices(cut: Cut, below: Iterable[Area], versions: Iterable[CourseVersion], lang: str) -> Choices:
    """The choices for a cut with these areas and courses. Of very many classes the newest are offered."""
    cohorts = list(cohorts_in(cut.areas).limit(MOST_COHORTS))
    if cut.cohort and cut.cohort not in cohorts:
        cohorts.insert(0, cut.cohort)
    return Choices(
        areas=[(area.code, area.name(lang)) for area in below],
        courses=[(version.course.slug, version.title(lang)) for version in versions],
        cohorts=[(str(cohort.id), cohort.name) for cohort in cohorts],
        groups=[*((key, str(word)) for key, word in GROUPS.items()), (NOT_SAID, _("Not said"))],
    )


def courses() -> list[CourseVersion]:
    """The newest version of every course, in the order of the catalogue."""
    newest = latest_versions()
    return list(
        CourseVersion.select(CourseVersion, Course)
        .join(newest, on=(CourseVersion.id == newest.c.id))
        .switch(CourseVersion)
        .join(Course)
        .order_by(CourseVersion.position, CourseVersion.id)
    )


def told(cut: Cut, versions: Iterable[CourseVersion], lang: str) -> list[str]:
    """The filters of a cut in words, for the line above its figures."""
    titles = {version.course_id: version.title(lang) for version in versions}
    groups: dict[str, str] = {**{key: str(word) for key, word in GROUPS.items()}, NOT_SAID: _("Not said")}
    parts = [
        titles.get(cut.course.id, cut.course.slug) if cut.course else "",
        cut.cohort.name if cut.cohort else "",
        groups.get(cut.group, ""),
        _("enrolled from %(day)s", day=cut.since.isoformat()) if cut.since else "",
        _("enrolled until %(day)s", day=cut.until.isoformat()) if cut.until else "",
        _("township not known") if cut.here else "",
    ]
    return [part for part in parts if part]
