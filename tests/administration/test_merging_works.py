"""Works of two accounts of one person, and of somebody who changes class: every try stays, and goes on being judged."""

from __future__ import annotations

from datetime import date

import pytest

from lms.accounts.models import Person
from lms.administration.merging import merge
from lms.administration.transferring import transfer
from lms.assessment import peers
from lms.assessment.models import PeerReview
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.practice.rehearsal.models import Rehearsal
from lms.practice.scripts.models import Script
from lms.programmes import cohorts
from lms.programmes.models import Area, Cohort, CohortTrainer
from lms.submissions import sharing, states
from lms.submissions.models import Submission
from tests.administration.deeds import CHINA, assert_counts_hold
from tests.assessment.judged import DARK, WELL, classmate, fresh, judge, settled, work
from tests.cast import TOWNSHIP, Cast
from tests.submissions import tasked


@pytest.fixture(autouse=True)
def task(cast: Cast) -> None:
    """The small course asks for its task alone."""
    tasked.with_task(cast, settings=" peers=yes", requires='["task"]')


@pytest.fixture
def twin(cast: Cast) -> Person:
    """Xiulan once more, in the same class."""
    return classmate(cast, "张秀兰")


@pytest.fixture
def autumn(cast: Cast) -> Cohort:
    """Another class that takes the same course."""
    details = cohorts.CohortDetails("2026 秋季班", Area.get_by_id(TOWNSHIP), date(2026, 9, 1))
    cohort = cohorts.create(details, by=cast.admin.id, now=utc_now())
    cohorts.add_course(cohort, cast.version.course, by=cast.admin.id, now=utc_now())
    return cohort


def hand_in(somebody: Person, client_id: str) -> Submission:
    return tasked.hand_in(Enrolment.get(Enrolment.person == somebody), tasked.written(), client_id=client_id)


def unite(cast: Cast, twin: Person) -> None:
    merge(cast.trainee, twin, by=cast.admin.id, now=utc_now(), zone=CHINA)


def test_the_tries_of_both_count_on(cast: Cast, twin: Person):
    own, theirs = hand_in(cast.trainee, "work-0001"), hand_in(twin, "work-0001")

    unite(cast, twin)

    works = list(Submission.select().order_by(Submission.number))
    assert [row.number for row in works] == [1, 2] and {row.id for row in works} == {own.id, theirs.id}
    assert {(row.person_id, row.enrolment_id) for row in works} == {(cast.trainee.id, cast.enrolment.id)}
    assert len({row.client_id for row in works}) == 2
    assert_counts_hold()


def test_what_the_second_account_passed_is_passed(cast: Cast, twin: Person):
    judge(hand_in(cast.trainee, "work-0001"), cast.trainer, *DARK)
    theirs = hand_in(twin, "work-0002")
    judge(theirs, cast.trainer, *WELL)
    settled(theirs)

    unite(cast, twin)

    assert cast.enrolment.completed_at and Certificate.get().enrolment == cast.enrolment
    assert_counts_hold()


def test_a_judgement_under_way_counts_for_the_kept_person(cast: Cast, twin: Person):
    theirs = hand_in(twin, "work-0002")
    judge(theirs, cast.trainer, *WELL)

    unite(cast, twin)

    assert settled(theirs).state == states.PASSED and cast.enrolment.completed_at
    assert_counts_hold()


def test_scripts_and_rehearsals_come_along(cast: Cast, twin: Person):
    now = utc_now()
    for somebody in (cast.trainee, twin):
        Script.create(person=somebody, client_id="script-0001", created_at=now, changed_at=now)
        facts = {"level": 1, "seed": 7, "seconds": 60, "measures": {}, "timeline": {}}
        Rehearsal.create(person=somebody, client_id="rehearsal-01", happened_at=now, stored_at=now, **facts)

    unite(cast, twin)

    assert Script.of(cast.trainee).count() == 2 and Rehearsal.of(cast.trainee).count() == 2


def test_nobody_praises_their_own_work(cast: Cast, twin: Person):
    handed = work(cast)
    sharing.agree(handed, now=utc_now())
    peers.give(handed, twin, [0], "", b"", 0, now=utc_now())

    unite(cast, twin)

    assert not PeerReview.select().exists()


def test_in_another_class_its_trainer_judges_what_was_handed_in(cast: Cast, autumn: Cohort):
    handed = work(cast)
    new_trainer = Person.get_by_id(cast.trainer.id)
    CohortTrainer.delete().where(CohortTrainer.cohort == cast.cohort).execute()
    CohortTrainer.create(cohort=autumn, person=new_trainer)

    transfer(cast.membership, autumn, by=cast.admin.id, now=utc_now(), zone=CHINA)

    assert Submission.judged_by(new_trainer).get() == handed
    judge(fresh(handed), new_trainer, *WELL)
    assert settled(handed).state == states.PASSED
    assert_counts_hold()
