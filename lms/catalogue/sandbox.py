"""A process that may be killed: whatever an author wrote is parsed there, under a limit of time and of memory.

`run(function, *arguments)` sends a call to a worker process and gives back what it returns. A worker lives on from
call to call (a start costs 0.2 s), ends by itself after a minute without work, and with its parent. One that takes
too long or too much is killed and replaced, and the caller gets TooHeavy.

Workers are started when first needed and belong to the process that started them: a server may fork and use threads.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

# Processor time. A lesson renders in 0.05 s, the longest page that is taken in 1 s, a 12-megapixel picture in 0.5 s.
SECONDS = 3
# Waiting is allowed that much longer, for a worker may have to share its processor with others.
PATIENCE = 5
# On a machine of two processors a third worker would only wait.
MOST_WORKERS = 2
ROOT = Path(__file__).parent.parent.parent
# Ended by itself for want of work, between our look and our call.
RETIRED = 0


class TooHeavy(Exception):
    """The call took too long or too much memory, and was stopped. Nothing else happened."""


class Gone(Exception):
    """The worker ended without an answer. `code` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Worker:
    """One worker process and the pipe to it."""

    def __init__(self) -> None:
        self.pipe, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-m", "lms.catalogue.worker", str(theirs.fileno())]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, cwd=ROOT)

    def call(self, request: bytes, seconds: float) -> tuple[str, Any]:
        """The worker's answer. Raises Gone when it ended, TooHeavy when it is too late; then it is of no more use."""
        try:
            self.pipe.send_bytes(request)
            if self.pipe.poll(seconds):
                return pickle.loads(self.pipe.recv_bytes())
        except (EOFError, OSError):
            raise Gone(self.end()) from None
        self.end()
        raise TooHeavy

    def end(self) -> int:
        """Make sure that the process is gone; its exit code."""
        self.pipe.close()
        if self.process.poll() is None:
            try:
                self.process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()


class Pool:
    """The workers of this process."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Begin without workers: at the start, and in a forked child, whose parent goes on using its own."""
        self.inherited = getattr(self, "idle", [])
        for worker in self.inherited:
            worker.pipe.close()
            worker.process.returncode = 0
        self.idle: list[Worker] = []
        self.places = threading.BoundedSemaphore(MOST_WORKERS)

    def run(self, request: bytes, seconds: float) -> tuple[str, Any]:
        """Have a worker answer. One that has retired meanwhile is replaced."""
        with self.places:
            while True:
                worker, fresh = self.worker()
                try:
                    answer = worker.call(request, seconds)
                except Gone as gone:
                    if fresh or gone.code != RETIRED:
                        raise TooHeavy from None
                    continue
                self.idle.append(worker)
                return answer

    def worker(self) -> tuple[Worker, bool]:
        """A worker that waits, or a new one; and whether it is new."""
        try:
            return self.idle.pop(), False
        except IndexError:
            return Worker(), True

    def close(self) -> None:
        """End all workers that wait."""
        while self.idle:
            self.idle.pop().end()


pool = Pool()
atexit.register(pool.close)


def run(function: Callable[..., Result], *arguments: Any, seconds: int | None = None) -> Result:
    """What `function(*arguments)` returns, computed in a worker. The function must be importable there by its name.

    Raises TooHeavy when it needs more than `seconds` of processor time (by default SECONDS), too much memory or too
    deep a stack, and whatever the function raises.
    """
    seconds = seconds or SECONDS
    request = pickle.dumps((seconds, function, arguments))
    kind, value = pool.run(request, seconds * PATIENCE)
    if kind == "raised":
        raise value
    if kind == "heavy":
        raise TooHeavy
    result: Result = value
    return result
