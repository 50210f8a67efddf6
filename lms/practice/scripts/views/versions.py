"""A script's history: every version, what changed, and the way back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template

from lms.db import utc_now
from lms.i18n import _
from lms.lib import diffs
from lms.practice.scripts import writing
from lms.practice.scripts.models import ScriptVersion
from lms.practice.scripts.views import blueprint
from lms.practice.scripts.views.coach import here, own
from lms.web.access import signed_in
from lms.web.paging import page


@blueprint.get("/practice/scripts/<int:script_id>/versions")
@signed_in
def versions(script_id: int) -> Any:
    """All versions, the newest first."""
    script = own(script_id)
    listed = page(script.versions.order_by(ScriptVersion.number.desc()))
    return render_template("practice/scripts_versions.html", script=script, listed=listed, latest=script.latest)


@blueprint.get("/practice/scripts/<int:script_id>/versions/<int:number>")
@signed_in
def version(script_id: int, number: int) -> Any:
    """What changed from a version to the one that stands now."""
    script = own(script_id)
    old, latest = writing.version_of(script, number), script.latest
    return render_template(
        "practice/scripts_version.html", script=script, old=old, latest=latest, rows=diffs.lines(old.text, latest.text)
    )


@blueprint.post("/practice/scripts/<int:script_id>/versions/<int:number>/restoration")
@signed_in
def restore(script_id: int, number: int) -> Any:
    """Go on with an older version; the newer ones stay."""
    script = own(script_id)
    writing.restore(script, number, now=utc_now())
    flash(_("Version %(number)d is the text again. The newer ones are kept too.", number=number), "ok")
    return redirect(here(script_id), 303)
