"""Changing what one signs in with: PIN, password, one-time codes."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, request, session, url_for

from lms.accounts import cards, credentials, keys, sessions, signing_in, totp
from lms.accounts.forms import CodeForm, FirstPinForm, PasswordForm, PinForm, local_path
from lms.accounts.models import Person
from lms.accounts.views.doors import advise_colleague, again, shown, this_phone
from lms.accounts.views.room import blueprint
from lms.db import utc_now
from lms.errors import Refused, Wait
from lms.i18n import _
from lms.web.access import allow, signed_in
from lms.web.people import asking

# A QR code left open on a desk is worth nothing after a quarter of an hour.
SET_UP_LASTS = 15 * 60


@blueprint.route("/me/pin", methods=["GET", "POST"])
@signed_in
def pin() -> Any:
    """Choose a PIN of one's own. The one that we made need not be typed again: it is on paper."""
    person = asking()
    if person.is_staff:
        return redirect(url_for("accounts.password"))
    first = credentials.has_first(person, credentials.PIN)
    form = (FirstPinForm if first else PinForm).posted()
    later = local_path(request.args.get("next"))
    if form.ok():
        try:
            change_pin(person, form, first)
        except (Refused, Wait) as problem:
            return again("me/pin.html", form, blamed(form, problem), problem, first=first, later=later)
        session.pop("first_pin", None)
        flash(_("Your new PIN holds from now on."), "ok")
        return redirect(later or url_for("accounts.me"), 303)
    return shown("me/pin.html", form, first=first, later=later)


def change_pin(person: Person, form: FirstPinForm | PinForm, first: bool) -> None:
    """The new PIN, once the old one was right; the other phones are signed out."""
    now = utc_now()
    if not first:
        signing_in.confirm(person, credentials.PIN, form.current.data, this_phone(), now=now)
    credentials.choose_pin(person, form.new.data, now=now)
    sessions.end_all(person, by=person.id, now=now, but=person.session_token)


@blueprint.route("/me/password", methods=["GET", "POST"])
@allow("trainer", "manager", "admin")
def password() -> Any:
    """Choose another password."""
    person = asking()
    form = PasswordForm.posted()
    shortest = credentials.SHORTEST_WITH_CODE if totp.is_on(person) else credentials.SHORTEST
    if form.ok():
        try:
            change_password(person, form)
        except (Refused, Wait) as problem:
            return again("me/password.html", form, blamed(form, problem), problem, advise_colleague, shortest=shortest)
        flash(_("Your new password holds from now on."), "ok")
        return redirect(url_for("accounts.me"), 303)
    return shown("me/password.html", form, shortest=shortest)


def change_password(person: Person, form: PasswordForm) -> None:
    """The new password, once the old one was right; the other phones are signed out."""
    now = utc_now()
    signing_in.confirm(person, credentials.PASSWORD, form.current.data, this_phone(), now=now)
    credentials.set_password(person, form.new.data, by=person.id, now=now)
    sessions.end_all(person, by=person.id, now=now, but=person.session_token)


def blamed(form: Any, problem: Exception) -> Any:
    """The field that the problem is about: the secret of now when that was wrong, else the new one."""
    return form.current if isinstance(problem, (signing_in.WrongSecret, Wait)) else form.new


@blueprint.route("/me/totp", methods=["GET", "POST"])
@allow("trainer", "manager", "admin")
def codes() -> Any:
    """Set up one-time codes: scan, type the first one. Doing it again puts another phone in place of the one before."""
    person = asking()
    form = CodeForm.posted()
    purpose = f"totp set-up {person.id}"
    secret = keys.unseal(purpose, request.form.get("sealed", ""), seconds=SET_UP_LASTS) or totp.new_secret()
    set_up = {
        "secret": secret,
        "sealed": keys.seal(purpose, secret),
        "qr": cards.qr_code(totp.address(person, secret)),
    }
    if not form.ok():
        return private(shown("me/totp.html", form, on=totp.is_on(person), **set_up))
    try:
        signing_in.confirm(person, credentials.PASSWORD, form.current.data, this_phone(), now=utc_now())
        totp.turn_on(person, secret, form.code.data, now=utc_now())
    except (Refused, Wait) as problem:
        wrong = form.current if isinstance(problem, (signing_in.WrongSecret, Wait)) else form.code
        return private(again("me/totp.html", form, wrong, problem, on=totp.is_on(person), **set_up))
    flash(_("Codes are on. From now on signing in asks for one."), "ok")
    return redirect(url_for("accounts.me"), 303)


def private(page: tuple[str, int] | Response) -> Response:
    """A page that no phone keeps."""
    response = current_app.make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
