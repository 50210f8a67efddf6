"""The first time here: the notice, the age band, the consent. And the notice for everybody to read again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template
from flask_login import current_user

from lms import i18n
from lms.accounts import notice as notices
from lms.accounts import people
from lms.accounts.forms import WelcomeForm
from lms.accounts.models import Person
from lms.accounts.views.doors import leave, onward, shown, wanted
from lms.accounts.views.room import blueprint
from lms.db import utc_now
from lms.web.access import public, signed_in
from lms.web.pages import site
from lms.web.people import asking


@blueprint.route("/welcome", methods=["GET", "POST"])
@signed_in
def welcome() -> Any:
    """Agree to the notice, and only then go on."""
    person = asking()
    if not person.is_invited:
        return redirect(onward())
    form = WelcomeForm.for_person(person)
    if not form.ok():
        return shown("accounts/welcome.html", form, parts=notice_text(), next=wanted())
    try:
        agree(person, form)
    except notices.TooYoung as refusal:
        return turn_away(person, refusal)
    return redirect(onward(), 303)


def agree(person: Person, form: WelcomeForm) -> None:
    """Note what was agreed to."""
    notices.accept(person, form.band or person.age_band, now=utc_now())


def turn_away(person: Person, refusal: notices.TooYoung) -> Any:
    """A child whom somebody entered: keep nothing, and say so kindly."""
    people.erase(person, by=person.id, now=utc_now())
    leave()
    return render_template("accounts/too_young.html", message=str(refusal)), refusal.status


@blueprint.get("/notice")
@public
def notice() -> Any:
    """The notice, to read again at any time, with the way to take the consent back."""
    agreed = current_user.notice_accepted_at if current_user.is_authenticated else None
    return render_template("accounts/notice.html", parts=notice_text(), agreed_at=agreed, version=notices.VERSION)


@blueprint.post("/notice/withdrawal")
@signed_in
def withdraw_consent() -> Any:
    """Take the consent back: signed out everywhere until it is given again."""
    notices.withdraw(asking(), now=utc_now())
    leave()
    return redirect("/", 303)


def notice_text() -> list[notices.Part]:
    """The notice in the reader's language, with the names of this installation."""
    issuer = site().issuer_zh if i18n.language() == "zh" else site().issuer_en or site().issuer_zh
    return notices.text(issuer, site().help_name, site().help_phone)
