"""Checking a number: what anybody may be told about a certificate (promise 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.certificates import issuing
from lms.certificates.models import Certificate
from lms.certificates.snapshot import Snapshot
from lms.lib import certificate_numbers


@dataclass(frozen=True)
class Checked:
    """What a check found. `status`: valid, corrected, replaced, revoked, expired, unknown or mistyped.

    `facts` only for a valid or corrected certificate, `expires_on` and the course also for an expired one; a revoked
    one shows neither name nor course, only the reason from the closed list.
    """

    status: str
    number: str
    facts: Snapshot | None = None
    reason: str = ""
    certificate: Certificate | None = None

    @property
    def is_good(self) -> bool:
        """Whether the paper may be believed."""
        return self.status in ("valid", "corrected")


def check(typed: str, *, today: date) -> Checked:
    """What is known of a number as somebody typed or scanned it. Never raises for what was typed."""
    number = certificate_numbers.normalise(typed)
    if not certificate_numbers.is_wellformed(number):
        return Checked("mistyped", number)
    certificate = Certificate.get_or_none(Certificate.number == number)
    if certificate is None:
        return Checked("unknown", number)
    status = issuing.status(certificate, today)
    shown = status in ("valid", "corrected", "expired")
    return Checked(
        status,
        number,
        facts=certificate.facts if shown else None,
        reason=certificate.revoked_reason,
        certificate=certificate,
    )
