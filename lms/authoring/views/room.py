"""The blueprint, and what every view of the desk asks first."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint

from lms.authoring import desk
from lms.authoring.desk import Draft
from lms.programmes.models import Cohort
from lms.web.access import allow
from lms.web.people import asking, settings

blueprint = Blueprint("authoring", __name__, url_prefix="/teach")

trainers = allow("trainer", "admin")


def own_draft(slug: str) -> Draft:
    """The draft of a course that the asking person may write, or NotFound."""
    return Draft(desk.course(asking(), slug))


def own_cohorts() -> list[Cohort]:
    """The classes that the asking person teaches, those under way first, the newest first."""
    query = Cohort.taught_by(asking())
    return list(query.order_by(Cohort.closed_at.is_null(False), Cohort.starts_on.desc(), Cohort.id.desc()))


def local_day(moment: datetime | None) -> date | None:
    """A moment's day in the installation's zone, for files."""
    return moment and moment.astimezone(settings().zone).date()
