"""Numbered migrations, run by playhouse.migrations with foreign keys off, with a backup before each run.

Each file is a frozen step from one schema to the next; it never imports today's models. `flask --app app db upgrade`
runs what is pending; a test upgrades a database of every earlier version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import peewee
from playhouse.migrations import Runner

from lms.db import database, is_postgresql, opened

FOLDER = Path(__file__).parent


def runner() -> Runner:
    """The runner over our folder and the bound database."""
    return Runner(database.obj, str(FOLDER))


def pending() -> list[str]:
    """The names of the migrations that have not run, in order."""
    with opened():
        return [step.name for step in runner().status() if not step.applied]


def upgrade(backups: Path, *, now: datetime) -> tuple[list[str], Path | None]:
    """Run what is pending, each after a backup of a database that holds anything; (names run, last backup)."""
    done: list[str] = []
    backup: Path | None = None
    for name in pending():
        if database.obj.get_tables():
            backup = back_up(backups / f"{now:%Y%m%dT%H%M%SZ}-before-{name}", now)
        with foreign_keys_off():
            runner().up(name)
        done.append(name)
    return done, backup


@contextmanager
def foreign_keys_off() -> Iterator[None]:
    """A connection on which rebuilding a table does not delete what refers to it (SQLite; the pragma is per
    connection)."""
    if not database.is_closed():
        database.close()
    with database.connection_context():
        if not is_postgresql():
            database.execute_sql("PRAGMA foreign_keys = 0")
        try:
            yield
        finally:
            if not is_postgresql():
                database.execute_sql("PRAGMA foreign_keys = 1")


def back_up(path: Path, now: datetime) -> Path:
    """A copy of the whole database as one consistent file, taken while it is in use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_postgresql():
        return dump_postgresql(path.with_suffix(".dump"))
    copy = path.with_suffix(".db")
    with closing(sqlite3.connect(database.obj.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def dump_postgresql(path: Path) -> Path:
    """What `pg_dump --format=custom` writes. Raises FileNotFoundError where PostgreSQL's client programs are
    missing."""
    import subprocess

    raise_for = subprocess.run(
        ["pg_dump", "--format=custom", f"--file={path}", database.obj.database], capture_output=True, text=True
    )
    raise_for.check_returncode()
    return path


__all__ = ["back_up", "foreign_keys_off", "peewee", "pending", "upgrade"]
