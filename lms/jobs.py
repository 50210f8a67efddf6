"""Work that may wait, in a queue beside the database: a file of its own on SQLite, tables of their own on PostgreSQL.

Jobs are shallow and repeatable: they take ids, look up, and call one verb; twice does no harm. A feature's verb is
entered under a name in `deeds` by the factory; `later` puts a call into the queue and rings a bell (a file), for which
`serve` starts a process that does it (`jobs`). That process leaves when nothing has waited for a while, since it is as
large as a worker of the site.

There are two lanes, and one job at a time in each: what takes minutes (`lengthy`: turning a video, one at a time, for
it must not take the processor from those who learn) has a lane of its own, so that no judgement waits behind it.

What is in `daily` is done once a day without anybody's call: `serve` starts the process on each new day too.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer

from lms import db
from lms.settings import Settings

RETRIES = 2
RETRY_AFTER = 30  # seconds
LOOK_EVERY = 1.0  # seconds
BELL, DAY = "jobs.bell", "jobs.day"

# Filled in the factory: name → what to do; the names of what is done once a day, without arguments; and the names of
# what takes minutes.
deeds: dict[str, Callable[..., None]] = {}
daily: list[str] = []
lengthy: set[str] = set()

# What this process does at this moment, by name.
under_way: list[str] = []


class Line:
    """The queues of this process, that of the short jobs first, and the folder of their bell, set by `init_app`."""

    queue: Huey
    lengthy: Huey
    do: Callable[..., Any]
    do_lengthy: Callable[..., Any]
    folder: Path


def init_app(settings: Settings) -> None:
    """Open the queues that go with the database of these settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    Line.folder = settings.var
    Line.queue, Line.lengthy = queue_of(settings), queue_of(settings, "fieldcast-lengthy")
    Line.do, Line.do_lengthy = (
        queue.task(retries=RETRIES, retry_delay=RETRY_AFTER, name="do")(do) for queue in (Line.queue, Line.lengthy)
    )


def queue_of(settings: Settings, name: str = "fieldcast") -> Huey:
    """Tables of its own on PostgreSQL; on SQLite a file apart from the data, so that neither waits for the other."""
    if settings.database_url.startswith("sqlite"):
        return SqliteHuey(name, filename=str(settings.var / "jobs.db"), results=False)
    return PostgresHuey(name, dsn=db.dsn_of(settings.database_url), results=False)


def later(name: str, *ids: int | str) -> None:
    """Do `deeds[name](*ids)` as soon as the consumer comes to it; now, where its queue is set to be immediate."""
    lane(name)(name, *ids)
    (Line.folder / BELL).touch()


def after(seconds: float, name: str, *ids: int | str) -> None:
    """The same, not before so many seconds from now."""
    lane(name).schedule(args=(name, *ids), delay=seconds)  # type: ignore[attr-defined]
    (Line.folder / BELL).touch()


def lane(name: str) -> Callable[..., Any]:
    """What puts a job of this name into its queue."""
    return Line.do_lengthy if name in lengthy else Line.do


def do(name: str, *ids: int | str) -> None:
    """One job, with the database open."""
    under_way.append(name)
    try:
        with db.opened():
            deeds[name](*ids)
    finally:
        under_way.remove(name)


def is_quiet() -> bool:
    """Whether nothing waits, now or for its time, and nothing is being done here."""
    return not under_way and not any(
        queue.pending_count() or queue.scheduled_count() for queue in (Line.queue, Line.lengthy)
    )


class Lanes(Consumer):
    """A worker for each lane. The first lane's consumer hears the signals of the process, and passes them on."""

    def __init__(self, huey: Huey, beside: Huey, **options: Any) -> None:
        self.beside = Beside(beside, **options)
        self.when_started: list[Callable[[], None]] = []
        super().__init__(huey, **options)

    def start(self) -> None:
        self.beside.start()
        super().start()
        for begin in self.when_started:
            begin()

    def stop(self, graceful: bool = False) -> None:
        self.stop_flag.set()  # neither lane begins anything while the other one finishes
        self.beside.stop(graceful)
        super().stop(graceful)

    def check_worker_health(self) -> bool:
        return bool(self.beside.check_worker_health() and super().check_worker_health())


class Beside(Consumer):
    """The second of a process: a process has one handler for each signal."""

    def _set_signal_handlers(self) -> None:
        pass


def consume(app: Flask, *, leave_after: float | None = None) -> None:
    """Do jobs until told to stop (SIGTERM lets those under way finish), or until nothing has waited for so many
    seconds."""
    with app.app_context():
        consumer = Lanes(Line.queue, Line.lengthy, workers=1, periodic=False, graceful_signal="TERM")
        zone = app.config["SETTINGS"].zone
        watching = threading.Thread(
            target=watch,
            args=(consumer.stop_flag, lambda: db.utc_now().astimezone(zone).date(), leave_after),
            daemon=True,
        )
        # Not before signals are heard: who sees the bell taken down may send one at once.
        consumer.when_started.append(watching.start)
        consumer.run()
        # What came or failed in the very moment of leaving: `serve` hears the bell and starts the next one.
        if not is_quiet():
            (Line.folder / BELL).touch()


def watch(stopped: threading.Event, today: Callable[[], date], leave_after: float | None) -> None:
    """Beside the work: begin each new day, and tell this process to end when nothing has waited for so long.

    The bell is taken down before looking, so that one who rings after the look is heard by `serve`.
    """
    quiet_since = time.monotonic()
    while not stopped.is_set():
        (Line.folder / BELL).unlink(missing_ok=True)
        begin_day(today())
        if not is_quiet():
            quiet_since = time.monotonic()
        elif leave_after is not None and time.monotonic() - quiet_since >= leave_after:
            os.kill(os.getpid(), signal.SIGTERM)  # as if from outside: what is under way is finished first
            return
        stopped.wait(LOOK_EVERY)


def begin_day(day: date) -> None:
    """Put what is done once a day into the queue, unless it was put there on this day. The one schedule there is."""
    note = Line.folder / DAY
    if daily and not (note.exists() and note.read_text() == day.isoformat()):
        for name in daily:
            lane(name)(name)
        note.write_text(day.isoformat())


@click.command("jobs")
@click.option("--leave-after", type=float, help="Leave when nothing has waited for so many seconds.")
def jobs_command(leave_after: float | None) -> None:
    """Do what waits in the queue, until told to stop. `serve` starts this beside the server when there is work."""
    consume(current_app._get_current_object(), leave_after=leave_after)  # type: ignore[attr-defined]


commands = [jobs_command]
