"""Xiulan with her phone."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in


@pytest.fixture
def xiulan(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)
