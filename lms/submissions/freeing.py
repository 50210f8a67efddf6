"""Letting go of bytes that no row names any more.

Who puts bytes and then a row that names them holds the lock together with others of the kind (`keeping`); who deletes
bytes holds it alone. So nobody's bytes go between the two. Nobody who asks for a page waits for that: what cannot be
deleted at once is noted in a folder beside, before anything else, and goes with the daily job.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import peewee

from lms.catalogue import store
from lms.db import database
from lms.media import DIGEST, digest_of

__all__ = ["columns", "digest_of", "folder", "free", "keeping"]

LOCK, NOTES = "lock", "to-free"


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


def delete_unnamed(digests: set[str], how: int = fcntl.LOCK_EX | fcntl.LOCK_NB) -> None:
    """Delete those of these bytes that nothing names; those that cannot go now stay noted."""
    for digest in digests:
        with suppress(BlockingIOError), held(how):
            if not is_named(digest):
                store.media.delete(digest)
            note(digest).unlink(missing_ok=True)


def catch_up() -> None:
    """Delete what was noted and did not go, waiting for whoever puts bytes just now. For jobs."""
    notes = note("").glob("*")
    delete_unnamed({path.name for path in notes if DIGEST.fullmatch(path.name)}, fcntl.LOCK_EX)


def is_named(digest: str) -> bool:
    """Whether any row names these bytes."""
    return any(column.model.select().where(column == digest).exists() for column in columns)
