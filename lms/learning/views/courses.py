"""The list of courses, and the path of one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from lms.catalogue.models import Course, CourseVersion
from lms.db import Prepared
from lms.i18n import language
from lms.learning import looking, missing
from lms.learning.enrolling import latest_versions
from lms.learning.models import Enrolment
from lms.learning.views import blueprint
from lms.programmes.models import CohortCourse
from lms.web.access import public
from lms.web.people import asking_or_none


@blueprint.get("/courses")
@public
def index() -> Any:
    """My courses; for a visitor, the courses there are."""
    person = asking_or_none()
    mine = my_standings(person) if person else []
    return render_template("learning/courses.html", mine=mine, others=[] if mine else shown())


def my_standings(person: Any) -> list[looking.Standing]:
    """How this person stands in each course, in the courses' order."""
    standings = [looking.standing(course.slug, person) for course in MINE.rows(person.id)]
    return sorted(standings, key=lambda one: (one.version.position, one.course.id))


MINE = Prepared(
    lambda person_id: Course.select(Course.slug).join(Enrolment).where(Enrolment.person == person_id).distinct(), -1
)


def shown() -> list[CourseVersion]:
    """The newest version of each course that visitors may see: its author calls it whole, or a class takes it."""
    newest = latest_versions()
    taken = CohortCourse.select(CohortCourse.course)
    query = CourseVersion.select(CourseVersion, Course).join(Course)
    query = query.join(newest, on=(CourseVersion.id == newest.c.id)).where(Course.archived_at.is_null())
    query = query.where(CourseVersion.complete | Course.id.in_(taken))
    return list(query.order_by(CourseVersion.position, CourseVersion.id))


@blueprint.get("/courses/<slug>")
@public
def path(slug: str) -> Any:
    """The path of a course: its lessons as plots along a ridge, and in words what is still missing."""
    standing = looking.standing(slug, asking_or_none())
    return render_template(
        "learning/path.html", standing=standing, missing=missing.in_words(standing, language()), ridge=ridge(standing)
    )


OFFSETS = (0, 26, 44, 26)
ROW = 104
CELL = 64


def ridge(standing: looking.Standing) -> list[dict[str, Any]]:
    """The curves between the plots, as SVG path data, and whether each is planted (the lesson before it is done)."""
    curves = []
    for position, lesson in enumerate(standing.lessons[:-1]):
        x, y = OFFSETS[position % 4] + CELL // 2, position * ROW + CELL
        to_x, to_y = OFFSETS[(position + 1) % 4] + CELL // 2, (position + 1) * ROW
        curves.append(
            {
                "d": f"M{x} {y}C{x} {y + 20} {to_x} {to_y - 20} {to_x} {to_y}",
                "planted": lesson.key in standing.done_lessons,
            }
        )
    return curves
