"""How far two judges agree."""

from __future__ import annotations

from typing import Any

from flask import render_template

from lms.assessment import agreeing
from lms.assessment.views import blueprint
from lms.catalogue import reading
from lms.web.access import allow
from lms.web.people import asking


@blueprint.get("/teach/agreement")
@allow("trainer", "manager", "admin")
def agreement() -> Any:
    """By course."""
    rows = [(one, reading.newest(one.course)) for one in agreeing.by_course(asking())]
    return render_template("assessment/agreement.html", rows=rows, enough=agreeing.ENOUGH)
