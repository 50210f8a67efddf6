"""The list of courses, and the path of one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from lms.i18n import language
from lms.learning import looking, missing, ways
from lms.learning.views import blueprint
from lms.learning.views.ways import standings_of_asking
from lms.web.access import public
from lms.web.people import asking_or_none


@blueprint.get("/courses")
@public
def index() -> Any:
    """My courses; for a visitor, the courses there are. And the two ways through all of them."""
    person = asking_or_none()
    mine = ways.of_person(person) if person else []
    others = [] if mine else list(ways.there_are(person))
    return render_template("learning/courses.html", mine=mine, others=others, ways=ways.ways(mine or others))


@blueprint.get("/courses/<slug>")
@public
def path(slug: str) -> Any:
    """The path of a course: its lessons as plots along a ridge, and in words what is still missing."""
    standing = looking.standing(slug, asking_or_none())
    return render_template(
        "learning/path.html",
        standing=standing,
        missing=missing.in_words(standing, language()),
        ridge=ridge(standing),
        needed=ways.first_needed(standing, standings_of_asking()),
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
