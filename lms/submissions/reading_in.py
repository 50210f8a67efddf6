"""Reading what a phone sends, as it comes. A thread of the server waits for each, so not all of them may, and none for
a link that has died without a word."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

BLOCK = 32 * 1024
SILENCE = 30.0  # seconds without a byte, then the phone has to ask anew
# For each worker process; one more than this many threads are left for everybody who reads and answers.
AT_ONCE = 5

places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[bool]:
    """A place among those who send now; False when all are taken."""
    free = places.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            places.release()


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """What comes, until the end, the break, or the silence; the caller asks how much that was.

    The stream is read in a thread of its own, which a dead link may keep: the server closes the link when the caller
    has answered, and with it ends the thread.
    """
    come: queue.Queue[bytes] = queue.Queue(maxsize=4)
    given_up = threading.Event()
    threading.Thread(target=read, args=(stream, come, given_up), daemon=True).start()
    try:
        while block := come.get(timeout=SILENCE):
            yield block
    except queue.Empty:
        return
    finally:
        given_up.set()


def read(stream: IO[bytes], come: queue.Queue[bytes], given_up: threading.Event) -> None:
    """Hand on block by block; an empty one is the end, whatever ended it."""
    block = b"?"
    while block and not given_up.is_set():
        try:
            block = stream.read(BLOCK)
        except Exception:  # a broken link, in as many words as there are servers
            block = b""
        while not given_up.is_set():
            try:
                come.put(block, timeout=1)
                break
            except queue.Full:
                continue
