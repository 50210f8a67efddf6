"""我开播了: a first real live, as its host tells it, counted once and marked as told by oneself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from lms.db import utc_now
from lms.errors import Conflict
from lms.learning import enrolling, recount
from lms.learning.models import Tally
from lms.outcomes import lives
from lms.outcomes.models import LiveReport
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse, Membership
from tests.browser import Browser
from tests.cast import COUNTY, SPRING, Cast
from tests.entering import signed_in
from tests.learning.deeds import CHINA, at_once, connected


@pytest.fixture
def xiulan(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)


def today() -> date:
    return utc_now().astimezone(CHINA).date()


def told(client_id: str = "a-live-0001", *, days_ago: int = 1, minutes: int = 45) -> lives.Told:
    return lives.Told(client_id, today() - timedelta(days=days_ago), "douyin", minutes)


def counted(scope: str = "all") -> int:
    """The stored count of members with a first live."""
    row = Tally.get_or_none((Tally.scope == scope) & (Tally.course_id == 0) & (Tally.measure == "live"))
    return row.count if row else 0


def form(page, **fields: str) -> dict[str, str]:
    """The form of the page, filled in."""
    event = page.all("input", name="event")[0]["value"]
    return {"event": event, "went_on": today().isoformat(), "platform": "douyin", "minutes": "45", **fields}


def test_a_live_is_noted_and_counted_in_the_county(cast: Cast, xiulan: Browser):
    page = xiulan.post("/lives", **form(xiulan.get("/lives")))

    report = LiveReport.get()
    assert (report.person, report.platform, report.minutes, report.proof) == (cast.trainee, "douyin", 45, "P0")
    assert cast.membership.first_live_on == today() and counted(f"area:{COUNTY}") == counted() == 1
    assert "45 分钟" in page.text and "自己" in page.text
    assert list(recount.differences(CHINA)) == []


def test_sending_twice_notes_one(cast: Cast, xiulan: Browser):
    fields = form(xiulan.get("/lives"))

    xiulan.post("/lives", **fields)
    xiulan.post("/lives", **fields)

    assert LiveReport.select().count() == counted() == 1


def test_the_same_id_for_another_live_is_refused_not_swallowed(cast: Cast):
    lives.report(cast.trainee, told(), now=utc_now())

    with pytest.raises(Conflict):
        lives.report(cast.trainee, told(minutes=90), now=utc_now())
    assert LiveReport.get().minutes == 45


def test_a_second_live_is_kept_and_counts_nobody_twice(cast: Cast):
    lives.report(cast.trainee, told(days_ago=1), now=utc_now())
    lives.report(cast.trainee, told("a-live-0002", days_ago=3), now=utc_now())

    assert LiveReport.select().count() == 2 and counted() == 1
    assert cast.membership.first_live_on == today() - timedelta(days=3)
    assert list(recount.differences(CHINA)) == []


def test_two_first_reports_at_once_are_one_first_live(cast: Cast):
    reports = [told(f"at-once-{n:04}", days_ago=n) for n in range(1, 7)]

    at_once([connected(lambda one=one: lives.report(cast.trainee, one, now=utc_now())) for one in reports])

    assert LiveReport.select().count() == 6 and counted() == 1
    assert cast.membership.first_live_on == today() - timedelta(days=6)
    assert list(recount.differences(CHINA)) == []


def test_what_went_on_before_the_class_is_not_its_doing(cast: Cast):
    before = lives.Told("before-the-class", SPRING.date() - timedelta(days=30), "kuaishou", 20)

    lives.report(cast.trainee, before, now=utc_now())

    assert counted() == 0 and cast.membership.first_live_on is None
    assert list(recount.differences(CHINA)) == []


def test_one_of_before_joining_is_noted_and_says_that_it_does_not_count(cast: Cast, xiulan: Browser):
    Membership.update(joined_at=utc_now()).where(Membership.id == cast.membership.id).execute()

    early = xiulan.post("/lives", **form(xiulan.get("/lives"), went_on=(today() - timedelta(days=9)).isoformat()))
    now = xiulan.post("/lives", **form(xiulan.get("/lives")))

    assert "不算进培训的数字" in early.text and "不算进" not in now.text
    assert LiveReport.select().count() == 2 and counted() == 1


def test_a_class_joined_later_the_same_day_counts_only_what_is_told_after(cast: Cast):
    lives.report(cast.trainee, told(days_ago=0), now=utc_now())
    evening = Cohort.create(name="夜校班", join_code="NIGHT9", area=COUNTY, starts_on=today(), created_at=SPRING)
    CohortCourse.create(cohort=evening, course=cast.version.course)
    second = memberships.join(evening, cast.trainee, now=utc_now(), how="code")
    enrolling.enrol(second, now=utc_now())
    assert list(recount.differences(CHINA)) == []

    lives.report(cast.trainee, told("a-live-0002", days_ago=0), now=utc_now())

    assert type(second).get_by_id(second.id).first_live_on == today() and counted() == 2
    assert list(recount.differences(CHINA)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"went_on": "2099-01-01"},
        {"went_on": "2020-01-01"},
        {"went_on": "yesterday"},
        {"went_on": ""},
        {"platform": ""},
        {"platform": "the pond"},
        {"minutes": "0"},
        {"minutes": "1441"},
        {"minutes": "half an hour"},
        {"minutes": "9" * 40},
    ],
    ids=str,
)
def test_what_cannot_be_is_asked_again_and_keeps_what_was_typed(xiulan: Browser, fields: dict[str, str]):
    page = xiulan.post("/lives", 422, **form(xiulan.get("/lives"), **fields))

    assert not LiveReport.select().exists()
    assert page.all("input", name="went_on") and page.all("input", name="minutes")
    assert "minutes" in fields or page.all("input", name="minutes")[0]["value"] == "45"


def test_the_form_needs_no_script_and_no_visitor_finds_it(visitor: Browser, cast: Cast):
    page = visitor.get("/lives", status=302, follow=False)

    assert page.response.headers["Location"].startswith("/sign-in")


def test_nobody_sees_what_others_told(app: Flask, cast: Cast, xiulan: Browser):
    lives.report(cast.trainee, told(), now=utc_now())

    assert "45 分钟" in xiulan.get("/lives").text
    assert "45 分钟" not in signed_in(app, cast.outsider).get("/lives").text
