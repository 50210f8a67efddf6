"""A manager sees their area and all below it, never above or beside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lms.accounts import people, roles, sessions
from lms.accounts.models import Person, Role
from lms.audit import AuditEntry
from lms.errors import Refused

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
COUNTY, TOWNSHIP, VILLAGE, BESIDE = "341621000000", "341621100000", "341621100201", "341622000000"


def somebody(name: str, last: int, area: str = "") -> Person:
    return people.create(name, f"1380000{last:04}", by=None, now=NOW, area_code=area)


@pytest.fixture
def villagers(app) -> dict[str, Person]:
    places = {"county": COUNTY, "township": TOWNSHIP, "village": VILLAGE, "beside": BESIDE}
    return {name: somebody(name, number, code) for number, (name, code) in enumerate(places.items())}


def seen_by(person: Person) -> set[str]:
    return {row.name for row in roles.people_visible_to(person)}


def test_a_county_manager_sees_the_county_and_all_below(villagers):
    manager = somebody("manager", 90)
    roles.grant(manager, "manager", COUNTY, by=None, now=NOW)

    assert seen_by(manager) == {"county", "township", "village"}


def test_a_township_manager_sees_nothing_above_or_beside(villagers):
    manager = somebody("manager", 90)
    roles.grant(manager, "manager", TOWNSHIP, by=None, now=NOW)

    assert seen_by(manager) == {"township", "village"}


def test_an_administrator_sees_everybody_but_who_was_erased(villagers):
    admin = somebody("admin", 90)
    roles.grant(admin, "admin", by=None, now=NOW)
    people.erase(villagers["beside"], by=admin.id, now=NOW)

    assert seen_by(admin) == {"county", "township", "village", "admin"}


def test_who_has_no_role_sees_nobody(villagers):
    assert seen_by(villagers["county"]) == set()


def test_a_trainer_s_role_opens_no_list_of_people(villagers):
    trainer = somebody("trainer", 90)
    roles.grant(trainer, "trainer", COUNTY, by=None, now=NOW)

    assert seen_by(trainer) == set()


def test_a_role_is_given_once_and_taken_away(villagers):
    person = villagers["county"]
    for _time in range(2):
        role = roles.grant(person, "trainer", by=None, now=NOW)
    assert person.is_staff and Role.select().count() == 1

    roles.revoke(role, by=None, now=NOW)

    assert not Person.get_by_id(person.id).is_staff
    trail = [entry.action for entry in AuditEntry.select().where(AuditEntry.action.startswith("role"))]
    assert trail == ["role.granted", "role.revoked"]


def test_the_first_role_signs_out_what_six_digits_had_signed_in(villagers):
    session = sessions.begin(villagers["county"], "phone", now=NOW)

    roles.grant(villagers["county"], "trainer", by=None, now=NOW)

    assert sessions.load(session, now=NOW) is None


def test_an_administrator_is_one_of_the_whole_installation(villagers):
    admin = somebody("admin", 90)
    assert roles.grant(admin, "admin", COUNTY, by=None, now=NOW).area_code == ""


@pytest.fixture
def of_before(villagers) -> Role:
    """An administrator whose row still names a county, as it could before."""
    return Role.create(person=somebody("admin", 90), kind="admin", area_code=COUNTY, given_at=NOW)


def test_an_administrator_whose_row_names_a_county_is_one_everywhere(of_before: Role):
    assert seen_by(of_before.person) == {"county", "township", "village", "beside", "admin"}


def test_the_last_administrator_stays_whatever_the_row_names(of_before: Role):
    with pytest.raises(Refused):
        roles.revoke(of_before, by=None, now=NOW)
    assert roles.holders("admin").count() == 1


def test_of_two_rows_of_the_last_administrator_one_may_go(of_before: Role):
    roles.grant(of_before.person, "admin", by=None, now=NOW)

    roles.revoke(of_before, by=None, now=NOW)

    assert [role.area_code for role in Role.select()] == [""]
