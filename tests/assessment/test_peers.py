"""Stickers and voices among classmates: only with the owner's consent, and never above the trainer's word."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.assessment import peers
from lms.assessment.models import PeerReview
from lms.audit import AuditEntry
from lms.db import utc_now
from lms.submissions import sharing
from lms.submissions.models import Piece, Submission
from tests.assessment.judged import WELL, classmate, judge, settled, work
from tests.browser import Browser
from tests.cast import VILLAGE, Cast, staff
from tests.entering import signed_in
from tests.submissions import tasked
from tests.submissions.tasked import PAGE


@pytest.fixture(autouse=True)
def task(cast: Cast):
    """The task wants stickers."""
    return tasked.with_task(cast, settings=" peers=yes", requires='["task"]')


@pytest.fixture
def shown(cast: Cast) -> Submission:
    """Xiulan's work, which she lets others see."""
    return work(cast, show=True)


@pytest.fixture
def liu(cast: Cast) -> Person:
    """A classmate."""
    return classmate(cast)


@pytest.fixture
def phone(app: Flask, liu: Person) -> Browser:
    """The classmate's phone."""
    return signed_in(app, liu)


def test_classmates_see_what_its_owner_shows_and_stop_when_she_takes_it_back(shown: Submission, phone: Browser):
    before = phone.get(f"{PAGE}/classmates").text
    sharing.take_back(shown, now=utc_now())

    assert "张秀兰" in before
    assert "张秀兰" not in phone.get(f"{PAGE}/classmates").text
    phone.post(f"/work/{shown.id}/stickers", 404, sticker="0")


def test_classmates_are_told_what_they_do_not_see_instead_of_a_player_without_a_film(shown: Submission, phone: Browser):
    clip = {"kind": "video", "state": "broken", "why": "not_turned", "digest": "0" * 64, "mime": "video/mp4"}
    Piece.create(submission=shown, position=7, **clip)

    page = phone.get(f"{PAGE}/classmates")

    assert "只给本人和老师看" in page.text
    assert not page.all("video")


def test_stickers_reach_the_owner_with_the_trainers_word(
    cast: Cast, shown: Submission, phone: Browser, xiulan: Browser
):
    phone.post(f"/work/{shown.id}/stickers", sticker="0", words="藕真白")
    judge(shown, cast.trainer, *WELL)
    settled(shown)

    page = xiulan.get(f"{PAGE}/feedback")

    assert "藕真白" in page.text
    assert "5 / 6 分" in page.text


def test_giving_again_replaces_the_first(shown: Submission, phone: Browser):
    phone.post(f"/work/{shown.id}/stickers", sticker="0")
    phone.post(f"/work/{shown.id}/stickers", sticker="1", words="好听")

    assert [(one.stickers, one.words) for one in PeerReview.select()] == [([1], "好听")]


def test_nothing_at_all_and_rows_that_are_not_there_are_refused(shown: Submission, phone: Browser):
    phone.post(f"/work/{shown.id}/stickers", sticker="7")

    assert not PeerReview.select().exists()


def test_the_trainer_hides_one_and_shows_it_again(shown: Submission, phone: Browser, he: Browser, xiulan: Browser):
    phone.post(f"/work/{shown.id}/stickers", words="难看")
    review = PeerReview.get()

    he.post(f"/teach/work/{shown.id}/stickers/{review.id}/hiding")
    hidden = PeerReview.get().hidden_at
    he.post(f"/teach/work/{shown.id}/stickers/{review.id}/hiding/end")

    assert hidden
    assert PeerReview.get().hidden_at is None
    assert [one.action for one in AuditEntry.select().where(AuditEntry.action.startswith("peer_review"))] == [
        "peer_review.hidden",
        "peer_review.shown",
    ]


def test_the_owner_reports_one_and_it_is_gone_for_her(
    cast: Cast, shown: Submission, phone: Browser, xiulan: Browser, he: Browser
):
    phone.post(f"/work/{shown.id}/stickers", words="难看")
    judge(shown, cast.trainer, *WELL)
    settled(shown)

    page = xiulan.post(f"/me/works/{shown.id}/stickers/{PeerReview.get().id}/report")

    assert "难看" not in page.text
    assert "难看" in he.get(f"/teach/work/{shown.id}").text


@pytest.fixture
def reported(shown: Submission, liu: Person, cast: Cast) -> PeerReview:
    """A classmate's words that Xiulan finds not right."""
    review = peers.give(shown, liu, [], "难看", b"", 0, now=utc_now())
    peers.report(shown, review.id, by=cast.trainee, now=utc_now())
    return review


def test_the_trainer_finds_what_was_reported_and_hides_it_for_good(reported: PeerReview, he: Browser):
    assert "/teach/stickers/reported" in he.get("/teach/work").links()
    assert "难看" in he.get("/teach/stickers/reported").text

    page = he.post(f"/teach/work/{reported.submission_id}/stickers/{reported.id}/hiding", **{"from": "reported"})

    assert page.response.request.path == "/teach/stickers/reported"
    assert "难看" not in page.text
    assert PeerReview.get().hidden_at


def test_what_the_trainer_shows_again_is_not_reported_any_more(reported: PeerReview, he: Browser):
    he.post(f"/teach/work/{reported.submission_id}/stickers/{reported.id}/hiding/end")

    assert (PeerReview.get().hidden_at, PeerReview.get().reported_at) == (None, None)


def test_what_a_trainer_has_hidden_is_not_reported_anew(cast: Cast, reported: PeerReview, shown: Submission):
    peers.hide(shown, reported.id, by=cast.trainer, now=utc_now())

    peers.report(shown, reported.id, by=cast.trainee, now=utc_now())

    assert PeerReview.get().reported_at is None


def test_trainers_elsewhere_and_the_class_see_no_reports(app: Flask, reported: PeerReview, phone: Browser):
    elsewhere = signed_in(app, staff("外乡", "13800001234", "trainer", VILLAGE[:6] + "000000"))

    assert "难看" not in elsewhere.get("/teach/stickers/reported").text
    phone.get("/teach/stickers/reported", status=404)


def test_a_review_of_another_work_is_not_found(cast: Cast, shown: Submission, phone: Browser, he: Browser):
    phone.post(f"/work/{shown.id}/stickers", words="好")
    other = work(cast)

    he.post(f"/teach/work/{other.id}/stickers/{PeerReview.get().id}/hiding", 404)


def test_a_task_without_stickers_has_no_page_for_them(cast: Cast, phone: Browser, shown: Submission):
    tasked.with_task(cast, requires='["task"]')

    phone.get(f"{PAGE}/classmates", status=404)
