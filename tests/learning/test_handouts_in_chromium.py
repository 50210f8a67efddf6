"""Each shipped lesson as a handout, printed by a real browser: one A4 that can be read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.catalogue import folder, publishing, reading
from lms.catalogue.models import CourseVersion
from lms.learning import enrolling
from lms.programmes.models import CohortCourse
from lms.settings import ROOT
from tests.cast import SPRING, Cast
from tests.learning.phone import phone_of_xiulan

COURSES = sorted(path.parent.name for path in (ROOT / "courses").glob("*/course.toml"))
# 9.5 points, in pixels.
LEGIBLE = 12.66
SMALLEST = """() => Math.min(...[...document.querySelectorAll('main *:not(svg *)')]
  .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def published(cast: Cast, name: str, files: dict[str, bytes] | None = None) -> CourseVersion:
    """A shipped course, in Xiulan's class, some of its files replaced."""
    taken = {**folder.read(ROOT / "courses" / name, name), **(files or {})}
    version = publishing.load(name, taken, by=None, now=SPRING).version
    CohortCourse.create(cohort=cast.cohort, course=version.course_id, position=1 + COURSES.index(name))
    return version


def printed(page: Page, course: str, lesson: str, lang: str) -> pikepdf.Pdf:
    """The handout of a lesson."""
    page.goto(f"/courses/{course}/{lesson}/print?lang={lang}")
    return on_paper(page)


def on_paper(page: Page) -> pikepdf.Pdf:
    """What stands on the screen, as it is printed."""
    return pikepdf.open(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def faults(page: Page, lessons: list[tuple[str, str]], lang: str) -> Iterator[str]:
    """What is wrong with their handouts."""
    for course, lesson in lessons:
        sheets = printed(page, course, lesson, lang).pages
        if len(sheets) != 1:
            yield f"{course}/{lesson}: {len(sheets)} sheets"
        if page.evaluate(SMALLEST) < LEGIBLE:
            yield f"{course}/{lesson}: letters under 9.5 points"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_lesson_is_one_a4_in_letters_that_can_be_read(app: Flask, cast: Cast, lang: str):
    versions = {name: published(cast, name) for name in COURSES}
    lessons = [(name, lesson.key) for name, version in versions.items() for lesson in reading.lessons(version)]
    enrolling.enrol(cast.membership, now=SPRING)

    with phone_of_xiulan(app, cast) as page:
        page.emulate_media(media="print")
        assert list(faults(page, lessons, lang)) == []

    assert len(lessons) >= 40


def test_a_longer_lesson_of_one_s_own_runs_on_to_a_second_sheet(app: Flask, cast: Cast):
    text = (ROOT / "courses/shooting/steady/zh.md").read_text("utf-8")
    longer = text.replace("## 照着做", "再慢一点。\n\n" * 60 + "## 照着做")
    published(cast, "shooting", {"steady/zh.md": longer.encode()})
    enrolling.enrol(cast.membership, now=SPRING)

    with phone_of_xiulan(app, cast) as page:
        assert len(printed(page, "shooting", "steady", "zh").pages) == 2


def test_a_page_with_no_room_for_notes_makes_no_second_one(app: Flask, cast: Cast):
    published(cast, "shooting")
    enrolling.enrol(cast.membership, now=SPRING)

    with phone_of_xiulan(app, cast) as page:
        page.goto("/courses/shooting/steady/print")
        page.evaluate("document.querySelector('article').style.setProperty('padding-bottom', '410px')")
        assert len(on_paper(page).pages) == 1


def test_the_handout_fits_a_phone_s_screen(app: Flask, cast: Cast):
    published(cast, "shooting")
    enrolling.enrol(cast.membership, now=SPRING)

    with phone_of_xiulan(app, cast) as page:
        page.goto("/courses/shooting/steady/print")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
