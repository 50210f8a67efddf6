"""A lesson on paper: for those who learn with a pencil, or hand it on to somebody without a phone."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from lms.catalogue import handouts, svg
from lms.catalogue.rendering import Part
from lms.i18n import language
from lms.learning import looking
from lms.learning.views import blueprint
from lms.learning.views.lessons import LessonPage
from lms.web.access import public
from lms.web.people import asking_or_none, settings


class Sheet(LessonPage):
    """The lesson as everybody prints it: its questions open, nobody's answers."""

    grey = staticmethod(svg.grey)

    @property
    def key(self) -> Part | None:
        """The key sentence, which stands above the columns."""
        return next((part for part in self.content.parts if part.kind == "key"), None)

    @property
    def points(self) -> float:
        """The size of its letters."""
        return handouts.points(self.content.parts)

    @property
    def address(self) -> str:
        """The lesson's address, for phones."""
        path = url_for("learning.lesson", slug=self.standing.course.slug, lesson_key=self.lesson.key)
        return (settings().public_url or request.url_root).rstrip("/") + path

    @property
    def code(self) -> Markup:
        """The address as a QR code."""
        import segno  # with what it needs 1 MB, for printing

        return Markup(segno.make_qr(self.address, error="m").svg_inline(border=2, omitsize=True))

    @property
    def sounds(self) -> int:
        """Bytes of what the lesson's cards have to hear, and the teacher's reading."""
        cards = [part.sound or (part.media if part.kind == "audio" else None) for part in self.content.parts]
        heard = [self.content.sound, *cards]
        return sum(one.size for one in heard if one)


@blueprint.get("/courses/<slug>/<lesson_key>/print")
@public
def sheet(slug: str, lesson_key: str) -> Any:
    """The lesson to be printed, with a line for name and day, a code that leads to it, and room for notes."""
    standing = looking.standing(slug, asking_or_none())
    lesson = standing.lesson(lesson_key)
    if not standing.opens(lesson):
        return render_template("learning/closed.html", standing=standing, lesson=lesson)
    return render_template("learning/sheet.html", page=Sheet(standing, lesson, language()), standing=standing)
