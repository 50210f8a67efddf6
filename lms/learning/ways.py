"""The two ways through all courses: the fast one, of the lessons with a star, to the first live; and the full one.

A way goes through the courses in their order, lesson by lesson. It locks nothing: what comes first is told, and whoever
knows it already goes on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lms.accounts.models import Person
from lms.catalogue import reading
from lms.catalogue.models import Course, CourseVersion, Lesson
from lms.db import Prepared
from lms.learning import looking
from lms.learning.enrolling import latest_versions
from lms.learning.looking import Standing
from lms.learning.models import Enrolment
from lms.programmes.models import CohortCourse

NAMES = ("fast", "full")
A_DAY = (35, 50)  # minutes that somebody with a farm has for learning on a day, few and many


@dataclass(frozen=True)
class Leg:
    """The lessons of one course on a way."""

    standing: Standing
    lessons: list[Lesson]

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(lesson.key in self.standing.done_lessons for lesson in self.lessons)

    @property
    def exam_open(self) -> bool:
        """Whether the course has an exam that is not passed."""
        return self.standing.has_exam and "exam" not in self.standing.done

    @property
    def next_lesson(self) -> Lesson | None:
        """The first that is not done."""
        return next((one for one in self.lessons if one.key not in self.standing.done_lessons), None)


@dataclass(frozen=True)
class Way:
    """A way as somebody stands on it. `name`: fast or full."""

    name: str
    legs: list[Leg]

    @property
    def total(self) -> int:
        """How many lessons it has."""
        return sum(len(leg.lessons) for leg in self.legs)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(leg.done for leg in self.legs)

    @cached_property
    def minutes(self) -> float:
        """What all of it takes, with exercises, questions and tasks."""
        return sum(lesson.takes for leg in self.legs for lesson in leg.lessons)

    @property
    def days(self) -> tuple[int, int]:
        """In how many days it is gone, at fewest and at most."""
        few, many = A_DAY
        return math.ceil(self.minutes / many), math.ceil(self.minutes / few)

    @cached_property
    def onward(self) -> tuple[Standing, Lesson] | None:
        """The lesson to go on with."""
        return next(((leg.standing, leg.next_lesson) for leg in self.legs if leg.next_lesson), None)


def way(name: str, standings: Iterable[Standing]) -> Way:
    """The way of this name through these courses. One that was left is not on it."""
    legs = (Leg(one, one.starred if name == "fast" else one.lessons) for one in standings if not has_left(one))
    return Way(name, [leg for leg in legs if leg.lessons])


def has_left(standing: Standing) -> bool:
    """Whether this person has left the class in which they took the course."""
    return bool(standing.enrolment and standing.enrolment.left_at)


def ways(standings: list[Standing]) -> list[Way]:
    """Both ways, where they differ; none where no lesson has a star or every one has."""
    both = [way(name, standings) for name in NAMES]
    return both if 0 < both[0].total < both[1].total else []


def first_needed(standing: Standing, standings: Iterable[Standing]) -> list[Leg]:
    """What is to be done before a course: of each course that it names the lessons with a star, or all where none has
    one, and its exam; those of which something is open."""
    wanted = reading.parsed(standing.version.id).after
    legs = (Leg(one, one.starred or one.lessons) for one in standings if one.course.slug in wanted)
    return [leg for leg in legs if not leg.standing.completed and (leg.next_lesson or leg.exam_open)]


def of_person(person: Person) -> list[Standing]:
    """How this person stands in each course that they take, in the courses' order."""
    standings = [looking.standing(course.slug, person) for course in MINE.rows(person.id)]
    return sorted(standings, key=lambda one: (one.version.position, one.course.id))


MINE = Prepared(
    lambda person_id: Course.select(Course.slug).join(Enrolment).where(Enrolment.person == person_id).distinct(), -1
)


def there_are(person: Person | None) -> Iterator[Standing]:
    """The courses that visitors see, as whoever takes none stands before them: a visitor, or staff looking in."""
    return (looking.standing(version.course.slug, person) for version in shown())


def shown() -> list[CourseVersion]:
    """The newest version of each course that visitors may see: its author calls it whole, or a class takes it."""
    newest = latest_versions()
    taken = CohortCourse.select(CohortCourse.course)
    query = CourseVersion.select(CourseVersion, Course).join(Course)
    query = query.join(newest, on=(CourseVersion.id == newest.c.id)).where(Course.archived_at.is_null())
    query = query.where(CourseVersion.complete | Course.id.in_(taken))
    return list(query.order_by(CourseVersion.position, CourseVersion.id))
