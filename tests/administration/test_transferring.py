"""Moving a trainee to another class: what is under way goes along, what is completed stays, and every count holds."""

from __future__ import annotations

from datetime import date

import pytest

from lms.administration.transferring import transfer
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Refused
from lms.learning.models import Enrolment, Event, StepDone
from lms.programmes import cohorts
from lms.programmes.models import Area, Cohort, Membership
from tests.administration.deeds import CHINA, assert_counts_hold, complete, read_and_answer
from tests.cast import TOWNSHIP, Cast


@pytest.fixture
def autumn(cast: Cast) -> Cohort:
    """Another class that takes the same course."""
    details = cohorts.CohortDetails("2026 秋季班", Area.get_by_id(TOWNSHIP), date(2026, 9, 1))
    cohort = cohorts.create(details, by=cast.admin.id, now=utc_now())
    cohorts.add_course(cohort, cast.version.course, by=cast.admin.id, now=utc_now())
    return cohort


def move(cast: Cast, to: Cohort) -> Membership:
    return transfer(cast.membership, to, by=cast.admin.id, now=utc_now(), zone=CHINA)


def test_what_is_under_way_goes_along(cast: Cast, autumn: Cohort):
    read_and_answer(cast.enrolment)

    membership = move(cast, autumn)

    moved = Enrolment.get(Enrolment.person == cast.trainee)
    assert (moved.cohort, moved.membership) == (autumn, membership)
    assert moved.started_at and StepDone.select().where(StepDone.enrolment == moved).count() == 2
    assert Membership.get((Membership.person == cast.trainee) & (Membership.cohort == cast.cohort)).left_at
    assert_counts_hold()


def test_what_is_completed_stays_with_its_certificate(cast: Cast, autumn: Cohort):
    complete(cast.enrolment)

    move(cast, autumn)

    done, begun = Enrolment.select().where(Enrolment.person == cast.trainee).order_by(Enrolment.id)
    assert done.cohort == cast.cohort and done.certified_at and done.left_at
    assert begun.cohort == autumn and begun.started_at is None
    assert Certificate.get().enrolment == done
    assert_counts_hold()


def test_somebody_who_comes_back_goes_on_with_both_times(cast: Cast, autumn: Cohort):
    read_and_answer(cast.enrolment)
    there = move(cast, autumn)
    back = transfer(there, cast.cohort, by=cast.admin.id, now=utc_now(), zone=CHINA)

    again = transfer(back, autumn, by=cast.admin.id, now=utc_now(), zone=CHINA)

    assert again.id == there.id and again.left_at is None
    assert Event.select().join(Enrolment).where(Enrolment.membership == again).count() == 2
    assert_counts_hold()


def test_the_same_class_is_no_other_class(cast: Cast):
    with pytest.raises(Refused):
        move(cast, cast.cohort)


def test_a_closed_class_takes_nobody_and_nothing_moves(cast: Cast, autumn: Cohort):
    cohorts.close(autumn, by=cast.admin.id, now=utc_now())

    with pytest.raises(Refused):
        move(cast, autumn)

    assert cast.membership.left_at is None and cast.enrolment.cohort == cast.cohort
    assert_counts_hold()
