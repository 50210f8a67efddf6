"""Codes of colleagues: as RFC 6238 says, encrypted at rest, and never taken twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from lms.accounts import keys, people, totp
from lms.accounts.models import Credential, Person
from lms.errors import Refused

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the secret of RFC 6238, appendix B


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.fixture
def trainer(app) -> Person:
    person = people.create("何老师", "13800000003", by=None, now=NOW)
    totp.turn_on(person, SECRET, code_at(NOW), now=NOW)
    return person


def test_the_codes_are_those_of_the_standard():
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert totp.step_of(SECRET, code, datetime.fromtimestamp(seconds, UTC))


def test_the_secret_is_kept_encrypted(trainer):
    kept = Credential.get(Credential.kind == "totp").secret

    assert SECRET not in kept
    assert keys.unseal("totp", kept) == SECRET
    assert keys.unseal("another purpose", kept) is None


def test_a_wrong_code_does_not_turn_codes_on(app):
    person = people.create("何老师", "13800000003", by=None, now=NOW)

    with pytest.raises(Refused):
        totp.turn_on(person, SECRET, "000000", now=NOW)

    assert not totp.is_on(person)


def test_a_code_never_works_twice(trainer):
    later = NOW + timedelta(seconds=30)

    assert totp.check(trainer, code_at(later), now=later)
    assert not totp.check(trainer, code_at(later), now=later)


def test_the_code_of_the_set_up_is_used_up(trainer):
    assert not totp.check(trainer, code_at(NOW), now=NOW)


def test_an_older_code_does_not_work_after_a_newer_one(trainer):
    later = NOW + timedelta(minutes=2)
    assert totp.check(trainer, code_at(later), now=later)

    assert not totp.check(trainer, code_at(later - timedelta(seconds=30)), now=later)


def test_a_clock_may_be_half_a_minute_off_but_not_more(trainer):
    later = NOW + timedelta(minutes=5)

    assert not totp.check(trainer, code_at(later + timedelta(seconds=90)), now=later)
    assert totp.check(trainer, code_at(later + timedelta(seconds=30)), now=later)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 10_000, "\0"])
def test_odd_codes_are_only_wrong(trainer, code):
    assert not totp.check(trainer, code, now=NOW + timedelta(minutes=5))
