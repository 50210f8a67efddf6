"""Work that may wait, in a queue beside the database: a file of its own on SQLite, tables of their own on PostgreSQL.

Jobs are shallow and repeatable: they take ids, look up, and call one verb; twice does no harm. A feature's verb is
entered under a name in `deeds` by the factory; `later` puts a call into the queue and rings a bell (a file), for which
`serve` starts a process that does it (`jobs`). One at a time: turning a video must not take the processor from those
who learn. That process leaves when nothing has waited for a while, since it is as large as a worker of the site.

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

from lms import db
from lms.settings import Settings

RETRIES = 2
RETRY_AFTER = 30  # seconds
LOOK_EVERY = 1.0  # seconds
BELL, DAY = "jobs.bell", "jobs.day"

# Filled in the factory: name → what to do; and the names of what is done once a day, without arguments.
deeds: dict[str, Callable[..., None]] = {}
daily: list[str] = []


class Line:
    """The queue of this process and the folder of its bell, set by `init_app`."""

    queue: Huey
    do: Callable[..., Any]
    folder: Path


def init_app(settings: Settings) -> None:
    """Open the queue that goes with the database of these settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    Line.folder = settings.var
    Line.queue = queue_of(settings)
    Line.do = Line.queue.task(retries=RETRIES, retry_delay=RETRY_AFTER, name="do")(do)


def queue_of(settings: Settings) -> Huey:
    """Tables of its own on PostgreSQL; on SQLite a file apart from the data, so that neither waits for the other."""
    if settings.database_url.startswith("sqlite"):
        return SqliteHuey("fieldcast", filename=str(settings.var / "jobs.db"), results=False)
    return PostgresHuey("fieldcast", dsn=db.dsn_of(settings.database_url), results=False)


def later(name: str, *ids: int | str) -> None:
    """Do `deeds[name](*ids)` as soon as the consumer comes to it; now, where the queue is set to be immediate."""
    Line.do(name, *ids)
    (Line.folder / BELL).touch()


def after(seconds: float, name: str, *ids: int | str) -> None:
    """The same, not before so many seconds from now."""
    Line.do.schedule(args=(name, *ids), delay=seconds)  # type: ignore[attr-defined]
    (Line.folder / BELL).touch()


def do(name: str, *ids: int | str) -> None:
    """One job, with the database open."""
    with db.opened():
        deeds[name](*ids)


def consume(app: Flask, *, leave_after: float | None = None) -> None:
    """Do jobs until told to stop (SIGTERM lets the one under way finish), or until nothing has waited for so many
    seconds."""
    with app.app_context():
        consumer = Line.queue.create_consumer(workers=1, periodic=False, graceful_signal="TERM")
        zone = app.config["SETTINGS"].zone
        watching = threading.Thread(
            target=watch,
            args=(consumer.stop_flag, lambda: db.utc_now().astimezone(zone).date(), leave_after),
            daemon=True,
        )
        watching.start()
        consumer.run()
        # What came or failed in the very moment of leaving: `serve` hears the bell and starts the next one.
        if Line.queue.pending_count() or Line.queue.scheduled_count():
            (Line.folder / BELL).touch()


def watch(stopped: threading.Event, today: Callable[[], date], leave_after: float | None) -> None:
    """Beside the work: begin each new day, and tell this process to end when nothing has waited for so long.

    The bell is taken down before looking, so that one who rings after the look is heard by `serve`.
    """
    quiet_since = time.monotonic()
    while not stopped.is_set():
        (Line.folder / BELL).unlink(missing_ok=True)
        begin_day(today())
        if Line.queue.pending_count() or Line.queue.scheduled_count():
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
            Line.do(name)
        note.write_text(day.isoformat())


@click.command("jobs")
@click.option("--leave-after", type=float, help="Leave when nothing has waited for so many seconds.")
def jobs_command(leave_after: float | None) -> None:
    """Do what waits in the queue, until told to stop. `serve` starts this beside the server when there is work."""
    consume(current_app._get_current_object(), leave_after=leave_after)  # type: ignore[attr-defined]


commands = [jobs_command]
