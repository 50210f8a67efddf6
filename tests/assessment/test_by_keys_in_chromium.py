"""A trainer at the desk without a mouse, and what a trainee's phone plays of it, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.accounts.models import Person
from lms.assessment.judging import NewRemark
from lms.assessment.models import Judgement, Remark
from lms.assessment.rubrics import Row, Rubric
from lms.settings import ROOT
from lms.submissions import states, turning
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Submission
from tests.assessment.judged import WELL, classmate, fresh, judge, settled, work
from tests.cast import PASSWORD, PIN, Cast
from tests.chromium import launched
from tests.live import served
from tests.submissions import samples
from tests.submissions.tasked import PAGE, hand_in, upload, written

# Put the clip at a second; wait until it has played beyond one.
SEEK = """second => new Promise((done) => {
  const video = document.querySelector('video');
  video.addEventListener('loadedmetadata', () => { video.currentTime = second; });
  video.addEventListener('seeked', done);
  video.preload = 'auto';
  video.load();
})"""
PLAYED = """second => new Promise((done) => {
  const video = document.querySelector('video');
  const look = () => video.currentTime > second && !video.paused ? done() : setTimeout(look, 50);
  look();
})"""

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@contextmanager
def desk(app: Flask, person: Person, *, width: int = 1280) -> Iterator[Page]:
    """A browser at whose door this person has come in; nothing may go wrong on any page."""
    with served(app) as address, launched() as browser:
        page = browser.new_context(
            base_url=address, viewport={"width": width, "height": 860}, locale="zh-CN"
        ).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/sign-in/staff" if person.is_staff else "/sign-in")
        page.fill("[name=phone]", person.phone)
        page.fill("[name=password]" if person.is_staff else "[name=pin]", PASSWORD if person.is_staff else PIN)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        yield page
        assert not wrong


def filmed(cast: Cast) -> Submission:
    """A clip of four seconds, turned."""
    submission = hand_in(cast.enrolment, NewPiece("video", upload=upload(cast.trainee, samples.clip(4))))
    turning.turn(submission.pieces.get().id)
    return fresh(submission)


def test_ten_works_are_judged_without_a_mouse(app: Flask, cast: Cast):
    for number in range(10):
        one = classmate(cast, f"学员{number}")
        hand_in(one.enrolments.get(), written())
    with desk(app, cast.trainer) as page:
        page.goto("/teach/work")
        page.get_by_role("link", name="批等得最久的一份").press("Enter")
        for number in range(10):
            expect(page.get_by_text(f"学员{number}").first).to_be_visible()
            expect(page.locator("[data-keys]")).to_be_visible()  # its script has come
            page.keyboard.press("3")
            page.keyboard.press("2")
            expect(page.locator("[data-total]")).to_have_text("5")
            expect(page.locator("[data-send-label]")).to_have_text(f"打 5 分，发给学员{number}")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        expect(page.get_by_text("都批完了，辛苦了。")).to_be_visible()

    assert Submission.select().where(Submission.state == states.JUDGED).count() == 10


def test_keys_skip_send_back_take_phrases_and_move_between_rows(app: Flask, cast: Cast):
    first, second = work(cast), work(cast)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{first.id}")
        page.keyboard.press("n")
        page.wait_for_url(f"**/teach/work/{second.id}")
        for key in ("1", "ArrowUp", "ArrowRight", "ArrowDown", "3", "f", "2"):
            page.keyboard.press(key)
        expect(page.locator("#words")).to_have_value("写清斤两和价钱。")
        with page.expect_navigation():
            page.keyboard.press("b")

    given = Judgement.get()
    assert (given.points, given.words, given.sent_back) == ([2, 3], "写清斤两和价钱。", True)


def test_a_row_that_must_hold_warns_before_it_is_sent(app: Flask, cast: Cast):
    submission = work(cast)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        page.keyboard.press("3")
        page.keyboard.press("1")

        expect(page.locator("[data-warning]")).to_have_text("“声音”不到 2 分，发出后会自动退回重做。")
        expect(page.locator("[data-badge=fail]")).to_be_visible()


def test_a_remark_is_pinned_to_the_second_at_which_the_clip_stands(app: Flask, cast: Cast):
    submission = filmed(cast)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        page.evaluate(SEEK, 2.5)
        expect(page.locator("[data-now]")).to_have_text("0:02")
        page.keyboard.press("m")
        page.keyboard.type("风声从这里开始")
        page.keyboard.press("Escape")
        page.keyboard.press("3")
        page.keyboard.press("2")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    remark = Remark.get()
    assert (remark.second, remark.words, remark.piece_id) == (2.5, "风声从这里开始", submission.pieces.get().id)


def test_a_remark_is_put_on_a_photo_by_keys(app: Flask, cast: Cast):
    submission = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo(), "ou.jpg")))
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        for key in ("m", "ArrowRight", "Tab", "Tab"):
            page.keyboard.press(key)
        page.keyboard.type("这里发黑")
        page.keyboard.press("Escape")
        expect(page.locator(".stamps circle")).to_have_attribute("cx", "83.33333333333334%")
        page.keyboard.press("3")
        page.keyboard.press("2")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    remark = Remark.get()
    assert (round(remark.x, 2), remark.y, remark.second, remark.words) == (0.83, 0.5, None, "这里发黑")


def test_a_spoken_comment_is_recorded_and_heard(app: Flask, cast: Cast):
    submission = work(cast)
    with desk(app, cast.trainer) as page:
        page.goto(f"/teach/work/{submission.id}")
        page.keyboard.press("3")
        page.keyboard.press("3")
        page.keyboard.press("r")
        page.wait_for_timeout(1500)
        page.keyboard.press("r")
        expect(page.locator("[data-heard]")).to_be_visible()
        page.locator("h1").click()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        answer = page.request.get(f"/work/voices/{Judgement.get().id}")
        heard = (answer.headers["content-type"], len(answer.body()) > 500)

    assert Judgement.get().voice_seconds > 1
    assert heard == ("audio/webm", True)


def test_a_tap_on_a_remark_plays_the_work_from_its_second(app: Flask, cast: Cast):
    submission = filmed(cast)
    remark = NewRemark(submission.pieces.get().id, second=2.0, stamp="fault", words="这里有风")
    judge(submission, cast.trainer, *WELL, remarks=(remark,))
    settled(submission)
    with desk(app, cast.trainee, width=360) as page:
        page.goto(f"{PAGE}/feedback")
        page.get_by_role("link", name="0:02").click()
        page.evaluate(PLAYED, 2)

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_adds_up_as_the_server_does(app: Flask, cast: Cast):
    rubric = Rubric((Row("光", tuple("0123"), False, "light"), Row("声音", tuple("0123"), True, "mic")), 4)
    source = (ROOT / "static/js/assessment/points.js").read_text(encoding="utf-8").replace("export ", "")
    sums = (
        "[0, 1, 2, 3].map((a) => [0, 1, 2, 3].map((b) => verdict([{points: a}, {points: b, must: '声音'}], 4).passes))"
    )

    with desk(app, cast.trainer) as page:
        said = page.evaluate(f"() => {{ {source}\n return {sums}; }}")

    assert said == [[rubric.passes((light, sound)) for sound in range(4)] for light in range(4)]
