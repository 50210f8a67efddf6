"""Promise 1, from the other end: whatever stored figure is broken by hand, the recount names it and mends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from lms.db import utc_now
from lms.learning import enrolling, recount
from lms.learning.models import ActiveWeek, Enrolment, StepDone, Tally
from lms.outcomes import lives
from lms.programmes import cohorts
from lms.programmes.models import Membership
from tests.cast import SMALL_COURSE, Cast, load_course
from tests.learning.deeds import CHINA, complete

Break = Callable[[Membership, Membership], object]


def of_member(**columns: object) -> Break:
    """Write these columns of the membership of Xiulan, who has done everything."""
    return lambda done, idle: Membership.update(**columns).where(Membership.id == done.id).execute()


def of_idle(**columns: object) -> Break:
    """Write these columns of the membership of Qiang, who has done nothing."""
    return lambda done, idle: Membership.update(**columns).where(Membership.id == idle.id).execute()


def of_enrolment(**columns: object) -> Break:
    """Write these columns of Xiulan's enrolment."""
    return lambda done, idle: Enrolment.update(**columns).where(Enrolment.membership == done).execute()


def of_idle_enrolment(**columns: object) -> Break:
    """Write these columns of Qiang's enrolment."""
    return lambda done, idle: Enrolment.update(**columns).where(Enrolment.membership == idle).execute()


def tally(measure: str, course: bool) -> Break:
    """Miscount this measure of the programme, or of the course."""
    which = Tally.course_id != 0 if course else Tally.course_id == 0
    return lambda done, idle: Tally.update(count=7).where((Tally.measure == measure) & which).execute()


NOW = utc_now()
BREAKS = {
    "steps done": (
        lambda done, idle: StepDone.delete().where(StepDone.step_key == "sun/read").execute(),
        lambda done, idle: StepDone.update(step_key="sun/none").where(StepDone.step_key == "sun/read").execute(),
    ),
    "started": (
        of_member(started_at=None),
        of_idle(started_at=NOW),
        of_enrolment(started_at=None),
        of_idle_enrolment(started_at=NOW),
    ),
    "completed": (
        of_member(completed_at=None),
        of_idle(completed_at=NOW),
        of_enrolment(completed_at=None),
        of_idle_enrolment(completed_at=NOW),
    ),
    "certified": (
        of_member(certified_at=None),
        of_idle(certified_at=NOW),
        of_enrolment(certified_at=None),
        of_idle_enrolment(certified_at=NOW),
    ),
    "first live": (
        of_member(first_live_on=None),
        of_member(first_live_on=date(2026, 1, 1)),
        of_idle(first_live_on=date(2026, 3, 9)),
    ),
    "active week": (
        lambda done, idle: ActiveWeek.delete().execute(),
        lambda done, idle: ActiveWeek.create(membership=idle, monday=date(2026, 3, 9)),
    ),
    "tally": (
        *(tally(measure, course=True) for measure in ("enrolled", "started", "completed", "certified")),
        *(tally(measure, course=False) for measure in ("enrolled", "started", "completed", "certified", "live")),
        lambda done, idle: Tally.delete().execute(),
        lambda done, idle: Tally.create(scope="all", course_id=0, measure="active:2026-03-09", count=3),
    ),
}
ALL = [(what, deed) for what, deeds in BREAKS.items() for deed in deeds]


@pytest.fixture
def members(cast: Cast) -> tuple[Membership, Membership]:
    """Xiulan, who has completed and gone live, and Qiang, who has done nothing."""
    complete(cast.enrolment)
    now = utc_now()
    lives.report(cast.trainee, lives.Told("live-number-1", now.astimezone(CHINA).date(), "douyin", 30), now=now)
    assert list(recount.differences(CHINA)) == []
    return cast.membership, Membership.get(Membership.person == cast.left)


def figures() -> list[object]:
    """Everything that is stored of progress, moments as whether there are any."""
    states = ("started_at", "completed_at", "certified_at")
    rows = [(row.id, *(bool(getattr(row, one)) for one in states)) for row in Enrolment.select().order_by(Enrolment.id)]
    members = Membership.select().order_by(Membership.id)
    of_members = [(row.id, *(bool(getattr(row, one)) for one in states), row.first_live_on) for row in members]
    steps = sorted(StepDone.select(StepDone.enrolment, StepDone.step_key).tuples())
    weeks = sorted(ActiveWeek.select(ActiveWeek.membership, ActiveWeek.monday).tuples())
    counts = sorted((row.scope, row.course_id, row.measure, row.count) for row in Tally.select() if row.count)
    return [rows, of_members, steps, weeks, counts]


@pytest.mark.parametrize(("what", "breaking"), ALL, ids=[f"{what} {n}" for n, (what, _deed) in enumerate(ALL)])
def test_whatever_is_broken_by_hand_is_named_and_mended(
    app: Flask, members: tuple[Membership, Membership], what: str, breaking: Break
):
    before, runner = figures(), app.test_cli_runner()

    breaking(*members)

    told = runner.invoke(args=["progress", "recount"])
    assert told.exit_code == 1 and f": {what}: stored" in told.output
    mended = runner.invoke(args=["progress", "recount", "--repair"])
    assert mended.exit_code == 0, mended.output
    assert figures() == before


def test_a_course_that_is_required_later_takes_no_state_away(cast: Cast, members: tuple[Membership, Membership]):
    later = utc_now() + timedelta(minutes=1)
    second = load_course(SMALL_COURSE, slug="light-again")
    cohorts.add_course(cast.cohort, second.course, by=cast.admin.id, now=later)
    enrolling.enrol_cohort(cast.cohort, now=later)

    recount.repair_all(CHINA, now=later)

    assert cast.membership.completed_at and cast.membership.certified_at
    assert list(recount.differences(CHINA)) == []


def test_a_state_without_all_courses_that_were_required_then_is_named(
    cast: Cast, members: tuple[Membership, Membership]
):
    second = load_course(SMALL_COURSE, slug="light-again")
    cohorts.add_course(cast.cohort, second.course, by=cast.admin.id, now=cast.membership.joined_at)
    enrolling.enrol_cohort(cast.cohort, now=utc_now())

    assert {(one.what, one.stored) for one in recount.differences(CHINA)} == {("completed", True), ("certified", True)}
