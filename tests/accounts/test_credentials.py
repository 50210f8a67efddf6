"""PINs and passwords: kept as hashes, weak ones refused kindly, made anew when forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp
import pytest
from argon2 import PasswordHasher

from lms.accounts import credentials, people, roles, sessions, totp
from lms.accounts.credentials import PASSWORD, PIN
from lms.accounts.models import Credential, Person
from lms.audit import AuditEntry
from lms.errors import Refused

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
GOOD = "莲藕直播要在早上十点以前开始拍"  # 15 characters


@pytest.fixture
def xiulan(app) -> Person:
    return people.create("张秀兰", "13800000001", by=None, now=NOW)


@pytest.fixture
def trainer(app) -> Person:
    person = people.create("何老师", "13800000003", by=None, now=NOW)
    roles.grant(person, "trainer", by=None, now=NOW)
    return person


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(NOW)


def test_a_pin_is_kept_as_a_hash_that_costs_what_it_should(xiulan):
    credentials.set_pin(xiulan, "406183", by=None, now=NOW, first=True)

    kept = credentials.of(xiulan, PIN).secret

    assert "406183" not in kept
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_right_pin_holds_and_a_wrong_one_does_not(xiulan):
    credentials.set_pin(xiulan, "406183", by=None, now=NOW, first=True)

    assert credentials.check(xiulan, PIN, "406183", now=NOW)
    assert not credentials.check(xiulan, PIN, "406184", now=NOW)


def test_who_has_no_pin_yet_is_told_the_same_as_with_a_wrong_one(xiulan):
    assert not credentials.check(xiulan, PIN, "406183", now=NOW)
    assert not credentials.check(None, PIN, "406183", now=NOW)


def test_the_first_use_is_noted_once(xiulan):
    credentials.set_pin(xiulan, "406183", by=None, now=NOW, first=True)

    credentials.check(xiulan, PIN, "000000", now=NOW)
    assert credentials.of(xiulan, PIN).used_at is None
    credentials.check(xiulan, PIN, "406183", now=NOW)

    assert credentials.of(xiulan, PIN).used_at == NOW


def test_an_older_cheaper_hash_is_made_anew_at_the_next_sign_in(xiulan):
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("406183")
    Credential.create(person=xiulan, kind=PIN, secret=cheap, made_at=NOW)

    assert credentials.check(xiulan, PIN, "406183", now=NOW)

    assert "m=19456,t=2" in credentials.of(xiulan, PIN).secret
    assert credentials.check(xiulan, PIN, "406183", now=NOW)


def test_the_trail_says_who_set_a_pin_but_never_the_pin(xiulan):
    credentials.set_pin(xiulan, "406183", by=7, now=NOW, first=True)

    entry = AuditEntry.get(AuditEntry.action == "person.pin_set")

    assert (entry.actor_id, entry.person_id, entry.detail) == (7, xiulan.id, {"first": True})


@pytest.mark.parametrize("pin", ["123456", "111111"])
def test_a_pin_that_is_guessed_at_once_is_refused_kindly(xiulan, pin):
    with pytest.raises(Refused) as told:
        credentials.choose_pin(xiulan, pin, now=NOW)

    assert str(told.value)
    assert credentials.of(xiulan, PIN) is None


def test_a_chosen_pin_is_no_first_pin(xiulan):
    credentials.set_pin(xiulan, "406183", by=None, now=NOW, first=True)
    assert credentials.has_first(xiulan, PIN)

    credentials.choose_pin(xiulan, "907364", now=NOW)

    assert not credentials.has_first(xiulan, PIN)


@pytest.mark.parametrize("password", ["", "short", "fourteen chars", "a" * 20, "x" * 201, "my number 13800000003"])
def test_a_password_that_is_too_short_or_too_plain_is_refused(trainer, password):
    with pytest.raises(Refused):
        credentials.set_password(trainer, password, by=trainer.id, now=NOW)


def test_fifteen_characters_of_any_kind_are_enough(trainer):
    credentials.set_password(trainer, GOOD, by=trainer.id, now=NOW)

    assert len(GOOD) == 15
    assert credentials.check(trainer, PASSWORD, GOOD, now=NOW)


def test_ten_characters_are_enough_with_codes(trainer):
    secret = totp.new_secret()
    totp.turn_on(trainer, secret, code(secret), now=NOW)

    credentials.set_password(trainer, "lotus-ten!", by=trainer.id, now=NOW)

    assert credentials.check(trainer, PASSWORD, "lotus-ten!", now=NOW)


def test_a_password_is_the_same_in_full_width_characters(trainer):
    credentials.set_password(trainer, "lotus root 2026 field", by=trainer.id, now=NOW)

    assert credentials.check(trainer, PASSWORD, "ｌｏｔｕｓ　ｒｏｏｔ　２０２６　ｆｉｅｌｄ", now=NOW)


def test_a_reset_gives_a_new_password_and_makes_everything_else_void(trainer):
    secret = totp.new_secret()
    totp.turn_on(trainer, secret, code(secret), now=NOW)
    session = sessions.begin(trainer, "phone", now=NOW)

    password = credentials.reset_password(trainer, by=None, now=NOW)

    assert credentials.check(trainer, PASSWORD, password, now=NOW)
    assert credentials.has_first(trainer, PASSWORD)
    assert not totp.is_on(trainer)
    assert sessions.load(session, now=NOW) is None
    assert not sessions.knows("phone", trainer)
