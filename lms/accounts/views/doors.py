"""In and out: sign-in by PIN, by card and by password; sign-out; what to do about a forgotten PIN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from lms.accounts import cards, credentials, sessions, signing_in, tries
from lms.accounts.forms import CardForm, SignInForm, StaffForm, local_path
from lms.accounts.models import Person
from lms.accounts.signing_in import LetOut, Phone, UnknownNumber, WrongSecret
from lms.accounts.views.room import blueprint
from lms.db import utc_now
from lms.errors import FieldcastError, Wait
from lms.i18n import _, ngettext
from lms.lib import phones
from lms.web import preferences
from lms.web.access import public
from lms.web.forms import Form
from lms.web.pages import site

NOT_YET = (Wait, WrongSecret, UnknownNumber, LetOut)
PHONE_COOKIE = "phone"
PHONE_LASTS = 400 * 24 * 3600
KEPT = {"lang": "language", "theme": "theme", "text": "text_size", "saver": "saver"}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Mobile number and PIN."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward())
    form = SignInForm.posted()
    if not form.ok():
        return shown("accounts/sign_in.html", form, next=wanted())
    try:
        person = signing_in.with_pin(form.phone.data, form.pin.data, this_phone(), now=utc_now())
    except NOT_YET as problem:
        field = form.phone if isinstance(problem, UnknownNumber) else form.pin
        return again("accounts/sign_in.html", form, field, problem, next=wanted())
    return enter(person)


@blueprint.route("/sign-in/staff", methods=["GET", "POST"])
@public
def staff_sign_in() -> Any:
    """Mobile number, password and, where it is set up, a one-time code."""
    if request.method == "GET" and current_user.is_authenticated and current_user.is_staff:
        return redirect(onward())
    form = StaffForm.posted()
    if not form.ok():
        return shown("accounts/staff_sign_in.html", form, next=wanted())
    try:
        given = (form.phone.data, form.password.data, form.code.data or "")
        person = signing_in.with_password(*given, this_phone(), now=utc_now())
    except NOT_YET as problem:
        return again("accounts/staff_sign_in.html", form, form.password, problem, advise_colleague, next=wanted())
    return enter(person)


@blueprint.route("/c/<token>", methods=["GET", "POST"])
@public
def card(token: str) -> Any:
    """The printed card: it says who, and asks for the PIN."""
    person = cards.find(token)
    if request.method == "GET" and current_user == person:
        return redirect(onward())
    form = CardForm.posted()
    who = {"phone": phones.mask(person.phone or ""), "last": person.name[-1:], "token": token}
    if not form.ok():
        return shown("accounts/card.html", form, who=who)
    try:
        signing_in.with_card(person, form.pin.data, this_phone(), now=utc_now())
    except NOT_YET as problem:
        return again("accounts/card.html", form, form.pin, problem, who=who)
    return enter(person)


@blueprint.get("/sign-in/forgot")
@public
def forgot() -> Any:
    """What to do about a forgotten PIN."""
    return render_template("accounts/forgot.html")


@blueprint.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> Any:
    """用完退出: ask, then end this phone's session."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"))
    if request.method == "GET":
        return render_template("accounts/sign_out.html")
    leave()
    return redirect(url_for("accounts.sign_in"), 303)


def leave() -> None:
    """End the session of this phone."""
    sessions.end(current_user.session_token, now=utc_now())
    logout_user()
    session.clear()


def enter(person: Person, onto: str | None = None) -> Response:
    """Open a new session for the person on this phone, and go on. Nothing of an earlier session is left, so that one
    planted before the sign-in is worth nothing after it."""
    now = utc_now()
    if current_user.is_authenticated:
        leave()
    session.clear()
    session.permanent = True
    token = sessions.phone_token(request.cookies.get(PHONE_COOKIE, "")[:100])
    person.session_token = sessions.begin(person, token, now=now)
    login_user(person)
    note_first_pin(person)
    tries.forget_old(now=now)
    response = redirect(onto or onward(), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(PHONE_COOKIE, token, max_age=PHONE_LASTS, samesite="Lax", httponly=True, secure=secure)
    return bring_preferences(response, person)


def note_first_pin(person: Person) -> None:
    """Note for the next visit that the PIN is still the one that we made; at once when this is the second time."""
    if not person.is_staff and credentials.has_first(person, credentials.PIN):
        session["first_pin"] = "ask" if person.sessions.count() > 1 else "later"


def bring_preferences(response: Response, person: Person) -> Response:
    """What the person chose on another phone holds on this one too."""
    for cookie, column in KEPT.items():
        preferences.keep(response, cookie, getattr(person, column))
    return response


def this_phone() -> Phone:
    """The phone that this request comes from."""
    return Phone(address=request.remote_addr or "", token=request.cookies.get(PHONE_COOKIE, "")[:100])


def onward() -> str:
    """Where to go on to: the page that was asked for, else Today (which sends colleagues to their desk)."""
    return wanted() or url_for("today.home")


def wanted() -> str | None:
    """The page of this site that was asked for before the sign-in came between."""
    return local_path(request.args.get("next"))


def shown(template: str, form: Form, **values: Any) -> tuple[str, int]:
    """A form to fill in, or with what is to be mended in it."""
    return render_template(template, form=form, problem=None, **values), 422 if form.errors else 200


def again(
    template: str,
    form: Form,
    field: Any,
    problem: FieldcastError,
    advise: Callable[[FieldcastError], str] | None = None,
    **values: Any,
) -> Response:
    """The form once more, with what was typed (but no secret), the reason by its field, and what to do above it, in the
    words of `advise` (a trainee's unless told)."""
    field.errors = [*field.errors, in_words(problem)]
    told = {"fact": in_words(problem), "advice": (advise or advice)(problem)}
    response = current_app.make_response((render_template(template, form=form, problem=told, **values), problem.status))
    if isinstance(problem, Wait):
        response.headers["Retry-After"] = str(problem.seconds)
    return response


def in_words(problem: FieldcastError) -> str:
    """The fact."""
    if not isinstance(problem, Wait):
        return str(problem.message)
    if problem.seconds < 60:
        return ngettext(
            "Wait %(num)d second, then try again.", "Wait %(num)d seconds, then try again.", problem.seconds
        )
    minutes = -(-problem.seconds // 60)
    return ngettext("Wait %(num)d minute, then try again.", "Wait %(num)d minutes, then try again.", minutes)


def advice(problem: FieldcastError) -> str:
    """What to do now."""
    if isinstance(problem, Wait):
        return hurry()
    if isinstance(problem, WrongSecret) and 0 < problem.left <= 3:
        return ngettext(
            "You can try %(num)d more time before a short wait. Forgotten? Your trainer gives you a new one at once.",
            "You can try %(num)d more times before a short wait. Forgotten? Your trainer gives you a new one at once.",
            problem.left,
        )
    if isinstance(problem, WrongSecret):
        return _("Forgotten? Your trainer gives you a new one at once.")
    return ""


def advise_colleague(problem: FieldcastError) -> str:
    """What a trainer, manager or administrator does now: their passwords are an administrator's matter."""
    if isinstance(problem, WrongSecret) and 0 < problem.left <= 3:
        return ngettext(
            "You can try %(num)d more time before a short wait. Forgotten? An administrator gives you a new password.",
            "You can try %(num)d more times before a short wait. Forgotten? An administrator gives you a new password.",
            problem.left,
        )
    if isinstance(problem, (Wait, WrongSecret)):
        return _("Forgotten? An administrator gives you a new password.")
    return ""


def hurry() -> str:
    """Whom to ring when waiting is too long."""
    name, phone = site().help_name, site().help_phone
    if name and phone:
        return _("In a hurry? Call %(name)s for a new PIN: %(phone)s.", name=name, phone=phone)
    if name:
        return _("In a hurry? Call %(name)s for a new PIN.", name=name)
    return _("In a hurry? Your trainer gives you a new PIN at once.")
