"""A roster in the browser: choose, look at what would happen, confirm exactly that."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.db import found, utc_now
from lms.errors import Refused
from lms.exchange import faults, forms, previews, roster
from lms.i18n import _, ngettext
from lms.lib import phones
from lms.lib.rosters import Roster
from lms.programmes import memberships
from lms.programmes.models import Area, Cohort, inside
from lms.programmes.places import VILLAGE, with_township
from lms.web import exports, uploads
from lms.web.desks import CHANGE, FORM, Route, desk
from lms.web.forms import in_words
from lms.web.people import asking

LINES_SHOWN = 50
# Numbers that no network gives to anybody, far from those of the demonstration's people.
FIRST_OF_PATTERN = 99_999_990


def reachable(person: Person) -> Any:
    """The open classes that this colleague may import into, the newest first."""
    areas = [""] if person.has_role("admin") else person.areas_as("manager")
    rows = Cohort.within(areas).where(Cohort.closed_at.is_null())
    return rows.order_by(Cohort.self_study, Cohort.starts_on.desc(), Cohort.id.desc())


def upload() -> Any:
    """Choose a class and a file; the preview follows."""
    person = asking()
    if exports.asked():
        return exports.table_response(_("list"), [_("name"), _("phone"), _("place")], pattern(person))
    form = forms.RosterForm.posted(cohort=request.args.get("cohort", type=int))
    form.cohort.choices = in_words((row.id, row.name) for row in reachable(person))
    problem = ""
    if form.ok():
        try:
            return preview(person, form.cohort.data)
        except Refused as refusal:
            problem = str(refusal)
    page = render_template("exchange/upload.html", form=form, problem=problem)
    return (page, 422) if request.method == "POST" else page


def pattern(person: Person) -> list[tuple[str, str, str]]:
    """Two rows to write over: a place of this colleague's own, written as it should be, and none."""
    cohort = reachable(person).first()
    county = memberships.county_of(cohort) if cohort else ""
    village = (
        Area.select()
        .where((Area.level == VILLAGE) & inside(Area.code, [county] if county else []))
        .order_by(Area.code)
        .first()
    )
    numbers = [phones.demo_phone(FIRST_OF_PATTERN + number) for number in range(2)]
    return [("张三", numbers[0], with_township(village.code) if village else ""), ("李四", numbers[1], "")]


def preview(person: Person, cohort_id: int) -> Any:
    """What importing the chosen file would do. Nothing is changed."""
    sent = uploads.sent("roster")
    if sent is None:
        raise Refused(_("Choose a file first."))
    cohort = found(reachable(person).where(Cohort.id == cohort_id))
    planned = roster.plan(faults.read(sent.content, sent.filename), cohort)
    sealed = "" if planned.bad else previews.keep(sent.content, sent.filename, cohort.id, person.id)
    return shown(planned, sent.filename, sealed)


def shown(planned: roster.Plan, filename: str, sealed: str) -> str:
    """The preview page."""
    told = [entry for entry in planned.entries if entry.what != roster.KNOWN]
    return render_template(
        "exchange/preview.html",
        planned=planned,
        filename=filename,
        sealed=sealed,
        told=told[:LINES_SHOWN],
        more=max(0, len(told) - LINES_SHOWN),
        words=kind_words(),
    )


def kind_words() -> dict[str, str]:
    """What happens to a row, in words."""
    return {
        roster.NEW: _("new"),
        roster.JOINING: _("known, joins this class"),
        roster.CHANGED: _("known, name or place changes"),
        roster.KNOWN: _("nothing to do"),
    }


def confirm() -> Any:
    """Import exactly what was shown."""
    person = asking()
    facts, content = previews.shown(request.form.get("preview", ""), person.id)
    cohort = found(reachable(person).where(Cohort.id == facts.cohort_id))
    read: Roster = faults.read(content, facts.filename)
    try:
        done = roster.import_roster(read, cohort, by=person.id, now=utc_now())
    except Refused as refusal:
        flash(str(refusal), "err")
        return shown(roster.plan(read, cohort), facts.filename, ""), 422
    count = sum(entry.what != roster.KNOWN for entry in done.entries)
    flash(ngettext("%(num)d person imported.", "%(num)d people imported.", count), "ok")
    desk_name = "administration" if request.blueprint == rosters.name else "management"
    return redirect(url_for(f"{desk_name}.cohort", cohort_id=cohort.id), 303)


ROUTES = [
    Route("/import", "upload", upload, FORM),
    Route("/import/confirmation", "confirm", confirm, CHANGE),
]
rosters = desk("rosters", "/admin", ("admin",), ROUTES)
area_rosters = desk("area_rosters", "/manage", ("manager", "admin"), ROUTES)
