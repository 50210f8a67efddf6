"""The register of certificates for those who answer for them: correct, replace, revoke; each is looked at first."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts import roles
from lms.accounts.models import Person
from lms.certificates import issuing
from lms.certificates.forms import CorrectionForm, ReplacementForm, RevocationForm
from lms.certificates.models import Certificate, CertificateChange
from lms.certificates.views.room import blueprint, seen_by, today
from lms.db import found, utc_now
from lms.i18n import _
from lms.learning.models import Enrolment
from lms.lib import certificate_numbers
from lms.web import exports
from lms.web.access import allow
from lms.web.forms import Form
from lms.web.paging import page
from lms.web.people import asking


@blueprint.get("/manage/certificates")
@allow("trainer", "manager", "admin")
def register() -> Any:
    """The register of certificates that this person answers for."""
    wanted = request.args.get("q", "").strip()
    query = seen_by(asking())
    if wanted:
        number = certificate_numbers.normalise(wanted)
        query = query.where((Certificate.number == number) | Person.name.contains(wanted))
    query = query.order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    if request.args.get("format"):
        return exports.table_response(_("Certificates"), HEADER, map(row, query), request.args["format"])
    listed = page(query)
    statuses = {certificate.id: issuing.status(certificate, today()) for certificate in listed.rows}
    return render_template("certificates/register.html", listed=listed, statuses=statuses, wanted=wanted)


HEADER = ["number", "name", "course", "version", "issued_on", "expires_on", "status"]


def row(certificate: Certificate) -> list[str]:
    """A line of the register's export."""
    facts = certificate.facts
    return [
        facts.number,
        facts.name,
        facts.course_title_zh,
        str(facts.version),
        str(facts.issued_on),
        str(facts.expires_on or ""),
        issuing.status(certificate, today()),
    ]


@blueprint.get("/manage/certificates/<number>")
@allow("trainer", "manager", "admin")
def entry(number: str) -> Any:
    """One certificate with its history, and what may be done about it."""
    return entry_page(answerable(number))


def answerable(number: str) -> Certificate:
    """A certificate that the asking person may correct or revoke: never one's own."""
    person = asking()
    return found(seen_by(person).where((Certificate.number == number) & (Enrolment.person != person)))


def entry_page(
    certificate: Certificate, correction: CorrectionForm | None = None, revocation: RevocationForm | None = None
) -> str:
    """The page of one certificate, with its forms as they stand."""
    return render_template(
        "certificates/entry.html",
        certificate=certificate,
        status=issuing.status(certificate, today()),
        correction=correction or CorrectionForm(),
        replacement=ReplacementForm(),
        revocation=revocation or RevocationForm(),
        reasons=issuing.REASONS,
        may_rename=may_rename(asking(), certificate.enrolment.person),
        replaces=certificate.replaces.first(),
        changes=list(certificate.changes.order_by(CertificateChange.id)),
    )


def may_rename(by: Person, person: Person) -> bool:
    """Whether the name of the account may be changed along: an admin's is anybody's, a manager's that of a trainee who
    lives within."""
    if person.deleted_at:
        return False
    within = roles.people_visible_to(by).where(Person.id == person.id).exists()
    return within and (by.has_role("admin") or not person.is_staff)


@blueprint.post("/manage/certificates/<number>/correction")
@allow("manager", "admin")
def correct(number: str) -> Any:
    """Correct the printed name; the number stays."""
    certificate, form = answerable(number), CorrectionForm.posted()
    form.printed = certificate.facts.name
    if not form.ok():
        return entry_page(certificate, correction=form), 422
    account = form.account.data and may_rename(asking(), certificate.enrolment.person)
    if not sure():
        return look_first("correct", certificate, form, account=account)
    issuing.correct_name(
        certificate, form.name.data, by=asking().id, now=utc_now(), reason=form.reason.data, account=account
    )
    flash(_("Corrected. The check page says so."), "ok")
    return redirect(url_for("certificates.entry", number=number))


@blueprint.post("/manage/certificates/<number>/replacement")
@allow("manager", "admin")
def replace(number: str) -> Any:
    """Draw a new number with today's facts; the old one says that it was replaced."""
    certificate, form = answerable(number), ReplacementForm.posted()
    if not form.ok():
        return entry_page(certificate), 422
    if not sure():
        return look_first("replace", certificate, form, name=issuing.name_to_print(certificate.enrolment))
    new = issuing.replace(certificate, by=asking().id, now=utc_now(), reason=form.reason.data)
    flash(_("A new certificate was issued: %(number)s.", number=new.number), "ok")
    return redirect(url_for("certificates.entry", number=new.number))


@blueprint.post("/manage/certificates/<number>/revocation")
@allow("manager", "admin")
def revoke(number: str) -> Any:
    """Revoke for a reason of the closed list."""
    certificate, form = answerable(number), RevocationForm.posted()
    if not form.ok():
        return entry_page(certificate, revocation=form), 422
    if not sure():
        return look_first("revoke", certificate, form, reason=issuing.REASONS[form.reason.data])
    issuing.revoke(certificate, form.reason.data, by=asking().id, now=utc_now())
    flash(_("Revoked. The check page says so from now on."), "ok")
    return redirect(url_for("certificates.entry", number=number))


def sure() -> bool:
    """Whether the consequences were read."""
    return request.form.get("sure") == "yes"


def look_first(deed: str, certificate: Certificate, form: Form, **shown: Any) -> str:
    """What the deed would do, with the button that does it. Raises Refused for a certificate that is not valid any
    more."""
    issuing.still_valid(certificate, today())
    return render_template(
        "certificates/confirm.html", deed=deed, certificate=certificate, facts=certificate.facts, form=form, **shown
    )
