"""A numbered list that goes on from another keeps its numbers on the lesson page."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser import Browser
from tests.cast import SMALL_COURSE, Cast
from tests.chromium import launched
from tests.learning.deeds import publish
from tests.live import served

STEPS = "\n1. 拍一段\n2. 看一遍\n\n歇一会儿。\n\n3. 再拍一段\n4. 发给老师\n"
NUMBERS = "[...document.querySelectorAll('.steps > li')].map((one) => getComputedStyle(one, '::before').content)"


@pytest.fixture
def lesson(cast: Cast) -> str:
    """A lesson with four steps, two before and two behind a sentence."""
    pages = {
        lang: (SMALL_COURSE / f"sun/{lang}.md").read_text(encoding="utf-8").partition("1.")[0] for lang in ("zh", "en")
    }
    publish(cast.enrolment, {f"sun/{lang}.md": text + STEPS for lang, text in pages.items()})
    return "/courses/light/sun"


def test_a_list_that_goes_on_begins_with_its_own_number(app: Flask, lesson: str):
    page = Browser(app).get(lesson)
    assert [one.get("start") for one in page.all("ol") if "steps" in (one.get("class") or "")] == [None, "3"]


@pytest.mark.browser
def test_the_numbers_in_the_cells_go_on(app: Flask, lesson: str):
    with served(app) as site, launched() as browser:
        page = browser.new_page()
        page.goto(site + lesson)
        assert page.evaluate(NUMBERS) == ["counter(step)", "counter(step)", '"3"', '"4"']
