"""Planned class hours are printed on certificates, so the lessons must fill them."""

from __future__ import annotations

import re

import pytest

from lms.catalogue import course, folder, hours, lint
from lms.catalogue.parsed import ParsedCourse
from lms.settings import ROOT

SHIPPED = sorted(path.parent.name for path in ROOT.glob("courses/*/course.toml"))


def files(name: str) -> dict[str, bytes]:
    return dict(folder.read(ROOT / "courses" / name, name))


def parsed(name: str) -> ParsedCourse:
    return course.parse(files(name))[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_courses_plan_what_their_lessons_fill(name: str):
    assert parsed(name).class_hours == hours.hours(hours.minutes(parsed(name)))


def test_minutes_are_those_of_lessons_exercises_and_drawn_questions():
    product = parsed("product")
    reading = sum(lesson.minutes for lesson in product.lessons)

    assert hours.minutes(product) == reading + 4 * 5 + 4 * 5 / 2


@pytest.mark.parametrize(("times", "warned"), [(1, False), (1.4, False), (1.7, True), (0, False)])
def test_more_than_half_as_much_again_is_warned_of(times: float, warned: bool):
    changed, filled = files("product"), hours.minutes(parsed("product")) / hours.CLASS_HOUR
    planned = f"hours = {round(times * filled, 2)}\n".encode()
    changed["course.toml"] = re.sub(rb"hours = [0-9.]+\n", planned, changed["course.toml"])

    found = [problem for problem in lint.check(changed) if problem.code == "hours"]

    assert bool(found) is warned
    assert all(problem.path == "course.toml" and "hours" in str(problem.todo) for problem in found)
