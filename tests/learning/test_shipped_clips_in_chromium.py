"""The clips of the shipped lessons, played and answered on a phone, and answered from the list without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.catalogue import folder, publishing
from lms.learning import enrolling
from lms.learning.models import Event
from lms.programmes.models import CohortCourse
from lms.settings import ROOT
from tests.cast import PIN, SPRING, Cast
from tests.chromium import launched
from tests.learning.phone import phone_of_xiulan
from tests.live import served

# Put the question's clip at a second, and wait until it stands there.
SEEK = """second => new Promise((done) => {
  const clip = document.querySelector('#check-shaking video');
  const seek = () => { clip.pause(); clip.addEventListener('seeked', done); clip.currentTime = second; };
  clip.readyState ? seek() : clip.addEventListener('loadedmetadata', seek);
})"""

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def shipped(cast: Cast) -> None:
    """Xiulan takes two shipped courses."""
    for position, name in enumerate(("shooting", "selling"), 1):
        version = publishing.load(name, folder.read(ROOT / "courses" / name, name), by=None, now=SPRING).version
        CohortCourse.create(cohort=cast.cohort, course=version.course_id, position=position)
    enrolling.enrol(cast.membership, now=SPRING)


def test_the_moment_at_which_the_picture_shakes_is_tapped_while_it_plays(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/courses/shooting/steady")
        question = page.locator("#check-shaking")
        expect(question.locator(".marking")).to_have_count(1)
        question.locator("[data-kind]").click()
        question.locator("video").wait_for()
        page.evaluate(SEEK, 4.8)
        question.locator(".marking button").first.click()
        question.locator("button[type=submit]").click()

        expect(question.locator("[role=status]")).to_contain_text("走一步，晃一下")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    assert Event.get().right


def test_without_javascript_false_words_are_chosen_from_the_list(app: Flask, cast: Cast):
    with served(app) as address, launched() as browser:
        page = browser.new_context(
            base_url=address, viewport={"width": 360, "height": 640}, java_script_enabled=False, locale="en-GB"
        ).new_page()
        page.goto("/sign-in")
        page.fill("[name=phone]", cast.trainee.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        page.goto("/courses/selling/closing")
        question = page.locator("#check-false-push")
        for answer in (1, 3):
            question.locator("[name=chosen]").nth(answer).check(force=True)
        question.locator("button[type=submit]").click()

    assert Event.get().body == {"chosen": [1, 3]} and Event.get().right
