"""Work that may wait, in a queue beside the database: a file of its own on SQLite, tables of their own on PostgreSQL.

Jobs are shallow and repeatable: they take ids, look up, and call one verb; twice does no harm. A feature's verb is
entered under a name in `deeds` by the factory; `later` puts a call into the queue, and the process that `serve` starts
beside the server (`jobs`) does it. One at a time: turning a video must not take the processor from those who learn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey

from lms import db
from lms.settings import Settings

RETRIES = 2
RETRY_AFTER = 30  # seconds

# Filled in the factory: name → what to do.
deeds: dict[str, Callable[..., None]] = {}


class Line:
    """The queue of this process, set by `init_app`."""

    queue: Huey
    do: Callable[..., Any]


def init_app(settings: Settings) -> None:
    """Open the queue that goes with the database of these settings."""
    Line.queue = queue_of(settings)
    Line.do = Line.queue.task(retries=RETRIES, retry_delay=RETRY_AFTER, name="do")(do)


def queue_of(settings: Settings) -> Huey:
    """Tables of its own on PostgreSQL; on SQLite a file apart from the data, so that neither waits for the other."""
    if settings.database_url.startswith("sqlite"):
        settings.var.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("fieldcast", filename=str(settings.var / "jobs.db"), results=False)
    return PostgresHuey("fieldcast", dsn=db.dsn_of(settings.database_url), results=False)


def later(name: str, *ids: int | str) -> None:
    """Do `deeds[name](*ids)` as soon as the consumer comes to it; now, where the queue is set to be immediate."""
    Line.do(name, *ids)


def do(name: str, *ids: int | str) -> None:
    """One job, with the database open."""
    with db.opened():
        deeds[name](*ids)


def consume(app: Flask) -> None:
    """Do jobs until told to stop (SIGTERM lets the one under way finish)."""
    with app.app_context():
        Line.queue.create_consumer(workers=1, periodic=False, graceful_signal="TERM").run()


@click.command("jobs")
def jobs_command() -> None:
    """Do what waits in the queue, until told to stop. `serve` starts this beside the server."""
    consume(current_app._get_current_object())  # type: ignore[attr-defined]


commands = [jobs_command]
