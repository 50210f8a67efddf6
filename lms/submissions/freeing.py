"""Letting go of bytes that no row names any more.

Who puts bytes and then a row that names them holds the lock together with others of the kind (`keeping`); who deletes
bytes holds it alone. So nobody's bytes go between the two. Nobody waits for that: what is to go is noted in a folder
beside, before anything else, and what cannot go at once goes with a job a minute later; the daily one looks too.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from lms import jobs
from lms.catalogue import store
from lms.db import database
from lms.media import DIGEST, digest_of

__all__ = ["columns", "digest_of", "folder", "free", "keeping"]

JOB = "submissions.free"
LOCK, NOTES, ASKED = "lock", "to-free", "asked"
AGAIN = 60  # seconds until what could not go is tried again


class Place:
    """Where uploads lie while they come: set by the factory."""

    folder: Path


# Every column that names bytes in the media store, filled in the factory.
columns: list[peewee.Field] = []


def folder() -> Path:
    """The folder of uploads on their way, on this machine."""
    Place.folder.mkdir(parents=True, exist_ok=True)
    return Place.folder


@contextmanager
def keeping() -> Iterator[None]:
    """While bytes are put and named."""
    with held(fcntl.LOCK_SH):
        yield


@contextmanager
def held(how: int) -> Iterator[None]:
    """The lock, together with others or alone."""
    with (folder() / LOCK).open("a") as file:
        fcntl.flock(file, how)
        yield


def free(digests: Iterable[str]) -> None:
    """Delete those of these bytes that nothing names, once the transaction under way has come to its end. Empty names
    are passed over."""
    wanted = {one for one in digests if one}
    for digest in wanted:
        note(digest).touch()
    if wanted:
        database.after_commit(lambda: delete_unnamed(wanted))


def note(digest: str) -> Path:
    """Where it is noted that these bytes are to be deleted if nothing names them: a server that is killed before it
    does so knows it still."""
    notes = folder() / NOTES
    notes.mkdir(exist_ok=True)
    return notes / digest


def delete_unnamed(digests: set[str]) -> None:
    """Delete those of these bytes that nothing names; those that cannot go while somebody puts bytes, soon."""
    try:
        for digest in digests:
            with held(fcntl.LOCK_EX | fcntl.LOCK_NB):
                if not is_named(digest):
                    store.media.delete(digest)
                note(digest).unlink(missing_ok=True)
    except BlockingIOError:
        ask_again()


def ask_again() -> None:
    """Have a job try again, unless any process asked for it just now."""
    asked = note(ASKED)
    if not asked.exists() or abs(time.time() - asked.stat().st_mtime) > AGAIN / 2:
        asked.touch()
        jobs.after(AGAIN, JOB)


def catch_up() -> None:
    """Delete what was noted and did not go. The job."""
    delete_unnamed({path.name for path in note("").glob("*") if DIGEST.fullmatch(path.name)})


def is_named(digest: str) -> bool:
    """Whether any row names these bytes."""
    return any(column.model.select().where(column == digest).exists() for column in columns)
