"""Printed sign-in cards: a QR code that says who, and a PIN until its first use. Only hashes are kept, so a PIN that is
printed again is a new one, and one that has been used is not printed any more."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from lms import audit
from lms.accounts import credentials, keys, sessions, tries
from lms.accounts.models import Credential, Person
from lms.db import database, found, insert_once
from lms.errors import NotFound
from lms.lib import phones, pins

KIND = "card"
TOKEN = re.compile(r"([1-9][0-9]{0,8})-([a-z2-7]{16})")


@dataclass(frozen=True)
class Card:
    """What stands on one card. `pin` is None once the person has used theirs; `qr` is an inline SVG of `url`."""

    name: str
    phone: str
    url: str
    qr: Markup
    pin: str | None


def cards(people: Iterable[Person], *, by: int | None, now: datetime, home: str) -> list[Card]:
    """A card for each trainee who may sign in; colleagues have none. `home`: the address of this site.

    Those who have not used their PIN get a new one, which makes an earlier card's PIN void (its QR code still works).
    """
    return [card(person, by=by, now=now, home=home) for person in people if person.is_active and not person.is_staff]


def card(person: Person, *, by: int | None, now: datetime, home: str) -> Card:
    """The card of one person."""
    with database.atomic():
        pin = None if uses_own_pin(person) else first_pin(person, by=by, now=now)
        audit.record("person.card_made", person, by=by, person=person.id, detail={"pin": pin is not None}, now=now)
    return drawn(person, pin, now=now, home=home)


def reset_pin(person: Person, *, by: int | None, now: datetime) -> str:
    """A new PIN of chance, to be shown once. Cards, sessions and trust in phones from before are void."""
    with database.atomic():
        Credential.delete().where((Credential.person == person) & (Credential.kind == KIND)).execute()
        sessions.end_all(person, by=by, now=now, forget_phones=True)
        return first_pin(person, by=by, now=now)


def reset_card(person: Person, *, by: int | None, now: datetime, home: str) -> Card:
    """The same as `reset_pin`, as a card to print."""
    return drawn(person, reset_pin(person, by=by, now=now), now=now, home=home)


def first_pin(person: Person, *, by: int | None, now: datetime) -> str:
    """A PIN of chance for this person; what was tried before makes them wait no more."""
    pin = pins.random_pin(person.phone or "")
    credentials.set_pin(person, pin, by=by, now=now, first=True)
    tries.forgive(person.phone or "", person.id)
    return pin


def uses_own_pin(person: Person) -> bool:
    """Whether the person has signed in with their PIN, or chosen it."""
    credential = credentials.of(person, credentials.PIN)
    return credential is not None and (credential.used_at is not None or not credential.first)


def drawn(person: Person, pin: str | None, *, now: datetime, home: str) -> Card:
    """The card as it is printed."""
    url = f"{home.rstrip('/')}/c/{token(person, now=now)}"
    return Card(name=person.name, phone=phones.mask(person.phone or ""), url=url, qr=qr_code(url), pin=pin)


def qr_code(text: str) -> Markup:
    """A QR code as an inline SVG, as big as its place, on white in the dark too (level M, four modules of quiet)."""
    import segno  # with what it needs 1 MB, for printing

    return Markup(segno.make(text, error="m", micro=False).svg_inline(border=4, light="#fff", omitsize=True))


def token(person: Person, *, now: datetime) -> str:
    """What the QR code carries: the person's id, and a mark over it and the card's serial that only we can make."""
    return f"{person.id}-{signature(person.id, serial(person, now=now))}"


def find(token: str) -> Person:
    """Whose card this is. Raises NotFound for a token that is not ours, or from before a reset."""
    shape = TOKEN.fullmatch(token)
    if shape is None:
        raise NotFound
    made = found(Credential.select().where((Credential.person == int(shape[1])) & (Credential.kind == KIND)))
    if not hmac.compare_digest(signature(made.person_id, made.secret), shape[2]):
        raise NotFound
    return made.person


def signature(person_id: int, serial: str) -> str:
    """80 bits of HMAC in base32, short enough for a small QR code."""
    return base64.b32encode(keys.mark(KIND, f"{person_id}:{serial}")[:10]).decode().lower()


def serial(person: Person, *, now: datetime) -> str:
    """The serial of the person's card, the same for every reprint; a reset draws a new one."""
    insert_once(lambda: Credential.create(person=person, kind=KIND, secret=secrets.token_hex(8), made_at=now))
    return Credential.get((Credential.person == person) & (Credential.kind == KIND)).secret
