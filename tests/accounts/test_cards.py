"""A printed card says who, and shows a PIN until its first use; a reset makes it void."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lms.accounts import cards, credentials, keys, people, roles, sessions, tries
from lms.accounts.credentials import PIN
from lms.accounts.models import Credential, FailedTries, Person
from lms.errors import NotFound

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
HOME = "https://tb.example.cn/"


@pytest.fixture
def xiulan(app) -> Person:
    return people.create("张秀兰", "13800000001", by=None, now=NOW)


def printed(person: Person) -> cards.Card:
    (card,) = cards.cards([person], by=7, now=NOW, home=HOME)
    return card


def test_a_card_has_a_pin_that_works(xiulan):
    card = printed(xiulan)

    assert len(card.pin) == 6
    assert credentials.check(xiulan, PIN, card.pin, now=NOW)


def test_a_card_shows_the_number_masked_and_leads_here(xiulan):
    card = printed(xiulan)

    assert "13800000001" not in card.phone
    assert card.url.startswith("https://tb.example.cn/c/")
    assert card.qr.startswith("<svg")


def test_a_pin_printed_again_is_a_new_one(xiulan):
    first, again = printed(xiulan), printed(xiulan)

    assert not credentials.check(xiulan, PIN, first.pin, now=NOW) or first.pin == again.pin
    assert credentials.check(xiulan, PIN, again.pin, now=NOW)
    assert first.url == again.url


def test_a_pin_that_has_been_used_is_not_printed(xiulan):
    credentials.check(xiulan, PIN, printed(xiulan).pin, now=NOW)

    assert printed(xiulan).pin is None


def test_a_pin_of_one_s_own_is_not_replaced_by_printing(xiulan):
    credentials.choose_pin(xiulan, "907364", now=NOW)

    assert printed(xiulan).pin is None
    assert credentials.check(xiulan, PIN, "907364", now=NOW)


def test_the_code_on_the_card_says_who(xiulan):
    token = printed(xiulan).url.rsplit("/", 1)[1]

    assert cards.find(token) == xiulan


def test_a_token_cannot_be_made_up(xiulan):
    token = printed(xiulan).url.rsplit("/", 1)[1]
    other = people.create("李四", "13800000002", by=None, now=NOW)
    cards.token(other, now=NOW)

    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), token.replace(str(xiulan.id), str(other.id), 1)):
        with pytest.raises(NotFound):
            cards.find(forged)


@pytest.mark.parametrize(
    "token", ["", "x", "1-", "0-aaaaaaaaaaaaaaaa", "9" * 30 + "-aaaaaaaaaaaaaaaa", "1-\0", "１-" + "a" * 16]
)
def test_an_odd_token_is_not_found(xiulan, token):
    with pytest.raises(NotFound):
        cards.find(token)


def test_another_installation_s_card_is_not_found(xiulan, monkeypatch):
    token = printed(xiulan).url.rsplit("/", 1)[1]
    monkeypatch.setattr(keys, "secret", "quite another secret of another installation")

    with pytest.raises(NotFound):
        cards.find(token)


def test_a_reset_makes_card_pin_sessions_and_trust_void(xiulan):
    card, session = printed(xiulan), sessions.begin(xiulan, "phone", now=NOW)

    pin = cards.reset_pin(xiulan, by=7, now=NOW)

    assert not credentials.check(xiulan, PIN, card.pin, now=NOW) or card.pin == pin
    assert credentials.check(xiulan, PIN, pin, now=NOW)
    assert sessions.load(session, now=NOW) is None and not sessions.knows("phone", xiulan)
    with pytest.raises(NotFound):
        cards.find(card.url.rsplit("/", 1)[1])


def test_a_reset_ends_every_wait(xiulan):
    for _try in range(5):
        tries.from_unknown_phone("13800000001", "203.0.113.7", now=NOW)

    cards.reset_pin(xiulan, by=7, now=NOW)

    assert not FailedTries.select().where(FailedTries.key.startswith("number:")).exists()


def test_colleagues_and_who_was_let_out_have_no_card(xiulan):
    trainer = people.create("何老师", "13800000003", by=None, now=NOW)
    roles.grant(trainer, "trainer", by=None, now=NOW)
    people.deactivate(xiulan, by=7, now=NOW)

    assert cards.cards([trainer, xiulan], by=7, now=NOW, home=HOME) == []
    assert not Credential.select().exists()
