"""PINs and passwords: kept as hashes only, checked, changed, and made anew when somebody forgot.

Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet): some 30 ms on a small server. Six
digits need the waits of `tries.py` whatever the hash.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from lms import audit
from lms.accounts import sessions, totp
from lms.accounts.models import Credential, Person
from lms.db import database
from lms.errors import Refused
from lms.i18n import _, lazy, ngettext
from lms.lib import pins

PIN, PASSWORD = "pin", "password"
SHORTEST, SHORTEST_WITH_CODE, LONGEST = 15, 10, 200
FEWEST_DIFFERENT = 5

# Why a PIN is refused; its codes are those of `pins.weakness`.
WEAK = {
    "length": lazy("The PIN is 6 digits, nothing else."),
    "pattern": lazy("That PIN is easy to guess: its digits go in a row, repeat or make a pattern. Mix them."),
    "birthday": lazy("That PIN is easy to guess: it reads like a year or a birthday. Mix the digits."),
    "favourite": lazy("That PIN is easy to guess: many people take it. Mix the digits."),
    "phone": lazy("That PIN is easy to guess: it stands in your phone number. Mix the digits."),
}

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is nothing to check, so that the time taken does not say whether a person has a password.
NOBODY = HASHER.hash("nobody's password")


def check(person: Person | None, kind: str, secret: str, *, now: datetime) -> bool:
    """Whether this is the person's PIN or password. The first right one is noted as its first use."""
    credential = None if person is None else of(person, kind)
    if not matches(credential.secret if credential else NOBODY, secret) or credential is None:
        return False
    note_use(credential, secret, now)
    return True


def matches(kept: str, secret: str) -> bool:
    """Whether this hash is of this PIN or password."""
    try:
        return HASHER.verify(kept, spelt_out(secret))
    except VerifyMismatchError:
        return False


def of(person: Person, kind: str) -> Credential | None:
    """The person's credential of this kind."""
    return Credential.get_or_none((Credential.person == person) & (Credential.kind == kind))


def has_first(person: Person, kind: str) -> bool:
    """Whether the person still uses a PIN or password that we made."""
    credential = of(person, kind)
    return credential is not None and credential.first


def set_pin(person: Person, pin: str, *, by: int | None, now: datetime, first: bool) -> None:
    """Give the person this PIN. `first`: made by us, and on paper until its first use."""
    with database.atomic():
        keep(person, PIN, pin, first=first, now=now)
        audit.record("person.pin_set", person, by=by, person=person.id, detail={"first": first}, now=now)


def choose_pin(person: Person, pin: str, *, now: datetime) -> None:
    """The person's own new PIN. Raises Refused for one that is guessed at once, saying why, and for the one of now."""
    now_used = of(person, PIN)
    if now_used and matches(now_used.secret, pin):
        raise Refused(_("That is the PIN you have now. Choose another one."))
    refuse_weak_pin(pin, person.phone or "")
    set_pin(person, pin, by=person.id, now=now, first=False)


def refuse_weak_pin(pin: str, phone: str) -> None:
    """Raise Refused for a PIN that others would try first."""
    reason = pins.weakness(pin, phone)
    if reason:
        raise Refused(WEAK[reason])


def set_password(person: Person, password: str, *, by: int | None, now: datetime, first: bool = False) -> None:
    """Give a colleague this password. Raises Refused for one too short or too plain, saying what is missing."""
    password = spelt_out(password)
    refuse_short(password, SHORTEST_WITH_CODE if totp.is_on(person) else SHORTEST)
    if len(set(password)) < FEWEST_DIFFERENT or (person.phone and person.phone in password):
        raise Refused(_("That password is easy to guess. Take four words that only you put together."))
    with database.atomic():
        keep(person, PASSWORD, password, first=first, now=now)
        audit.record("person.password_set", person, by=by, person=person.id, detail={"first": first}, now=now)


def refuse_short(password: str, shortest: int) -> None:
    """Raise Refused unless the length is right: length counts, not kinds of characters (NIST SP 800-63B, 3.1.1)."""
    lacking = shortest - len(password)
    if lacking > 0:
        raise Refused(
            ngettext(
                "The password needs %(shortest)d characters: %(num)d is missing.",
                "The password needs %(shortest)d characters: %(num)d are missing.",
                lacking,
                shortest=shortest,
            )
        )
    if len(password) > LONGEST:
        raise Refused(_("That password is too long. The most is %(most)d characters.", most=LONGEST))


def reset_password(person: Person, *, by: int | None, now: datetime) -> str:
    """A new password of chance for a colleague, to be shown once and changed by them.

    Whatever is signed in as this person is signed out; their one-time codes are taken off, for the phone that made them
    may be what was lost.
    """
    password = pins.random_password()
    with database.atomic():
        totp.remove(person, by=by, now=now)
        set_password(person, password, by=by, now=now, first=True)
        sessions.end_all(person, by=by, now=now, forget_phones=True)
        audit.record("person.password_reset", person, by=by, person=person.id, now=now)
    return password


def hashed(secret: str) -> str:
    """What is kept of a PIN or password."""
    return HASHER.hash(spelt_out(secret))


def spelt_out(secret: str) -> str:
    """The same characters however a keyboard made them (NFKC: NIST SP 800-63B, 3.1.1.2), without null bytes."""
    return unicodedata.normalize("NFKC", secret).replace("\0", "")


def keep(person: Person, kind: str, secret: str, *, first: bool, now: datetime) -> None:
    """Write the hash, in place of the one before."""
    fresh = {
        Credential.secret: hashed(secret),
        Credential.first: first,
        Credential.made_at: now,
        Credential.used_at: None,
    }
    Credential.insert({Credential.person: person, Credential.kind: kind, **fresh}).on_conflict(
        conflict_target=[Credential.person, Credential.kind], update=fresh
    ).execute()


def note_use(credential: Credential, secret: str, now: datetime) -> None:
    """Note the first use, and hash anew where the cost has been raised since; a PIN changed meanwhile stays changed."""
    changes = {} if credential.used_at else {Credential.used_at: now}
    if HASHER.check_needs_rehash(credential.secret):
        changes[Credential.secret] = hashed(secret)
    if changes:
        unchanged = (Credential.id == credential.id) & (Credential.secret == credential.secret)
        Credential.update(changes).where(unchanged).execute()
