"""Pages about certificates: mine, the PDF, the public check page, and the register for those who answer for it."""

from __future__ import annotations

from typing import Any

import peewee
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.certificates import document, issuing, wording
from lms.certificates.checking import Checked, check
from lms.certificates.forms import CorrectionForm, RevocationForm
from lms.certificates.models import Certificate, CertificateChange
from lms.certificates.snapshot import Snapshot
from lms.db import found, utc_now
from lms.errors import Wait
from lms.i18n import _, in_language, language
from lms.learning import missing
from lms.learning.models import Enrolment
from lms.learning.views.courses import my_standings
from lms.lib import certificate_numbers
from lms.programmes.models import Cohort
from lms.web import exports, throttle
from lms.web.access import allow, public, signed_in
from lms.web.forms import tidy
from lms.web.paging import page
from lms.web.people import asking, settings

blueprint = Blueprint("certificates", __name__)


@blueprint.get("/certificates")
@signed_in
def mine() -> Any:
    """My certificates, newest first, and for each course not yet won what is missing."""
    person = asking()
    held = list(owned_by(person).order_by(Certificate.issued_at.desc(), Certificate.id.desc()))
    won = {certificate.enrolment_id for certificate in held}
    open_courses = [
        (standing, missing.in_words(standing, language()))
        for standing in my_standings(person)
        if standing.enrolment.id not in won
    ]
    today = utc_now().astimezone(settings().zone).date()
    statuses = {certificate.id: issuing.status(certificate, today) for certificate in held}
    return render_template(
        "certificates/mine.html", held=held, statuses=statuses, open_courses=open_courses, pdf_bytes=document.pdf_bytes
    )


def owned_by(person: Person) -> peewee.ModelSelect:
    """The certificates that a person holds or held."""
    return Certificate.select(Certificate, Enrolment).join(Enrolment).where(Enrolment.person == person)


def seen_by(person: Person) -> peewee.ModelSelect:
    """The certificates that a person may open: own ones, those of cohorts they look after."""
    cohorts = Cohort.supervised_by(person).select(Cohort.id)
    query = Certificate.select(Certificate, Enrolment, Person).join(Enrolment).join(Person)
    return query.where((Enrolment.person == person) | Enrolment.cohort.in_(cohorts))


@blueprint.get("/certificates/<number>.pdf")
@signed_in
def pdf(number: str) -> Any:
    """The certificate as PDF, made from its snapshot. Same snapshot, same bytes."""
    certificate = found(seen_by(asking()).where(Certificate.number == number))
    status = issuing.status(certificate, utc_now().astimezone(settings().zone).date())
    response = make_response(document.pdf(certificate.facts, status=status))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
    return response


@blueprint.get("/certificates/<number>.webp")
@signed_in
def picture(number: str) -> Any:
    """The certificate as a small picture for the phone."""
    certificate = found(seen_by(asking()).where(Certificate.number == number))
    status = issuing.status(certificate, utc_now().astimezone(settings().zone).date())
    response = make_response(document.picture(certificate.facts, 640, status=status))
    response.mimetype = "image/webp"
    return response


@blueprint.get("/certificates/<number>/show")
@signed_in
def show(number: str) -> Any:
    """The QR code, large, to hold out to somebody."""
    certificate = found(owned_by(asking()).where(Certificate.number == number))
    return render_template("certificates/show.html", certificate=certificate, qr=document.qr_svg(certificate.facts))


@blueprint.get("/verify")
@public
def verify() -> Any:
    """Ask for a number; a typed one goes to its own page."""
    typed = request.args.get("number", "")
    if typed.strip():
        number = certificate_numbers.normalise(typed)[:40]
        return redirect(url_for("certificates.verified", number=number or "-"))
    return render_template("certificates/verify.html")


@blueprint.get("/v/<number>")
@public
def short(number: str) -> Any:
    """The short form on paper."""
    return redirect(url_for("certificates.verified", number=number))


@blueprint.get("/verify/<number>")
@public
def verified(number: str) -> Any:
    """What is known of a number, in both languages on one page. Asking too often has to wait: numbers can't be tried
    out."""
    seconds = throttle.take(f"verify:{request.remote_addr}", free=30, per_seconds=60, now=utc_now())
    if seconds:
        raise Wait(seconds)
    checked = check(number, today=utc_now().astimezone(settings().zone).date())
    response = make_response(
        render_template("certificates/verified.html", checked=checked, **in_both_languages(checked))
    )
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def in_both_languages(checked: Checked) -> dict[str, Any]:
    """What the check page says in Chinese and in English at once."""
    said: dict[str, Any] = {"words": printed_words(checked.facts) if checked.facts else {}}
    for lang in ("zh", "en"):
        with in_language(lang):
            said[f"reason_{lang}"] = str(issuing.REASONS.get(checked.reason, ""))
    return said


def printed_words(facts: Snapshot) -> dict[str, str]:
    """What the certificate prints beside names and dates."""
    return {
        "achieved_zh": wording.achieved_zh(facts),
        "achieved_en": wording.achieved_en(facts),
        "hours_zh": wording.hours_zh(facts),
        "hours_en": wording.hours_en(facts),
        "not_zh": wording.NOT_A_QUALIFICATION_ZH,
        "not_en": wording.NOT_A_QUALIFICATION_EN,
    }


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
        return exports.table_response("certificates", HEADER, map(row, query), request.args["format"])
    today = utc_now().astimezone(settings().zone).date()
    listed = page(query)
    statuses = {certificate.id: issuing.status(certificate, today) for certificate in listed.rows}
    return render_template("certificates/register.html", listed=listed, statuses=statuses, wanted=wanted)


HEADER = ["number", "name", "course", "version", "issued_on", "expires_on", "status"]


def row(certificate: Certificate) -> list[str]:
    """A line of the register's export."""
    facts = certificate.facts
    status = issuing.status(certificate, utc_now().astimezone(settings().zone).date())
    return [
        facts.number,
        facts.name,
        facts.course_title_zh,
        str(facts.version),
        str(facts.issued_on),
        str(facts.expires_on or ""),
        status,
    ]


@blueprint.get("/manage/certificates/<number>")
@allow("trainer", "manager", "admin")
def entry(number: str) -> Any:
    """One certificate with its history, and what may be done about it."""
    return entry_page(answerable(number), CorrectionForm(), RevocationForm())


def answerable(number: str) -> Certificate:
    """A certificate that the asking person may correct or revoke: never one's own."""
    person = asking()
    return found(seen_by(person).where((Certificate.number == number) & (Enrolment.person != person)))


def entry_page(certificate: Certificate, correction: CorrectionForm, revocation: RevocationForm) -> str:
    """The page of one certificate, with its two forms as they stand."""
    status = issuing.status(certificate, utc_now().astimezone(settings().zone).date())
    return render_template(
        "certificates/entry.html",
        certificate=certificate,
        status=status,
        correction=correction,
        revocation=revocation,
        reasons=issuing.REASONS,
        changes=list(certificate.changes.order_by(CertificateChange.id)),
    )


@blueprint.post("/manage/certificates/<number>/correction")
@allow("manager", "admin")
def correct(number: str) -> Any:
    """Correct the printed name; the number stays."""
    certificate = answerable(number)
    form = CorrectionForm.posted()
    if not form.ok():
        return entry_page(certificate, form, RevocationForm()), 422
    issuing.correct_name(certificate, form.name.data, by=asking().id, now=utc_now(), reason=form.reason.data)
    flash(_("Corrected. The check page says so."), "ok")
    return redirect(url_for("certificates.entry", number=number))


@blueprint.post("/manage/certificates/<number>/replacement")
@allow("manager", "admin")
def replace(number: str) -> Any:
    """Draw a new number with today's facts; the old one says that it was replaced."""
    new = issuing.replace(
        answerable(number), by=asking().id, now=utc_now(), reason=tidy(request.form.get("reason"))[:200]
    )
    flash(_("A new certificate was issued: %(number)s.", number=new.number), "ok")
    return redirect(url_for("certificates.entry", number=new.number))


@blueprint.post("/manage/certificates/<number>/revocation")
@allow("manager", "admin")
def revoke(number: str) -> Any:
    """Revoke for a reason of the closed list."""
    certificate = answerable(number)
    form = RevocationForm.posted()
    if not form.ok():
        return entry_page(certificate, CorrectionForm(), form), 422
    issuing.revoke(certificate, form.reason.data, by=asking().id, now=utc_now())
    flash(_("Revoked. The check page says so from now on."), "ok")
    return redirect(url_for("certificates.entry", number=number))
