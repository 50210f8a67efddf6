"""Signing in, as a deed: by PIN, by card and PIN, by password and code. Says who it is, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lms.accounts import credentials, people, sessions, totp, tries
from lms.accounts.models import Person
from lms.errors import Refused
from lms.i18n import _
from lms.web import log


@dataclass(frozen=True)
class Phone:
    """The phone somebody signs in on: its network address, and the token by which we know it again (or empty)."""

    address: str
    token: str


class UnknownNumber(Refused):
    """Nobody here has this number. Told plainly: kindness outweighs, and whoever asks for many has to wait."""

    def __init__(self) -> None:
        super().__init__(_("We do not know this number. Is it the one you enrolled with?"))


class WrongSecret(Refused):
    """The PIN (or password, or code) is not right. `left`: how many more tries before a wait."""

    def __init__(self, left: int, message: str) -> None:
        super().__init__(message)
        self.left = left


class LetOut(Refused):
    """The PIN is right, but this account has been closed by whoever looks after it."""

    def __init__(self, person: Person) -> None:
        super().__init__(
            _("This account is closed for now. An administrator can open it again.")
            if person.is_staff
            else _("This account is closed for now. Your trainer can open it again.")
        )


def with_pin(number: str, pin: str, phone: Phone, *, now: datetime) -> Person:
    """The trainee with this number and PIN. Raises UnknownNumber, WrongSecret, LetOut, or Wait.

    Colleagues never get in by six digits.
    """
    person = people.by_number(number)
    attempt = counted(number, person, phone, now)
    if person is None:
        raise UnknownNumber
    return checked_pin(person, pin, attempt, phone, now)


def with_card(person: Person, pin: str, phone: Phone, *, now: datetime) -> Person:
    """The trainee whose card this is, with its PIN. Raises WrongSecret, LetOut, or Wait."""
    return checked_pin(person, pin, counted(None, person, phone, now), phone, now)


def with_password(number: str, password: str, code: str, phone: Phone, *, now: datetime) -> Person:
    """The colleague with this number, password and, where it is set up, code. Raises WrongSecret, LetOut, or Wait.

    One answer, in the same time, for a wrong number, a wrong password and a wrong code.
    """
    person = people.by_number(number)
    attempt = counted(number, person, phone, now)
    right = credentials.check(person, credentials.PASSWORD, password, now=now)
    if person is None or not (right and person.is_staff and right_code(person, code, now)):
        raise refused(person, attempt, phone, _("The number, the password or the code is not right."))
    return let_in(person, attempt, phone, now)


def right_code(person: Person, code: str, now: datetime) -> bool:
    """Whether the code holds, or the person has not set codes up."""
    return not totp.is_on(person) or totp.check(person, code, now=now)


def confirm(person: Person, kind: str, secret: str, phone: Phone, *, now: datetime) -> None:
    """Make sure that somebody who is signed in really is this person, before a PIN or password is changed.
    Raises WrongSecret or Wait. Phones that are not known share one count: their token is whatever they send."""
    token = phone.token if sessions.knows(phone.token, person) else ""
    attempt = tries.from_known_phone(sessions.hashed(token), person.id, now=now)
    if not credentials.check(person, kind, secret, now=now):
        raise refused(person, attempt, phone, _("That is not the one you have now. Please enter it again."))
    attempt.succeeded(now=now)


def counted(number: str | None, person: Person | None, phone: Phone, now: datetime) -> tries.Attempt:
    """The try, counted where it belongs; without a number it is a card that says who."""
    if person and sessions.knows(phone.token, person):
        return tries.from_known_phone(sessions.hashed(phone.token), person.id, now=now)
    if person and number is None:
        return tries.from_card(person.id, now=now)
    return tries.from_unknown_phone(number, phone.address, now=now)


def checked_pin(person: Person, pin: str, attempt: tries.Attempt, phone: Phone, now: datetime) -> Person:
    """The person, if the PIN is theirs."""
    right = credentials.check(person, credentials.PIN, pin, now=now)
    if not right or person.is_staff:
        raise refused(person, attempt, phone, _("That PIN is not right. Please enter it again."))
    return let_in(person, attempt, phone, now)


def let_in(person: Person, attempt: tries.Attempt, phone: Phone, now: datetime) -> Person:
    """The person, if they may sign in. Takes the counted try back."""
    attempt.succeeded(now=now)
    if not person.is_active:
        raise LetOut(person)
    log.security("signed_in", person=person.id, address=phone.address)
    return person


def refused(person: Person | None, attempt: tries.Attempt, phone: Phone, message: str) -> WrongSecret:
    """The refusal, with a line for whoever guards the installation."""
    log.security("sign_in_refused", person=person and person.id, address=phone.address, left=attempt.left)
    return WrongSecret(attempt.left, message)
