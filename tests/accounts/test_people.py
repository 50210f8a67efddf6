"""People are made, moved, let out and in, and forgotten; and every such deed is in the trail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lms.accounts import ages, credentials, notice, people, roles, sessions
from lms.accounts.models import Consent, Credential, KnownPhone, Person, Role, SignedIn
from lms.audit import AuditEntry
from lms.errors import Conflict, Refused

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def xiulan(app) -> Person:
    return people.create("张秀兰", "13800000001", by=7, now=NOW, area_code="341621100000")


@pytest.fixture
def admin(app) -> Person:
    person = people.create("县管理员", "13800000009", by=None, now=NOW)
    roles.grant(person, "admin", by=None, now=NOW)
    return person


def deeds() -> list[str]:
    return [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)]


def test_a_new_person_is_invited_and_in_the_trail(xiulan):
    assert xiulan.is_invited and xiulan.is_active and not xiulan.is_staff
    assert AuditEntry.get(AuditEntry.action == "person.created").actor_id == 7


def test_a_number_belongs_to_one_person(xiulan):
    with pytest.raises(Conflict):
        people.create("另一个人", "13800000001", by=7, now=NOW)

    assert Person.select().count() == 1


def test_a_new_number_signs_in_from_now_on(xiulan):
    people.change_phone(xiulan, "13800000008", by=7, now=NOW)

    assert people.by_number("13800000008") == xiulan
    assert people.by_number("13800000001") is None


def test_somebody_else_s_number_cannot_be_taken(xiulan, admin):
    with pytest.raises(Conflict):
        people.change_phone(xiulan, "13800000009", by=7, now=NOW)

    assert xiulan.phone == Person.get_by_id(xiulan.id).phone == "13800000001"


def test_names_and_numbers_never_enter_the_trail(xiulan):
    people.rename(xiulan, "张秀岚", by=7, now=NOW)
    people.change_phone(xiulan, "13800000008", by=7, now=NOW)

    told = str([entry.detail for entry in AuditEntry.select()])

    assert "秀" not in told and "138" not in told
    assert deeds()[-2:] == ["person.renamed", "person.phone_changed"]


def test_who_was_let_out_can_be_let_in_again(xiulan):
    people.deactivate(xiulan, by=7, now=NOW)
    assert not xiulan.is_active

    people.reactivate(xiulan, by=7, now=NOW)

    assert Person.get_by_id(xiulan.id).is_active


def test_letting_out_twice_is_one_deed(xiulan):
    people.deactivate(xiulan, by=7, now=NOW)
    people.deactivate(xiulan, by=7, now=NOW)

    assert deeds().count("person.deactivated") == 1


def test_the_last_administrator_stays(admin):
    for deed in (people.deactivate, people.erase):
        with pytest.raises(Refused):
            deed(admin, by=admin.id, now=NOW)
    with pytest.raises(Refused):
        roles.revoke(Role.get(Role.person == admin), by=admin.id, now=NOW)

    assert Person.get_by_id(admin.id).is_active


def test_an_administrator_may_go_when_another_is_there(admin, xiulan):
    roles.grant(xiulan, "admin", by=admin.id, now=NOW)

    people.deactivate(admin, by=xiulan.id, now=NOW)

    assert not admin.is_active


def test_erasing_leaves_a_nameless_row_and_nothing_to_sign_in_with(xiulan):
    credentials.set_pin(xiulan, "406183", by=None, now=NOW, first=True)
    sessions.begin(xiulan, "phone", now=NOW)
    notice.accept(xiulan, "16-17", now=NOW)
    ages.guardian_agrees(xiulan, "张母", "mother", by=xiulan.id, now=NOW)

    people.erase(xiulan, by=xiulan.id, now=NOW)

    row = Person.get_by_id(xiulan.id)
    assert (row.name, row.phone, row.age_band, row.area_code, row.deleted_at) == ("", None, "", "", NOW)
    assert not any(table.select().exists() for table in (Credential, SignedIn, KnownPhone, Role))
    assert not Consent.select().where(Consent.given_by != "").exists()


def test_the_number_of_an_erased_person_is_free_again(xiulan):
    people.erase(xiulan, by=xiulan.id, now=NOW)

    assert people.create("新人", "13800000001", by=7, now=NOW).id != xiulan.id


def test_whoever_keeps_a_copy_hears_of_it_once(xiulan, monkeypatch):
    heard = []
    monkeypatch.setattr(people, "when_erased", [lambda person, now: heard.append(person.id)])

    people.erase(xiulan, by=xiulan.id, now=NOW)
    people.erase(xiulan, by=xiulan.id, now=NOW)

    assert heard == [xiulan.id]


def test_of_two_accounts_the_kept_one_stays_and_the_other_says_where_it_went(xiulan):
    second = people.create("张秀兰", "13800000002", by=7, now=NOW)

    people.merge(second, xiulan, by=7, now=NOW)

    row = Person.get_by_id(second.id)
    assert (row.phone, row.name, row.merged_into) == (None, "", xiulan)


def test_an_account_is_not_merged_with_itself_nor_a_colleague_s_away(xiulan, admin):
    for duplicate, kept in ((xiulan, xiulan), (admin, xiulan)):
        with pytest.raises(Refused):
            people.merge(duplicate, kept, by=7, now=NOW)
