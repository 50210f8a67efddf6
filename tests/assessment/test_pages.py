"""The desk of who judges, page by page, and what its trainees see of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from flask import Flask

from lms.assessment import judging, places, queue
from lms.assessment.judging import NewRemark
from lms.assessment.models import Judgement, Phrase, Remark
from lms.db import utc_now
from lms.submissions import states
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission
from tests.assessment.judged import DARK, WELL, classmate, colleague, fresh, judge, settled, work
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import samples
from tests.submissions.tasked import PAGE, hand_in, upload


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


def test_the_file_is_named_as_its_page_and_tells_local_times_to_the_minute(cast: Cast, he: Browser):
    Submission.update(handed_in_at=datetime(2026, 4, 1, 20, 9, 17, 636812, tzinfo=UTC)).where(
        Submission.id == work(cast).id
    ).execute()

    answer = he.client.get("/teach/work?format=csv", headers=he.headers)

    assert ",2026-04-02 04:09," in answer.get_data(as_text=True)
    assert quote("批作业") in answer.headers["Content-Disposition"]


def test_a_judgement_by_the_plain_form_leads_to_the_next_work(cast: Cast, he: Browser):
    first, second = work(cast), work(cast)

    page = give(he, first, 3, 2, words="光好多了。", deed="send")

    assert page.response.request.path == f"/teach/work/{second.id}"
    assert "发给张秀兰了：5 / 6 分" in page.text
    assert fresh(first).state == states.JUDGED


def test_what_cannot_be_kept_stays_in_the_form(cast: Cast, he: Browser):
    submission = work(cast)

    page = he.post(f"/teach/work/{submission.id}/judgement", 422, rows="2", **{"row-0": "3"}, words="还差一行")

    assert "还差一行" in page.html
    assert "先把每一行都打上分" in page.text


def photographed(cast: Cast) -> Submission:
    """A photo, handed in."""
    return hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo(), "ou.jpg")))


def test_a_place_of_a_photo_is_chosen_without_tapping(cast: Cast, he: Browser):
    submission = photographed(cast)
    piece = submission.pieces.get().id
    remark = {"remark-0-piece": piece, "remark-0-second": "", "remark-0-x": "", "remark-0-y": "", "remark-0-place": "8"}

    page = he.get(f"/teach/work/{submission.id}")
    give(he, submission, 3, 2, **remark, **{"remark-0-words": "这里发黑"})

    assert len({field["value"] for field in page.all("input", name="remark-0-place")}) == 9
    assert (round(Remark.get().x, 2), round(Remark.get().y, 2)) == (0.83, 0.83)


def test_a_place_that_was_tapped_stays_to_the_point_until_another_field_is_chosen(cast: Cast, he: Browser):
    submission = photographed(cast)
    tapped = {"remark-0-piece": submission.pieces.get().id, "remark-0-x": "0.4", "remark-0-y": "0.55"}

    page = he.post(f"/teach/work/{submission.id}/judgement", 422, rows="2", **tapped, **{"remark-0-place": "4"})
    give(he, submission, 3, 2, **tapped, **{"remark-0-place": "4"})

    assert [field["value"] for field in page.all("input", name="remark-0-place") if "checked" in field] == ["4"]
    assert (Remark.get().x, Remark.get().y) == (0.4, 0.55)
    assert places.chosen(0, 0.4, 0.55) == places.middle_of(0)


@pytest.mark.parametrize("place", [{"place": "9"}, {"place": "-1"}, {"x": "nan", "y": "nan"}, {"x": "7", "y": "0"}])
def test_a_place_that_is_none_is_refused_and_the_form_stays(cast: Cast, he: Browser, place: dict[str, str]):
    submission = photographed(cast)
    fields = {f"remark-0-{name}": value for name, value in place.items()}
    piece = submission.pieces.get().id

    page = give(he, submission, 3, 2, 422, **fields, **{"remark-0-piece": piece, "remark-0-words": "这里发黑"})

    assert "这里发黑" in page.html


def test_the_feedback_says_in_words_where_on_the_photo(cast: Cast, xiulan: Browser):
    submission = photographed(cast)
    remark = NewRemark(submission.pieces.get().id, x=0.9, y=0.1, stamp="look", words="这里发黑")
    judge(submission, cast.trainer, *WELL, remarks=(remark,))
    settled(submission)

    assert "右上" in xiulan.get(f"{PAGE}/feedback").text


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
    page = he.post("/teach/phrases", 422, words=words)

    assert words in page.html
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


def test_what_the_copy_coach_found_is_told_with_the_gravest_first(cast: Cast, he: Browser):
    submission = work(cast)
    found = [
        {"words": "有机", "severity": "proof", "proved": False},
        {"words": "国家级", "severity": "must", "proved": False},
        {"words": "三天发货", "severity": "proof", "proved": True},
    ]
    told = {"rules": "1", "findings": found, "proofs": []}
    Piece.update(kind="script", text="国家级有机", verdicts=told).where(Piece.submission == submission).execute()

    page = he.get(f"/teach/work/{submission.id}")

    assert "教练看到的 别说“国家级” “有机”要有证据 “三天发货”有证据" in page.text


def test_what_the_rehearsal_room_measured_is_told_with_what_is_to_be_worked_at_first(cast: Cast, he: Browser):
    submission = work(cast)
    told = {"by": "rehearsal room 1", "level": 3, "seconds": 300, "measures": {"silence": 14.2, "talk": 0.7, "x": 1}}
    Piece.update(verdicts=told).where(Piece.submission == submission).execute()

    page = he.get(f"/teach/work/{submission.id}")

    assert "手机测到的 小房，5 分钟 最长冷场：14 秒 说话的时间：70 %" in page.text


@pytest.mark.parametrize(
    "verdicts",
    [
        {"signals": 7, "meters": []},
        {"signals": {"wind": 3}, "meters": {}},
        {"x": "y"},
        {"rules": 1, "findings": {"words": 3}},
        {"level": [3], "seconds": 3, "measures": {}},
        {"level": 3, "seconds": "long", "measures": {"talk": "all"}},
        {"level": 3, "seconds": 3, "measures": ["talk"]},
    ],
)
def test_verdicts_that_no_tool_of_ours_wrote_harm_nothing(cast: Cast, he: Browser, verdicts: dict):
    submission = work(cast)
    Piece.update(verdicts=verdicts).where(Piece.submission == submission).execute()

    assert "手机测到的" not in he.get(f"/teach/work/{submission.id}").text


def test_a_phrase_is_put_in_other_words(cast: Cast, he: Browser):
    he.post("/teach/phrases", words="拍切面")
    he.post("/teach/phrases", words="拍横切面")
    one = Phrase.get(words="拍切面")

    he.post(f"/teach/phrases/{one.id}", words="拍横切面")
    refused = he.post(f"/teach/phrases/{one.id}", 422, words="长" * 41)

    assert [phrase.words for phrase in Phrase.select()] == ["拍横切面"]
    assert "写了 41 个字，一句最多 40 个" in refused.text
    assert "长" * 41 in refused.html


def test_nobody_changes_the_phrase_of_another(app: Flask, cast: Cast, he: Browser):
    he.post("/teach/phrases", words="拍切面")
    signed_in(app, colleague(cast)).post(f"/teach/phrases/{Phrase.get().id}", 404, words="别的")

    assert Phrase.get().words == "拍切面"


def test_given_phrases_stay_beside_ones_own_and_fit_the_work(cast: Cast, he: Browser):
    he.post("/teach/phrases", words="拍切面")

    page = he.get(f"/teach/work/{work(cast).id}")  # it is written

    assert [one["data-phrase"] for one in page.all("button") if "data-phrase" in one][:2] == [
        "拍切面",
        "短，清楚，写得好。",
    ]
    assert "光好多了" not in page.text


def test_words_that_are_too_long_are_refused_with_both_numbers_and_stay(cast: Cast, he: Browser):
    page = he.post(f"/teach/work/{work(cast).id}/judgement", 422, words="长" * 1001, **{"row-0": "3", "row-1": "2"})

    assert "写了 1001 个字，最多 1000 个" in page.text
    assert "长" * 1001 in page.html


def test_who_was_too_late_reads_what_was_written_and_goes_on(app: Flask, cast: Cast, he: Browser):
    submission = work(cast)
    other = colleague(cast)
    judge(submission, other, *WELL)

    page = he.post(f"/teach/work/{submission.id}/judgement", 409, words="光再亮一点", **{"row-0": "1", "row-1": "2"})

    assert "陆平刚才已经批过了" in page.text
    assert "光再亮一点" in page.html
    assert f"/teach/work/next?after={submission.id}" in page.links()
    assert not page.all("input", type="radio")  # what would be refused again is not asked for

    he_took_back = judging.take_back(fresh(submission), other, now=utc_now())
    sent = {one["name"]: one["value"] for one in page.all("input", type="hidden") if one["name"] != "csrf_token"}
    he.post(f"/teach/work/{submission.id}/judgement", **sent)

    assert he_took_back
    assert Judgement.standing_of(submission, cast.trainer).words == "光再亮一点"


def test_a_judgement_that_does_not_pass_is_told_as_sent_back(cast: Cast, he: Browser):
    page = he.post(f"/teach/work/{work(cast).id}/judgement", words="风大", **{"row-0": "3", "row-1": "1"})

    assert "退回给张秀兰重做了：4 / 6 分" in page.text
