"""Answers that arrive in the same moment: none is lost, none counts twice, one certificate comes of them (promise
4)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Flask

from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.learning import enrolling, recount
from lms.learning.models import Enrolment, Event, StepDone, Tally
from lms.programmes.models import CohortCourse
from tests.browser import Browser
from tests.cast import COUNTY, SMALL_COURSE, Cast, do, load_course
from tests.entering import signed_in
from tests.learning.deeds import (
    CHINA,
    LAST,
    all_but_last,
    at_once,
    check,
    complete,
    connected,
    pass_quiz,
    quiz_answer,
    read,
    send,
)


def completed_in_the_county() -> int:
    """How many members of classes in the county the stored count says have completed."""
    return Tally.get((Tally.scope == f"area:{COUNTY}") & (Tally.course_id == 0) & (Tally.measure == "completed")).count


def test_one_answer_sent_twenty_times_at_once_is_one_event(cast: Cast):
    enrolment = cast.enrolment

    recorded = at_once([connected(lambda: send(enrolment, read()))] * 20)

    assert sum(one.new for one in recorded) == 1
    assert len({one.event.id for one in recorded}) == 1
    assert Event.select().count() == StepDone.select().count() == 1


def test_two_last_answers_at_once_complete_the_course(cast: Cast):
    enrolment = cast.enrolment
    send(enrolment, read())
    pass_quiz(enrolment)
    send(enrolment, read("read-voice", "voice"))

    at_once([connected(lambda: send(enrolment, check("last-one-a", 0))), connected(lambda: send(enrolment, LAST))])

    assert cast.enrolment.completed_at
    assert Certificate.select().count() == completed_in_the_county() == 1
    assert list(recount.differences(CHINA)) == []


def test_fifty_parallel_clicks_make_one_certificate(cast: Cast):
    enrolment = cast.enrolment
    all_but_last(enrolment)
    clicks = [replace(LAST, client_id=f"click-{n:04}") for n in range(50)]

    at_once([connected(partial(send, enrolment, click)) for click in clicks])

    assert Certificate.select().count() == completed_in_the_county() == 1
    assert StepDone.select().where(StepDone.step_key == LAST.step_key).count() == 1
    assert list(recount.differences(CHINA)) == []


def test_fifty_parallel_posts_from_one_phone_make_one_certificate(app: Flask, cast: Cast):
    all_but_last(cast.enrolment)
    phones = [phone_with_the_session_of(signed_in(app, cast.trainee)) for _n in range(10)]
    event = {"id": LAST.client_id, "lesson": "voice", "step": LAST.step_key, "kind": "check", "body": LAST.body}

    answers = at_once(
        [lambda one=one: one.post_json("/courses/light/events", [event]).get_json() for one in phones * 5]
    )

    assert [answer["stored"] for answer in answers] == [[LAST.client_id]] * 50
    assert Certificate.select().count() == completed_in_the_county() == 1


def phone_with_the_session_of(browser: Browser) -> Browser:
    """The browser, its token drawn before the threads begin."""
    browser.token()
    return browser


def test_two_people_who_complete_in_the_same_moment_are_both_counted(cast: Cast):
    mine, theirs = cast.enrolment, Enrolment.get(Enrolment.person == cast.left)
    all_but_last(mine)
    all_but_last(theirs)

    at_once([connected(lambda: send(mine, LAST)), connected(lambda: send(theirs, LAST))])

    assert Certificate.select().count() == completed_in_the_county() == 2
    assert list(recount.differences(CHINA)) == []


def test_the_last_two_courses_completed_in_the_same_moment_complete_the_programme(cast: Cast):
    second = load_course(SMALL_COURSE, slug="light-again")
    CohortCourse.create(cohort=cast.cohort, course=second.course, required=True, position=1)
    enrolling.enrol(cast.membership, now=utc_now())
    other = Enrolment.get((Enrolment.person == cast.trainee) & (Enrolment.course == second.course))
    both = [cast.enrolment, other]
    for enrolment in both:
        do(enrolment, *((step, "read", {"by": "end"}) for step in ("sun/read", "voice/read")))
        do(enrolment, ("sun/check:sun-side", "check", {"chosen": [0]}))
        for go in range(2):
            send(enrolment, quiz_answer(enrolment, f"quiz-{enrolment.id}-{go:04}"))
    last = [replace(LAST, client_id=f"last-{enrolment.id:06}") for enrolment in both]

    at_once([connected(partial(send, *one)) for one in zip(both, last, strict=True)])

    assert cast.membership.completed_at and cast.membership.certified_at
    assert list(recount.differences(CHINA)) == []


def test_completing_again_and_again_leaves_one_certificate(cast: Cast):
    complete(cast.enrolment)
    first = Certificate.get()

    send(cast.enrolment, replace(LAST, client_id="once-more-1"))

    assert Certificate.get() == first
    assert cast.enrolment.completed_at
