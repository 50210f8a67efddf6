"""The small course with its task, and Ms He at her desk."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.catalogue.models import CourseVersion
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import tasked


@pytest.fixture(autouse=True)
def task(cast: Cast) -> CourseVersion:
    """The version of the small course that has a task, and that asks for it alone."""
    return tasked.with_task(cast, requires='["task"]')


@pytest.fixture
def he(app: Flask, cast: Cast) -> Browser:
    """Ms He, signed in."""
    return signed_in(app, cast.trainer)


@pytest.fixture
def xiulan(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)
