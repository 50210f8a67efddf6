"""How long a course takes, as its files tell: what planned class hours are held against.

A lesson tells its own minutes (reading or listening, and the questions in the text). What is done beside it is
reckoned: an exercise on the phone five minutes, a drawn question half a minute, a task to hand in half an hour
where the course asks for it. A class that meets takes longer than one reader, so planned hours may be up to half as
long again.
"""

from __future__ import annotations

from collections.abc import Iterator

from lms.catalogue.parsed import ParsedCourse, ParsedLesson
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l

CLASS_HOUR = 45  # minutes
MINUTES = {"try": 5, "task": 30}
MINUTES_A_QUESTION = 0.5
MOST_TIMES = 1.5


def minutes(parsed: ParsedCourse) -> float:
    """The minutes that all lessons, exercises, quizzes, tasks that must be done, and the exam add up to."""
    exam = parsed.exam.draw * MINUTES_A_QUESTION if parsed.exam else 0
    return sum(of_lesson(lesson, parsed.requires) for lesson in parsed.lessons) + exam


def of_lesson(lesson: ParsedLesson, requires: tuple[str, ...]) -> float:
    """The minutes of one lesson with what is done in it."""
    done = [step.kind for step in lesson.steps if step.kind != "task" or "task" in requires]
    practice = sum(MINUTES.get(kind, 0) for kind in done)
    return lesson.minutes + practice + (lesson.quiz.draw * MINUTES_A_QUESTION if lesson.quiz else 0)


def honest(parsed: ParsedCourse) -> Iterator[Problem]:
    """Warn of planned hours that the course does not fill: they are printed on certificates."""
    there, planned = minutes(parsed), parsed.class_hours * CLASS_HOUR
    if not parsed.lessons or planned <= MOST_TIMES * there:
        return
    what = _l(
        "%(planned)d minutes are planned, but lessons and practice add up to %(there)d",
        planned=round(planned),
        there=round(there),
    )
    fix = _l("write about %(hours)s hours, or say in minutes: how long the lessons take", hours=f"{hours(there):g}")
    yield warning("course.toml", 0, "hours", what, fix)


def hours(there: float) -> float:
    """Minutes as class hours in halves, at least half a one."""
    return max(0.5, round(2 * there / CLASS_HOUR) / 2)
