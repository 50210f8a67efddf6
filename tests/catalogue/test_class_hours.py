"""Planned class hours are printed on certificates, so the lessons must fill them."""

from __future__ import annotations

import pytest

from lms.catalogue import course, folder, hours, lint
from lms.catalogue.parsed import ParsedCourse
from lms.settings import ROOT

SHIPPED = ["shooting", "copywriting", "selling"]


def files(name: str) -> dict[str, bytes]:
    return dict(folder.read(ROOT / "courses" / name, name))


def parsed(name: str) -> ParsedCourse:
    return course.parse(files(name))[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_courses_plan_what_their_lessons_fill(name: str):
    assert parsed(name).class_hours == hours.hours(hours.minutes(parsed(name)))


def test_minutes_are_those_of_lessons_exercises_and_drawn_questions():
    shooting = parsed("shooting")

    assert hours.minutes(shooting) == 4 * 4 + 4 * 5 + 4 * 5 / 2


@pytest.mark.parametrize(("planned", "warned"), [("1", False), ("1.5", False), ("2", True), ("0", False)])
def test_more_than_half_as_much_again_is_warned_of(planned: str, warned: bool):
    changed = files("shooting")
    changed["course.toml"] = changed["course.toml"].replace(b"hours = 1\n", f"hours = {planned}\n".encode())

    found = [problem for problem in lint.check(changed) if problem.code == "hours"]

    assert bool(found) is warned
    assert all(problem.path == "course.toml" and "1" in str(problem.todo) for problem in found)
