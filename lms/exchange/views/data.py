"""/me/data: look at what is kept, take it along, delete the account."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template

from lms.accounts import credentials, people, signing_in
from lms.accounts.views.doors import leave, this_phone
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Refused, Wait
from lms.exchange import forms, mydata
from lms.exchange import readme as readme_file
from lms.i18n import _
from lms.learning.models import Enrolment, Event
from lms.web import exports
from lms.web.access import signed_in
from lms.web.people import asking

blueprint = Blueprint("my_data", __name__, url_prefix="/me/data")


@blueprint.get("")
@signed_in
def home() -> Any:
    """What is kept, in a few numbers, and the ways on."""
    return overview(forms.DeletionForm.posted())


def overview(form: forms.DeletionForm, problem: str = "") -> str:
    """The page."""
    person = asking()
    if person.is_staff:
        form.secret.label.text = _("Your password")
    certificates = Certificate.select().join(Enrolment).where(Enrolment.person == person)
    return render_template(
        "exchange/my_data.html",
        form=form,
        problem=problem,
        answers=Event.select().where(Event.person == person).count(),
        certificates=[row.number for row in certificates.order_by(Certificate.id)],
    )


@blueprint.get("/everything.json")
@signed_in
def everything() -> Any:
    """All that is kept, as JSON."""
    text = json.dumps(mydata.everything(asking()), ensure_ascii=False, indent=1)
    response = Response(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="fieldcast.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/README.txt")
@signed_in
def readme() -> Any:
    """What the words in the files mean, in both languages."""
    response = Response("\ufeff" + readme_file.text(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="README.txt"'
    return response


@blueprint.get("/answers.csv")
@signed_in
def answers() -> Any:
    """The answers as a table."""
    rows = (list(answer.values()) for answer in mydata.answers(asking()))
    return exports.table_response(_("my answers"), mydata.ANSWER_HEADINGS, rows, "csv")


@blueprint.post("/deletion")
@signed_in
def delete() -> Any:
    """Delete the account of whoever asks, who proves by PIN or password that it is they."""
    person = asking()
    form = forms.DeletionForm.posted()
    if not form.ok():
        return overview(form), 422
    kind = credentials.PASSWORD if person.is_staff else credentials.PIN
    now = utc_now()
    try:
        signing_in.confirm(person, kind, form.secret.data, this_phone(), now=now)
        people.erase(person, by=person.id, now=now)
    except (Refused, Wait) as problem:
        form.secret.errors = [str(problem) or _("Wait a little, then try again.")]
        return overview(form), problem.status
    leave()
    return render_template("exchange/deleted.html")
