"""Wrong tries and how long to wait after them. Nobody is ever shut out, and a class behind one router least of all.

Each try is counted before the PIN is looked at and taken back when it was right, so that fifty at once get nowhere.

- a phone that has signed this person in before has a count of its own; strangers' guesses never make it wait;
- a printed card has one too: what it carries cannot be guessed;
- an unknown phone: five free tries for a number, then waits that double from 1 s to 1 h (product.md section 6);
- and its address: not the tries count, but the different numbers with a wrong try still standing. One trainee with a
  hundred wrong PINs counts once and a right PIN takes it back, so that forty at their first lesson never wait; who
  tries one PIN on hundreds of numbers does. A mobile network has thousands behind one address, so the count sinks by
  one a minute.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.accounts.models import FailedTries
from lms.db import database
from lms.errors import Wait

FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """`free` tries, then waits that double from 1 s to `longest` seconds; `sinks`: how soon one try is forgotten."""

    free: int
    longest: int
    sinks: timedelta | None = None

    def wait(self, failures: int) -> timedelta:
        """How long after so many wrong tries."""
        beyond = failures - self.free
        return timedelta(seconds=0 if beyond < 0 else min(self.longest, 2 ** min(beyond, 20)))

    def left(self, failures: int) -> int:
        """How many free tries are left after so many wrong ones."""
        return max(0, self.free - failures)


NUMBER = Rule(free=5, longest=3600)
ADDRESS = Rule(free=100, longest=3600, sinks=timedelta(minutes=1))
CARD = Rule(free=5, longest=3600)
# A stolen phone must not try a million PINs either: at one a minute that takes two years.
KNOWN_PHONE = Rule(free=10, longest=60)
PAIR = Rule(free=1, longest=0)
CLASS_CODE = Rule(free=60, longest=3600, sinks=timedelta(minutes=1))


@dataclass(frozen=True)
class Attempt:
    """A try that was counted. `left`: how many more before a wait. `succeeded()` takes it back."""

    left: int
    own: tuple[str, ...]
    address: str | None = None

    def succeeded(self, *, now: datetime) -> None:
        """It was right: the number starts afresh, and its address counts one number less."""
        with database.atomic():
            FailedTries.delete().where(FailedTries.key.in_(self.own)).execute()
            if self.address:
                FailedTries.update(failures=FailedTries.failures - 1).where(
                    (FailedTries.key == self.address) & (FailedTries.failures > 0)
                ).execute()


def from_unknown_phone(number: str, address: str, *, now: datetime) -> Attempt:
    """Count a try for this number from this address. Raises Wait, counting nothing, when it is too early."""
    own, pair, whole = f"number:{number}", f"pair:{place(address)}:{number}", f"address:{place(address)}"
    with database.atomic():
        failures = count(own, NUMBER, now)
        if count(pair, PAIR, now) == 1:
            count(whole, ADDRESS, now)
    return Attempt(left=NUMBER.left(failures), own=(own, pair), address=whole)


def from_known_phone(phone_hash: str, person_id: int, *, now: datetime) -> Attempt:
    """Count a try on a phone that has signed this person in before. Raises Wait."""
    key = f"phone:{phone_hash[:32]}:{person_id}"
    return Attempt(left=KNOWN_PHONE.left(count(key, KNOWN_PHONE, now)), own=(key,))


def from_card(person_id: int, *, now: datetime) -> Attempt:
    """Count a try by somebody who holds this person's printed card. Raises Wait."""
    key = f"card:{person_id}"
    return Attempt(left=CARD.left(count(key, CARD, now)), own=(key,))


def of_class_code(address: str, *, now: datetime) -> Attempt:
    """Count a class code typed, or an account made, at this address. Raises Wait."""
    key = f"code:{place(address)}"
    return Attempt(left=CLASS_CODE.left(count(key, CLASS_CODE, now)), own=(), address=key)


def forgive(number: str, person_id: int) -> None:
    """A new PIN: nothing that was tried before it makes its person wait."""
    FailedTries.delete().where(FailedTries.key.in_([f"number:{number}", f"card:{person_id}"])).execute()


def forget_old(*, now: datetime) -> int:
    """Drop counts that nothing has happened to for a day; how many."""
    return FailedTries.delete().where(FailedTries.last_at < now - FORGOTTEN).execute()


def count(key: str, rule: Rule, now: datetime) -> int:
    """One more try under this key; how many stand now. Raises Wait, counting nothing, when it comes too early.

    The insert that changes nothing locks the row on PostgreSQL; SQLite has one writer at a time as it is.
    """
    with database.atomic():
        (row,) = (
            FailedTries.insert(key=key, failures=0, last_at=now, wait_until=now)
            .on_conflict(conflict_target=[FailedTries.key], update={FailedTries.key: key})
            .returning(FailedTries)
            .execute()
        )
        if row.wait_until > now:
            raise Wait(-((now - row.wait_until) // timedelta(seconds=1)))
        before, since = standing(row, rule, now)
        FailedTries.update(failures=before + 1, last_at=since, wait_until=now + rule.wait(before + 1)).where(
            FailedTries.key == key
        ).execute()
    return before + 1


def standing(row: FailedTries, rule: Rule, now: datetime) -> tuple[int, datetime]:
    """How many wrong tries still count, and from when the next one sinks: none counts after a quiet day."""
    quiet = now - row.last_at
    if quiet > FORGOTTEN:
        return 0, now
    if rule.sinks is None:
        return row.failures, now
    sunk = quiet // rule.sinks
    # The rest of a minute is kept, else a number every 59 seconds would never let the count sink.
    return (row.failures - sunk, row.last_at + sunk * rule.sinks) if sunk < row.failures else (0, now)


def place(address: str) -> str:
    """The address as a household has it: a whole /64 of IPv6 belongs to one line (RFC 6177), so it counts as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
