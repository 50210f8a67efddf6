"""`python -m bench.judging [WORKS]`: what a trainer waits for with so many works in one class. Prints a Markdown table;
README.md keeps it. The pages are asked of the application itself, without a server between; SQLite on this disk."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from lms import db, migrations
from lms.assessment import judging, settling
from lms.assessment.judging import Scores
from lms.db import utc_now
from lms.factory import create_app
from lms.learning.models import Enrolment
from lms.settings import Settings
from lms.submissions.models import Submission
from tests.assessment.judged import classmate
from tests.browser import Browser
from tests.cast import Cast, raise_curtain
from tests.entering import signed_in
from tests.submissions import tasked

TIMES = 20
JUDGED = 100


def main() -> None:
    """Measure."""
    works = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as folder:
        app = installation(Path(folder))
        with app.app_context():
            cast = crowded(works)
            print(f"| with {works} works in the class | median | slowest |\n|---|---|---|")
            for name, times in measured(app, cast).items():
                print(f"| {name} | {statistics.median(times):.0f} ms | {max(times):.0f} ms |")


def installation(folder: Path) -> Flask:
    """A new one."""
    url = f"sqlite:///{folder / 'bench.db'}"
    app = create_app(
        Settings(
            database_url=url,
            secret_key="a secret for the benchmark only, and long enough",
            var=folder,
            media_url=str(folder / "media"),
        )
    )
    app.testing = True
    with app.app_context():
        migrations.upgrade(folder / "backups", now=utc_now())
        db.database.connect(reuse_if_open=True)
    return app


def crowded(works: int) -> Cast:
    """A class of forty in which so many works wait."""
    cast = raise_curtain()
    tasked.with_task(cast, requires='["task"]')
    classmates = [classmate(cast, f"学员{number:02}") for number in range(40)]
    enrolments = [Enrolment.get(Enrolment.person == one) for one in classmates]
    for number in range(works):
        when = utc_now() - timedelta(minutes=works - number)
        enrolment = enrolments[number % len(enrolments)]
        tasked.hand_in(enrolment, tasked.written(), step_key=tasked.STEP, now=when)
    return cast


def measured(app: Flask, cast: Cast) -> dict[str, list[float]]:
    """What is asked again and again, in milliseconds."""
    he: Browser = signed_in(app, cast.trainer)
    ids = [row.id for row in Submission.select(Submission.id).order_by(Submission.id).limit(JUDGED)]
    one = Submission.get_by_id(ids[-1])
    found = {
        "the queue": each(lambda _n: he.get("/teach/work"), range(TIMES)),
        "the queue, searched": each(lambda _n: he.get("/teach/work?q=学员07"), range(TIMES)),
        "a work on its rubric": each(lambda _n: he.get(f"/teach/work/{one.id}"), range(TIMES)),
    }
    scores = Scores((3, 2), "光好多了。")
    found["a judgement stored"] = each(
        lambda number: judging.judge(Submission.get_by_id(number), cast.trainer, scores, now=utc_now()), ids
    )
    later = utc_now() + timedelta(minutes=11)
    found["a judgement settled, with what follows"] = each(lambda number: settling.settle(number, now=later), ids)
    return found


def each(deed: Callable[[int], Any], numbers: Any) -> list[float]:
    """How long each took."""
    times = []
    for number in numbers:
        begun = time.perf_counter()
        deed(number)
        times.append((time.perf_counter() - begun) * 1000)
    return times


if __name__ == "__main__":
    main()
