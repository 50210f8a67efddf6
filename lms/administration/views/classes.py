"""What can be done about a person's classes: join, leave, come back, transfer."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from lms.administration import forms
from lms.administration.scope import Scope
from lms.administration.transferring import transfer as transfer_member
from lms.administration.views.deeds import to_person
from lms.db import database, utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.learning import enrolling
from lms.programmes import memberships
from lms.programmes.models import Cohort
from lms.web.forms import in_words
from lms.web.people import asking, settings


def join(person_id: int) -> Any:
    """Choose a class for somebody and put them into it."""
    scope = Scope.of(asking())
    person = scope.find_person(person_id)
    form = forms.ClassForm.posted()
    form.cohort.choices = in_words(forms.classes(scope.cohorts()))
    if form.ok():
        cohort = scope.find_cohort(form.cohort.data)
        put_in(cohort, person, by=scope.person.id)
        flash(_("%(name)s is in %(cohort)s.", name=person.name, cohort=cohort.name), "ok")
        return to_person(person)
    page = render_template("administration/join.html", form=form, person=person)
    return (page, 422) if request.method == "POST" else page


def put_in(cohort: Cohort, person: Any, *, by: int) -> None:
    """Make the person a member; enrolled at once, or when they have accepted the notice."""
    now = utc_now()
    with database.atomic():
        enrolling.hold_courses([cohort.id])
        membership = memberships.join(cohort, person, now=now, how="desk", by=by)
        if not person.is_invited:
            enrolling.enrol(membership, now=now)


def leave(person_id: int, membership_id: int) -> Any:
    """Note that the person left the class."""
    scope = Scope.of(asking())
    person = scope.find_person(person_id)
    membership = scope.find_membership(person, membership_id)
    now = utc_now()
    with database.atomic():
        enrolling.leave(membership, now=now)
        memberships.leave(membership, now=now, by=scope.person.id)
    flash(_("%(name)s has left %(cohort)s.", name=person.name, cohort=membership.cohort.name), "ok")
    return to_person(person)


def come_back(person_id: int, membership_id: int) -> Any:
    """Bring the person back into the class, where they left off."""
    scope = Scope.of(asking())
    person = scope.find_person(person_id)
    membership = scope.find_membership(person, membership_id)
    put_in(membership.cohort, person, by=scope.person.id)
    flash(_("%(name)s is in %(cohort)s.", name=person.name, cohort=membership.cohort.name), "ok")
    return to_person(person)


def transfer(person_id: int, membership_id: int) -> Any:
    """Move the person to another class with what is under way."""
    scope = Scope.of(asking())
    person = scope.find_person(person_id)
    membership = scope.find_membership(person, membership_id)
    form = forms.ClassForm.posted()
    others = scope.cohorts().where(Cohort.id != membership.cohort_id)
    form.cohort.choices = in_words(forms.classes(others))
    if form.ok():
        to = scope.find_cohort(form.cohort.data)
        try:
            transfer_member(membership, to, by=scope.person.id, now=utc_now(), zone=settings().zone)
        except Refused as refusal:
            form.cohort.errors = [str(refusal)]
        else:
            flash(_("%(name)s is in %(cohort)s.", name=person.name, cohort=to.name), "ok")
            return to_person(person)
    page = render_template("administration/transfer.html", form=form, person=person, membership=membership)
    return (page, 422) if request.method == "POST" else page
