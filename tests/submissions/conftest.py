"""Xiulan before a task, and jobs that are done at once."""

from __future__ import annotations

import pytest
from flask import Flask

from lms import jobs
from lms.catalogue.models import CourseVersion
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import tasked


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs do not wait."""
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", True)


@pytest.fixture
def task(cast: Cast) -> CourseVersion:
    """The version of the small course that has a task."""
    return tasked.with_task(cast)


@pytest.fixture
def xiulan(app: Flask, cast: Cast, task: CourseVersion) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)
