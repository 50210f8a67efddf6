"""Which help somebody gets: that of their own work."""

from __future__ import annotations

from flask import render_template, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from lms.accounts.models import Person

# Role → the endpoint that helps; help that a desk has of its own stays at the desk.
DESKS = {"trainer": "authoring.help_page", "manager": "reports.help"}


def of(person: Person | None) -> Response | str:
    """The page of help for this person; visitors get that of trainees."""
    if person is None or not person.is_staff:
        return render_template("help/trainee.html")
    if person.has_role("admin"):
        return render_template("help/admin.html", desks=[role for role in DESKS if person.has_role(role)])
    endpoint = next((endpoint for role, endpoint in DESKS.items() if person.has_role(role)), None)
    return redirect(url_for(endpoint)) if endpoint else render_template("help/trainee.html")
