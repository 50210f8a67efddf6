"""The production server: it answers, takes on new code without losing a request, and stops cleanly."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lms import jobs, serving
from lms.settings import ROOT, Settings

PATIENCE = 90  # seconds; a machine that runs every test at once is slow


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen]:
    """`serve` with one worker over an empty installation of its own."""
    environment = {**os.environ, "FIELDCAST_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}"}
    command = [sys.executable, "app.py", "serve", "--workers", "1", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    yield process
    process.kill()
    process.wait()


def health(port: int) -> int:
    """The status of the health page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


def wait_until_it_answers(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            assert health(port) == 200
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_it_reloads_without_losing_a_request_and_stops_cleanly(server: subprocess.Popen, port: int):
    wait_until_it_answers(port)
    statuses: list[int] = []
    enough = threading.Event()

    def keep_asking() -> None:
        while not enough.is_set():
            statuses.append(health(port))

    asking = threading.Thread(target=keep_asking)
    asking.start()
    server.send_signal(signal.SIGHUP)
    time.sleep(12)
    enough.set()
    asking.join()
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert set(statuses) == {200} and len(statuses) > 20


MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)


@pytest.fixture
def consumer(tmp_path: Path) -> serving.Consumer:
    """A consumer whose process takes down the bell and leaves, on a day on which it was there before."""
    made = serving.Consumer(Settings("sqlite:///x.db", "x" * 40, tmp_path, str(tmp_path / "media")))
    made.command = (sys.executable, "-c", f"import pathlib; pathlib.Path({str(made.bell)!r}).unlink(True)")
    made.look(MONDAY, 0.0)
    made.process.wait(PATIENCE)
    return made


def started(consumer: serving.Consumer, day: date, at: float) -> bool:
    """Whether a look starts a process."""
    before = consumer.process
    consumer.look(day, at)
    consumer.process.wait(PATIENCE)
    return consumer.process is not before


def test_the_consumer_is_there_only_when_somebody_rings_or_a_day_begins(consumer: serving.Consumer):
    assert not started(consumer, MONDAY, 100.0)
    consumer.bell.touch()
    assert started(consumer, MONDAY, 200.0) and not consumer.bell.exists()
    assert started(consumer, TUESDAY, 300.0) and not started(consumer, TUESDAY, 400.0)


def test_a_consumer_that_falls_over_is_started_again_after_a_while(consumer: serving.Consumer):
    consumer.command = (sys.executable, "-c", "raise SystemExit(1)")
    assert started(consumer, TUESDAY, 100.0)
    assert not started(consumer, TUESDAY, 101.0)
    assert started(consumer, TUESDAY, 100.0 + serving.BETWEEN_STARTS)


def test_after_a_reload_the_next_one_begins_while_the_one_before_finishes_its_film(
    consumer: serving.Consumer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(serving, "STOP_WITHIN", 0.2)
    ready = f"import pathlib; pathlib.Path({str(consumer.bell)!r}).unlink(True)"
    busy = f"import signal, time; signal.signal(15, lambda *_: None); {ready}; time.sleep(60)"
    consumer.command = (sys.executable, "-c", busy)
    consumer.bell.touch()
    consumer.look(TUESDAY, 100.0)
    before = consumer.process
    while consumer.bell.exists():
        time.sleep(0.01)
    consumer.restart()
    consumer.look(TUESDAY, 101.0)
    assert consumer.process is not before and before.poll() is None
    consumer.stop()
    assert before.poll() is not None and consumer.process.poll() is not None


def test_the_bell_is_the_same_for_those_who_ring_and_those_who_listen():
    assert serving.BELL == jobs.BELL
