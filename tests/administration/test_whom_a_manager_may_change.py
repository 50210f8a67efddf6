"""Whom a manager sees, and whose account they may change: living within, learning within, having left."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.accounts import roles
from lms.accounts.models import Person
from lms.db import utc_now
from lms.programmes import memberships
from lms.programmes.models import Membership
from tests.administration.deeds import at_desk
from tests.browser import Browser
from tests.cast import COUNTY, OTHER_COUNTY, VILLAGE, Cast, person

NEW_NUMBER = "13812349998"
# (deed below the person's address, what is posted, the answer to: living within, learning within, having left)
MATRIX = [
    ("secret", {}, (200, 200, 404)),
    ("phone", {"phone": NEW_NUMBER}, (200, 403, 404)),
    ("edit", {"name": "别名", "place": VILLAGE}, (200, 403, 404)),
    ("merge", {"phone": "13812340005"}, (200, 403, 404)),
    ("deactivation", {}, (200, 403, 404)),
    ("reactivation", {}, (200, 403, 404)),
    ("roles", {"kind": "trainer", "place": "荷田县"}, (200, 403, 404)),
    ("deletion", {"sure": "yes"}, (200, 403, 404)),
]
DEEDS = [pytest.param(*row, id=row[0]) for row in MATRIX]
ACCOUNT = ("/secret", "/phone", "/edit", "/merge", "/deactivation", "/deletion", "/roles")


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.manager)


@pytest.fixture
def foreigner(cast: Cast) -> Person:
    """Somebody of another county who came to the class by its code."""
    made = person("远客", "13812340088", area_code=OTHER_COUNTY)
    memberships.join(cast.cohort, made, now=utc_now(), how="code")
    return made


def depart(somebody: Person, cast: Cast) -> None:
    """They leave the class."""
    row = Membership.get((Membership.person == somebody) & (Membership.cohort == cast.cohort))
    memberships.leave(row, now=utc_now(), by=cast.manager.id)


def buttons(manager: Browser, somebody: Person) -> set[str]:
    """The deeds to the account that the person's page offers."""
    html = manager.get(f"/manage/people/{somebody.id}").html
    return {deed for deed in ACCOUNT if f"/manage/people/{somebody.id}{deed}" in html}


@pytest.mark.parametrize(("deed", "posted", "answers"), DEEDS)
def test_a_manager_changes_who_lives_within(manager: Browser, cast: Cast, deed: str, posted: dict, answers: tuple):
    manager.post(f"/manage/people/{cast.trainee.id}/{deed}", status=answers[0], **posted)


@pytest.mark.parametrize(("deed", "posted", "answers"), DEEDS)
def test_a_member_from_elsewhere_gets_a_pin_and_no_more(
    manager: Browser, foreigner: Person, deed: str, posted: dict, answers: tuple
):
    manager.post(f"/manage/people/{foreigner.id}/{deed}", status=answers[1], **posted)
    after = Person.get_by_id(foreigner.id)
    assert (after.phone, after.name, after.is_active) == ("13812340088", "远客", True)


@pytest.mark.parametrize(("deed", "posted", "answers"), DEEDS)
def test_who_has_gone_back_elsewhere_is_out_of_sight(
    manager: Browser, cast: Cast, foreigner: Person, deed: str, posted: dict, answers: tuple
):
    depart(foreigner, cast)
    manager.post(f"/manage/people/{foreigner.id}/{deed}", status=answers[2], **posted)
    manager.get(f"/manage/people/{foreigner.id}", status=404)
    assert "远客" not in manager.get("/manage/people").text


def test_the_page_offers_what_one_may_do_and_says_why_not_more(manager: Browser, cast: Cast, foreigner: Person):
    assert buttons(manager, cast.trainee) == set(ACCOUNT)
    assert buttons(manager, foreigner) == {"/secret"}
    assert "住在别的地区" in manager.get(f"/manage/people/{foreigner.id}").text


def test_an_administrator_may_do_everything_everywhere(app: Flask, cast: Cast, foreigner: Person):
    depart(foreigner, cast)
    admin = at_desk(app, cast.admin)
    admin.post(f"/admin/people/{foreigner.id}/phone", phone=NEW_NUMBER)
    assert Person.get_by_id(foreigner.id).phone == NEW_NUMBER


def test_a_second_account_from_elsewhere_is_not_swallowed(manager: Browser, cast: Cast, foreigner: Person):
    address = f"/manage/people/{cast.trainee.id}/merge"
    page = manager.post(address, status=422, phone=foreigner.phone, sure=str(foreigner.id))
    assert "管理员" in page.text and Person.get_by_id(foreigner.id).merged_into is None


def test_sending_a_guest_home_ends_at_the_list(manager: Browser, foreigner: Person):
    membership = Membership.get(Membership.person == foreigner)
    page = manager.post(f"/manage/people/{foreigner.id}/classes/{membership.id}/leave")
    assert page.response.request.path == "/manage/people" and "远客" in page.text


def test_a_colleague_who_learns_here_keeps_the_password(manager: Browser, foreigner: Person):
    roles.grant(foreigner, "trainer", COUNTY, by=None, now=utc_now())
    manager.post(f"/manage/people/{foreigner.id}/secret", status=403)


def test_a_manager_of_the_whole_country_changes_no_administrator(app: Flask, cast: Cast):
    roles.grant(cast.manager, "manager", "", by=None, now=utc_now())
    everywhere = at_desk(app, cast.manager)
    everywhere.get(f"/manage/people/{cast.admin.id}")
    everywhere.post(f"/manage/people/{cast.admin.id}/secret", status=403)
    everywhere.post(f"/manage/people/{cast.trainee.id}/phone", phone=NEW_NUMBER)
