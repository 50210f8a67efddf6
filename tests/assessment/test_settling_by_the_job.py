"""The job that lets judgements count, in a process of its own, as an installation runs it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from lms import jobs
from lms.assessment import settling
from lms.db import utc_now
from lms.settings import ROOT, Settings
from lms.submissions import states
from tests.assessment.judged import WELL, fresh, judge, work
from tests.cast import Cast


def test_the_job_is_put_off_for_ten_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    put_off: list[tuple[float, str]] = []
    monkeypatch.setattr(jobs, "after", lambda seconds, name: put_off.append((seconds, name)))

    judge(work(cast), cast.trainer, *WELL)

    assert put_off == [(601, settling.JOB)]


def test_a_job_put_off_is_done_in_its_time_and_counts_the_judgement(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path
):
    submission = work(cast)
    judge(submission, cast.trainer, *WELL, now=utc_now() - timedelta(minutes=11))
    media = app.config["SETTINGS"].media_url
    settings = Settings(database_url, "x" * 40, tmp_path, media)
    jobs.queue_of(settings).task(name="do")(jobs.do).schedule((settling.JOB,), delay=1)
    (tmp_path / jobs.DAY).write_text(utc_now().astimezone(settings.zone).date().isoformat())
    environment = {
        "FIELDCAST_VAR": str(tmp_path),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "x" * 40,
        "MEDIA_URL": media,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "--leave-after", "0.5"]

    subprocess.run(command, cwd=ROOT, env={**environment, "PATH": "/usr/bin:/bin"}, timeout=60, check=True)

    assert fresh(submission).state == states.PASSED
