"""Letting go of bytes that no row names any more.

Who puts bytes and then a row that names them holds the lock together with others of the kind (`keeping`); who deletes
bytes holds it alone. So nobody's bytes go between the two.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from lms.catalogue import store
from lms.db import database
from lms.media import digest_of

__all__ = ["columns", "digest_of", "folder", "free", "keeping"]

LOCK = "lock"


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
    if wanted:
        database.after_commit(lambda: delete_unnamed(wanted))


def delete_unnamed(digests: set[str]) -> None:
    """Delete those of these bytes that nothing names."""
    for digest in digests:
        with held(fcntl.LOCK_EX):
            if not is_named(digest):
                store.media.delete(digest)


def is_named(digest: str) -> bool:
    """Whether any row names these bytes."""
    return any(column.model.select().where(column == digest).exists() for column in columns)
