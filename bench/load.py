"""A load: so many connections kept alive, each asking again as soon as it has its answer, for so many seconds."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.serving import Server


@dataclass
class Result:
    """What a load saw. Times in milliseconds; `weight` the bytes of one answer, head and body."""

    name: str
    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    weight: int = 0
    cpu_ms: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        """The time within which this share of the requests was answered."""
        return statistics.quantiles(self.times, n=1000)[int(share * 1000) - 1] if len(self.times) > 1 else 0.0

    def row(self) -> str:
        """A line of a Markdown table."""
        return (
            f"| {self.name} | {self.rate:,.0f} | {self.cpu_ms:.2f} | {self.at(0.5):.1f} | {self.at(0.95):.1f} | "
            f"{self.at(0.99):.1f} | {self.weight / 1024:.1f} |"
        )


Request = Callable[[int], bytes]


def run(server: Server, name: str, request: Request, *, seconds: float = 5, connections: int = 8) -> Result:
    """Load the server, after a short warm-up. `request(n)` is the n-th request as bytes."""
    asyncio.run(load(server.port, Result(name, 1), request, 1, connections))
    result = Result(name, seconds)
    cpu = server.cpu_seconds()
    began = time.monotonic()
    asyncio.run(load(server.port, result, request, seconds, connections))
    result.seconds = time.monotonic() - began
    result.cpu_ms = (server.cpu_seconds() - cpu) * 1000 / max(1, len(result.times))
    return result


async def load(port: int, result: Result, request: Request, seconds: float, connections: int) -> None:
    """All connections at once, until the time is over."""
    end = time.monotonic() + seconds
    await asyncio.gather(*(ask(port, result, request, end, n, connections) for n in range(connections)))


async def ask(port: int, result: Result, request: Request, end: float, first: int, step: int) -> None:
    """One connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = first
    while time.monotonic() < end:
        began = time.perf_counter()
        writer.write(request(number))
        status, weight = await answer(reader)
        result.times.append((time.perf_counter() - began) * 1000)
        result.statuses[status] = result.statuses.get(status, 0) + 1
        result.weight = weight
        number += step
    writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status and the weight of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    weight = len(head)
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
            weight += len(await reader.readexactly(size + 2))
        await reader.readexactly(2)
    else:
        weight += len(await reader.readexactly(int(headers.get("content-length", 0))))
    return int(lines[0].split()[1]), weight
