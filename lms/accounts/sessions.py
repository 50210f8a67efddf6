"""Who is signed in on which phone: sessions that can be ended, and phones that are known."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import peewee
from flask import Flask, session
from flask_login import LoginManager

from lms import audit
from lms.accounts import keys
from lms.accounts.models import KnownPhone, Person, SignedIn
from lms.db import Prepared, database, utc_now

LASTS = timedelta(days=180)
SEEN_EVERY = timedelta(hours=1)

BY_TOKEN = Prepared(
    lambda token_hash: SignedIn.select(SignedIn, Person).join(Person).where(SignedIn.token_hash == token_hash), "token"
)


def init_app(app: Flask) -> None:
    """Hand Flask-Login our sessions: one cookie, permanent, no remember cookie, and what it names can be ended."""
    keys.secret = app.config["SETTINGS"].secret_key
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", PERMANENT_SESSION_LIFETIME=LASTS)
    manager = LoginManager(app)
    # Off: it compares addresses, and a phone changes its address with every mast.
    manager.session_protection = None
    manager.user_loader(load_for_request)


def load_for_request(token: str) -> Person | None:
    """The person of this request. A visit after a pause renews the cookie, so that who comes back stays signed in."""
    person = load(token, now=utc_now())
    if person and person.came_back:
        session.modified = True
    return person


def begin(person: Person, phone_token: str, *, now: datetime) -> str:
    """Sign the person in on the phone that carries `phone_token`, which is known from now on; the session's token."""
    token = secrets.token_urlsafe(24)
    with database.atomic():
        SignedIn.create(person=person, token_hash=hashed(token), began_at=now, seen_at=now)
        KnownPhone.insert(person=person, token_hash=hashed(phone_token), first_at=now, last_at=now).on_conflict(
            conflict_target=[KnownPhone.token_hash, KnownPhone.person], update={KnownPhone.last_at: now}
        ).execute()
    return token


def load(token: str, *, now: datetime) -> Person | None:
    """Whose session this is, with `session_token` set; None when it was ended, ran out, or its person may not sign in.

    `came_back` says whether an hour has passed since the last look: only then is a row written.
    """
    row = BY_TOKEN.first(hashed(token))
    if row is None or row.ended_at or row.seen_at <= now - LASTS or not row.person.is_active:
        return None
    person: Person = row.person
    person.session_token = token
    person.came_back = now - row.seen_at > SEEN_EVERY
    if person.came_back:
        SignedIn.update(seen_at=now).where(SignedIn.id == row.id).execute()
    return person


def running(now: datetime) -> peewee.Expression:
    """Sessions that have neither been ended nor lain unused for 180 days."""
    return SignedIn.ended_at.is_null() & (SignedIn.seen_at > now - LASTS)


def open_for(person: Person, *, now: datetime) -> peewee.ModelSelect:
    """The person's sessions that hold now, the one seen last first."""
    return SignedIn.select().where((SignedIn.person == person) & running(now)).order_by(SignedIn.seen_at.desc())


def end(token: str, *, now: datetime) -> None:
    """Sign this phone out; harmless when it is out already."""
    SignedIn.update(ended_at=now).where((SignedIn.token_hash == hashed(token)) & SignedIn.ended_at.is_null()).execute()


def end_all(
    person: Person, *, by: int | None, now: datetime, but: str | None = None, forget_phones: bool = False
) -> int:
    """Sign the person out on every phone (but the one with the session token `but`); how many that were.

    `forget_phones`: the phones lose their trust too, as when one is lost or a stranger knew the PIN.
    """
    with database.atomic():
        others = (SignedIn.person == person) & SignedIn.ended_at.is_null()
        if but:
            others &= SignedIn.token_hash != hashed(but)
        ended = SignedIn.update(ended_at=now).where(others).execute()
        if forget_phones:
            KnownPhone.delete().where(KnownPhone.person == person).execute()
        if ended or forget_phones:
            audit.record("person.signed_out", person, by=by, person=person.id, detail={"phones": ended}, now=now)
    return ended


def phone_token(carried: str) -> str:
    """The token for this phone: the one it carries if that has signed anybody in, else a new one of chance."""
    known = carried and KnownPhone.select().where(KnownPhone.token_hash == hashed(carried)).exists()
    return carried if known else secrets.token_urlsafe(24)


def knows(phone_token: str, person: Person) -> bool:
    """Whether this phone has signed this person in before."""
    if not phone_token:
        return False
    its_row = (KnownPhone.token_hash == hashed(phone_token)) & (KnownPhone.person == person)
    return KnownPhone.select().where(its_row).exists()


def hashed(token: str) -> str:
    """What is kept of a token: it is long and made by chance, so that one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
