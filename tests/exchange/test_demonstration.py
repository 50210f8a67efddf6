"""The demonstration: an invented county whose every figure was made by the product's own verbs."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from lms import db, installation
from lms.accounts import credentials
from lms.accounts.models import Person
from lms.assessment.queue import LONG
from lms.catalogue import store
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.exchange.demonstration import opening
from lms.learning.models import ActiveWeek, Enrolment, Tally
from lms.lib import phones
from lms.practice.rehearsal.models import Rehearsal
from lms.programmes.models import Membership
from lms.settings import ROOT
from lms.submissions.models import Piece, Submission
from tests.administration.deeds import CHINA, assert_counts_hold
from tests.cast import PIN, Cast
from tests.conftest import forget, let_go
from tests.entering import signed_in
from tests.postgres import postgres_url


def demo(app: Flask, *words: str):
    return app.test_cli_runner().invoke(args=["demo", *words])


@dataclass(frozen=True)
class County:
    """The demonstration as one start made it: the database to copy, the accounts as printed, and the file that it
    remembers them by."""

    original: Path | str
    accounts: list[dict[str, str]]
    remembered: str


@pytest.fixture(scope="module")
def sqlite_county(shared_app: Flask, sqlite_template: Path, folder: Path) -> County:
    """The demonstration of forty, made once for all tests that only look at it: each of them takes a copy."""
    path = shutil.copy(sqlite_template, folder / "county.db")
    return made(shared_app, path, f"sqlite:///{path}", folder)


@pytest.fixture(scope="module")
def postgresql_county(shared_app: Flask, postgresql_template: str, worker: str, folder: Path) -> County:
    """The same on PostgreSQL."""
    url = postgres_url(worker, "county", template=postgresql_template)
    return made(shared_app, url, url, folder)


def made(app: Flask, original: Path | str, url: str, folder: Path) -> County:
    """The command's own work. The photos stay where all tests of a worker keep theirs, under names of their own.

    In a thread, because Python 3.11 asks the system for memory at every call across the edge of a block of its stack:
    as deep as pytest makes a fixture, that doubled the time.
    """
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(opened, app, url).result()
    assert done.exit_code == 0, done.output
    return County(original, json.loads(done.stdout), (folder / "demonstration.json").read_text("utf-8"))


def opened(app: Flask, url: str):
    """The demonstration in this database, of which it lets go."""
    bound = db.bind(url)
    forget()
    with app.app_context(), bound.connection_context():
        done = demo(app, "--json")
    let_go(bound)
    return done


@pytest.fixture
def demonstration(app: Flask, request: pytest.FixtureRequest, folder: Path) -> County:
    """The demonstration, in a copy of this test's own."""
    kind = "postgresql" if db.is_postgresql() else "sqlite"
    found = request.getfixturevalue(f"{kind}_county")
    (folder / "demonstration.json").write_text(found.remembered, "utf-8")
    return found


@pytest.fixture
def accounts(demonstration: County) -> list[dict[str, str]]:
    """Its accounts as printed."""
    return demonstration.accounts


def test_nothing_but_the_accounts_is_printed(app: Flask):
    done = demo(app, "--trainees", "3")
    assert done.exit_code == 0 and "{" not in done.output and not done.stderr.strip()


def test_there_is_one_of_every_role_with_a_way_in(accounts):
    assert {account["role"] for account in accounts} == {"admin", "manager", "trainer", "trainee"}
    for account in accounts:
        person = Person.get(Person.phone == account["phone"])
        kind = credentials.PIN if account["role"] == "trainee" else credentials.PASSWORD
        assert credentials.check(person, kind, account[kind], now=utc_now())
    assert any(Certificate.get_or_none(Certificate.number == account["certificate"]) for account in accounts)


def test_nobody_s_telephone_rings(accounts):
    assert installation.read().is_demo
    assert all(phones.is_demo(person.phone) for person in Person.select())


def test_forty_trainees_are_in_every_state_and_every_figure_has_its_rows(demonstration: County):
    assert Membership.select().count() == 40
    completed = Enrolment.select().where(Enrolment.completed_at.is_null(False)).count()
    assert completed == Certificate.select().count() > 10
    assert Enrolment.select().where(Enrolment.started_at.is_null()).exists()
    assert Membership.select().where(Membership.left_at.is_null(False)).count() == 1
    assert Membership.select().where(Membership.first_live_on.is_null(False)).exists()
    assert ActiveWeek.select(ActiveWeek.monday).distinct().count() >= 12
    names = [person.name for person in Person.select()]
    assert {"周䶮", "王𬭚"} <= set(names) and max(map(len, names)) == 40
    assert_counts_hold()


def test_the_demonstration_needs_an_empty_database(app: Flask, cast: Cast):
    before = Person.select().count()
    assert demo(app).exit_code == 1
    assert demo(app, "--if-empty").exit_code == 0
    assert Person.select().count() == before


def test_a_second_start_prints_the_same_accounts(app: Flask, accounts):
    again = demo(app, "--if-empty", "--json")
    assert json.loads(again.stdout) == accounts


def test_a_synthetic_county_counts_like_a_real_one(app: Flask):
    courses = sorted(path.parent for path in (ROOT / "courses").glob("*/course.toml"))
    wish = opening.Wish(400, seed=7, courses=courses, now=utc_now(), zone=CHINA, story=2)
    opening.open_county(wish, progress=lambda _more: None)
    assert_counts_hold()
    total = (Tally.scope == "all") & (Tally.course_id == 0) & (Tally.measure == "enrolled")
    assert Tally.get(total).count == Membership.select().count() == 400
    assert Certificate.select().count() == Enrolment.select().where(Enrolment.completed_at.is_null(False)).count() > 50


def test_works_wait_are_judged_and_come_back_and_each_photo_can_be_seen(demonstration: County):
    states = Counter(work.state for work in Submission.select())
    waiting = Submission.select().where(Submission.state == "waiting", Submission.handed_in_at < utc_now() - LONG)

    assert states["waiting"] >= 5 and states["passed"] >= 3 and states["again"] >= 2 and states["judged"] == 1
    assert waiting.count() == 2
    assert all(store.media.size(piece.digest) > 500 for piece in Piece.select().where(Piece.kind == "photo"))
    assert [piece.state for piece in Piece.select().where(Piece.kind == "video")] == ["ready", "ready"]
    assert_counts_hold()


def test_two_have_rehearsed_and_their_reports_say_what_to_do_better(app: Flask, demonstration: County):
    kept = list(Rehearsal.select().order_by(Rehearsal.id))
    for one in kept:
        credentials.set_pin(one.person, PIN, by=None, now=utc_now(), first=False)
    pages = [signed_in(app, one.person).get(f"/practice/rehearsal/{one.id}").text for one in kept]

    assert [one.level for one in kept] == [3, 4]
    assert all("能治咳嗽吗？" in page for page in pages)
