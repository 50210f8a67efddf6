"""Nobody sees figures or people above or beside their own area (promise 6)."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from lms.accounts import roles
from lms.programmes.models import Cohort
from tests.browser import Browser
from tests.cast import COUNTY, OTHER_COUNTY, TOWNSHIP
from tests.reports.conftest import POND, Story, at_the_desk

ADDRESSES = [
    "/manage",
    f"/manage/areas/{TOWNSHIP}",
    "/manage/help",
    "/manage/progress",
    "/manage/progress/1",
    "/manage/sound",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_sent_to_sign_in(story: Story, visitor: Browser, address: str):
    response = visitor.client.get(address)
    assert response.status_code == 302 and "/sign-in/staff" in response.location


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_trainer_has_other_work(app: Flask, story: Story, address: str):
    at_the_desk(app, story.cast.trainer).get(address, status=403)


@pytest.mark.parametrize(
    "address",
    [
        f"/manage/areas/{COUNTY}",
        f"/manage/areas/{TOWNSHIP}",
        f"/manage?area={COUNTY}",
        f"/manage/needs?area={TOWNSHIP}",
        f"/manage/progress?area={TOWNSHIP}",
        "/manage/areas/340000000000",
        "/manage/areas/349900000000",
        "/manage/areas/abc",
    ],
)
def test_another_county_and_what_lies_above_are_not_there(app: Flask, story: Story, address: str):
    at_the_desk(app, story.cast.outsider).get(address, status=404)


def test_a_stranger_of_another_county_sees_none_of_the_people(app: Flask, story: Story):
    outsider = at_the_desk(app, story.cast.outsider)
    assert "张秀兰" not in outsider.get("/manage/progress").text
    outsider.get(f"/manage/progress/{story.cast.membership.id}", status=404)
    outsider.get(f"/manage/progress?cohort={story.cast.cohort.id}", status=404)


def test_ones_own_area_and_all_below_it_are_there(manager: Browser, story: Story):
    assert "张秀兰" in manager.get("/manage/progress").text
    assert "张秀兰" in manager.get(f"/manage/progress/{story.cast.membership.id}").text
    assert "藕塘镇" in manager.get(f"/manage/areas/{TOWNSHIP}").text


def test_a_class_from_above_shows_only_ones_own_people(app: Flask, story: Story, now):
    city = Cohort.create(
        name="市里的班", join_code="CITY22", area="349900000000", starts_on=date(2026, 3, 1), created_at=now
    )
    story.take(city)
    story.join("荷一", POND, cohort=city)
    story.join("竹一", OTHER_COUNTY, cohort=city)
    page = at_the_desk(app, story.cast.manager).get(f"/manage/progress?cohort={city.id}")
    assert "荷一" in page.text and "竹一" not in page.text


def test_a_manager_of_two_townships_sees_both_and_nothing_else(app: Flask, story: Story, now):
    story.join("荷一", POND)
    story.join("县里的人", COUNTY)
    deputy = story.cast.outsider
    for role in deputy.roles:
        role.delete_instance()
    for code in (TOWNSHIP, POND):
        roles.grant(deputy, "manager", code, by=story.cast.admin.id, now=now)
    page = at_the_desk(app, deputy).get("/manage/progress")
    assert "荷一" in page.text and "张秀兰" in page.text and "县里的人" not in page.text
    assert at_the_desk(app, deputy).get("/manage").status == 200


def test_an_admin_begins_where_the_people_are(app: Flask, story: Story):
    assert "藕塘镇" in at_the_desk(app, story.cast.admin).get("/manage").text


def test_an_admin_reads_the_trail_on_a_persons_page(app: Flask, story: Story):
    member = story.join("荷一", POND)
    page = at_the_desk(app, story.cast.admin).get(f"/manage/progress/{member.id}")
    assert "进了班" in page.text


def test_a_manager_does_not(manager: Browser, story: Story):
    member = story.join("荷一", POND)
    assert "进了班" not in manager.get(f"/manage/progress/{member.id}").text
