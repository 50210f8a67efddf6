"""Planned class hours are printed on certificates, so the lessons must fill them."""

from __future__ import annotations

import pytest

from lms.catalogue import course, folder, hours, lint
from lms.catalogue.parsed import ParsedCourse
from lms.settings import ROOT
from tests.catalogue import courses as small
from tests.catalogue.courses import with_body

SHIPPED = sorted(path.parent.name for path in ROOT.glob("courses/*/course.toml"))


def files(name: str) -> dict[str, bytes]:
    return dict(folder.read(ROOT / "courses" / name, name))


def parsed(name: str) -> ParsedCourse:
    return course.parse(files(name))[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_courses_plan_what_their_lessons_fill(name: str):
    assert parsed(name).class_hours == hours.hours(hours.minutes(parsed(name)))


def test_minutes_are_those_of_lessons_exercises_and_drawn_questions():
    exercise = with_body(":::try turn\n转一圈。\n\n:::")
    quiz = exercise["light/zh.md"].replace(b"title: ", b"draw: 1\ntitle: ")

    assert hours.minutes(course.parse(exercise)[0]) == 4 + 5
    assert hours.minutes(course.parse(exercise | {"light/quiz.zh.md": quiz})[0]) == 4 + 5 + 0.5


@pytest.mark.parametrize(("planned", "warned"), [("1", False), ("1.5", False), ("2", True), ("0", False)])
def test_more_than_half_as_much_again_is_warned_of(planned: str, warned: bool):
    changed = small.course(
        contents=f"hours = {planned}\n{small.CONTENTS}",
        zh=small.ZH.replace("minutes: 4", "minutes: 45"),
        en=small.EN.replace("minutes: 4", "minutes: 45"),
    )

    found = [problem for problem in lint.check(changed) if problem.code == "hours"]

    assert bool(found) is warned
    assert all(problem.path == "course.toml" and "hours" in str(problem.todo) for problem in found)
