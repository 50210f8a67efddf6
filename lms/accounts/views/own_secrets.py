"""Changing what one signs in with: PIN, password, one-time codes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from flask import Response, redirect, render_template, request, session, url_for
from markupsafe import Markup

from lms.accounts import credentials, keys, sessions, signing_in, totp
from lms.accounts.forms import CodeForm, FirstPinForm, PasswordForm, PinForm, local_path
from lms.accounts.models import Person
from lms.accounts.views.doors import again, this_phone
from lms.accounts.views.room import blueprint, myself
from lms.db import utc_now
from lms.errors import Refused, Wait
from lms.web.access import allow, signed_in
from lms.web.pages import site

# A QR code left open on a desk is worth nothing after a quarter of an hour.
SET_UP_LASTS = 15 * 60


@blueprint.route("/me/pin", methods=["GET", "POST"])
@signed_in
def pin() -> Any:
    """Choose a PIN of one's own. The one that we made need not be typed again: it is on paper."""
    person = myself()
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
        return redirect(later or url_for("accounts.me", saved="pin"), 303)
    return render_template("me/pin.html", form=form, problem=None, first=first, later=later)


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
    person = myself()
    form = PasswordForm.posted()
    shortest = credentials.SHORTEST_WITH_CODE if totp.is_on(person) else credentials.SHORTEST
    if form.ok():
        try:
            change_password(person, form)
        except (Refused, Wait) as problem:
            return again("me/password.html", form, blamed(form, problem), problem, shortest=shortest)
        return redirect(url_for("accounts.me", saved="password"), 303)
    return render_template("me/password.html", form=form, problem=None, shortest=shortest)


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
    person = myself()
    form = CodeForm.posted()
    purpose = f"totp set-up {person.id}"
    secret = keys.unseal(purpose, request.form.get("sealed", ""), seconds=SET_UP_LASTS) or totp.new_secret()
    shown = {"secret": secret, "sealed": keys.seal(purpose, secret), "qr": qr(totp.address(person, secret, issuer()))}
    if not form.ok():
        return private(render_template("me/totp.html", form=form, problem=None, on=totp.is_on(person), **shown))
    try:
        signing_in.confirm(person, credentials.PASSWORD, form.current.data, this_phone(), now=utc_now())
        totp.turn_on(person, secret, form.code.data, now=utc_now())
    except (Refused, Wait) as problem:
        wrong = form.current if isinstance(problem, (signing_in.WrongSecret, Wait)) else form.code
        return private(again("me/totp.html", form, wrong, problem, on=totp.is_on(person), **shown))
    return redirect(url_for("accounts.me", saved="codes"), 303)


def issuer() -> str:
    """What the app on the phone calls this installation. (No colon: it would end the name.)"""
    return f"田播 {site().issuer_zh}".replace(":", " ").strip()


def qr(address: str) -> Markup:
    """The QR code as an inline SVG."""
    image = BytesIO()
    segno.make(address, error="m").save(image, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4)
    return Markup(image.getvalue().decode())


def private(page: str | Response) -> Response:
    """A page that no phone keeps."""
    response = page if isinstance(page, Response) else Response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
