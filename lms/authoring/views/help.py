"""Help for trainers: what the desk does, and how a lesson is written, with examples that are really rendered."""

from __future__ import annotations

from typing import Any

from flask import render_template

from lms.authoring.examples import EXAMPLES
from lms.authoring.views.room import blueprint, trainers
from lms.i18n import language


@blueprint.get("/help")
@trainers
def help_page() -> Any:
    """How the desk works."""
    return render_template("help/trainer.html")


@blueprint.get("/help/format")
@trainers
def format_page() -> Any:
    """How to write: each thing as source, and as trainees get it."""
    lang = language()
    shown = [(example, example.source[lang], example.parts(lang)) for example in EXAMPLES]
    return render_template("authoring/format.html", examples=shown)
