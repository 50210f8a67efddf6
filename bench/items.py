"""`python -m bench.items [ANSWERS]`: what a trainer waits for at the questions of a course with so many answers, and
what it takes to see the effect of another key. Prints a Markdown table; README.md keeps it. SQLite on this disk, or the
database of BENCH_DATABASE_URL, which must be empty."""

from __future__ import annotations

import os
import random
import secrets
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lms import db, migrations
from lms.accounts.models import Person
from lms.assessment import counting, items, regrading
from lms.catalogue import answers
from lms.catalogue.models import CourseVersion
from lms.catalogue.parsed import CHOSEN
from lms.db import in_chunks, utc_now
from lms.factory import create_app
from lms.learning.models import Enrolment, Event
from lms.programmes.models import Cohort, Membership
from lms.settings import ROOT, Settings
from tests.cast import SPRING, VILLAGE, Cast, load_course, raise_curtain


def main() -> None:
    """Measure."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as folder:
        url = os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.db'}"
        secret = "a secret for the benchmark only, and long enough"
        media = str(Path(folder) / "media")
        app = create_app(Settings(database_url=url, secret_key=secret, var=Path(folder), media_url=media))
        with app.app_context():
            migrations.upgrade(Path(folder) / "backups", now=utc_now())
            db.database.connect(reuse_if_open=True)
            cast = raise_curtain()
            version = answered(cast, wanted)
            count = Event.select().count()
            print(f"| {count} answers | seconds | of reading them | memory in Python |\n|---|---|---|---|")
            report(cast.trainer, version)


def report(trainer: Person, version: CourseVersion) -> None:
    """The table."""
    enrolments = [one.id for one in Enrolment.select(Enrolment.id).where(Enrolment.course == version.course_id)]
    bare = timed("reading them, nothing else", lambda: read(enrolments))
    timed("all questions of the course", lambda: items.of_course(trainer, version.course), bare)
    item = next(one for one in items.of_course(trainer, version.course) if one.question.kind == "choice")
    of = regrading.of_course(version.course, item.step_key, item.question.id)
    right = [place for place, one in enumerate(of.question.options) if not one.right][:1]
    timed("the effect of another key", lambda: regrading.effect(of, right), bare)


def read(enrolments: list[int]) -> None:
    """Every answer, by the same queries."""
    for chunk in in_chunks(enrolments):
        for _row in counting.answers_of(chunk):
            pass


def timed(name: str, deed: Callable[[], Any], bare: float = 0.0) -> float:
    """The best of three, and what Python held at most meanwhile."""
    times = []
    for _turn in range(3):
        begun = time.perf_counter()
        deed()
        times.append(time.perf_counter() - begun)
    tracemalloc.start()
    deed()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    ratio = f"{min(times) / bare:.1f}" if bare else "1"
    print(f"| {name} | {min(times):.2f} | {ratio} | {peak:.1f} MB |")
    return min(times)


def answered(cast: Cast, wanted: int) -> CourseVersion:
    """A shipped course, answered by as many people as it takes; who knows more is right more often."""
    version = load_course(ROOT / "courses" / "shooting", by=cast.trainer.id)
    asked = list(items.questions(version))
    draw = random.Random(20260302)
    for chunk in in_chunks(list(range(wanted // (len(asked) * 3 // 2))), 500):
        enrolments = enrolled(cast.cohort, version, chunk)
        rows = [row for one in enrolments for row in events(one, version, asked, draw)]
        for part in in_chunks(rows, 2000):
            Event.insert_many(part).execute()
    if db.is_postgresql():
        db.database.execute_sql("ANALYZE")
    return version


def enrolled(cohort: Cohort, version: CourseVersion, numbers: list[int]) -> list[Enrolment]:
    """People in the class, enrolled in the course."""
    rows = [{"name": f"学员{n}", "phone": f"1{n:010}", "age_band": "18+", "created_at": SPRING} for n in numbers]
    Person.insert_many(rows).execute()
    phones = [row["phone"] for row in rows]
    ids = [one.id for one in Person.select(Person.id).where(Person.phone.in_(phones))]
    shared = {"cohort": cohort, "area_code": VILLAGE}
    Membership.insert_many([{"person": one, "joined_at": SPRING, **shared} for one in ids]).execute()
    members = Membership.select().where(Membership.person.in_(ids))
    more = {"course": version.course_id, "version": version, "enrolled_at": SPRING, **shared}
    Enrolment.insert_many([{"membership": one.id, "person": one.person_id, **more} for one in members]).execute()
    return list(Enrolment.select().where(Enrolment.person.in_(ids)))


def events(one: Enrolment, version: CourseVersion, asked: list[Any], draw: random.Random) -> Iterator[dict[str, Any]]:
    """Somebody's answers, every second question in two goes."""
    knows = draw.random()
    for number, (step, question) in enumerate(asked):
        for attempt in range(1, 3 if number % 2 else 2):
            right = draw.random() < knows
            given = answers.right_answer(question) if right else wrong(question, draw)
            kind = "check" if "/check:" in step else "quiz"
            named = {"attempt": attempt, "question": question.id} if kind == "quiz" else {}
            yield {
                "person": one.person_id, "client_id": secrets.token_hex(8), "digest": "", "enrolment": one.id,
                "version": version, "lesson_key": step.partition("/")[0], "step_key": step, "kind": kind,
                "body": given | named, "right": right, "happened_at": SPRING, "stored_at": SPRING,
            }  # fmt: skip


def wrong(question: Any, draw: random.Random) -> dict[str, Any]:
    """A wrong answer: of options, any."""
    if question.kind not in CHOSEN or question.kind == "tap":
        return answers.wrong_answer(question)
    return {"chosen": [draw.choice([place for place, one in enumerate(question.options) if not one.right])]}


if __name__ == "__main__":
    main()
