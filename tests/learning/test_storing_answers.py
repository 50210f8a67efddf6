"""Promise 1, progress cannot lie: every deed is stored once, whatever the network and the phone do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lms.db import utc_now
from lms.errors import Conflict, Refused
from lms.learning import enrolling, recount
from lms.learning.models import Enrolment, Event, StepDone, Tally
from lms.learning.progress import Deed
from lms.programmes import memberships
from tests.cast import SPRING, VILLAGE, Cast, person
from tests.learning.deeds import CHINA, check, read, send


@pytest.fixture
def neighbour(cast: Cast) -> Enrolment:
    """孙桂花 of the same class."""
    membership = memberships.join(
        cast.cohort, person("孙桂花", "13812340008", area_code=VILLAGE), now=SPRING, how="code"
    )
    return enrolling.enrol(membership, now=SPRING)[0]


def test_the_same_event_twice_changes_nothing(cast: Cast):
    first = send(cast.enrolment, read())
    again = send(cast.enrolment, read())

    assert (first.new, again.new, again.step_done) == (True, False, True)
    assert again.event == first.event
    assert Event.select().count() == StepDone.select().count() == 1


def test_a_resend_days_later_moves_no_count(cast: Cast):
    send(cast.enrolment, read())
    before = list(Tally.select().order_by(Tally.scope, Tally.course_id, Tally.measure).dicts())

    send(cast.enrolment, read(), now=utc_now() + timedelta(days=9))

    assert list(Tally.select().order_by(Tally.scope, Tally.course_id, Tally.measure).dicts()) == before


def test_the_same_id_with_other_content_is_refused(cast: Cast):
    send(cast.enrolment, check("answer-0001", 1))

    with pytest.raises(Conflict):
        send(cast.enrolment, check("answer-0001", 0))

    assert Event.get().body == {"chosen": [1]}
    assert not StepDone.select().exists()


def test_a_stranger_cannot_use_up_an_id(cast: Cast, neighbour: Enrolment):
    send(neighbour, check("guessed-id-1", 1))

    recorded = send(cast.enrolment, check("guessed-id-1", 0))

    assert recorded.new and recorded.step_done
    assert {event.person_id for event in Event.select()} == {cast.trainee.id, neighbour.person_id}


@pytest.mark.parametrize("client_id", ["", "short", "with blanks in it", "x" * 65, "<script>alert(1)</script>"])
def test_an_answer_without_a_usable_id_is_refused(cast: Cast, client_id: str):
    with pytest.raises(Refused):
        send(cast.enrolment, read(client_id))

    assert not Event.select().exists()


def test_a_phone_whose_clock_is_ahead_does_not_write_the_future(cast: Cast):
    now = utc_now()
    ahead = replace(read(), happened_at=now + timedelta(days=400))

    event = send(cast.enrolment, ahead, now=now).event

    assert Event.get_by_id(event.id).happened_at <= now


def test_an_answer_kept_on_the_phone_for_a_week_keeps_its_day(cast: Cast):
    now = utc_now()
    kept = replace(read(), happened_at=now - timedelta(days=7))

    event = send(cast.enrolment, kept, now=now).event

    assert event.happened_at == now - timedelta(days=7)
    assert event.stored_at == now


def test_a_clock_that_is_years_behind_is_not_believed(cast: Cast):
    now = utc_now()
    behind = replace(read(), happened_at=now - timedelta(days=3000))

    assert send(cast.enrolment, behind, now=now).event.happened_at == now


@pytest.mark.parametrize(
    "deed",
    [
        Deed("wrong-lesson", "voice", "sun/read", "read", {"by": "end"}),
        Deed("no-such-step", "sun", "sun/check:moon", "check", {"chosen": [0]}),
        Deed("wrong-kind-1", "sun", "sun/check:sun-side", "try", {"by": "self"}),
        Deed("other-course", "reeds", "reeds/read", "read", {"by": "end"}),
        Deed("no-such-kind", "sun", "sun/read", "exam", {"by": "end"}),
    ],
    ids=lambda deed: deed.client_id,
)
def test_a_step_that_is_not_in_the_lesson_is_refused(cast: Cast, deed: Deed):
    with pytest.raises(Refused):
        send(cast.enrolment, deed)

    assert not Event.select().exists()


@pytest.mark.parametrize("by", ["end", "sound", "button"])
def test_a_lesson_is_read_by_reaching_or_hearing_its_end_or_by_the_button(cast: Cast, by: str):
    assert send(cast.enrolment, read(by=by)).step_done


@pytest.mark.parametrize("body", [{"by": "timer"}, {"by": "end", "seconds": 30}, {"by": None}, {"seconds": 30}])
def test_no_timer_reads_a_lesson(cast: Cast, body: dict):
    with pytest.raises(Refused):
        send(cast.enrolment, replace(read(), body=body))


def test_a_question_takes_any_number_of_tries_and_keeps_the_first(cast: Cast):
    send(cast.enrolment, check("first-try-1", 1))
    send(cast.enrolment, check("second-try", 0))
    send(cast.enrolment, check("third-try-1", 1))

    tries = [event.right for event in Event.select().order_by(Event.id)]
    assert tries == [False, True, False]
    assert StepDone.get().event.client_id == "second-try"


@pytest.mark.parametrize("chosen", [[], [0, 0], [2], [-1], ["0"], [0.0], [True], "0", None, {"0": 1}], ids=repr)
def test_an_answer_that_names_no_real_option_is_refused(cast: Cast, chosen: object):
    with pytest.raises(Refused):
        send(cast.enrolment, replace(check("strange-answer"), body={"chosen": chosen}))

    assert not Event.select().exists()


def test_an_answer_carries_nothing_that_was_not_asked(cast: Cast):
    with pytest.raises(Refused):
        send(cast.enrolment, replace(check("with-baggage"), body={"chosen": [0], "note": "x" * 100_000}))

    assert not Event.select().exists()


def test_reading_alone_starts_but_does_not_complete(cast: Cast):
    send(cast.enrolment, read())

    assert cast.enrolment.started_at and not cast.enrolment.completed_at
    assert cast.membership.started_at and not cast.membership.completed_at
    assert list(recount.differences(CHINA)) == []
