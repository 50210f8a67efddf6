"""我的: everything about oneself, and how the pages look on this phone."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import ages, credentials, notice, sessions, totp
from lms.accounts.forms import GroupForm, GuardianForm, local_path
from lms.accounts.models import GROUPS, RELATIONS, Person
from lms.accounts.views.doors import KEPT, shown
from lms.accounts.views.room import blueprint
from lms.db import utc_now
from lms.i18n import _
from lms.lib import phones
from lms.web import preferences
from lms.web.access import public, signed_in
from lms.web.people import asking


@blueprint.get("/me")
@signed_in
def me() -> Any:
    """The start of 我的."""
    person = asking()
    return render_template(
        "me/home.html",
        phone=phones.mask(person.phone or ""),
        phones_open=sessions.open_for(person, now=utc_now()).count(),
        first_pin=not person.is_staff and credentials.has_first(person, credentials.PIN),
        codes_on=person.is_staff and totp.is_on(person),
        group=GROUPS.get(person.group),
        asks_guardian=person.age_band == ages.NEEDS_GUARDIAN,
        guardian=ages.guardian_of(person),
    )


@blueprint.post("/me/preferences", endpoint="preferences")
@public
def keep_preferences() -> Any:
    """Language, theme, text size, saver: on this phone, and with the account if there is one. Needs no sign-in."""
    chosen = {name: value for name, value in request.form.items() if value in preferences.CHOICES.get(name, ())}
    if current_user.is_authenticated:
        keep_with_account(asking(), chosen)
    response = redirect(local_path(request.form.get("next")) or "/", 303)
    for name, value in chosen.items():
        preferences.keep(response, name, value)
    return response


def keep_with_account(person: Person, chosen: dict[str, str]) -> None:
    """Bring the choice along to the next phone."""
    kept = {KEPT[name]: value for name, value in chosen.items() if name in KEPT}
    for column, value in kept.items():
        setattr(person, column, value)
    if kept:
        person.save()


@blueprint.route("/me/group", methods=["GET", "POST"])
@signed_in
def group() -> Any:
    """Say one's group, with a consent of its own."""
    person = asking()
    form = GroupForm.posted(group=person.group or None)
    if not form.ok():
        return shown("me/group.html", form, said=GROUPS.get(person.group))
    notice.say_group(person, form.group.data, now=utc_now())
    flash(_("Your group is kept."), "ok")
    return redirect(url_for("accounts.me"), 303)


@blueprint.post("/me/group/withdrawal")
@signed_in
def withdraw_group() -> Any:
    """Take it back."""
    notice.withdraw_group(asking(), now=utc_now())
    flash(_("Your group is gone."), "ok")
    return redirect(url_for("accounts.me"), 303)


@blueprint.route("/me/guardian", methods=["GET", "POST"])
@signed_in
def guardian() -> Any:
    """At 16 and 17: the guardian, sitting beside the trainee, agrees that they go live."""
    person, onto = asking(), local_path(request.args.get("next"))
    if person.age_band != ages.NEEDS_GUARDIAN:
        return redirect(url_for("accounts.me"))
    form = GuardianForm.posted()
    if not form.ok():
        given = ages.guardian_of(person)
        return shown("me/guardian.html", form, given=given, relations=RELATIONS, next=onto)
    ages.guardian_agrees(person, form.name.data, form.relation.data, by=person.id, now=utc_now())
    flash(_("Noted: your guardian agrees."), "ok")
    return redirect(onto or url_for("accounts.me"), 303)


@blueprint.post("/me/guardian/withdrawal")
@signed_in
def withdraw_guardian() -> Any:
    """The guardian takes it back."""
    person = asking()
    ages.guardian_withdraws(person, by=person.id, now=utc_now())
    flash(_("Your guardian's consent is taken back."), "ok")
    return redirect(url_for("accounts.me"), 303)


@blueprint.get("/me/phones")
@signed_in
def my_phones() -> Any:
    """Where this person is signed in."""
    person = asking()
    here = sessions.hashed(person.session_token)
    return render_template("me/phones.html", sessions=list(sessions.open_for(person, now=utc_now())), here=here)


@blueprint.post("/me/phones/sign-out")
@signed_in
def sign_out_others() -> Any:
    """Sign out on every phone but this one."""
    person = asking()
    sessions.end_all(person, by=person.id, now=utc_now(), but=person.session_token)
    flash(_("The other phones are signed out."), "ok")
    return redirect(url_for("accounts.me"), 303)
