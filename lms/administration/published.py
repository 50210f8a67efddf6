"""What courses are called, by their newest version."""

from __future__ import annotations

from collections.abc import Iterable

from lms.catalogue.models import Course, CourseVersion
from lms.learning.enrolling import latest_versions


def titles(slugs: Iterable[str], lang: str) -> dict[str, str]:
    """Slug → title, of those that have been published."""
    newest = latest_versions()
    rows = (
        CourseVersion.select(CourseVersion, Course)
        .join(newest, on=(CourseVersion.id == newest.c.id))
        .join(Course, on=(CourseVersion.course == Course.id))
        .where(Course.slug.in_(list(slugs) or [""]))
    )
    return {row.course.slug: row.title(lang) for row in rows}
