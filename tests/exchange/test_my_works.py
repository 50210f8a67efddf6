"""Works handed in and judged: their owner takes them along, and with the account goes whatever can be recognised."""

from __future__ import annotations

import json

import pytest

from lms.accounts import people
from lms.accounts.models import Person
from lms.assessment import keeping, peers
from lms.assessment.models import Judgement, PeerReview, Remark
from lms.catalogue import store
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import NotFound
from lms.exchange import mydata, readme
from lms.learning.models import Tally
from lms.practice.rehearsal.models import Rehearsal
from lms.submissions import sharing, states, uploads
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission, Upload
from tests.administration.deeds import assert_counts_hold
from tests.assessment.judged import WELL, classmate, fresh, judge, settled, work
from tests.cast import Cast
from tests.exchange.test_my_data import keys
from tests.submissions import tasked
from tests.submissions.samples import photo as jpeg


@pytest.fixture(autouse=True)
def task(cast: Cast) -> None:
    """The small course asks for its task alone."""
    tasked.with_task(cast, settings=" peers=yes", requires='["task"]')


def erase(person: Person) -> None:
    people.erase(person, by=person.id, now=utc_now())


def photo(cast: Cast) -> Submission:
    """Xiulan hands in a photo."""
    token = tasked.upload(cast.trainee, jpeg(), "ou.jpg")
    return tasked.hand_in(cast.enrolment, NewPiece("photo", upload=token))


def rehearse(person: Person) -> Rehearsal:
    """A rehearsal as a phone measured it."""
    now = utc_now()
    facts = {"level": 1, "seed": 7, "seconds": 60, "measures": {"talk": 0.5}, "timeline": {}}
    return Rehearsal.create(person=person, client_id="rehearsal-0001", happened_at=now, stored_at=now, **facts)


def test_the_export_holds_works_with_what_was_said_of_them(cast: Cast):
    handed = work(cast, words="第一次拍")
    judge(handed, cast.trainer, *WELL, words="光很匀")
    settled(handed)
    rehearse(cast.trainee)

    kept = json.loads(json.dumps(mydata.everything(cast.trainee)))

    assert kept["works"][0]["words"] == "第一次拍" and kept["works"][0]["points"] == 5
    assert kept["judgements of your works"][0]["words"] == "光很匀"
    assert kept["rehearsals"][0]["measured on the phone"]["measures"] == {"talk": 0.5}
    used = keys(kept) - {"by", "talk", "measures", "timeline", "submission"}
    assert used <= set(readme.WORDS)


def test_remarks_of_many_judgements_cost_one_question(cast: Cast, caplog: pytest.LogCaptureFixture):
    for number in range(4):
        handed = work(cast)
        given = judge(handed, cast.trainer, *WELL)
        Remark.create(judgement=given, piece=handed.in_order()[0], words=f"第 {number} 次")
        settled(handed)

    with caplog.at_level("DEBUG", "peewee"):
        told = keeping.of_works(cast.trainee)

    assert [one["remarks"][0]["words"] for one in told] == ["第 0 次", "第 1 次", "第 2 次", "第 3 次"]
    assert len(caplog.records) == 2


def test_what_does_not_count_yet_is_not_told(cast: Cast):
    judge(work(cast), cast.trainer, *WELL, words="光很匀")

    assert mydata.everything(cast.trainee)["judgements of your works"] == []
    assert len(mydata.everything(cast.trainer)["judgements that you gave"]) == 1


def test_deleting_frees_the_files_and_the_words(cast: Cast):
    handed = photo(cast)
    names = handed.in_order()[0].digests
    tasked.upload(cast.trainee, jpeg(), "begun.jpg")

    erase(cast.trainee)

    assert fresh(handed).state == states.WITHDRAWN and not Piece.select().exists()
    assert not Upload.select().exists()
    for name in names:
        with pytest.raises(NotFound):
            store.media.get(name)


def test_a_file_that_another_work_holds_too_stays(cast: Cast):
    other = classmate(cast)
    token = tasked.upload(other, jpeg(), "ou.jpg")
    theirs = tasked.hand_in(other.enrolments.get(), NewPiece("photo", upload=token))
    mine = photo(cast)
    assert mine.in_order()[0].digest == theirs.in_order()[0].digest

    erase(cast.trainee)

    assert store.media.get(theirs.in_order()[0].digest)


def test_a_passed_work_keeps_its_points_without_a_word_and_no_count_moves(cast: Cast):
    handed = work(cast, words="这是我家的藕")
    judge(handed, cast.trainer, *WELL, words="秀兰，光很匀")
    handed = settled(handed)
    assert Certificate.select().count() == 1
    before = sorted(Tally.select().tuples())

    erase(cast.trainee)

    kept = fresh(handed)
    assert (kept.state, kept.points, kept.words) == (states.PASSED, 5, "")
    assert Judgement.get().words == "" and Judgement.get().points == list(WELL)
    assert not Remark.select().exists() and Certificate.select().count() == 1
    assert sorted(Tally.select().tuples()) == before
    assert_counts_hold()


def test_a_judgement_that_does_not_count_yet_never_will(cast: Cast):
    handed = work(cast)
    judge(handed, cast.trainer, *WELL)

    erase(cast.trainee)

    assert settled(handed).state == states.WITHDRAWN
    assert not Certificate.select().exists()
    assert_counts_hold()


def test_the_copy_holds_what_classmates_said_as_far_as_its_owner_sees_it(cast: Cast):
    handed, other = work(cast), classmate(cast)
    sharing.agree(handed, now=utc_now())
    review = peers.give(handed, other, [0], "好看", b"", 0, now=utc_now())
    before = mydata.everything(cast.trainee)["stickers that your works got"]

    peers.report(handed, review.id, by=cast.trainee, now=utc_now())

    assert [(one["words"], one["stickers"]) for one in before] == [("好看", [0])]
    assert mydata.everything(cast.trainee)["stickers that your works got"] == []


def test_stickers_go_with_either_of_the_two(cast: Cast):
    handed, other = work(cast), classmate(cast)
    sharing.agree(handed, now=utc_now())
    peers.give(handed, other, [0], "好看", b"", 0, now=utc_now())
    assert mydata.everything(other)["stickers that you gave"][0]["words"] == "好看"

    erase(other)

    assert not PeerReview.select().exists()


def test_rehearsals_go_with_the_account(cast: Cast):
    rehearse(cast.trainee)

    erase(cast.trainee)

    assert not Rehearsal.select().exists()


def test_a_trainer_s_words_stay_with_whom_they_were_said_to(cast: Cast):
    handed = work(cast)
    judge(handed, cast.trainer, *WELL, words="光很匀")
    settled(handed)

    erase(cast.trainer)

    assert Judgement.get().words == "光很匀" and fresh(handed).state == states.PASSED


def test_twice_is_harmless(cast: Cast):
    photo(cast)
    erase(cast.trainee)
    erase(cast.trainee)
    assert uploads.unfinished(cast.trainee) == []
