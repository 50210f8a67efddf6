"""What a class is to have finished by a day, as each of its trainees meets it.

A date before the day on which somebody was enrolled binds only those who were there: nobody is late on the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from lms.catalogue.models import Lesson
from lms.db import Prepared
from lms.learning.looking import Standing
from lms.programmes.models import DueDate


@dataclass(frozen=True)
class Due:
    """A lesson to finish by a day. `days` left; negative when late."""

    standing: Standing
    lesson: Lesson
    on: date
    days: int


def open_ones(standings: list[Standing], today: date, zone: ZoneInfo) -> list[Due]:
    """Lessons with a date that are not done, soonest first."""
    found = [
        Due(one, lesson, on, (on - today).days)
        for one, lesson, on in dated(standings)
        if lesson.key not in one.done_lessons and on >= enrolled_on(one, zone)
    ]
    return sorted(found, key=lambda one: one.on)


def begins_late(standings: list[Standing], zone: ZoneInfo) -> bool:
    """Whether a trainee who has done nothing yet came to a class some of whose dates had passed by then."""
    if any(one.done for one in standings):
        return False
    return any(on < enrolled_on(one, zone) for one, _lesson, on in dated(standings))


def dated(standings: list[Standing]) -> list[tuple[Standing, Lesson, date]]:
    """The lessons that have a date in the trainee's class."""
    cohorts = {one.enrolment.cohort_id for one in standings}
    dates = {
        (row.cohort_id, row.course_id, row.lesson_key): row.due_on for cohort in cohorts for row in DATES.rows(cohort)
    }
    return [
        (one, lesson, on)
        for one in standings
        for lesson in one.lessons
        if (on := dates.get((one.enrolment.cohort_id, one.course.id, lesson.key)))
    ]


def enrolled_on(standing: Standing, zone: ZoneInfo) -> date:
    """The day of the enrolment, where the installation is."""
    return standing.enrolment.enrolled_at.astimezone(zone).date()


DATES = Prepared(lambda cohort_id: DueDate.select().where(DueDate.cohort == cohort_id), -1)
