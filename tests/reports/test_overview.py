"""A manager opens the overview, and a number opens its rows (promise 5)."""

from __future__ import annotations

from flask import Flask

from tests.browser import Browser
from tests.reports.conftest import HILL, POND, Story, at_the_desk


def fill(story: Story) -> None:
    """Six in Pond, of whom three completed; five in Hill, of whom one did."""
    pond = [story.join(f"荷{number}", POND, days_ago=3) for number in range(6)]
    hill = [story.join(f"茶{number}", HILL, days_ago=3) for number in range(5)]
    for member in [*pond[:3], hill[0]]:
        story.complete(member)


def test_the_headline_says_the_result(manager: Browser, story: Story):
    fill(story)
    page = manager.get("/manage")
    assert "13 人报名，4 人拿到全部证书" in page.text


def test_the_same_page_in_english(app: Flask, story: Story):
    fill(story)
    page = at_the_desk(app, story.cast.manager, "en").get("/manage")
    assert "13 enrolled, 4 hold all certificates" in page.text


def test_nobody_yet_is_said_in_words(manager: Browser, story: Story):
    page = manager.get("/manage/areas/349921104000")
    assert page.status == 200
