"""A task from the phone to the certificate: over a link that breaks, sent back once, passed on the second try;
nothing follows before the trainer's ten minutes are over. (Ten works by keys alone: tests/assessment.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.certificates.models import Certificate
from lms.submissions import states, turning
from lms.submissions.models import Submission
from tests.assessment.judged import fresh, settled
from tests.assessment.test_by_keys_in_chromium import desk
from tests.cast import Cast
from tests.submissions import samples, tasked
from tests.submissions.test_sending_in_chromium import choose, phone

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def task(cast: Cast) -> None:
    """The certificate asks for the task."""
    tasked.with_task(cast, requires='["task"]')


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of two seconds, and as much again that nobody sees."""
    path = tmp_path / "he.mp4"
    path.write_bytes(samples.clip(2) + bytes(1_200_000))
    return path


def send(page: Page, film: Path, number: int) -> Submission:
    """Hand the film in; the work, turned."""
    choose(page, film)
    page.click("form[data-hand-in] button[type=submit]")
    expect(page.get_by_text(f"第 {number} 次").first).to_be_visible(timeout=60_000)
    work = Submission.get(Submission.number == number)
    turning.turn(work.pieces.get().id)
    return fresh(work)


def judge_by_keys(app: Flask, cast: Cast, *points: str) -> None:
    """Ms He opens the work that waits and gives these points."""
    with desk(app, cast.trainer) as page:
        page.goto("/teach/work")
        page.get_by_role("link", name="批等得最久的一份").press("Enter")
        expect(page.locator("[data-keys]")).to_be_visible()
        for point in points:
            page.keyboard.press(point)
        with page.expect_navigation():
            page.keyboard.press("Enter")


def test_sent_back_once_passed_on_the_second_try_and_certified_when_it_counts(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, after=400_000, a_second=2_000_000) as (page, link):
        first = send(page, film, 1)
        assert link.breaks > 1
    judge_by_keys(app, cast, "1", "2")
    assert settled(first).state == states.AGAIN

    with phone(app, cast) as (page, _link):
        page.goto("/today")
        page.get_by_text("再做一次").click()
        expect(page.get_by_text("3 / 6").or_(page.get_by_text("有点暗")).first).to_be_visible()
        page.goto(tasked.PAGE)
        second = send(page, film, 2)
    judge_by_keys(app, cast, "3", "2")

    with phone(app, cast) as (page, _link):
        page.goto("/certificates")
        assert not Certificate.select().exists() and not cast.enrolment.completed_at

        assert settled(second).state == states.PASSED
        number = Certificate.get().number
        page.goto("/certificates")
        expect(page.get_by_text(number).first).to_be_visible()
