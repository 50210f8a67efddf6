"""Promise 1, proved at random: whatever people do, what is stored is what follows from the events, and every page and
export says the same (promise 5)."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lms import db
from lms.accounts import people
from lms.catalogue import reading
from lms.certificates import issuing
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Refused
from lms.learning import enrolling, recount, repinning
from lms.learning.measures import MEASURES, STATES
from lms.learning.models import Enrolment
from lms.learning.progress import Deed
from lms.outcomes import lives
from lms.programmes import memberships
from lms.reports import cuts, figures
from lms.reports.people import Asked, exported
from tests import conftest
from tests.cast import SPRING, VILLAGE, Cast, person, raise_curtain
from tests.learning.deeds import CHINA, contents, publish, quiz_answer, read, send
from tests.learning.test_moving_versions import with_one_more, without_the_question
from tests.postgres import postgres_url

EDITIONS = [
    {},
    with_one_more(),
    without_the_question(),
    contents(("complete = true", "complete = false")),
    contents(('"read", "check", "quiz"', '"read"')),
]
QUESTIONS = ["sun/check:sun-side", "voice/check:fan", "sun/check:wind"]
EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
who = st.integers(0, 3)


class County(RuleBasedStateMachine):
    """Four people of one class do things in any order; authors, trainers and managers do too."""

    fresh: Any  # a fresh database with the cast on it, set by the test

    @initialize()
    def begin(self) -> None:
        self.cast: Cast = self.fresh()
        self.days = 0
        self.number = 0
        self.sent: list[tuple[int, Deed]] = []
        for n in range(3):
            one = person(f"学员{n}", f"1391234000{n}", area_code=VILLAGE)
            enrolling.enrol(memberships.join(self.cast.cohort, one, now=SPRING, how="code"), now=SPRING)

    def enrolment(self, place: int) -> Enrolment:
        """One of the four, as it stands."""
        rows = list(Enrolment.select().order_by(Enrolment.id))
        return rows[place % len(rows)]

    def now(self):
        return utc_now() + timedelta(days=self.days)

    def try_to(self, place: int, deed: Deed) -> None:
        """Send a deed; being refused is an answer too."""
        self.sent.append((place, deed))
        with suppress(Refused):
            send(self.enrolment(place), deed, now=self.now())

    def name(self) -> str:
        self.number += 1
        return f"event-{self.number:06}"

    @rule(place=who, lesson=st.sampled_from(["sun", "voice"]))
    def read_a_lesson(self, place: int, lesson: str) -> None:
        self.try_to(place, read(self.name(), lesson))

    @rule(
        place=who,
        chosen=st.integers(0, 2),
        step=st.sampled_from(["sun/check:sun-side", "voice/check:fan", "sun/check:wind"]),
    )
    def answer_a_question(self, place: int, chosen: int, step: str) -> None:
        self.try_to(place, Deed(self.name(), step.partition("/")[0], step, "check", {"chosen": [chosen]}))

    @rule(place=who, well=st.booleans())
    def answer_the_quiz(self, place: int, well: bool) -> None:
        self.try_to(place, quiz_answer(self.enrolment(place), self.name(), well=well))

    @rule(place=who)
    def do_all_that_is_missing(self, place: int) -> None:
        """So that completions are not rare."""
        self.read_a_lesson(place, "sun")
        self.read_a_lesson(place, "voice")
        self.answer_a_question(place, 0, "sun/check:sun-side")
        self.answer_a_question(place, 1, "voice/check:fan")
        self.answer_a_question(place, 0, "sun/check:wind")
        self.answer_the_quiz(place, True)
        self.answer_the_quiz(place, True)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 10_000))
    def resend(self, which: int) -> None:
        self.try_to(*self.sent[which % len(self.sent)])

    @rule(edition=st.integers(0, len(EDITIONS) - 1), choice=st.sampled_from([repinning.KEEP, repinning.CATCH_UP]))
    def publish(self, edition: int, choice: str) -> None:
        publish(self.enrolment(0), EDITIONS[edition], choice)

    @rule(place=who)
    def leave(self, place: int) -> None:
        membership = self.enrolment(place).membership
        memberships.leave(membership, now=self.now(), by=1)
        enrolling.leave(membership, now=self.now())

    @rule(place=who)
    def come_back(self, place: int) -> None:
        one = self.enrolment(place)
        if one.person.deleted_at:
            return
        enrolling.enrol(memberships.join(self.cast.cohort, one.person, now=self.now(), how="code"), now=self.now())

    @rule(place=who)
    def go_live(self, place: int) -> None:
        told = lives.Told(self.name(), (self.now() - timedelta(days=1)).date(), "douyin", 30)
        lives.report(self.enrolment(place).person, told, now=self.now())

    @rule(place=who)
    def delete_the_account(self, place: int) -> None:
        people.erase(self.enrolment(place).person, by=None, now=self.now())

    @rule(place=who, reason=st.sampled_from(list(issuing.REASONS)))
    def revoke(self, place: int, reason: str) -> None:
        held = issuing.newest(self.enrolment(place))
        if held and held.revoked_at is None:
            issuing.revoke(held, reason, by=None, now=self.now())

    @rule(days=st.integers(1, 10))
    def time_goes_by(self, days: int) -> None:
        self.days += days

    @invariant()
    def what_is_stored_follows_from_the_events(self) -> None:
        assert list(recount.differences(CHINA)) == []

    @invariant()
    def nothing_is_over_a_hundred_per_cent(self) -> None:
        numbers = self.figures()
        for course in (0, self.cast.version.course_id):
            enrolled, started, completed, certified = (numbers.of(state, course) for state in STATES)
            assert enrolled >= started >= completed >= certified >= 0

    @invariant()
    def the_figures_are_their_rows(self) -> None:
        cut = self.cut()
        for key in STATES:
            rows = list(exported(Asked(cut, MEASURES[key], self.now().date()), "zh"))
            assert len(rows) == self.figures().of(key)

    @invariant()
    def one_certificate_counts_for_an_enrolment(self) -> None:
        counting = Certificate.select().where(Certificate.revoked_at.is_null() & Certificate.replaced_by.is_null())
        assert len({row.enrolment_id for row in counting}) == counting.count()

    def cut(self) -> cuts.Cut:
        """What an admin sees: everything."""
        return cuts.Cut(areas=cuts.EVERYWHERE, zone=CHINA)

    def figures(self) -> figures.Figures:
        return figures.figures(self.cut(), now=self.now())


@pytest.fixture
def fresh(app: Flask, database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A function that puts the cast on a fresh database, each time it is called."""

    def begin() -> Cast:
        conftest.let_go(db.database.obj)
        db.bind(another(database_url, request, tmp_path)).connect()
        reading.parsed.cache_clear()
        return raise_curtain()

    return begin


def another(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of one more fresh database of the same kind."""
    if database_url.startswith("postgresql"):
        worker, template = request.getfixturevalue("worker"), request.getfixturevalue("postgresql_template")
        return postgres_url(worker, "machine", template=template)
    copy = tmp_path / "machine.db"
    copy.unlink(missing_ok=True)
    shutil.copy(request.getfixturevalue("sqlite_template"), copy)
    return f"sqlite:///{copy}"


def test_counts_hold_after_anything_that_anybody_does(fresh: Any):
    machine = type("OnAFreshDatabase", (County,), {"fresh": staticmethod(fresh)})

    patient = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
    run_state_machine_as_test(machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=20, **patient))
