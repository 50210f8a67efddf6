"""A trainer's quick phrases."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.assessment import phrases as kept
from lms.assessment.views import blueprint
from lms.errors import Refused
from lms.i18n import _
from lms.web.access import allow
from lms.web.people import asking


def drawn(words: str = "", refusal: str = "", number: int = 0) -> str:
    """All of mine. `words`: what could not be kept, as a new one or instead of `number`, and why."""
    return render_template(
        "assessment/phrases.html",
        phrases=kept.of(asking()),
        longest=kept.LONGEST,
        words=words,
        refusal=refusal,
        number=number,
    )


@blueprint.get("/teach/phrases")
@allow("trainer")
def phrases() -> Any:
    """The page."""
    return drawn()


@blueprint.post("/teach/phrases")
@allow("trainer")
def add_phrase() -> Any:
    """Another one."""
    words = request.form.get("words", "")
    try:
        kept.add(asking(), words)
    except Refused as refusal:
        return drawn(words, str(refusal)), refusal.status
    return redirect(url_for("assessment.phrases"), 303)


@blueprint.post("/teach/phrases/<int:number>")
@allow("trainer")
def change_phrase(number: int) -> Any:
    """The same in other words."""
    words = request.form.get("words", "")
    try:
        kept.change(asking(), number, words)
    except Refused as refusal:
        return drawn(words, str(refusal), number), refusal.status
    flash(_("Kept."), "ok")
    return redirect(url_for("assessment.phrases"), 303)


@blueprint.post("/teach/phrases/<int:number>/end")
@allow("trainer")
def remove_phrase(number: int) -> Any:
    """One less."""
    kept.remove(asking(), number)
    flash(_("Deleted."), "ok")
    return redirect(url_for("assessment.phrases"), 303)
