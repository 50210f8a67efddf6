"""Work that may wait: it is done once, outlives a restart, and stands beside the database that the product has."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lms import jobs
from lms.settings import ROOT, Settings
from tests.postgres import postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, worker: str) -> Settings:
    """An installation on each database."""
    url = postgres_url(worker, "jobs") if request.param == "postgresql" else f"sqlite:///{tmp_path / 'fieldcast.db'}"
    return Settings(database_url=url, secret_key="x" * 40, var=tmp_path, media_url=str(tmp_path / "media"))


@pytest.fixture
def line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """The queue of this installation, with one deed that only notes what it was called with."""
    before = dict(vars(jobs.Line))
    called: list[tuple] = []
    monkeypatch.setitem(jobs.deeds, "note", lambda *ids: called.append(ids))
    jobs.init_app(settings)
    yield called
    for queue in (jobs.Line.queue, jobs.Line.lengthy):
        queue.storage.close()
    for name in ("queue", "lengthy", "do", "do_lengthy", "folder"):
        setattr(jobs.Line, name, before.get(name))


def work(queue) -> None:
    """Do what waits, as the consumer does."""
    while task := queue.dequeue():
        queue.execute(task)


def test_what_was_put_off_is_done_with_what_it_was_given(app, line: list[tuple]):
    jobs.later("note", 7, "sun/he.raw")
    assert line == []
    work(jobs.Line.queue)
    assert line == [(7, "sun/he.raw")]


def test_what_waits_outlives_a_restart(app, line: list[tuple], settings: Settings):
    jobs.later("note", 1)
    jobs.Line.queue.storage.close()
    jobs.init_app(settings)
    work(jobs.Line.queue)
    assert line == [(1,)]


def test_what_is_done_daily_is_put_in_line_once_a_day(app, line: list[tuple], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "daily", ["note"])
    for day in (date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 2)):
        jobs.begin_day(day)
    work(jobs.Line.queue)
    assert line == [(), ()]


def test_whoever_puts_a_job_off_rings(app, line: list[tuple], settings: Settings):
    assert not (settings.var / jobs.BELL).exists()
    jobs.later("note", 1)
    assert (settings.var / jobs.BELL).exists()


def test_what_takes_minutes_waits_in_a_lane_of_its_own(app, line: list[tuple], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "lengthy", {"film"})
    monkeypatch.setitem(jobs.deeds, "film", lambda: line.append(("film",)))
    jobs.later("film")
    jobs.after(-1, "film")
    jobs.later("note", 1)
    work(jobs.Line.queue)
    assert line == [(1,)] and not jobs.is_quiet()
    work(jobs.Line.lengthy)
    assert line == [(1,), ("film",), ("film",)] and jobs.is_quiet()


@pytest.fixture
def over() -> threading.Event:
    """The end of the film."""
    return threading.Event()


@pytest.fixture
def lanes(app, line: list[tuple], over: threading.Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[jobs.Lanes]:
    """The consumer of these queues, without the signals of this process, at work on a film."""
    monkeypatch.setattr(jobs, "lengthy", {"film"})
    monkeypatch.setitem(jobs.deeds, "film", lambda: over.wait(60) and line.append(("film",)))
    made = jobs.Lanes(jobs.Line.queue, jobs.Line.lengthy, workers=1, periodic=False)
    monkeypatch.setattr(made, "_set_signal_handlers", lambda: None)
    jobs.later("film")
    made.start()
    while "film" not in jobs.under_way:
        time.sleep(0.01)
    yield made
    over.set()
    made.stop(graceful=True)


def test_what_is_short_is_done_while_a_film_is_turned(lanes: jobs.Lanes, line: list[tuple]):
    jobs.later("note", 1)
    until = time.monotonic() + 60
    while not line and time.monotonic() < until:
        time.sleep(0.01)
    assert line == [(1,)]
    assert not jobs.is_quiet()


def test_a_film_under_way_is_finished_before_the_consumer_ends_and_the_next_waits(
    lanes: jobs.Lanes, line: list[tuple], over: threading.Event
):
    jobs.later("film")
    threading.Timer(0.3, over.set).start()
    lanes.stop(graceful=True)
    assert line == [("film",)]
    assert jobs.Line.lengthy.pending_count() == 1


def test_the_consumer_leaves_by_itself_when_nothing_waits(tmp_path: Path, sqlite_template: Path):
    shutil.copy(sqlite_template, tmp_path / "fieldcast.db")
    (tmp_path / jobs.BELL).touch()
    environment = {"FIELDCAST_VAR": str(tmp_path), "PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 40}
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "--leave-after", "0.5"]
    assert subprocess.run(command, cwd=ROOT, env=environment, timeout=60, check=False).returncode == 0
    assert not (tmp_path / jobs.BELL).exists()


def test_the_consumer_does_what_waits_and_ends_when_it_is_told_to(tmp_path: Path, sqlite_template: Path):
    shutil.copy(sqlite_template, tmp_path / "fieldcast.db")
    queue = jobs.queue_of(
        Settings(f"sqlite:///{tmp_path / 'fieldcast.db'}", "x" * 40, tmp_path, str(tmp_path / "media"))
    )
    queue.task(name="do")(jobs.do)("authoring.turn", 0, "sun/gone.raw")
    environment = {"FIELDCAST_VAR": str(tmp_path), "PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 40}
    process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "jobs"], cwd=ROOT, env=environment)
    deadline = time.monotonic() + 60
    while queue.pending_count() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert queue.pending_count() == 0
    process.terminate()
    assert process.wait(30) == 0


def test_the_consumer_rings_for_what_it_leaves_behind(tmp_path: Path, sqlite_template: Path):
    shutil.copy(sqlite_template, tmp_path / "fieldcast.db")
    settings = Settings(f"sqlite:///{tmp_path / 'fieldcast.db'}", "x" * 40, tmp_path, str(tmp_path / "media"))
    again = jobs.queue_of(settings).task(name="do")(jobs.do)
    again.schedule(("authoring.turn", 0, "sun/gone.raw"), delay=3600)  # as a job that failed and is to be tried again
    (tmp_path / jobs.BELL).touch()
    environment = {"FIELDCAST_VAR": str(tmp_path), "PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 40}
    process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "jobs"], cwd=ROOT, env=environment)
    deadline = time.monotonic() + 60
    while (tmp_path / jobs.BELL).exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    process.terminate()
    assert process.wait(30) == 0
    assert (tmp_path / jobs.BELL).exists()
