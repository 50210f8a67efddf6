"""A session belongs to one phone, lasts half a year, and can be ended from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lms.accounts import people, sessions
from lms.accounts.models import KnownPhone, Person, SignedIn
from lms.audit import AuditEntry

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def xiulan(app) -> Person:
    return people.create("张秀兰", "13800000001", by=None, now=NOW)


def test_a_session_leads_back_to_its_person(xiulan):
    token = sessions.begin(xiulan, "her phone", now=NOW)

    person = sessions.load(token, now=NOW)

    assert person == xiulan
    assert person.get_id() == token


def test_only_the_hash_of_a_token_is_kept(xiulan):
    token = sessions.begin(xiulan, "her phone", now=NOW)

    assert token not in SignedIn.get().token_hash
    assert "her phone" not in KnownPhone.get().token_hash


def test_a_made_up_token_leads_to_nobody(xiulan):
    sessions.begin(xiulan, "her phone", now=NOW)

    assert sessions.load("made up", now=NOW) is None


def test_a_session_lasts_as_long_as_she_comes_back_within_half_a_year(xiulan):
    token = sessions.begin(xiulan, "her phone", now=NOW)

    assert sessions.load(token, now=NOW + timedelta(days=179))
    assert sessions.load(token, now=NOW + timedelta(days=300))
    assert sessions.load(token, now=NOW + timedelta(days=481)) is None


def test_being_seen_is_written_at_most_hourly(xiulan):
    token = sessions.begin(xiulan, "her phone", now=NOW)

    within = sessions.load(token, now=NOW + timedelta(minutes=59))
    after = sessions.load(token, now=NOW + timedelta(minutes=61))

    assert (within.came_back, after.came_back) == (False, True)
    assert SignedIn.get().seen_at == NOW + timedelta(minutes=61)


def test_signing_out_ends_this_phone_only(xiulan):
    phone, tablet = (sessions.begin(xiulan, which, now=NOW) for which in ("phone", "tablet"))

    sessions.end(phone, now=NOW)

    assert sessions.load(phone, now=NOW) is None
    assert sessions.load(tablet, now=NOW) == xiulan


def test_signing_out_everywhere_else_keeps_this_phone_and_is_in_the_trail(xiulan):
    here, there = (sessions.begin(xiulan, which, now=NOW) for which in ("phone", "tablet"))

    ended = sessions.end_all(xiulan, by=xiulan.id, now=NOW, but=here)

    assert ended == 1
    assert sessions.load(here, now=NOW) and sessions.load(there, now=NOW) is None
    assert AuditEntry.select().where(AuditEntry.action == "person.signed_out").count() == 1


def test_who_is_let_out_is_signed_out_at_once(xiulan):
    token = sessions.begin(xiulan, "her phone", now=NOW)

    people.deactivate(xiulan, by=9, now=NOW)

    assert sessions.load(token, now=NOW) is None


def test_a_phone_is_known_for_its_own_person_only(xiulan):
    brother = people.create("张建国", "13800000002", by=None, now=NOW)

    sessions.begin(xiulan, "her phone", now=NOW)

    assert sessions.knows("her phone", xiulan)
    assert not sessions.knows("her phone", brother)
    assert not sessions.knows("", xiulan)


def test_signing_in_twice_on_a_phone_knows_it_once(xiulan):
    sessions.begin(xiulan, "her phone", now=NOW)
    sessions.begin(xiulan, "her phone", now=NOW + timedelta(days=1))

    assert KnownPhone.select().count() == 1
