"""Issuing, correcting, replacing and revoking certificates. Completed means certified, once (promise 4).

The unique index on (enrolment, sequence) is the referee: fifty clicks at once insert one row. The PDF is not made
here but at the first download, from the snapshot.
"""

from __future__ import annotations

import calendar
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms import audit, installation
from lms.accounts import people
from lms.accounts.models import Person
from lms.catalogue.models import CourseVersion, Lesson
from lms.certificates.models import Certificate, CertificateChange
from lms.certificates.snapshot import Snapshot
from lms.db import database, insert_once, lock, utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.learning import completion, tallies
from lms.learning.models import Enrolment
from lms.lib import certificate_numbers
from lms.programmes.models import Cohort, CohortTrainer
from lms.web import log

REASONS = {
    "mistake": _l("It was issued by mistake."),
    "not_own_work": _l("The work was not the holder's own."),
    "wrong_person": _l("It was issued to the wrong person."),
    "withdrawn": _l("The holder asked for it to be withdrawn."),
}


@dataclass
class Place:
    """The zone in which the dates on certificates are written, and the address of the check page."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    public_url: str = ""


# Filled in the factory.
place = Place()

# The name of the daily job.
EXPIRY = "certificates.expire"


def issue_on_completion(enrolment: Enrolment, now: datetime) -> None:
    """The hook: insert the certificate under a savepoint. What fails is logged, and `certificates issue` makes it
    later. Whose account was deleted gets none, for there is no name to print."""
    if enrolment.person.deleted_at:
        return
    try:
        with tallies.transaction():
            issue(enrolment, now=now)
    except Exception:
        log.failure("certificate_not_issued", enrolment=enrolment.id)


def issue(enrolment: Enrolment, *, now: datetime, by: int | None = None) -> Certificate:
    """The enrolment's certificate, made now if there was none; twice, or fifty at once, makes one.

    Raises Refused when the course is not completed.
    """
    if not enrolment.completed_at:
        raise Refused(_("This course is not completed yet, so there is no certificate."))
    existing = newest(enrolment)
    if existing:
        return existing
    made = draw(enrolment, 1, now=now)
    if made is None:
        return newest(enrolment)
    completion.certified(enrolment, now=now)
    audit.record("certificate.issued", made, by=by, person=enrolment.person_id, detail={"number": made.number}, now=now)
    return made


def newest(enrolment: Enrolment) -> Certificate | None:
    """The last certificate drawn for an enrolment, whatever became of it."""
    drawn = Certificate.select().where(Certificate.enrolment == enrolment)
    return drawn.order_by(Certificate.sequence.desc()).first()


def draw(enrolment: Enrolment, sequence: int, *, now: datetime, name: str | None = None) -> Certificate | None:
    """A new certificate with a number drawn at random; None when this place in the sequence is taken."""
    issued_on = now.astimezone(place.zone).date()
    while True:
        number = certificate_numbers.draw(secrets.SystemRandom())
        if not Certificate.select().where(Certificate.number == number).exists():
            break
    snapshot = facts(enrolment, number, issued_on, name=name)
    return insert_once(
        lambda: Certificate.create(
            enrolment=enrolment,
            sequence=sequence,
            number=number,
            issued_at=now,
            expires_on=snapshot.expires_on,
            snapshot=snapshot.to_json(),
        )
    )


def facts(enrolment: Enrolment, number: str, issued_on: date, *, name: str | None = None) -> Snapshot:
    """Every fact that the certificate prints, as it is on this day."""
    version: CourseVersion = enrolment.version
    cohort: Cohort = enrolment.cohort
    site = installation.read()
    return Snapshot(
        number=number,
        name=name or enrolment.person.name,
        course_slug=version.course.slug,
        course_title_zh=version.title_zh,
        course_title_en=version.title_en,
        version=version.number,
        lessons=Lesson.select().where(Lesson.version == version).count(),
        kinds=required_kinds(version),
        cohort=cohort.name,
        class_number=cohort.class_number,
        planned_class_hours=version.class_hours,
        verified_class_hours=None,
        started_on=(enrolment.started_at or enrolment.enrolled_at).astimezone(place.zone).date(),
        completed_on=enrolment.completed_at.astimezone(place.zone).date(),
        issued_on=issued_on,
        expires_on=months_later(issued_on, version.valid_months),
        issuer_zh=site.issuer_zh,
        issuer_en=site.issuer_en,
        trainer=trainer_name(cohort),
        verify_url=f"{place.public_url}/v/{number}",
        demo=site.is_demo,
    )


def required_kinds(version: CourseVersion) -> tuple[str, ...]:
    """The kinds of step that this version really has and required."""
    return tuple(sorted({step.kind for step in completion.required_steps(version)}))


def months_later(day: date, months: int | None) -> date | None:
    """The same day so many months later, or the last of a shorter month."""
    if not months:
        return None
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def trainer_name(cohort: Cohort) -> str:
    """The name of the cohort's first trainer, or nothing in a self-study cohort."""
    first = CohortTrainer.select(CohortTrainer, Person).join(Person).where(CohortTrainer.cohort == cohort)
    row = first.order_by(CohortTrainer.id).first()
    return row.person.name if row else ""


def outstanding(cohort: Cohort | None = None) -> Iterator[Enrolment]:
    """Completed enrolments without a certificate: what a failed hook left behind. Not of people whose account was
    deleted, for there is no name to print."""
    without = Enrolment.completed_at.is_null(False) & Enrolment.id.not_in(Certificate.select(Certificate.enrolment))
    query = Enrolment.select().join(Person).where(without & Person.deleted_at.is_null())
    return iter(query.where(Enrolment.cohort == cohort) if cohort else query)


def correct_name(
    certificate: Certificate, name: str, *, by: int, now: datetime, reason: str, account: bool = False
) -> Certificate:
    """Correct the printed name, and with `account` the person's too. The number stays; the check page says that it was
    corrected. Raises Refused for one that is not valid any more."""
    with database.atomic():
        certificate = lock(certificate)
        still_valid(certificate, now.astimezone(place.zone).date())
        before = certificate.facts
        certificate.snapshot = with_changes(before, name=name).to_json()
        certificate.corrected_at = now
        certificate.save()
        note(certificate, "corrected", {"name": before.name}, {"name": name}, by=by, now=now, reason=reason)
        person = certificate.enrolment.person
        if account and person.name != name:
            people.rename(person, name, by=by, now=now)
    return certificate


def replace(certificate: Certificate, *, by: int, now: datetime, reason: str) -> Certificate:
    """Issue a new certificate with a new number, today's facts and the name as `name_to_print` has it; the old one says
    that it was replaced. Raises Refused for one that is not valid any more: what was revoked or has expired does not
    come back by replacing it."""
    with database.atomic():
        certificate = lock(certificate)
        still_valid(certificate, now.astimezone(place.zone).date())
        enrolment = certificate.enrolment
        if enrolment.person.deleted_at:
            raise Refused(_("This person's account was deleted. Their certificate stays as it was printed."))
        new = draw(enrolment, certificate.sequence + 1, now=now, name=name_to_print(enrolment))
        if new is None:
            raise Refused(_("This certificate was replaced already."))
        certificate.replaced_by = new
        certificate.save()
        completion.certified(enrolment, now=now)
        note(certificate, "replaced", {}, {"number": new.number}, by=by, now=now, reason=reason)
    return new


def name_to_print(enrolment: Enrolment) -> str:
    """The name for a replacement: as it was last corrected on a certificate of this enrolment, or as the account says
    when that was renamed since, or nothing was corrected."""
    corrections = CertificateChange.select().join(Certificate).where(CertificateChange.kind == "corrected")
    last = corrections.where(Certificate.enrolment == enrolment).order_by(CertificateChange.id.desc()).first()
    if last is None or renamed_since(enrolment.person_id, last.at):
        return enrolment.person.name
    return last.after["name"]


def renamed_since(person_id: int, moment: datetime) -> bool:
    """Whether the person's account was renamed after this moment, as the trail tells."""
    entry = audit.AuditEntry
    renamed = (entry.action == "person.renamed") & (entry.person_id == person_id)
    return entry.select().where(renamed & (entry.at > moment)).exists()


def revoke(certificate: Certificate, reason: str, *, by: int | None, now: datetime) -> Certificate:
    """Revoke for a reason of the closed list REASONS. Revoking twice is refused; history stays."""
    if reason not in REASONS:
        raise Refused(_("Choose a reason from the list."))
    with database.atomic():
        certificate = lock(certificate)
        still_valid(certificate, now.astimezone(place.zone).date())
        certificate.revoked_at = now
        certificate.revoked_reason = reason
        certificate.save()
        completion.no_longer_certified(certificate.enrolment)
        note(certificate, "revoked", {}, {"reason": reason}, by=by, now=now, reason=reason)
    return certificate


def still_valid(certificate: Certificate, today: date) -> None:
    """Refuse to touch a certificate that is not valid any more."""
    if status(certificate, today) not in ("valid", "corrected"):
        raise Refused(_("This certificate is not valid any more, so it cannot be changed."))


def status(certificate: Certificate, today: date) -> str:
    """valid, corrected, replaced, revoked or expired."""
    if certificate.revoked_at:
        return "revoked"
    if certificate.replaced_by_id:
        return "replaced"
    if certificate.expires_on and certificate.expires_on < today:
        return "expired"
    return "corrected" if certificate.corrected_at else "valid"


def note(
    certificate: Certificate, kind: str, before: dict, after: dict, *, by: int | None, now: datetime, reason: str
) -> None:
    """Write the history and the audit trail."""
    CertificateChange.create(
        certificate=certificate, kind=kind, at=now, by_id=by, before=before, after=after, reason=reason
    )
    detail = {"number": certificate.number, "reason": reason}
    if kind == "replaced":
        detail["new_number"] = after["number"]
    audit.record(
        f"certificate.{kind}", certificate, by=by, person=certificate.enrolment.person_id, detail=detail, now=now
    )


def certified_ids(now: datetime) -> set[int]:
    """The enrolments that hold a certificate which counts: what `progress recount` compares with. One that has expired
    since counts until `expire` has taken its state back."""
    today = now.astimezone(place.zone).date()
    counting = Certificate.select(Certificate.enrolment).where(
        Certificate.revoked_at.is_null() & Certificate.replaced_by.is_null()
    )
    current = Certificate.expires_on.is_null() | (Certificate.expires_on >= today)
    not_taken_back = Enrolment.certified_at.is_null(False)
    return {row.enrolment_id for row in counting.join(Enrolment).where(current | not_taken_back)}


def expire_today() -> None:
    """The daily job: expire what ended by today."""
    expire(now=utc_now())


def expire(*, now: datetime) -> int:
    """Take the state `certified` from enrolments whose certificate has expired; how many there were."""
    today = now.astimezone(place.zone).date()
    expired = (
        Certificate.select()
        .join(Enrolment)
        .where(
            (Certificate.expires_on < today)
            & Certificate.replaced_by.is_null()
            & Certificate.revoked_at.is_null()
            & Enrolment.certified_at.is_null(False)
        )
    )
    rows = list(expired)
    for certificate in rows:
        with database.atomic():
            completion.no_longer_certified(certificate.enrolment)
    return len(rows)
