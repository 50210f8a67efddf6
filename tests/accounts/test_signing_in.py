"""Who gets in, who does not, and what they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from lms.accounts import cards, credentials, people, roles, sessions, signing_in, totp
from lms.accounts.models import Person
from lms.accounts.signing_in import LetOut, Phone, UnknownNumber, WrongSecret
from lms.errors import Wait

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
NUMBER, PIN = "13800000001", "406183"
STRANGE = Phone(address="203.0.113.7", token="")
PASSWORD = "four words only I know"


@pytest.fixture
def xiulan(app) -> Person:
    person = people.create("张秀兰", NUMBER, by=None, now=NOW)
    credentials.set_pin(person, PIN, by=None, now=NOW, first=True)
    return person


@pytest.fixture
def trainer(app) -> Person:
    person = people.create("何老师", "13800000003", by=None, now=NOW)
    credentials.set_pin(person, PIN, by=None, now=NOW, first=True)
    roles.grant(person, "trainer", by=None, now=NOW)
    credentials.set_password(person, PASSWORD, by=None, now=NOW)
    return person


def guess(times: int, phone: Phone = STRANGE) -> None:
    for _time in range(times):
        with pytest.raises(WrongSecret):
            signing_in.with_pin(NUMBER, "000000", phone, now=NOW)


def test_number_and_pin_let_in(xiulan):
    assert signing_in.with_pin(NUMBER, PIN, STRANGE, now=NOW) == xiulan


def test_a_number_that_nobody_has_is_told_so(xiulan):
    with pytest.raises(UnknownNumber):
        signing_in.with_pin("13800000077", PIN, STRANGE, now=NOW)


def test_a_wrong_pin_says_how_many_tries_are_left(xiulan):
    with pytest.raises(WrongSecret) as told:
        signing_in.with_pin(NUMBER, "000000", STRANGE, now=NOW)

    assert told.value.left == 4


def test_after_five_wrong_ones_even_the_right_pin_has_to_wait(xiulan):
    guess(5)

    with pytest.raises(Wait):
        signing_in.with_pin(NUMBER, PIN, STRANGE, now=NOW)
    assert signing_in.with_pin(NUMBER, PIN, STRANGE, now=NOW + timedelta(seconds=1)) == xiulan


def test_her_own_phone_gets_in_while_strangers_guess(xiulan):
    token = sessions.phone_token("")
    sessions.begin(xiulan, token, now=NOW)
    guess(5)

    assert signing_in.with_pin(NUMBER, PIN, Phone("198.51.100.1", token), now=NOW) == xiulan


def test_her_card_gets_her_in_while_strangers_guess(xiulan):
    guess(5)
    person = cards.find(cards.token(xiulan, now=NOW))

    assert signing_in.with_card(person, PIN, STRANGE, now=NOW) == xiulan


def test_a_found_card_does_not_let_try_a_million_pins(xiulan):
    for _try in range(5):
        with pytest.raises(WrongSecret):
            signing_in.with_card(xiulan, "000000", STRANGE, now=NOW)

    with pytest.raises(Wait):
        signing_in.with_card(xiulan, PIN, STRANGE, now=NOW)


def test_who_was_let_out_is_told_only_after_the_right_pin(xiulan):
    people.deactivate(xiulan, by=7, now=NOW)

    with pytest.raises(WrongSecret):
        signing_in.with_pin(NUMBER, "000000", STRANGE, now=NOW)
    with pytest.raises(LetOut):
        signing_in.with_pin(NUMBER, PIN, STRANGE, now=NOW)


def test_six_digits_never_let_a_colleague_in(trainer):
    with pytest.raises(WrongSecret):
        signing_in.with_pin("13800000003", PIN, STRANGE, now=NOW)
    with pytest.raises(WrongSecret):
        signing_in.with_card(trainer, PIN, STRANGE, now=NOW)


def test_a_password_lets_a_colleague_in(trainer):
    assert signing_in.with_password("13800000003", PASSWORD, "", STRANGE, now=NOW) == trainer


def test_where_codes_are_on_the_password_alone_is_not_enough(trainer):
    secret, later = totp.new_secret(), NOW + timedelta(minutes=1)
    totp.turn_on(trainer, secret, pyotp.TOTP(secret).at(NOW), now=NOW)

    for code in ("", "000000"):
        with pytest.raises(WrongSecret):
            signing_in.with_password("13800000003", PASSWORD, code, STRANGE, now=later)
    code = pyotp.TOTP(secret).at(later)
    assert signing_in.with_password("13800000003", PASSWORD, code, STRANGE, now=later) == trainer


def test_colleagues_are_told_the_same_whatever_was_wrong(trainer, xiulan):
    said = set()
    for number, password in ((NUMBER, PASSWORD), ("13800000003", "wrong"), ("13800000077", PASSWORD)):
        with pytest.raises(WrongSecret) as told:
            signing_in.with_password(number, password, "", STRANGE, now=NOW)
        said.add(str(told.value))

    assert len(said) == 1


def test_who_is_no_colleague_any_more_does_not_get_in_by_password(trainer):
    roles.revoke(trainer.roles[0], by=None, now=NOW)

    with pytest.raises(WrongSecret):
        signing_in.with_password("13800000003", PASSWORD, "", STRANGE, now=NOW)


def test_changing_a_pin_asks_for_the_one_of_now_and_does_not_let_it_be_guessed(xiulan):
    phone = Phone("203.0.113.7", "her phone")

    signing_in.confirm(xiulan, credentials.PIN, PIN, phone, now=NOW)
    for _try in range(10):
        with pytest.raises(WrongSecret):
            signing_in.confirm(xiulan, credentials.PIN, "000000", phone, now=NOW)

    with pytest.raises(Wait):
        signing_in.confirm(xiulan, credentials.PIN, PIN, phone, now=NOW)
