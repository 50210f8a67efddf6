"""A course that its author does not call whole is not shown to strangers, unless a class takes it."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.catalogue import folder, publishing
from lms.catalogue.models import Course
from lms.programmes import cohorts
from tests.browser import Browser
from tests.cast import SMALL_COURSE, SPRING, Cast
from tests.entering import signed_in

PAGES = ("/courses/bees", "/courses/bees/sun", "/courses/bees/sun/print")


@pytest.fixture
def bees(cast: Cast) -> Course:
    """A published course whose author has not ticked that all lessons are there."""
    files = folder.read(SMALL_COURSE, "bees")
    said = files["course.toml"].decode()
    files["course.toml"] = said.replace("complete = true", "complete = false").replace("拍摄入门", "养蜂").encode()
    return publishing.load("bees", files, by=cast.trainer.id, now=SPRING).course


def test_visitors_meet_it_nowhere(visitor: Browser, bees: Course):
    assert "养蜂" not in visitor.get("/").text
    assert "养蜂" not in visitor.get("/courses").text
    assert "/courses/bees" not in " ".join(visitor.get("/search?q=太阳").links())
    for page in PAGES:
        visitor.get(page, status=404)


def test_a_trainee_of_another_class_meets_it_no_more_than_a_visitor(app: Flask, cast: Cast, bees: Course):
    signed_in(app, cast.trainee).get("/courses/bees", status=404)


@pytest.mark.parametrize("role", ["trainer", "manager", "admin"])
def test_who_works_on_it_or_answers_for_it_looks_in(app: Flask, cast: Cast, bees: Course, role: str):
    assert "养蜂" in signed_in(app, getattr(cast, role)).get("/courses/bees").text


def test_a_class_that_takes_it_makes_it_public(visitor: Browser, cast: Cast, bees: Course):
    cohorts.add_course(cast.cohort, bees, by=cast.admin.id, now=SPRING)
    assert "养蜂" in visitor.get("/").text
    for page in PAGES:
        visitor.get(page)
