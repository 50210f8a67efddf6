"""The worker's side of the sandbox: `python -m lms.catalogue.worker FD` answers calls on a socket until nobody asks.

It may use neither much memory nor much processor time, and may write to no file.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
from multiprocessing.connection import Connection
from typing import Any

# What calls need is loaded before the limits close; in the child only, so that the server itself stays small.
from lms.catalogue import markdown, pictures

# Address space: some 100 MB for Python and its libraries, the rest for one picture of 24 megapixels.
MEMORY = 400 * 1024 * 1024
IDLE_SECONDS = 60
LOOK_FOR_PARENT_SECONDS = 5
PREPARED = (markdown, pictures)


def main(descriptor: int) -> None:
    """Answer calls one by one; end after a minute without one, or when the parent is gone."""
    confine()
    parent = os.getppid()
    pipe = Connection(descriptor)
    waited = 0
    while waited < IDLE_SECONDS and os.getppid() == parent:
        if not pipe.poll(LOOK_FOR_PARENT_SECONDS):
            waited += LOOK_FOR_PARENT_SECONDS
            continue
        waited = 0
        try:
            request = pipe.recv_bytes()
        except EOFError:
            return
        pipe.send_bytes(answer(request))


def confine() -> None:
    """Close the limits that hold for the worker's whole life."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(request: bytes) -> bytes:
    """The pickled outcome of a call: ("done", result), ("raised", exception) or ("heavy", None)."""
    seconds, function, arguments = pickle.loads(request)
    allow_processor_time(seconds)
    try:
        return pickle.dumps(("done", function(*arguments)))
    except (MemoryError, RecursionError):
        return pickle.dumps(("heavy", None))
    except Exception as problem:
        return pickle.dumps(raised(problem))


def allow_processor_time(seconds: int) -> None:
    """Have the kernel end this process when it has used so many seconds more; a second at least."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def raised(problem: Exception) -> tuple[str, Any]:
    """The exception as an answer, if it can be sent."""
    try:
        pickle.loads(pickle.dumps(problem))
    except Exception:
        return "raised", RuntimeError(f"{type(problem).__name__}: {problem}")
    return "raised", problem


if __name__ == "__main__":
    main(int(sys.argv[1]))
