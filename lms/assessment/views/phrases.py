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


@blueprint.get("/teach/phrases")
@allow("trainer")
def phrases() -> Any:
    """All of mine."""
    return render_template("assessment/phrases.html", phrases=kept.of(asking()), longest=kept.LONGEST)


@blueprint.post("/teach/phrases")
@allow("trainer")
def add_phrase() -> Any:
    """Another one."""
    try:
        kept.add(asking(), request.form.get("words", ""))
    except Refused as refusal:
        flash(str(refusal), "err")
    return redirect(url_for("assessment.phrases"), 303)


@blueprint.post("/teach/phrases/<int:number>/end")
@allow("trainer")
def remove_phrase(number: int) -> Any:
    """One less."""
    kept.remove(asking(), number)
    flash(_("Deleted."), "ok")
    return redirect(url_for("assessment.phrases"), 303)
