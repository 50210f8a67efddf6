"""Today tells a trainee what the trainer said, and a manager's overview what has waited too long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.assessment import peers
from lms.db import utc_now
from lms.submissions import sharing, states
from tests.administration.deeds import at_desk
from tests.assessment.judged import DARK, WELL, classmate, fresh, judge, settled, work
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import tasked

LONG_AGO = timedelta(hours=49)


@pytest.fixture(autouse=True)
def task(cast: Cast) -> None:
    """The small course has a task."""
    tasked.with_task(cast)


def today(app: Flask, person: Person) -> str:
    return signed_in(app, person, "en").get("/today").text


def test_a_work_on_its_way_is_told_as_waiting_also_in_the_time_to_undo(app: Flask, cast: Cast):
    handed = work(cast)
    assert "1 work waits for your trainer" in today(app, cast.trainee)

    judge(handed, cast.trainer, *WELL)

    page = today(app, cast.trainee)
    assert "1 work waits for your trainer" in page and "From your trainer" not in page


def test_what_was_sent_back_stays_until_the_next_try(app: Flask, cast: Cast):
    handed = work(cast)
    judge(handed, cast.trainer, *DARK)
    settled(handed)
    states.seen(fresh(handed), now=utc_now())
    assert "Do it again" in today(app, cast.trainee)

    work(cast)

    assert "Do it again" not in today(app, cast.trainee)


def test_a_pass_is_news_until_it_was_seen(app: Flask, cast: Cast):
    handed = work(cast)
    judge(handed, cast.trainer, *WELL)
    settled(handed)
    assert "From your trainer" in today(app, cast.trainee)

    states.seen(fresh(handed), now=utc_now())

    assert "From your trainer" not in today(app, cast.trainee)


def test_the_manager_sees_what_waits_for_more_than_two_days_and_its_rows(app: Flask, cast: Cast):
    work(cast, now=utc_now() - LONG_AGO)
    work(cast)
    browser = at_desk(app, cast.manager, "en")

    assert "1 work in your areas has waited" in browser.get("/manage").text
    rows = browser.client.get("/teach/work?tab=waiting&long=1&format=csv", headers=browser.headers)
    assert "张秀兰" in browser.get("/teach/work?tab=waiting&long=1").text
    assert rows.data.decode().count("张秀兰") == 1


def test_a_manager_elsewhere_sees_none_of_it(app: Flask, cast: Cast):
    work(cast, now=utc_now() - LONG_AGO)

    assert "has waited" not in at_desk(app, cast.outsider, "en").get("/manage").text


def test_what_a_classmate_shows_waits_for_stickers_until_they_are_given(app: Flask, cast: Cast):
    tasked.with_task(cast, settings=" peers=yes")
    liu = classmate(cast)
    handed = work(cast, show=True)
    before = today(app, liu)

    peers.give(handed, liu, [0], "", b"", 0, now=utc_now())

    assert "1 work: tap what you like" in before and "tap what you like" not in today(app, liu)
    assert "tap what you like" not in today(app, cast.trainee)


def test_a_newer_try_is_the_one_that_waits_and_what_is_taken_back_does_not(app: Flask, cast: Cast):
    tasked.with_task(cast, settings=" peers=yes")
    liu, older, newer = classmate(cast), work(cast, show=True), work(cast, show=True)
    assert "1 work: tap what you like" in today(app, liu)

    for handed in (older, newer):
        sharing.take_back(handed, now=utc_now())

    assert "tap what you like" not in today(app, liu)


def test_stickers_for_a_newer_try_are_enough(app: Flask, cast: Cast):
    tasked.with_task(cast, settings=" peers=yes")
    liu, _older, newer = classmate(cast), work(cast, show=True), work(cast, show=True)

    peers.give(newer, liu, [0], "", b"", 0, now=utc_now())

    assert "tap what you like" not in today(app, liu)


def test_a_task_that_asks_for_no_stickers_brings_none_to_today(app: Flask, cast: Cast):
    work(cast, show=True)

    assert "tap what you like" not in today(app, classmate(cast))
