"""What a person may see of a course, and where they stand in it: one value that pages are drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lms.accounts.models import Person
from lms.catalogue import reading
from lms.catalogue.models import Course, CourseVersion, Lesson, Step
from lms.db import Prepared
from lms.errors import NotFound
from lms.learning import completion
from lms.learning.models import Enrolment, Place, StepDone
from lms.lib.kept import Kept
from lms.programmes.models import CohortCourse, CohortTrainer


@dataclass(frozen=True)
class HandedIn:
    """How the newest work at a step stands: its number, its state, and the words, kind and icon of its tag."""

    number: int
    state: str
    words: str
    kind: str
    icon: str


# Filled in the factory: what was handed in by an enrolment, step key → how it stands.
handed_in: list[Callable[[int], dict[str, HandedIn]]] = []


@dataclass
class Standing:
    """A person (or a visitor) before a course. Without an enrolment only the first lesson opens."""

    course: Course
    version: CourseVersion
    enrolment: Enrolment | None
    looks_in: bool = False

    @cached_property
    def lessons(self) -> list[Lesson]:
        """The lessons of the version that this person learns by."""
        return reading.lessons(self.version)

    @cached_property
    def done(self) -> set[str]:
        """The keys of the steps that are done."""
        if not self.enrolment:
            return set()
        return {row.step_key for row in DONE.rows(self.enrolment.id)}

    @cached_property
    def required(self) -> list[Step]:
        """The steps that completion needs."""
        return completion.required_steps(self.version)

    @cached_property
    def place(self) -> Place | None:
        """Where this person was last in the course."""
        return PLACE.first(self.enrolment.id) if self.enrolment else None

    @cached_property
    def works(self) -> dict[str, HandedIn]:
        """What was handed in to this course's tasks, by step."""
        if not self.enrolment or not takes_work(self.version.id):
            return {}
        return {key: one for hook in handed_in for key, one in hook(self.enrolment.id).items()}

    def works_of(self, lesson: Lesson) -> dict[str, HandedIn]:
        """Of these, the lesson's own."""
        return {key: one for key, one in self.works.items() if key.startswith(f"{lesson.key}/")}

    @cached_property
    def done_lessons(self) -> set[str]:
        """The lessons of which every required step is done."""
        open_lessons = {step.lesson_key for step in self.required if step.key not in self.done}
        return {lesson.key for lesson in self.lessons if lesson.key not in open_lessons and self.touched(lesson)}

    def touched(self, lesson: Lesson) -> bool:
        """Whether anything of the lesson is done."""
        return any(key.startswith(f"{lesson.key}/") for key in self.done)

    @cached_property
    def next_lesson(self) -> Lesson | None:
        """The lesson to go on with: the first that is not done, or None when all are."""
        return next((lesson for lesson in self.lessons if lesson.key not in self.done_lessons), None)

    @property
    def starred(self) -> list[Lesson]:
        """The lessons of the fast path to the first live."""
        return [lesson for lesson in self.lessons if lesson.facts.get("starred")]

    @property
    def completed(self) -> bool:
        """Whether the course is completed."""
        return bool(self.enrolment and self.enrolment.completed_at)

    def opens(self, lesson: Lesson) -> bool:
        """Whether this person may read the lesson: enrolled or looking in, or it is the first one."""
        return bool(self.enrolment) or self.looks_in or lesson.position == self.lessons[0].position

    @property
    def states(self) -> list[str]:
        """The state of each lesson, in order, for the row of plots; a course not begun is an empty field."""
        return [self.state(lesson) if self.done else "todo" for lesson in self.lessons]

    @property
    def has_exam(self) -> bool:
        """Whether the course ends with an exam."""
        return any(step.kind == "exam" for step in self.required)

    def lesson(self, key: str) -> Lesson:
        """A lesson that this person may know of, or NotFound."""
        for lesson in self.lessons:
            if lesson.key == key:
                return lesson
        raise NotFound

    def state(self, lesson: Lesson) -> str:
        """done, here or todo."""
        if lesson.key in self.done_lessons:
            return "done"
        return "here" if self.enrolment and self.next_lesson and lesson.key == self.next_lesson.key else "todo"


@lru_cache(maxsize=256)
def takes_work(version_id: int) -> bool:
    """Whether anything is handed in in this version: a task, or a question that is answered by voice."""
    if any(step.kind == "task" for step in reading.kept_steps(version_id)):
        return True
    blocks = (block for lesson in reading.parsed(version_id).lessons for block in lesson.blocks[lesson.leading])
    return any(getattr(block.question, "kind", "") == "voice" for block in blocks)


def standing(slug: str, person: Person | None) -> Standing:
    """How a person stands before a course, or NotFound. A trainee who takes it in two cohorts sees the newer one.

    A course that its author does not call whole yet is there for strangers only if a class takes it.
    """
    enrolment = current_enrolment(slug, person) if person else None
    if enrolment:
        return Standing(enrolment.course, enrolment.version, enrolment)
    course = reading.published(slug)
    found = Standing(course, reading.newest(course), None, looks_in=may_look_in(course, person))
    if not (found.looks_in or found.version.complete or is_taken(course)):
        raise NotFound
    return found


def is_taken(course: Course) -> bool:
    """Whether a class takes the course."""
    return CohortCourse.select().where(CohortCourse.course == course).exists()


def current_enrolment(slug: str, person: Person) -> Enrolment | None:
    """The newest enrolment of a person in a course, those who have not left first."""
    return CURRENT.first(person.id, slug)


CURRENT = Prepared(
    lambda person_id, slug: (
        Enrolment.select(Enrolment, Course, CourseVersion)
        .join(Course)
        .switch(Enrolment)
        .join(CourseVersion, on=(Enrolment.version == CourseVersion.id))
        .where((Enrolment.person == person_id) & (Course.slug == slug))
        .order_by(Enrolment.left_at.is_null().desc(), Enrolment.id.desc())
        .limit(1)
    ),
    -1,
    "slug",
)
DONE = Prepared(lambda enrolment_id: StepDone.select(StepDone.step_key).where(StepDone.enrolment == enrolment_id), -1)
PLACE = Prepared(lambda enrolment_id: Place.select().where(Place.enrolment == enrolment_id), -1)


def may_look_in(course: Course, person: Person | None) -> bool:
    """Staff who author or teach a course, managers and admins read every lesson as a trainee sees it."""
    if person is None or not person.is_staff:
        return False
    if person.has_role("admin") or person.has_role("manager") or course.author_id == person.id:
        return True
    return CohortTrainer.select().where(CohortTrainer.person == person).exists()


# Who teaches a cohort changes once in a term; a page may name the last one for some seconds more.
trainers: Kept[Person | None] = Kept(10.0)


def trainer_of(cohort_id: int) -> Person | None:
    """The cohort's first trainer: whom its trainees ring, and whose words stand under the straw hat."""
    return trainers.get(cohort_id, lambda: first_trainer(cohort_id))


def first_trainer(cohort_id: int) -> Person | None:
    """The same, asked of the database."""
    query = CohortTrainer.select(CohortTrainer, Person).join(Person).where(CohortTrainer.cohort == cohort_id)
    row = query.order_by(CohortTrainer.id).first()
    return row.person if row else None
