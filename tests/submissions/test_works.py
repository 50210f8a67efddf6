"""我的作品: who sees a work, and its owner's word about that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from lms.catalogue import store
from lms.db import utc_now
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.submissions import sharing, states
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission, WorkConsent
from tests.browser import Browser
from tests.cast import Cast, person
from tests.entering import signed_in
from tests.submissions import samples
from tests.submissions.tasked import PAGE, hand_in, upload, written

pytestmark = pytest.mark.usefixtures("task")


@pytest.fixture
def work(cast: Cast) -> Submission:
    """A photo by Xiulan that passed."""
    submission = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo())))
    now = utc_now()
    states.judged(submission, now=now)
    states.settle(submission, True, 5, 6, now=now)
    return submission


@pytest.fixture
def classmate(app: Flask, cast: Cast) -> Browser:
    """秀英, who learns the same course."""
    other = person("刘秀英", "13812340010")
    now = utc_now()
    enrolling.enrol(memberships.join(cast.cohort, other, now=now, how="code"), now=now)
    Enrolment.update(version=cast.version).execute()
    return signed_in(app, other)


def address(work: Submission) -> str:
    """Where the photo lies."""
    return f"/work/{work.in_order()[0].id}/show"


def test_the_owner_her_trainer_and_who_looks_after_the_class_see_it(app: Flask, cast: Cast, work: Submission):
    for one in (cast.trainee, cast.trainer, cast.manager, cast.admin):
        assert signed_in(app, one).client.get(address(work)).mimetype == "image/webp"


def test_nobody_else_can_tell_that_it_is_there(app: Flask, cast: Cast, work: Submission, classmate: Browser):
    assert classmate.client.get(address(work)).status_code == 404
    assert signed_in(app, cast.outsider).client.get(address(work)).status_code == 404


def test_a_classmate_sees_it_as_long_as_the_owner_agrees(xiulan: Browser, work: Submission, classmate: Browser):
    xiulan.post(f"/me/works/{work.id}/example")
    assert classmate.client.get(address(work)).status_code == 200
    assert "同学愿意给大家看的作品" in classmate.get(PAGE).text

    xiulan.post(f"/me/works/{work.id}/example/end")
    assert classmate.client.get(address(work)).status_code == 404
    assert "同学愿意给大家看的作品" not in classmate.get(PAGE).text


def test_agreeing_twice_is_once_and_can_be_done_again(xiulan: Browser, work: Submission):
    for deed in ("example", "example", "example/end", "example/end", "example"):
        xiulan.post(f"/me/works/{work.id}/{deed}")

    assert WorkConsent.select().count() == 1 and sharing.is_shown(work)


def test_a_trainer_asks_and_the_owner_may_say_no(xiulan: Browser, cast: Cast, work: Submission):
    assert sharing.ask(work, by=cast.trainer.id, now=utc_now())
    assert "老师觉得" in xiulan.get(f"/me/works/{work.id}").text

    xiulan.post(f"/me/works/{work.id}/example/end")

    assert not sharing.is_asked(work) and not sharing.is_shown(work)


def test_a_phone_that_has_it_is_sent_nothing_but_is_asked_each_time(xiulan: Browser, work: Submission):
    first = xiulan.client.get(address(work))
    again = xiulan.client.get(address(work), headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304 and "no-cache" in first.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("wanted", "status", "start", "end"),
    [("bytes=0-99", 206, 0, 100), ("bytes=100-", 206, 100, None), ("bytes=-50", 206, -50, None)],
)
def test_a_player_jumps_to_any_second(xiulan: Browser, work: Submission, wanted, status, start, end):
    whole = store.media.get(Piece.get().digest)
    answer = xiulan.client.get(address(work), headers={"Range": wanted})

    assert (answer.status_code, answer.data) == (status, whole[start:end])
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")


def test_a_part_beyond_the_end_is_said_to_be_none(xiulan: Browser, work: Submission):
    answer = xiulan.client.get(address(work), headers={"Range": "bytes=99999999-"})

    assert answer.status_code == 416 and answer.headers["Content-Range"].startswith("bytes */")


def test_what_runs_nowhere_is_a_download(xiulan: Browser, work: Submission):
    Piece.update(mime="text/html").execute()
    answer = xiulan.client.get(address(work))

    assert answer.mimetype == "application/octet-stream" and answer.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_list_shows_all_of_mine_and_what_is_on_its_way(xiulan: Browser, cast: Cast, work: Submission):
    upload(cast.trainee, samples.photo(), "pond.jpg")
    page = xiulan.get("/me/works")

    assert "6 分得了 5 分" in page.text and "pond.jpg" in page.text

    token = page.all("form", method="post")[-1]["action"]
    assert "pond.jpg" not in xiulan.post(token).text


def test_the_path_and_the_lesson_say_how_a_task_stands(xiulan: Browser, cast: Cast):
    assert "交作业" in xiulan.get("/courses/light/sun").text
    hand_in(cast.enrolment, written())
    assert "等老师批" in xiulan.get("/courses/light/sun").text
    assert "等老师批" in xiulan.get("/courses/light").text


def test_a_passed_task_stays_passed_after_another_try(xiulan: Browser, cast: Cast, work: Submission):
    hand_in(cast.enrolment, written(), now=utc_now() + timedelta(minutes=1))

    assert "合格" in xiulan.get("/courses/light").text


def test_states_move_once_and_only_from_where_they_may(cast: Cast):
    submission, now = hand_in(cast.enrolment, written()), utc_now()
    states.judged(submission, now=now)
    states.reopened(submission)
    assert Submission.get().state == "waiting"

    assert not states.settle(submission, True, 1, 1, now=now)
    states.judged(submission, now=now)
    assert states.settle(submission, False, 1, 3, now=now) and not states.settle(submission, True, 3, 3, now=now)
    assert (Submission.get().state, Submission.get().points) == ("again", 1)
