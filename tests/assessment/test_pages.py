"""The desk of who judges, page by page, and what its trainees see of it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from flask import Flask

from lms.assessment import queue
from lms.assessment.models import Judgement, Phrase
from lms.db import utc_now
from lms.submissions import states
from lms.submissions.models import Piece, Submission
from tests.assessment.judged import DARK, WELL, classmate, colleague, fresh, judge, settled, work
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions.tasked import PAGE


def give(browser: Browser, submission: Submission, light: int, sound: int, status: int = 200, **fields: object):
    """Send the form of the rubric page."""
    rows = {"rows": "2", "row-0": str(light), "row-1": str(sound)}
    return browser.post(f"/teach/work/{submission.id}/judgement", status, **rows, **fields)


def test_the_queue_tells_who_waits_and_for_how_long(cast: Cast, he: Browser):
    work(cast, now=utc_now() - timedelta(hours=61))

    page = he.get("/teach/work")

    assert "还有 1 份没批。 等得最久的等了 2 天半。" in page.text
    assert "超过 2 天" in page.text
    assert "张秀兰" in page.text


def test_the_tabs_hold_what_is_in_their_state(cast: Cast, he: Browser):
    first = work(cast)
    judge(first, cast.trainer, *DARK)
    settled(first)

    assert "没批 0 退回重做 1 批完了 0" in he.get("/teach/work?tab=again").text


def test_the_queue_is_narrowed_by_name_class_and_task(cast: Cast, he: Browser):
    work(cast)

    assert "张秀兰" in he.get(f"/teach/work?q=秀兰&cohort={cast.cohort.id}&task=light/sun/task:film-lotus").text
    assert "这里空着" in he.get("/teach/work?q=国强").text
    assert "这里空着" in he.get("/teach/work?task=light/sun/task:other").text


def test_the_list_is_a_file_too(cast: Cast, he: Browser):
    work(cast)

    answer = he.client.get("/teach/work?format=csv", headers=he.headers)

    assert "张秀兰" in answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"


def test_a_judgement_by_the_plain_form_leads_to_the_next_work(cast: Cast, he: Browser):
    first, second = work(cast), work(cast)

    page = give(he, first, 3, 2, words="光好多了。", deed="send")

    assert page.response.request.path == f"/teach/work/{second.id}"
    assert "刚发出：张秀兰 5 分" in page.text
    assert fresh(first).state == states.JUDGED


def test_what_cannot_be_kept_stays_in_the_form(cast: Cast, he: Browser):
    submission = work(cast)

    page = he.post(f"/teach/work/{submission.id}/judgement", 422, rows="2", **{"row-0": "3"}, words="还差一行")

    assert "还差一行" in page.html
    assert "先把每一行都打上分" in page.text


def test_it_can_be_taken_back_from_the_next_page(cast: Cast, he: Browser):
    submission = work(cast)
    give(he, submission, 3, 2)

    he.post(f"/teach/work/{submission.id}/judgement/end")

    assert fresh(submission).state == states.WAITING


def test_a_row_that_must_hold_says_so_before(cast: Cast, he: Browser):
    assert "0 分或 1 分自动退回" in he.get(f"/teach/work/{work(cast).id}").text


def test_whoever_opens_a_work_is_told_who_is_at_it(app: Flask, cast: Cast, he: Browser):
    submission, lu = work(cast), signed_in(app, colleague(cast))
    he.get(f"/teach/work/{submission.id}")

    assert "何敏从" in lu.get(f"/teach/work/{submission.id}").text
    assert "何敏从" not in he.get(f"/teach/work/{submission.id}").text


def test_who_comes_too_late_keeps_what_they_wrote(app: Flask, cast: Cast, he: Browser):
    submission, lu = work(cast), signed_in(app, colleague(cast))
    give(he, submission, 3, 2)

    page = give(lu, submission, 2, 2, 409, words="我写了半天的话")

    assert "我写了半天的话" in page.html
    assert "何敏刚才已经批过了" in page.text


def test_a_manager_reads_and_does_not_judge(app: Flask, cast: Cast):
    submission, li = work(cast), signed_in(app, cast.manager)

    page = li.get(f"/teach/work/{submission.id}")
    li.post(f"/teach/work/{submission.id}/judgement", 403, rows="2")

    assert not page.all("form", **{"data-rubric": ""})


def test_the_navigation_tells_how_many_wait(cast: Cast, he: Browser):
    work(cast)

    assert queue.count_waiting(cast.trainer) == 1
    assert "批作业 1" in he.get("/teach/cohorts").text


def questions(browser: Browser, address: str) -> int:
    """How many questions a page asks of the database."""
    seen: list[str] = []
    logger = logging.getLogger("peewee")
    handler = logging.Handler()
    handler.emit = seen.append  # type: ignore[method-assign]
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        browser.get(address)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    return len(seen)


def test_eighteen_works_cost_no_more_questions_than_three(cast: Cast, he: Browser):
    for _each in range(3):
        work(cast)
    few = questions(he, "/teach/work")
    for _each in range(15):
        work(cast)

    assert questions(he, "/teach/work") <= few


def test_the_feedback_tells_points_words_and_the_way_to_another_try(cast: Cast, xiulan: Browser):
    submission = work(cast)
    judge(submission, cast.trainer, *DARK, words="光太暗，站到顺光的地方。")
    settled(submission)

    page = xiulan.get(f"{PAGE}/feedback")

    assert "老师批好了" in page.text
    assert "光太暗，站到顺光的地方。" in page.text
    assert "3 / 6 分" in page.text
    assert PAGE in page.links()
    assert fresh(submission).seen_at
    assert not Judgement.unseen_by(cast.trainee).exists()


def test_before_it_counts_the_feedback_leads_to_the_task(cast: Cast, xiulan: Browser):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL, words="不能先看到")

    page = xiulan.get(f"{PAGE}/feedback")

    assert page.response.request.path == PAGE
    assert "不能先看到" not in page.html


def test_opening_the_feedback_settles_what_is_due(cast: Cast, xiulan: Browser):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL, now=utc_now() - timedelta(minutes=11))

    page = xiulan.get(f"/me/works/{submission.id}/feedback")

    assert "这门课学完了！" in page.text
    assert fresh(submission).state == states.PASSED


def test_a_classmate_sees_nobody_elses_feedback(app: Flask, cast: Cast):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    settled(submission)

    signed_in(app, classmate(cast)).get(f"/me/works/{submission.id}/feedback", status=404)


def test_a_phrase_said_again_and_again_is_learned(cast: Cast, he: Browser):
    for _each in range(3):
        judge(work(cast), cast.trainer, *WELL, words="把手机擦一擦。别的都好。")

    assert {phrase.words for phrase in Phrase.select()} == {"把手机擦一擦。", "别的都好。"}
    assert "把手机擦一擦。" in he.get(f"/teach/work/{work(cast).id}").text


def test_phrases_are_added_and_deleted(cast: Cast, he: Browser):
    he.post("/teach/phrases", words="拍切面")
    phrase = Phrase.get()

    assert "拍切面" in he.get("/teach/phrases").text
    he.post(f"/teach/phrases/{phrase.id}/end")
    assert not Phrase.select().exists()


@pytest.mark.parametrize("words", ["", "长" * 41])
def test_a_phrase_that_is_none_is_refused(cast: Cast, he: Browser, words: str):
    he.post("/teach/phrases", words=words)

    assert not Phrase.select().exists()


def test_what_the_coach_measured_on_the_phone_is_told_as_such(cast: Cast, he: Browser):
    submission = work(cast)
    told = {
        "by": "shot coach 1",
        "signals": {"wind": {"value": 0.6, "grade": "red", "side": "high"}},
        "meters": {"sound": "red", "light": "green"},
    }
    Piece.update(verdicts=told).where(Piece.submission == submission).execute()

    page = he.get(f"/teach/work/{submission.id}")

    assert "手机测到的 有风 光很好" in page.text


@pytest.mark.parametrize("verdicts", [{"signals": 7, "meters": []}, {"signals": {"wind": 3}, "meters": {}}, {"x": "y"}])
def test_verdicts_that_no_tool_of_ours_wrote_harm_nothing(cast: Cast, he: Browser, verdicts: dict):
    submission = work(cast)
    Piece.update(verdicts=verdicts).where(Piece.submission == submission).execute()

    assert "手机测到的" not in he.get(f"/teach/work/{submission.id}").text
