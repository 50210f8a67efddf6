"""Groups under five never show a rate, and none can be worked out by subtraction (promise 10)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from lms.lib.smallcells import FEWEST
from lms.reports import choices, dashboard, privacy
from lms.reports.cuts import Cut
from lms.reports.figures import figures
from tests.browser import Browser
from tests.cast import COUNTY
from tests.reports.conftest import CHINA, FORD, HILL, POND, Story
from tests.reports.test_people_behind_a_figure import rows_of_csv, rows_of_xlsx

ALL = Cut(areas=(COUNTY,), zone=CHINA)
OWN = (COUNTY,)


@pytest.fixture
def groups(story: Story) -> Story:
    """In Pond nine migrants, six graduates, three ex-servicemen; in Hill eight people; in Ford three."""
    for number in range(9):
        story.join(f"务工{number}", POND, group="migrant")
    for number in range(6):
        story.join(f"学生{number}", POND, group="graduate")
    for number in range(3):
        story.join(f"军人{number}", POND, group="veteran")
    for number in range(8):
        story.join(f"茶{number}", HILL)
    for number in range(3):
        story.join(f"渡{number}", FORD)
    return story


def test_a_small_group_is_unsaid_and_so_is_the_next_one(groups: Story):
    pond = ALL.within(POND)
    cuts = {name: Cut(areas=pond.areas, zone=CHINA, group=name) for name in ("migrant", "graduate", "veteran")}
    assert {name: privacy.unsaid(cut, OWN) for name, cut in cuts.items()} == {
        "migrant": False,
        "graduate": True,
        "veteran": True,
    }


def test_a_small_township_is_unsaid_and_so_is_the_next_one(groups: Story, now: datetime):
    places = {place.rate.label: place for place in rows(now)}
    assert [name for name, place in places.items() if place.rate.hidden] == ["藕塘镇", "柳渡镇"]
    assert sum(place.rate.of for place in places.values() if place.rate.hidden) >= FEWEST


def rows(now: datetime) -> list[dashboard.Place]:
    counted = figures(ALL, now=now)
    return dashboard.places(counted, ALL, dashboard.taken(counted, choices.courses(), "zh"), "zh")


def test_the_pages_of_both_townships_say_no_rate_either(groups: Story):
    assert privacy.unsaid(ALL.within(FORD), OWN)
    assert not privacy.unsaid(ALL.within(POND), OWN)
    assert not privacy.unsaid(ALL, OWN)


def test_a_filter_that_leaves_out_fewer_than_five_is_unsaid(groups: Story, now: datetime):
    groups.join("早来的", POND, days_ago=200)
    since_then = Cut(areas=(POND,), zone=CHINA, since=now.date())
    assert privacy.unsaid(since_then, (POND,))


def test_the_overview_tells_the_number_but_neither_rate_nor_completions(groups: Story, manager: Browser):
    page = manager.get("/manage")
    assert "柳渡镇 3 人" in page.text and "少于 5 人" in page.text
    assert "/3" not in page.text


def test_the_page_of_a_small_township_opens_its_people_without_a_rate(groups: Story, manager: Browser):
    page = manager.get(f"/manage/areas/{FORD}")
    assert "3 人报名" in page.text and "不显示比例" in page.text
    assert "渡1" in manager.get(f"/manage/progress?area={FORD}&measure=enrolled").text


def test_a_small_group_has_no_list(groups: Story, manager: Browser):
    page = manager.get(f"/manage/progress?area={POND}&group=veteran")
    assert "军人1" not in page.text
    assert "人太少" in page.text
    assert "军人1" not in manager.client.get(f"/manage/progress?area={POND}&group=veteran&format=csv").text


@pytest.mark.parametrize("group", ["veteran", "graduate"])
def test_no_page_tells_who_or_how_many_they_are(groups: Story, manager: Browser, group: str):
    for address in (f"/manage/areas/{POND}", "/manage/needs", "/manage"):
        page = manager.get(f"{address}?area={POND}&group={group}")
        assert "军人1" not in page.text and "学生1" not in page.text
        assert "3 人报名" not in page.text and "6 人报名" not in page.text


def test_a_large_group_has_one(groups: Story, manager: Browser):
    assert "务工1" in manager.get(f"/manage/progress?area={POND}&group=migrant").text


def test_the_export_of_areas_keeps_the_same_silence(groups: Story, manager: Browser):
    lines = manager.client.get("/manage?format=csv").text.splitlines()
    ford = next(line for line in lines if line.startswith("柳渡镇"))
    assert ford.split(",")[1:4] == ["3", "不显示", "不显示"]


def test_a_county_of_too_few_exports_its_number_alone(story: Story, manager: Browser):
    _header, line = manager.client.get("/manage?format=csv").text.splitlines()
    assert line.split(",")[:4] == ["荷田县", "2", "不显示", "不显示"]
    assert "2 人报名" in manager.get("/manage").text


@pytest.fixture
def veterans(story: Story) -> Story:
    """Sixteen ex-servicemen, whose total is shown: three in Pond, seven in Hill, six in Ford."""
    for area, many in ((POND, 3), (HILL, 7), (FORD, 6)):
        for number in range(many):
            story.join(f"军人{area[8]}{number}", area, group="veteran")
    for number in range(12):
        story.join(f"务工{number}", HILL, group="migrant")
    return story


def test_of_a_shown_group_no_small_place_tells_how_many_they_are(veterans: Story, manager: Browser):
    page = manager.get("/manage?group=veteran&all=1")
    hidden = [f"/manage/progress?area={area}&group=veteran&measure=enrolled" for area in (POND, FORD)]
    assert "16 人报名" in page.text and "荷塘镇" in page.text and "柳渡镇" in page.text
    assert "荷塘镇 3 人" not in page.text and "柳渡镇 6 人" not in page.text
    assert not set(hidden) & set(page.links())
    assert not re.search(r'<td class="num">[36]</td>', page.html)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nor_does_the_file(veterans: Story, manager: Browser, kind: str):
    body = manager.client.get(f"/manage?group=veteran&format={kind}").data
    rows = {row[0]: row[1:4] for row in (rows_of_csv(body) if kind == "csv" else rows_of_xlsx(body))}
    assert rows["荷塘镇"] == rows["柳渡镇"] == ["不显示"] * 3
    assert rows["茶山镇"][:2] == ["7", "0"]
