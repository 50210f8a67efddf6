"""How to teach a lesson: its guide, for whoever writes or teaches it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from lms.authoring import guides
from lms.authoring.views.room import blueprint, trainers
from lms.i18n import language
from lms.web.people import asking


@blueprint.get("/courses/<slug>/lessons/<key>/guide")
@trainers
def guide(slug: str, key: str) -> Any:
    """The guide of a lesson, to read or to print."""
    teaching = guides.find(asking(), slug, key)
    html = teaching.html(language())
    return render_template("authoring/guide.html", teaching=teaching, html=html, shown=teaching.language(language()))
