"""A manager opens the overview and reads what came of the training so far."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from lms.db import database
from lms.learning.progress import week_of
from lms.reports import line
from tests.browser import Browser
from tests.cast import COUNTY, TOWNSHIP
from tests.reports.conftest import CHINA, FORD, HILL, POND, Story, at_the_desk

MOST_QUERIES = 14


def fill(story: Story) -> None:
    """Six in Pond, of whom three completed; five in Hill, of whom one did."""
    pond = [story.join(f"荷{number}", POND, days_ago=3) for number in range(6)]
    hill = [story.join(f"茶{number}", HILL, days_ago=3) for number in range(5)]
    for member in [*pond[:3], hill[0]]:
        story.complete(member)


def test_the_headline_says_the_result(manager: Browser, story: Story):
    fill(story)
    assert "13 人报名，4 人拿到全部证书" in manager.get("/manage").text


def test_the_same_page_in_english(app: Flask, story: Story):
    fill(story)
    page = at_the_desk(app, story.cast.manager, "en").get("/manage")
    assert "13 enrolled, 4 hold all certificates" in page.text


def test_the_button_counts_whom_it_opens(manager: Browser, story: Story):
    story.join("王大勇", POND, days_ago=40)
    assert "看看该帮谁：2 人" in manager.get("/manage").text
    assert "2 个人要帮一把" in manager.get(f"/manage/needs?area={COUNTY}").text


def test_every_report_says_what_its_words_mean_and_what_it_counts(manager: Browser, story: Story):
    fill(story)
    page = manager.get("/manage")
    assert "结业率 = 已完成 ÷ 已报名" in page.text
    assert "数的是整个培训" in page.text


def test_both_numbers_of_the_rate_are_told(manager: Browser, story: Story):
    fill(story)
    story.start(story.join("马德胜", HILL))
    page = manager.get("/manage")
    assert "29%" in page.text and "4 ÷ 14 人报名" in page.text and "÷ 5 人开始学：80%" in page.text


def test_a_course_is_counted_by_its_enrolments(manager: Browser, story: Story):
    fill(story)
    page = manager.get("/manage?course=light")
    assert "13 人报名，4 人拿到证书" in page.text
    assert "数的是一门课" in page.text


def test_a_filter_by_area_opens_the_page_of_the_area(manager: Browser, story: Story):
    response = manager.client.get(f"/manage?area={POND}&course=light&group=")
    assert response.location.endswith(f"/manage/areas/{POND}?course=light")


def test_the_filters_of_an_area_stay_in_it_and_lead_further_down(app: Flask, story: Story):
    browser = at_the_desk(app, story.cast.admin)
    page = browser.get(f"/manage/areas/{COUNTY}?course=light")
    assert page.all("form", action=f"/manage/areas/{COUNTY}")
    deeper = browser.client.get(f"/manage/areas/{COUNTY}?area={POND}&course=light")
    assert deeper.location.endswith(f"/manage/areas/{POND}?course=light")


def test_an_area_without_people_says_so(manager: Browser, story: Story):
    assert "现在没人要帮" in manager.get(f"/manage/areas/{FORD}").text
    assert "这里还没人报名" in manager.get("/manage?group=graduate").text


def test_a_township_says_whom_to_help_and_shows_the_rest(manager: Browser, story: Story):
    fill(story)
    story.join("王大勇", POND, days_ago=40)
    page = manager.get(f"/manage/areas/{POND}")
    assert "荷塘镇：1 个人要帮一把" in page.text
    assert "王大勇" in page.text and "其余 6 人" in page.text and "复制这段话" in page.text


def test_a_village_has_a_page_too(manager: Browser, story: Story):
    assert "莲子村" in manager.get("/manage/areas/349921101201").text


def test_more_than_twelve_areas_show_both_ends_and_the_way_to_all(manager: Browser, story: Story):
    from lms.programmes.models import Area

    codes = [f"3499211{number:02}000" for number in range(10, 24)]
    Area.insert_many(
        [(code, f"镇{code[6:9]}", "", 4) for code in codes], fields=[Area.code, Area.name_zh, Area.name_en, Area.level]
    ).execute()
    for code in codes:
        for number in range(5):
            story.join(f"人{number}", code)
    assert "看中间的" in manager.get("/manage").text
    assert "看中间的" not in manager.get("/manage?all=1").text


def test_the_overview_costs_a_fixed_number_of_queries(manager: Browser, story: Story):
    fill(story)
    few = queries_of(manager, "/manage")
    for number in range(12):
        story.start(story.join(f"学员{number}", TOWNSHIP))
    assert queries_of(manager, "/manage") == few <= MOST_QUERIES


def queries_of(browser: Browser, address: str) -> int:
    """How many statements a page costs."""
    counted = []
    original = database.obj.execute_sql
    database.obj.execute_sql = lambda *args, **kwargs: counted.append(args[0]) or original(*args, **kwargs)
    try:
        browser.get(address)
    finally:
        del database.obj.execute_sql
    return len([statement for statement in counted if statement.startswith("SELECT")])


def test_the_line_writes_out_its_ends_and_its_peak(now: datetime):
    monday = week_of(now, CHINA)
    counts = [312, 360, 390, 402, 395, 380, 370, 300, 287]
    drawn = line.drawn([(monday + timedelta(weeks=at), count) for at, count in enumerate(counts)])
    assert [point.count for point in drawn.points if point.label] == [312, 402, 287]
    assert [value for _y, value in drawn.grid] == [0, 150, 300, 450]
