"""A manager's way in a real browser: from the overview to one person, in both languages, wide and narrow, and without
script; axe-core finds nothing on any of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.chromium import launched
from tests.live import served
from tests.reports.conftest import HILL, POND, Story

pytestmark = pytest.mark.browser

SIZES = {"zh": (1280, 860), "en": (360, 760)}
ADDRESSES = ["/manage", f"/manage/areas/{POND}", "/manage/needs", "/manage/progress", "/manage/sound", "/manage/help"]


@pytest.fixture
def county(story: Story) -> Story:
    """Two townships with somebody who came far, and somebody who is away."""
    for number in range(6):
        member = story.join(f"荷{number}", POND, days_ago=30)
        story.complete(member, days_ago=number)
    for number in range(5):
        story.start(story.join(f"茶{number}", HILL, days_ago=30), days_ago=7 * number)
    story.start(story.join("王大勇", POND, days_ago=60), days_ago=20)
    return story


@contextmanager
def at_the_desk(app: Flask, language: str, *, script: bool = True) -> Iterator[Page]:
    """李建国 in front of his screen, signed in; his phone speaks English."""
    width, height = SIZES[language]
    with served(app) as site, launched() as browser:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            java_script_enabled=script,
        )
        page = context.new_page()
        page.goto("/sign-in/staff")
        page.fill("[name=phone]", "13812340003")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        yield page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_holds_and_axe_finds_nothing(app: Flask, county: Story, language: str):
    with at_the_desk(app, language) as page:
        for address in ADDRESSES:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[language][0], address
            assert violations(page) == [], address


def violations(page: Page) -> list[str]:
    """What axe-core finds, in few words."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_from_the_overview_to_one_person(app: Flask, county: Story):
    with at_the_desk(app, "zh") as page:
        page.goto("/manage")
        page.click(".bars.funnel li:nth-child(3) a")
        assert "6 人" in page.inner_text("h1")
        page.click("text=荷3")
        assert page.inner_text("h1") == "荷3"
        assert "小测" in page.inner_text("main") and violations(page) == []


def test_whom_to_help_and_the_words_for_them(app: Flask, county: Story):
    with at_the_desk(app, "zh") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/manage")
        page.click("header.headline a.button")
        assert "王大勇" in page.inner_text("main")
        page.click("copy-words button")
        page.wait_for_function("document.querySelector('copy-words [role=status]').textContent !== ''")
        assert "李建国" in page.evaluate("navigator.clipboard.readText()")


def test_the_same_without_script(app: Flask, county: Story):
    with at_the_desk(app, "en", script=False) as page:
        page.goto("/manage")
        page.click("header.headline a.button")
        assert "20 days away" in page.inner_text("main")
        assert not page.is_visible("copy-words button")
        page.goto("/manage?course=light")
        assert "hold the certificate" in page.inner_text("h1")


def test_folded_tables_are_open_on_paper_and_folded_again(app: Flask, county: Story):
    with at_the_desk(app, "zh") as page:
        page.goto("/manage")
        folded = page.locator("main details.as-table:not([open])").count()
        page.evaluate(
            "addEventListener('beforeprint', () => { "
            "window.onPaper = document.querySelectorAll('main details.as-table:not([open])').length; })"
        )
        page.pdf()
        assert folded and page.evaluate("window.onPaper") == 0
        assert page.locator("main details.as-table:not([open])").count() == folded


def test_folded_tables_are_open_on_paper_without_script_where_the_browser_can(app: Flask, county: Story):
    with at_the_desk(app, "zh", script=False) as page:
        page.goto("/manage")
        table = page.locator("main details.as-table table").first
        before = table.bounding_box()
        page.emulate_media(media="print")
        assert not (before and before["height"]) and table.bounding_box()["height"] > 20
