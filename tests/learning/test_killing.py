"""Promise 11: kill -9 at any moment loses no answer that was acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lms import db
from lms.db import database
from lms.learning import recount
from lms.learning.models import Event
from lms.settings import ROOT
from tests.cast import Cast
from tests.learning.deeds import CHINA


def acknowledged_until_killed(url: str, media: Path, enrolment: int, name: str, answers: int) -> list[str]:
    """Let a process store answers, kill it without warning after so many, and give the ids that it had spoken of."""
    words = [sys.executable, "-m", "tests.learning.answering", url, str(media), str(enrolment), name]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as process:
        spoken = [process.stdout.readline().strip() for _answer in range(answers)]
        process.kill()
        rest = process.stdout.read()
    # A line cut off in its middle was never heard by anybody.
    return [line for line in [*spoken, *rest.splitlines(keepends=True)] if line.endswith("\n") or line in spoken]


@pytest.mark.parametrize("answers", [1, 7, 30])
def test_a_killed_server_has_every_answer_that_it_acknowledged(
    cast: Cast, database_url: str, folder: Path, answers: int
):
    spoken = acknowledged_until_killed(database_url, folder / "media", cast.enrolment.id, f"kill-{answers}", answers)

    database.close()
    stored = {event.client_id for event in Event.select()}
    assert {line.strip() for line in spoken} <= stored and len(spoken) >= answers
    assert list(recount.differences(CHINA)) == []


def test_being_killed_twice_leaves_a_whole_database(cast: Cast, database_url: str, folder: Path):
    first = acknowledged_until_killed(database_url, folder / "media", cast.enrolment.id, "first", 5)
    second = acknowledged_until_killed(database_url, folder / "media", cast.enrolment.id, "second", 5)

    database.close()
    stored = {event.client_id for event in Event.select()}
    assert {line.strip() for line in first + second} <= stored
    assert db.is_postgresql() or database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
