"""The connections of this process: the kernel is asked to find out those that have died without a word, or take nothing
for a minute, for nothing else would ever wake the threads that wait for them."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

# A silent link is asked after 30 seconds, three times 10 seconds apart, then it is taken for dead; so is one at which
# nothing of what was sent arrives for a minute: a player that pauses asks anew, by Range, when it goes on.
WATCHED = (
    (socket.TCP_KEEPIDLE, 30),
    (socket.TCP_KEEPINTVL, 10),
    (socket.TCP_KEEPCNT, 3),
    (socket.TCP_USER_TIMEOUT, 60_000),  # milliseconds
)


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
            for option, value in WATCHED:
                link.setsockopt(socket.IPPROTO_TCP, option, value)
