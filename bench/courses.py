"""`python -m bench.courses`: how long all shipped courses take to load, new and unchanged, and to check. Prints a
Markdown table; README.md keeps it. SQLite and the media store on this disk; the system has read the
files before."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.judging import installation
from lms.catalogue import folder, lint, publishing
from lms.db import utc_now
from lms.settings import ROOT

TIMES = 5
SHIPPED = sorted(path.parent for path in (ROOT / "courses").glob("*/course.toml"))


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as place:
        app = installation(Path(place))
        with app.app_context():
            new = timed(load)
            unchanged = [timed(load) for _again in range(TIMES)]
            checked = [timed(check) for _again in range(TIMES)]
    lessons = sum(len(list(path.glob("*/zh.md"))) for path in SHIPPED)
    print(f"| {len(SHIPPED)} courses, {lessons} lessons | best of {TIMES} | slowest |\n|---|---|---|")
    print(f"| loaded new: read, checked, kept, published | {new:.2f} s | |")
    print(f"| loaded again, unchanged | {min(unchanged):.2f} s | {max(unchanged):.2f} s |")
    print(f"| checked (`courses check`) | {min(checked):.2f} s | {max(checked):.2f} s |")


def load() -> None:
    """Load and publish every course."""
    for path in SHIPPED:
        publishing.load(path.name, folder.read(path, path.name), by=None, now=utc_now())


def check() -> None:
    """Read and lint every course."""
    for path in SHIPPED:
        lint.check(folder.read(path, path.name))


def timed(work: Callable[[], None]) -> float:
    """Seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
