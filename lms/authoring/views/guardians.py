"""A guardian's signed paper for a trainee of 16 or 17, noted by the trainer who holds it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts import ages
from lms.accounts.forms import PaperConsentForm
from lms.accounts.models import RELATIONS
from lms.authoring.views.members import own_member
from lms.authoring.views.room import blueprint, trainers
from lms.db import utc_now
from lms.errors import NotFound
from lms.i18n import _
from lms.programmes.models import Membership
from lms.web.people import asking


@blueprint.route("/cohorts/<int:cohort_id>/people/<int:member_id>/guardian", methods=["GET", "POST"])
@trainers
def guardian(cohort_id: int, member_id: int) -> Any:
    """Note the paper, or see what is noted. At any other age the page says the same, so that it tells nobody's age."""
    membership, form = present(cohort_id, member_id), PaperConsentForm.posted()
    person = membership.person
    if form.ok():
        ages.guardian_agrees(person, form.name.data, form.relation.data, by=asking().id, now=utc_now())
        flash(_("Noted: the guardian of %(name)s agrees.", name=person.name), "ok")
        return redirect(url_for("authoring.member", cohort_id=cohort_id, member_id=member_id), 303)
    page = render_template(
        "authoring/guardian.html",
        membership=membership,
        cohort=membership.cohort,
        form=form,
        given=ages.guardian_of(person),
        asked=person.age_band == ages.NEEDS_GUARDIAN,
        relations=RELATIONS,
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/cohorts/<int:cohort_id>/people/<int:member_id>/guardian/withdrawal")
@trainers
def withdraw_guardian(cohort_id: int, member_id: int) -> Any:
    """Note that the guardian takes it back."""
    membership = present(cohort_id, member_id)
    ages.guardian_withdraws(membership.person, by=asking().id, now=utc_now())
    flash(_("The guardian's consent is taken back."), "ok")
    return redirect(url_for("authoring.member", cohort_id=cohort_id, member_id=member_id), 303)


def present(cohort_id: int, member_id: int) -> Membership:
    """A member of a class that the asking person teaches who has not left it, or NotFound."""
    membership = own_member(cohort_id, member_id)
    if membership.left_at:
        raise NotFound
    return membership
