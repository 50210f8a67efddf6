"""What a trainer gave and wrote is not lost with the session, nor to a colleague who was faster, in a real Chromium."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.assessment.models import Judgement, Remark
from lms.submissions.handing_in import NewPiece
from tests.assessment.judged import WELL, colleague, judge, work
from tests.assessment.test_by_keys_in_chromium import desk
from tests.cast import PASSWORD, Cast
from tests.submissions import samples
from tests.submissions.tasked import hand_in, upload

LEFT = "Object.keys(localStorage).filter(key => key.startsWith('fieldcast:judging:'))"

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def begin(page: Page, address: str) -> None:
    """Points in both rows, and words."""
    page.goto(address)
    for key in ("1", "2", "w"):
        page.keyboard.press(key)
    page.keyboard.type("光再亮一点")


def come_in(page: Page, cast: Cast) -> None:
    """By the door to which the page led."""
    page.fill("[name=phone]", cast.trainer.phone)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def test_a_session_lost_while_judging_leads_back_to_the_work_with_everything_there(app: Flask, cast: Cast):
    photo = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo(), "ou.jpg")))
    with desk(app, cast.trainer) as page:
        begin(page, f"/teach/work/{photo.id}")
        page.keyboard.press("Escape")
        page.keyboard.press("m")
        page.locator("[data-remark] [name$=-words]").fill("这里暗")
        page.context.clear_cookies()
        page.get_by_role("button", name="退回重做").click()
        page.get_by_role("link", name="登录，回到那一页").click()
        come_in(page, cast)
        page.wait_for_url(f"**/teach/work/{photo.id}")
        expect(page.locator("[data-given-back]")).to_be_visible()
        expect(page.locator("[data-total]")).to_have_text("3")
        expect(page.locator("#words")).to_have_value("光再亮一点")
        expect(page.locator("[data-remark] [name$=-words]")).to_have_value("这里暗")
        page.get_by_role("button", name="退回重做").click()
        expect(page.get_by_text("退回给张秀兰重做了")).to_be_visible()

        assert page.evaluate(LEFT) == []  # the server has it now

    assert (Judgement.get().points, Judgement.get().words, Remark.get().words) == ([1, 2], "光再亮一点", "这里暗")


def test_what_was_written_when_a_colleague_was_faster_is_there_until_it_is_thrown_away(app: Flask, cast: Cast):
    submission = work(cast)
    with desk(app, cast.trainer) as page:
        begin(page, f"/teach/work/{submission.id}")
        judge(submission, colleague(cast), *WELL)
        page.keyboard.press("Control+Enter")
        expect(page.locator("textarea")).to_have_value("光再亮一点")
        expect(page.get_by_role("link", name="批下一份")).to_be_visible()

        page.goto(f"/teach/work/{submission.id}")
        expect(page.locator("[data-unsent] textarea")).to_have_value("光再亮一点")
        page.get_by_role("button", name="不要了").click()

        assert page.evaluate(LEFT) == []


def test_who_signs_out_hears_of_what_was_not_sent_and_leaves_nothing(app: Flask, cast: Cast):
    submission = work(cast)
    with desk(app, cast.trainer) as page:
        begin(page, f"/teach/work/{submission.id}")
        page.goto("/sign-out")
        expect(page.locator("[data-leaving] li")).to_contain_text("张秀兰")
        page.get_by_role("button", name="删掉，退出").click()
        page.wait_for_url(lambda url: "sign-out" not in url)

        assert page.evaluate(LEFT) == []


def test_what_was_spoken_is_there_again_after_the_page_was_lost(app: Flask, cast: Cast):
    submission = work(cast)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        page.keyboard.press("r")
        expect(page.locator("[data-going]")).to_be_visible()
        page.wait_for_timeout(600)
        page.keyboard.press("r")
        expect(page.locator("[data-heard]")).to_be_visible()
        page.wait_for_function(f"{LEFT}.length === 1")

        page.goto(f"/teach/work/{submission.id}")
        expect(page.locator("[data-heard]")).to_be_visible()
        for key in ("3", "2"):
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_text("发给张秀兰了")).to_be_visible()

        assert page.evaluate(LEFT) == []

    assert Judgement.get().voice and Judgement.get().voice_seconds > 0


def test_a_change_that_did_not_get_through_is_not_taken_for_the_judgement_before(app: Flask, cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        page.fill("#words", "再看一遍，收音还要近一点")
        page.route("**/judgement", lambda route: route.abort())
        with page.expect_event("requestfailed"):
            page.click("button[value=send]")
        page.unroute("**/judgement")
        page.goto("/teach/work")
        expect(page.locator("[data-came]")).to_be_visible()

        page.goto(f"/teach/work/{submission.id}")

        expect(page.locator("#words")).to_have_value("再看一遍，收音还要近一点")
