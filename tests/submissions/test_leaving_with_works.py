"""What becomes of works when their owner takes them along, deletes the account, or turns out to have two."""

from __future__ import annotations

from flask import Flask

from lms.accounts import people
from lms.administration import merging
from lms.catalogue import store
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.exchange import mydata
from lms.learning import enrolling
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission, Upload
from tests.cast import CHINA, Cast, person
from tests.submissions import samples
from tests.submissions.tasked import hand_in, upload, written


def test_my_data_holds_my_works(cast: Cast, task: CourseVersion):
    hand_in(cast.enrolment, written("好藕"), words="请看")

    told = mydata.everything(cast.trainee)["works"]

    assert told[0]["step"] == "sun/task:film-lotus" and told[0]["pieces"][0]["text"] == "好藕"


def test_with_the_account_files_and_words_go_and_the_count_stays(app: Flask, cast: Cast, task: CourseVersion):
    work = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo())), words="我家的塘")
    upload(cast.trainee, samples.photo(300, 200))
    kept = work.in_order()[0].digest

    people.erase(cast.trainee, by=cast.trainee.id, now=utc_now())

    assert kept not in set(store.media.digests())
    assert not Piece.select().exists() and not Upload.select().exists()
    assert (Submission.get().state, Submission.get().words) == ("withdrawn", "")


def test_two_accounts_made_one_have_the_works_of_both(cast: Cast, task: CourseVersion):
    second, now = person("张秀兰", "13812340011"), utc_now()
    enrolling.enrol(memberships.join(cast.cohort, second, now=now, how="code"), now=now)
    Enrolment.update(version=task).execute()
    theirs = Enrolment.get(Enrolment.person == second)
    for enrolment in (cast.enrolment, theirs):
        hand_in(enrolment, written(f"第 {enrolment.id} 份"), client_id="one-number")

    merging.merge(cast.trainee, second, by=cast.admin.id, now=now, zone=CHINA)

    mine = Submission.of(cast.trainee).order_by(Submission.number)
    assert [(row.enrolment_id, row.number) for row in mine] == [(cast.enrolment.id, 1), (cast.enrolment.id, 2)]
