"""A server under measurement: started in a process group of its own, its CPU seconds and memory read from /proc."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parent.parent


@dataclass
class Server:
    """A running server. `port` on 127.0.0.1."""

    process: subprocess.Popen[bytes]
    port: int

    def members(self) -> list[Path]:
        """The /proc folders of the server's processes."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) == self.process.pid:
                    found.append(folder)
            except ProcessLookupError:
                continue
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far, those that have left included."""
        total = 0
        for folder in self.members():
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15]))
        return total / TICKS

    def memory(self) -> int:
        """Proportional set size of all its processes, in bytes: shared pages are counted once."""
        total = 0
        for folder in self.members():
            with suppress(ProcessLookupError):  # one that has left and waits to be noticed holds nothing
                for line in (folder / "smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
        return total


@contextmanager
def served(command: list[str], environment: dict[str, str]) -> Iterator[Server]:
    """The command's server, from its first answer to the end of the block. PORT is put into its environment."""
    port = free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env={**os.environ, **environment, "PORT": str(port)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield Server(process, port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until something listens, or TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)  # the second worker comes a moment after the first
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]
