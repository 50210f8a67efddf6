"""A publish that moves people while they answer and while others enrol: nobody is sent away, nobody is left behind on
the old version, and every figure is right afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from lms import db
from lms.accounts.models import Person
from lms.catalogue import folder, publishing
from lms.db import database, lock, utc_now
from lms.learning import completion, enrolling, progress, recount, repinning
from lms.learning.models import Enrolment, Tally
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse, Membership
from tests.cast import SMALL_COURSE, SPRING, TOWNSHIP, VILLAGE, Cast, do, person
from tests.learning.deeds import CHINA, LAST, READ, all_but_last, at_once, connected, pass_quiz, read, send
from tests.learning.test_moving_versions import with_one_more, without_the_question


def another_class(cast: Cast, number: int) -> Cohort:
    """One more class that takes the course."""
    made = Cohort.create(
        name=f"班 {number}", join_code=f"RICE{number}", area=TOWNSHIP, starts_on=SPRING.date(), created_at=SPRING
    )
    CohortCourse.create(cohort=made, course=cast.version.course)
    return made


def newcomer(number: int) -> Person:
    """Somebody new."""
    return person(f"学员{number}", f"1391234{number:04}", area_code=VILLAGE)


def enrolled(cohort: Cohort, who: Person) -> Enrolment:
    """Their enrolment in the class's course."""
    return enrolling.enrol(memberships.join(cohort, who, now=SPRING, how="code"), now=SPRING)[0]


def publish_and_move(files: dict[str, str], before_moving: Callable[[], Any] = lambda: None) -> None:
    """Publish the course with these files otherwise and let every class catch up, all or nothing."""
    content = dict(folder.read(SMALL_COURSE, "light")) | {path: text.encode() for path, text in files.items()}
    with database.atomic():
        version = publishing.load("light", content, by=None, now=SPRING).version
        before_moving()
        choices = {cohort.id: repinning.CATCH_UP for cohort in Cohort.select()}
        repinning.repin(version, choices, by=None, now=utc_now())


@pytest.fixture
def classes(cast: Cast) -> list[list[Enrolment]]:
    """Four classes of three. One of each lacks only the question that the next version leaves out, one only to read the
    second lesson; one has not begun."""
    cohorts = [another_class(cast, number) for number in range(4)]
    made = [[enrolled(one, newcomer(10 * n + m)) for m in range(3)] for n, one in enumerate(cohorts)]
    for by_publishing, by_reading, _new in made:
        all_but_last(by_publishing)
        do(by_reading, ("sun/read", "read", READ), ("sun/check:sun-side", "check", {"chosen": [0]}))
        pass_quiz(by_reading)
        send(by_reading, LAST)
    return made


def answers(enrolments: list[Enrolment]) -> list[Callable[[], Any]]:
    """The second lesson read, each on a connection of its own."""
    return [connected(partial(send, one, read(f"read-{one.id:06}", "voice"))) for one in enrolments]


def test_a_publish_over_several_classes_and_their_answers_do_not_block_each_other(
    classes: list[list[Enrolment]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(db, "TRIES", 1)  # the order of locks alone, without a second try
    begun, met = threading.Event(), []
    hooks = [*completion.when_completed, lambda enrolment, now: (begun.set(), time.sleep(0.2))]
    monkeypatch.setattr(completion, "when_completed", hooks)
    waiting = [lambda deed=deed: begun.wait(20) and deed() for deed in answers([e for c in classes for e in c[1:]])]

    at_once(noting(met, [connected(lambda: publish_and_move(without_the_question())), *waiting]))

    assert met == []
    assert {one.version.number for one in Enrolment.select()} == {2}
    assert Enrolment.select().where(Enrolment.completed_at.is_null(False)).count() == 2 * len(classes)
    assert list(recount.differences(CHINA)) == []


def noting(met: list[Exception], deeds: list[Callable[[], Any]]) -> list[Callable[[], Any]]:
    """The deeds; what any of them meets is noted."""

    def careful(deed: Callable[[], Any]) -> None:
        try:
            deed()
        except Exception as problem:
            met.append(problem)

    return [partial(careful, deed) for deed in deeds]


def test_publishes_and_last_answers_all_at_once_leave_every_figure_right(classes: list[list[Enrolment]]):
    last = [connected(partial(send, one[0], replace(LAST, client_id=f"last-{one[0].id:06}"))) for one in classes]
    firsts = answers([enrolment for one in classes for enrolment in one[1:]])
    met: list[Exception] = []

    at_once(noting(met, [*last, connected(lambda: publish_and_move(with_one_more())), *firsts]))

    assert met == []
    assert list(recount.differences(CHINA)) == []


# SQLite lets transactions come one after the other, so nothing is sent away.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_answer_that_was_sent_away_is_stored_with_the_next_try(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    enrolment, tallies_held = cast.enrolment, threading.Event()

    def against_the_order() -> None:
        with database.atomic():
            Tally.insert(scope="all", course_id=enrolment.course_id, measure="started").execute()
            tallies_held.set()
            time.sleep(0.4)
            lock(enrolment)

    def answer() -> None:
        tallies_held.wait(20)
        send(enrolment, read())

    tries, once, met = [], progress.record_once, []
    monkeypatch.setattr(progress, "record_once", lambda *told, **when: tries.append(1) or once(*told, **when))
    at_once(noting(met, [connected(against_the_order), connected(answer)]))

    assert met == [] and len(tries) == 2
    assert list(recount.differences(CHINA)) == []


@pytest.mark.parametrize("first", ["enrolment", "publish"])
def test_who_enrols_in_the_moment_of_a_publish_is_not_left_on_the_old_version(
    cast: Cast, first: str, monkeypatch: pytest.MonkeyPatch
):
    cohort, chosen, choose = cast.cohort, threading.Event(), enrolling.versions_to_take
    member: Membership = memberships.join(cohort, newcomer(1), now=SPRING, how="code")

    def slowly() -> None:
        chosen.set()
        time.sleep(0.4)

    def choose_slowly(membership: Membership) -> Any:
        versions = choose(membership)
        slowly()
        return versions

    enrol, publish = partial(enrolling.enrol, member, now=SPRING), partial(publish_and_move, with_one_more())
    if first == "enrolment":
        monkeypatch.setattr(enrolling, "versions_to_take", choose_slowly)
    else:
        publish = partial(publish, before_moving=slowly)
    one, other = (enrol, publish) if first == "enrolment" else (publish, enrol)
    at_once([connected(one), connected(lambda: chosen.wait(20) and other())])

    assert [row.version.number for row in member.enrolments] == [2]
    assert list(recount.differences(CHINA)) == []
