"""Trainers at their desk."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.accounts.models import Person
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, PASSWORD, Cast, staff


@pytest.fixture
def trainer(app: Flask, cast: Cast) -> Browser:
    """Ms He, signed in."""
    return signed_in(app, cast.trainer)


@pytest.fixture
def admin(app: Flask, cast: Cast) -> Browser:
    """The administrator, signed in."""
    return signed_in(app, cast.admin)


@pytest.fixture
def stranger(app: Flask, cast: Cast) -> Browser:
    """Another trainer, who authors nothing here and teaches no class here, signed in."""
    return signed_in(app, staff("赵雷", "13812340007", "trainer", OTHER_COUNTY))


def signed_in(app: Flask, person: Person, language: str = "zh") -> Browser:
    """A browser in which this colleague has signed in by the door."""
    browser = Browser(app, language)
    browser.post("/sign-in/staff", phone=person.phone, password=PASSWORD, follow=False, status=303)
    return browser
