"""Reading what a phone sends, as it comes. A thread of the server waits for each, so not all of them may; and the
kernel is asked to find out the links that have died without a word, for nothing else would ever wake those threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lms.web.links import watch_links

BLOCK = 16 * 1024
# For each worker process: of its eight threads (lms/serving.py) three are left for everybody who reads and answers.
AT_ONCE = 5

places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[bool]:
    """A place among those who send now; False when all are taken."""
    free = places.acquire(blocking=False)
    try:
        if free:
            watch_links()
        yield free
    finally:
        if free:
            places.release()


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """What comes, until the end or the break; the caller asks how much that was."""
    while block := read(stream):
        yield block


def read(stream: IO[bytes]) -> bytes:
    """The next block; nothing at the end, whatever ended it."""
    try:
        return stream.read(BLOCK)
    except Exception:  # a broken link, in as many words as there are servers
        return b""
