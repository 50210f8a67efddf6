"""A class has the same number of people on every page: who is enrolled, whoever has left among them, invited apart."""

from __future__ import annotations

from flask import Flask

from lms.db import utc_now
from lms.exchange import roster
from lms.learning import headcounts
from lms.learning.headcounts import Headcount
from lms.lib.rosters import Roster, Row
from tests.cast import Cast, do
from tests.entering import signed_in
from tests.learning.deeds import READ


def invite(cast: Cast) -> None:
    """A list brings in one who has not accepted the notice."""
    row = Row(2, "孙秀英", "13812345001", "", "")
    roster.import_roster(Roster((row,), (), ()), cast.cohort, by=cast.manager.id, now=utc_now())


def test_enrolled_holds_who_left_and_not_who_is_only_invited(cast: Cast):
    invite(cast)
    do(cast.enrolment, ("sun/read", "read", READ))

    counts = headcounts.of_classes([cast.cohort.id])

    assert counts == {cast.cohort.id: Headcount(enrolled=2, started=1, completed=0, left=1, invited=1)}


def test_trainer_desk_and_overview_tell_the_same(app: Flask, cast: Cast):
    invite(cast)

    classes = signed_in(app, cast.trainer).get("/teach/cohorts").text
    manager = signed_in(app, cast.manager)

    assert "2 其中 1 人已退出 另有 1 人已邀请" in classes
    assert "2 其中 1 人已退出 另有 1 人已邀请" in manager.get("/manage/cohorts").text
    assert "2 人报名" in manager.get(f"/manage?cohort={cast.cohort.id}").text


def test_somebody_invited_is_told_as_such_and_not_as_nought_of_nought(app: Flask, cast: Cast):
    invite(cast)

    page = signed_in(app, cast.trainer).get(f"/teach/cohorts/{cast.cohort.id}")

    assert "还没接受告知" in page.text and "0 / 0" not in page.text
