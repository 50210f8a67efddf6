"""The two ways through all courses, and which one somebody takes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from lms.learning import ways
from lms.learning.looking import Standing
from lms.learning.views import blueprint
from lms.web import preferences
from lms.web.access import public
from lms.web.people import asking_or_none


@blueprint.get("/ways/<any(fast, full):name>")
@public
def way(name: str) -> Any:
    """The lessons of a way, course by course, and the next one."""
    standings = standings_of_asking()
    return render_template(
        "learning/way.html",
        way=ways.way(name, standings),
        others=[one for one in ways.ways(standings) if one.name != name],
        taken=preferences.choice("way"),
    )


def standings_of_asking() -> list[Standing]:
    """The courses that whoever asks takes; for a visitor, those there are."""
    person = asking_or_none()
    return (ways.of_person(person) if person else []) or list(ways.there_are(person))


@blueprint.post("/ways/<any(fast, full):name>")
@public
def take_way(name: str) -> Any:
    """From now on this phone leads along this way."""
    return preferences.keep(redirect(url_for("learning.way", name=name), 303), "way", name)


def onward(slug: str) -> str:
    """Where one goes on after a lesson: along the way that was taken, else along the course."""
    if preferences.choice("way") == "fast":
        return url_for("learning.way", name="fast", _anchor="next")
    return url_for("learning.path", slug=slug)
