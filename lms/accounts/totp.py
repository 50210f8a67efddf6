"""One-time codes for colleagues (RFC 6238): six digits, every 30 seconds. The secret is kept encrypted."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

import pyotp

from lms import audit
from lms.accounts import keys
from lms.accounts.models import Credential, Person
from lms.db import database
from lms.errors import Refused
from lms.i18n import _

KIND = "totp"
STEP = timedelta(seconds=30)
# One step back and one ahead: clocks of phones differ, and typing takes time (RFC 6238 section 5.2).
WINDOW = (0, -1, 1)


def new_secret() -> str:
    """A secret of 160 bits in base32, to be shown once and confirmed by a code made with it."""
    return pyotp.random_base32()


def address(person: Person, secret: str) -> str:
    """What the QR code of the set-up says (otpauth://…). Chinese letters would make it three times as dense."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.phone or str(person.id), issuer_name="Fieldcast")


def is_on(person: Person) -> bool:
    """Whether this person signs in with codes."""
    return Credential.select().where((Credential.person == person) & (Credential.kind == KIND)).exists()


def turn_on(person: Person, secret: str, code: str, *, now: datetime) -> None:
    """Keep the secret once a code proves that the phone has it. Raises Refused for a wrong code."""
    moment = step_of(secret, code, now)
    if moment is None:
        raise Refused(_("That code is not right. Wait for the next one and type it."))
    fresh = {
        Credential.secret: keys.seal(KIND, secret),
        Credential.made_at: now,
        Credential.used_at: moment,
    }
    with database.atomic():
        Credential.insert({Credential.person: person, Credential.kind: KIND, **fresh}).on_conflict(
            conflict_target=[Credential.person, Credential.kind], update=fresh
        ).execute()
        audit.record("person.codes_turned_on", person, by=person.id, person=person.id, now=now)


def check(person: Person, code: str, *, now: datetime) -> bool:
    """Whether the code holds now. A code, or an older one, never works twice (RFC 6238 section 5.2): `used_at` is the
    moment of the last step used, and moves only forward."""
    credential = Credential.get_or_none((Credential.person == person) & (Credential.kind == KIND))
    secret = credential and keys.unseal(KIND, credential.secret)
    moment = step_of(secret, code, now) if secret else None
    if moment is None:
        return False
    later = Credential.used_at.is_null() | (Credential.used_at < moment)
    return Credential.update(used_at=moment).where((Credential.id == credential.id) & later).execute() == 1


def remove(person: Person, *, by: int | None, now: datetime) -> None:
    """Take the codes off, as when the phone that made them is lost; harmless where there are none."""
    gone = Credential.delete().where((Credential.person == person) & (Credential.kind == KIND)).execute()
    if gone:
        audit.record("person.codes_removed", person, by=by, person=person.id, now=now)


def step_of(secret: str, code: str, now: datetime) -> datetime | None:
    """The beginning of the step whose code this is, within the window; None for a wrong code."""
    steps = pyotp.TOTP(secret)
    for offset in WINDOW:
        number = int((now + offset * STEP).timestamp()) // int(STEP.total_seconds())
        if hmac.compare_digest(steps.generate_otp(number).encode(), code.encode()):
            return datetime.fromtimestamp(number * STEP.total_seconds(), UTC)
    return None
