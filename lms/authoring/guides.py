"""The guides of lessons, for those who teach them: authors read what is in the draft, trainers of a class that takes
the course what was published last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from lms.accounts.models import Person
from lms.authoring import desk
from lms.authoring.desk import Draft
from lms.catalogue import pages, reading, rendering
from lms.catalogue.contents import Contents
from lms.catalogue.course import Reader
from lms.catalogue.models import Course, CourseVersion, Lesson, VersionFile
from lms.catalogue.parsed import LANGUAGES, Guide, ParsedLesson
from lms.db import found
from lms.errors import NotFound
from lms.programmes.models import Cohort, CohortCourse


@dataclass(frozen=True)
class Teaching:
    """A lesson as its trainer opens it. `digests`: the files that its guide may show; `own`: the person writes it."""

    course: Course
    lesson: ParsedLesson
    digests: Mapping[str, str]
    own: bool

    @cached_property
    def published(self) -> bool:
        """Whether trainees have this lesson, so that it can be printed for them."""
        newest = Lesson.select().join(CourseVersion).where(CourseVersion.course == self.course)
        return newest.where(Lesson.key == self.lesson.id).exists()

    def language(self, lang: str) -> str:
        """`lang` if there is a guide in it, else the other one, or nothing."""
        return next((one for one in (lang, *LANGUAGES) if one in self.lesson.guides), "")

    def guide(self, lang: str) -> Guide | None:
        """The guide in that language."""
        return self.lesson.guides.get(self.language(lang))

    def html(self, lang: str) -> Markup:
        """What it says, as safe HTML; nothing where there is none."""
        guide = self.guide(lang)
        return rendering.page(guide.text, pages.resolver(self.lesson.id, self.digests)) if guide else Markup("")


def find(person: Person, slug: str, key: str) -> Teaching:
    """A lesson that this person writes, or teaches in a class, or NotFound."""
    mine = desk.courses_of(person).where(Course.slug == slug).first()
    if mine:
        draft = Draft(mine)
        lesson = Reader(draft.files).lesson(draft.lesson(key), Contents())
        if lesson is None:
            raise NotFound
        return Teaching(mine, lesson, draft.files.digests, own=True)
    classes = Cohort.taught_by(person).select(Cohort.id)
    taken = CohortCourse.select(CohortCourse.course).where(CohortCourse.cohort.in_(classes))
    course = found(Course.select().where((Course.slug == slug) & Course.id.in_(taken)))
    version = reading.newest(course)
    return Teaching(course, reading.lesson(version.id, key), reading.files(version.id).digests, own=False)


def listed(courses: Iterable[Course]) -> dict[int, list[Lesson]]:
    """Course id → the lessons of its newest version that have a guide, in order."""
    told = {}
    for version in desk.newest_versions([course.id for course in courses]):
        paths = VersionFile.select(VersionFile.path).where(VersionFile.version == version)
        keys = {row.path.partition("/")[0] for row in paths.where(VersionFile.path.contains("/guide."))}
        told[version.course_id] = [lesson for lesson in reading.lessons(version) if lesson.key in keys]
    return told
