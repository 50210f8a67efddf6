"""The compliance sheet: form → review → signature; then a page to print and a PDF."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.practice.scripts import paper, sheets
from lms.practice.scripts.forms import SheetForm
from lms.practice.scripts.models import ComplianceSheet, Script
from lms.practice.scripts.views import blueprint
from lms.practice.scripts.views.coach import own
from lms.web.access import signed_in
from lms.web.forms import tidy
from lms.web.people import asking, settings


@blueprint.get("/practice/scripts/<int:script_id>/sheet")
@signed_in
def sheet(script_id: int) -> Any:
    """The form, with what is known from the last sheet filled in."""
    return form_page(own(script_id), SheetForm(data=beginning(own(script_id))))


def beginning(script: Script) -> dict[str, Any]:
    """What is known already: the last sheet's answers; the day and the boxes are asked anew."""
    known = {name: value for name, value in sheets.last_answers(asking()).items() if name != "live_on"}
    slip = _("I just said that wrong. Right is: … What I said before does not count.")
    return {"host": asking().name, "correction_by": asking().name, "correction": slip, **known, "goods": script.goods}


def form_page(script: Script, form: SheetForm, status: int = 200) -> Any:
    """The form, and what has to be done in the script first."""
    version = script.latest
    checked = sheets.looked_at(script, version, language())
    hinders = sheets.what_hinders(asking(), checked)
    page = render_template("practice/scripts_sheet.html", script=script, version=version, form=form, hinders=hinders)
    return page, status


@blueprint.post("/practice/scripts/<int:script_id>/sheet")
@signed_in
def review_sheet(script_id: int) -> Any:
    """Everything on one page, to be read before it is signed."""
    script, form = own(script_id), SheetForm.posted()
    if not form.ok():
        return form_page(script, form, 422)
    return review_page(script, form)


def review_page(script: Script, form: SheetForm, problem: str = "", status: int = 200) -> Any:
    """The review with the place for the name."""
    version = script.latest
    checked = sheets.looked_at(script, version, language())
    page = render_template(
        "practice/scripts_review.html",
        script=script,
        version=version,
        form=form,
        checked=checked,
        hinders=sheets.what_hinders(asking(), checked),
        client_id=request.form.get("client_id") or secrets.token_urlsafe(12),
        name=request.form.get("name", ""),
        problem=problem,
    )
    return page, status


@blueprint.post("/practice/scripts/<int:script_id>/sheets")
@signed_in
def sign_sheet(script_id: int) -> Any:
    """Sign by name and time."""
    script, form = own(script_id), SheetForm.posted()
    if not form.ok():
        return form_page(script, form, 422)
    mark = request.form.get("mark", "")
    who = {"client_id": request.form.get("client_id", ""), "name": tidy(request.form.get("name"))}
    try:
        made = sheets.sign(script, asking(), form.answers, mark=mark, now=utc_now(), **who)
    except Refused as refusal:
        return review_page(script, form, str(refusal), refusal.status)
    flash(_("Signed. Print it or keep the PDF, and go live."), "ok")
    return redirect(url_for("scripts.signed", sheet_id=made.id), 303)


@blueprint.get("/practice/sheets/<int:sheet_id>")
@signed_in
def signed(sheet_id: int) -> Any:
    """A signed sheet, to read and to print."""
    made = sheets.signed_by(asking(), sheet_id)
    return render_template("practice/scripts_signed.html", sheet=made, script=script_of(made), form=SheetForm())


def script_of(made: ComplianceSheet) -> Script:
    """The script that it was signed for."""
    return made.script_version.script


@blueprint.get("/practice/sheets/<int:sheet_id>.pdf")
@signed_in
def sheet_pdf(sheet_id: int) -> Any:
    """The same as PDF: same sheet, same bytes."""
    made = sheets.signed_by(asking(), sheet_id)
    response = make_response(paper.pdf(made, settings().zone))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="kaibo-shenhe-{made.id}.pdf"'
    return response
