"""What can be done about one person: number, secret, account, roles, a second account. Each its own address."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from lms.accounts import cards, credentials, people, roles
from lms.accounts.models import ROLES, Person
from lms.administration import forms, merging
from lms.administration.scope import Scope
from lms.administration.views.people import person_page
from lms.db import database, utc_now
from lms.errors import Forbidden, Refused
from lms.i18n import _
from lms.web.people import asking, settings


def to_person(person: Person) -> Any:
    """Back to the person's page, or to the list for somebody who is out of sight now."""
    if not Scope.of(asking()).sees(person):
        return redirect(url_for(".people"), 303)
    return redirect(url_for(".person", person_id=person.id), 303)


def change_phone(person_id: int) -> Any:
    """Another number to sign in with."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    form = forms.PhoneForm.posted(phone=person.phone)
    if form.ok():
        try:
            people.change_phone(person, form.phone.data, by=scope.person.id, now=utc_now())
        except Refused as refusal:
            form.phone.errors = [str(refusal)]
        else:
            flash(_("From now on %(name)s signs in with the new number.", name=person.name), "ok")
            return to_person(person)
    page = render_template("administration/phone.html", form=form, person=person)
    return (page, 422) if request.method == "POST" else page


def reset(person_id: int) -> Any:
    """A new PIN as a card to print, or a colleague's new password. Shown this once, and no phone keeps the page."""
    scope = Scope.of(asking())
    person = scope.person_to_reset(person_id)
    now, by = utc_now(), scope.person.id
    home = settings().public_url or request.host_url
    made = {
        "password": credentials.reset_password(person, by=by, now=now) if person.is_staff else None,
        "card": None if person.is_staff else cards.reset_card(person, by=by, now=now, home=home),
    }
    page = make_response(render_template("administration/secret.html", person=person, **made))
    page.headers["Cache-Control"] = "no-store"
    return page


def deactivate(person_id: int) -> Any:
    """Let the person in no more."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    if person == scope.person:
        raise Refused(_("This is your own account. Another administrator can close it."))
    people.deactivate(person, by=scope.person.id, now=utc_now())
    flash(_("The account of %(name)s is closed. All that was learnt is kept.", name=person.name), "ok")
    return to_person(person)


def reactivate(person_id: int) -> Any:
    """Let the person in again."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    people.reactivate(person, by=scope.person.id, now=utc_now())
    flash(_("The account of %(name)s is open again.", name=person.name), "ok")
    return to_person(person)


def grant(person_id: int) -> Any:
    """Give a role within an area."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    form = forms.RoleForm.posted()
    form.place.places = scope.places()
    if not form.ok():
        return person_page(scope, person, form), 422
    if not scope.may_grant(form.kind.data, form.place.code):
        raise Forbidden
    now, by = utc_now(), scope.person.id
    first = not person.is_staff
    roles.grant(person, form.kind.data, form.place.code, by=by, now=now)
    words = _("%(name)s is now: %(role)s.", name=person.name, role=str(ROLES[form.kind.data]))
    if first:
        words += " " + _("Colleagues sign in with a password. Make the first one here.")
    flash(words, "ok")
    return to_person(person)


def revoke(person_id: int, role_id: int) -> Any:
    """Take a role away."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    role = scope.role_to_revoke(person, role_id)
    roles.revoke(role, by=scope.person.id, now=utc_now())
    flash(_("The role is taken away."), "ok")
    return to_person(person)


def merge(person_id: int) -> Any:
    """Make one person of two: type the number of the second account, look at what would happen, confirm."""
    scope = Scope.of(asking())
    kept = scope.person_to_change(person_id)
    form = forms.MergeForm.posted()
    duplicate = second_account(scope, kept, form) if form.ok() else None
    if duplicate and request.form.get("sure") == str(duplicate.id):
        merging.merge(kept, duplicate, by=scope.person.id, now=utc_now(), zone=settings().zone)
        flash(_("The two accounts are one now."), "ok")
        return to_person(kept)
    overlap = merging.overlap(kept, duplicate) if duplicate else None
    page = render_template("administration/merge.html", form=form, person=kept, duplicate=duplicate, overlap=overlap)
    return (page, 422) if request.method == "POST" and not duplicate else page


def second_account(scope: Scope, kept: Person, form: forms.MergeForm) -> Person | None:
    """The person with the typed number, whose account may be changed too; else the form says what is wrong."""
    known = people.by_number(form.phone.data)
    within = known and scope.people().where(Person.id == known.id).first()
    if within is None:
        form.phone.errors = [_("Nobody here has this number.")]
    elif within == kept:
        form.phone.errors = [_("This is the account itself. Type the number of the other one.")]
    elif not scope.may_change(within):
        form.phone.errors = [_("This account is not yours to change. The administrator can make the two one.")]
    else:
        return within
    return None


def erase(person_id: int) -> Any:
    """Forget who this was, when the person asks for it (PIPL article 47) and cannot do it alone."""
    scope = Scope.of(asking())
    person = scope.person_to_change(person_id)
    if person == scope.person or request.form.get("sure") != "yes":
        raise Refused(_("Tick the box to say that you mean it. Your own account you delete under Me."))
    with database.atomic():
        people.erase(person, by=scope.person.id, now=utc_now())
    flash(_("The account is deleted."), "ok")
    return redirect(url_for(".people"), 303)
