"""A weak link: it lets so many bytes a second through, and every few seconds, or after so many bytes, it breaks off
whatever is on it, without a word of farewell."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

BLOCK = 8192


@dataclass
class Link:
    """`address`: where to ask instead of the site. `breaks`: how often it broke off; `carried`: bytes sent up."""

    upstream: tuple[str, int]
    every: float
    a_second: float
    after: int
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    breaks: int = 0
    carried: int = 0
    open: set[socket.socket] = field(default_factory=set)
    near: set[socket.socket] = field(default_factory=set)
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """The link's near end."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        """Take calls until closed."""
        while not self.closed.is_set():
            with suppress(OSError):
                near, _address = self.listener.accept()
                far = socket.create_connection(self.upstream)
                self.open |= {near, far}
                self.near.add(near)
                for one, other, up in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self.carry, args=(one, other, up), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket, up: bool) -> None:
        """Bytes one way, until the end or the break."""
        mine = 0
        with suppress(OSError):
            while block := one.recv(BLOCK):
                other.sendall(block)
                mine += len(block) if up else 0
                self.carried += len(block) if up else 0
                if self.a_second and up:
                    time.sleep(len(block) / self.a_second)
                if self.after and mine >= self.after:
                    self.break_off({one, other})
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self.open.discard(end)

    def break_off(self, ends: set[socket.socket]) -> None:
        """Break these off: who asked is told at once, and what was carried already still arrives at the site."""
        self.breaks += 1
        for end in ends:
            with suppress(OSError):
                if end in self.near:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)
                end.close()
            self.open.discard(end)
            self.near.discard(end)

    def break_regularly(self) -> None:
        """Every so many seconds."""
        while not self.closed.wait(self.every):
            if self.open:
                self.break_off(set(self.open))


@contextmanager
def weak_link(site: str, *, every: float = 0, a_second: float = 0, after: int = 0) -> Iterator[Link]:
    """A link to the site that breaks every so many seconds, and each connection after so many bytes sent up."""
    parts = urlsplit(site)
    link = Link((parts.hostname or "", parts.port or 80), every, a_second, after)
    threading.Thread(target=link.run, daemon=True).start()
    if every:
        threading.Thread(target=link.break_regularly, daemon=True).start()
    try:
        yield link
    finally:
        link.closed.set()
        link.listener.close()
        link.break_off(set(link.open))
