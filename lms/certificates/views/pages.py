"""Mine, the paper, and the public check page."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for

from lms.certificates import document, issuing, wording
from lms.certificates.checking import Checked, check
from lms.certificates.models import Certificate
from lms.certificates.snapshot import Snapshot
from lms.certificates.views.room import blueprint, owned_by, seen_by, today
from lms.db import found, utc_now
from lms.errors import Wait
from lms.i18n import in_language, language
from lms.learning import missing, ways
from lms.lib import certificate_numbers
from lms.web import throttle
from lms.web.access import public, signed_in
from lms.web.people import asking


@blueprint.get("/certificates")
@signed_in
def mine() -> Any:
    """My certificates, newest first, and for each course not yet won what is missing."""
    person = asking()
    held = list(owned_by(person).order_by(Certificate.issued_at.desc(), Certificate.id.desc()))
    won = {certificate.enrolment_id for certificate in held}
    open_courses = [
        (standing, missing.in_words(standing, language()))
        for standing in ways.of_person(person)
        if standing.enrolment.id not in won
    ]
    statuses = {certificate.id: issuing.status(certificate, today()) for certificate in held}
    return render_template(
        "certificates/mine.html",
        held=held,
        statuses=statuses,
        reasons=issuing.REASONS,
        open_courses=open_courses,
        pdf_bytes=document.pdf_bytes,
    )


@blueprint.get("/certificates/<number>.pdf")
@signed_in
def pdf(number: str) -> Any:
    """The certificate as PDF, made from its snapshot. Same snapshot, same bytes."""
    certificate = found(seen_by(asking()).where(Certificate.number == number))
    status = issuing.status(certificate, today())
    response = make_response(document.pdf(certificate.facts, status=status))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
    return response


@blueprint.get("/certificates/<number>.webp")
@signed_in
def picture(number: str) -> Any:
    """The certificate as a small picture for the phone."""
    certificate = found(seen_by(asking()).where(Certificate.number == number))
    status = issuing.status(certificate, today())
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
    checked = check(number, today=today())
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
