"""People: the list, one person, entering somebody."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms import audit
from lms.accounts import people
from lms.accounts.models import GROUPS, ROLES, Person
from lms.administration import finding, forms
from lms.administration.scope import Scope
from lms.administration.standing import classes_of
from lms.assessment import results, wording
from lms.db import database, utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.learning import enrolling
from lms.programmes import areas, memberships
from lms.web import exports, paging
from lms.web.forms import in_words
from lms.web.people import asking

# Lists are cut here: a spreadsheet of a whole province opens nowhere.
MOST_ROWS = 100_000


def listing() -> Any:
    """The people within reach, narrowed by what is asked for; or the same as a file."""
    scope, search = Scope.of(asking()), finding.Search.of(request.args)
    people_found = search.people(scope)
    if exports.asked():
        return export(people_found, scope, search)
    page = paging.page(people_found)
    return render_template(
        "administration/people.html",
        page=page,
        lines=finding.lines(page.rows, language()),
        search=search,
        kinds=finding.KINDS,
        states=finding.STATES,
        role_words=ROLES,
        cohort=scope.find_cohort(search.cohort) if search.cohort else None,
        area=areas.named(search.area, language()) if search.area else "",
    )


def export(people_found: Any, scope: Scope, search: finding.Search) -> Any:
    """The list as a file, which the trail remembers: it holds phone numbers."""
    rows = list(people_found.limit(MOST_ROWS))
    by, detail = scope.person, {"rows": len(rows), "areas": list(scope.areas), **search.told()}
    audit.record("people.exported", by, by=by.id, detail=detail, now=utc_now())
    header = [_("Name"), _("Phone"), _("Place"), _("Area code"), _("Roles"), _("Classes"), _("Group"), _("State")]
    return exports.table_response(_("people"), header, (cells(line) for line in finding.lines(rows, language())))


def cells(line: finding.Line) -> list[str]:
    """One row of the file."""
    person = line.person
    state = _("Account closed") if person.deactivated_at else _("Invited, not come yet") if person.is_invited else ""
    roles = [str(ROLES[kind]) for kind in line.roles]
    group = str(GROUPS.get(person.group, _("not said")))
    return [
        person.name, person.phone or "", line.place, person.area_code, ", ".join(roles), ", ".join(line.classes), group,
        state,
    ]  # fmt: skip


def new() -> Any:
    """Enter somebody: they are invited, and see the notice when they first sign in."""
    scope = Scope.of(asking())
    form = forms.NewPersonForm.posted()
    form.place.places = scope.places()
    form.cohort.choices = in_words([(0, _("None for now")), *forms.classes(scope.cohorts())])
    if form.ok():
        try:
            person = enter(scope, form)
        except Refused as refusal:
            form.phone.errors = [str(refusal)]
        else:
            flash(_("%(name)s is entered. Print a card, or make a PIN here.", name=person.name), "ok")
            return redirect(url_for(".person", person_id=person.id), 303)
    page = render_template("administration/new_person.html", form=form)
    return (page, 422) if request.method == "POST" else page


def enter(scope: Scope, form: forms.NewPersonForm) -> Person:
    """The new person, in the chosen class. A manager's people live within the manager's areas."""
    now, by = utc_now(), scope.person.id
    cohort = scope.find_cohort(form.cohort.data) if form.cohort.data else None
    home = form.place.code or (cohort.area_id if cohort else "" if scope.is_whole else scope.areas[0])
    with database.atomic():
        person = people.create(form.name.data, form.phone.data, by=by, now=now, area_code=home)
        if cohort:
            memberships.join(cohort, person, now=now, how="desk", by=by)
    return person


def person(person_id: int) -> Any:
    """One person: who they are here, their roles and classes, and what can be done."""
    scope = Scope.of(asking())
    return person_page(scope, scope.find_person(person_id))


def person_page(scope: Scope, found: Person, role: forms.RoleForm | None = None) -> str:
    """The person's page, with the form for a role as it stands."""
    classes = classes_of(found, scope)
    return render_template(
        "administration/person.html",
        person=found,
        role_form=role or forms.RoleForm(),
        place=areas.named(found.area_code, language()),
        group=GROUPS.get(found.group),
        role_words=ROLES,
        role_places={role.id: areas.named(role.area_code, language()) for role in found.roles if role.kind != "admin"},
        grantable=[kind for kind in ROLES if scope.person.has_role("admin") or kind == "trainer"],
        classes=classes,
        open_works=results.open_to(scope.person, [enrolment for one in classes for _title, enrolment in one.courses]),
        state_of=wording.state_of,
        may_change=scope.may_change(found),
        may_reset=scope.may_reset(found),
        outranked=scope.outranks(found),
        is_self=found == scope.person,
    )


def edit(person_id: int) -> Any:
    """Name and place."""
    scope = Scope.of(asking())
    found = scope.person_to_change(person_id)
    form = forms.PersonForm.posted(name=found.name, place=found.area_code)
    form.place.places = scope.places()
    if form.ok():
        now, by = utc_now(), scope.person.id
        with database.atomic():
            if form.name.data != found.name:
                people.rename(found, form.name.data, by=by, now=now)
            if form.place.code and form.place.code != found.area_code:
                people.move(found, form.place.code, by=by, now=now)
        flash(_("Kept."), "ok")
        return redirect(url_for(".person", person_id=found.id), 303)
    page = render_template("administration/edit_person.html", form=form, person=found)
    return (page, 422) if request.method == "POST" else page


def enrol_if_accepted(membership: Any, now: Any) -> None:
    """Enrol a member who has accepted the notice; who has not is enrolled when they do."""
    if not membership.person.is_invited:
        enrolling.enrol(membership, now=now)
