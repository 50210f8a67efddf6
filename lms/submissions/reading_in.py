"""Reading what a phone sends, as it comes. A thread of the server waits for each, so not all of them may; and the
kernel is asked to find out the links that have died without a word, for nothing else would ever wake those threads.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

BLOCK = 16 * 1024
# For each worker process: of its eight threads (lms/serving.py) three are left for everybody who reads and answers.
AT_ONCE = 5
# A silent link is asked after 30 seconds, three times 10 seconds apart, then it is taken for dead.
KEEPALIVE = ((socket.TCP_KEEPIDLE, 30), (socket.TCP_KEEPINTVL, 10), (socket.TCP_KEEPCNT, 3))

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


def watch_links() -> None:
    """Have the kernel look after every connection of this process. WSGI does not say which is the one at hand, and the
    others are served by the same."""
    for entry in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            if os.readlink(entry).startswith("socket:"):
                watch(int(entry.name))


def watch(descriptor: int) -> None:
    """Have the kernel look after this connection, if it is one over the network."""
    with socket.socket(fileno=os.dup(descriptor)) as link:
        if link.family in (socket.AF_INET, socket.AF_INET6) and link.type == socket.SOCK_STREAM and link.getpeername():
            link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in KEEPALIVE:
                link.setsockopt(socket.IPPROTO_TCP, option, value)
