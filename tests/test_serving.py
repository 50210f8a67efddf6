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
from pathlib import Path

import pytest

from lms.settings import ROOT

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
