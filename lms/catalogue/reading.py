"""Reading published courses: parsed and rendered lessons, kept in memory because a version never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lms.catalogue import course, store
from lms.catalogue.models import Course, CourseVersion, Lesson, Step, VersionFile
from lms.catalogue.parsed import Block, ParsedCourse, ParsedLesson, Quiz
from lms.db import found
from lms.errors import NotFound


class Files(Mapping[str, bytes]):
    """The files of a version or a draft, path → bytes, read from the media store only when asked for."""

    def __init__(self, digests: Mapping[str, str]) -> None:
        self.digests = digests

    def __getitem__(self, path: str) -> bytes:
        return store.media.get(self.digests[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def published(slug: str) -> Course:
    """A course that has a version and is not archived, or NotFound."""
    shown = Course.archived_at.is_null() & Course.id.in_(CourseVersion.select(CourseVersion.course))
    return found(Course.select().where((Course.slug == slug) & shown))


def newest(of: Course) -> CourseVersion:
    """The newest version of a course, or NotFound."""
    versions = CourseVersion.select().where(CourseVersion.course == of)
    return found(versions.order_by(CourseVersion.number.desc()).limit(1))


def taught() -> set[str]:
    """The lessons of published courses, as "selling/review"."""
    rows = Lesson.select(Lesson.key, CourseVersion.id, Course.slug).join(CourseVersion).join(Course)
    rows = rows.where(Course.archived_at.is_null())
    return {f"{row.version.course.slug}/{row.key}" for row in rows}


def lessons(version: CourseVersion) -> list[Lesson]:
    """The lessons of a version in their order. They are kept in memory: never change them."""
    return kept_lessons(version.id)


@lru_cache(maxsize=256)
def kept_lessons(version_id: int) -> list[Lesson]:
    """The same by the plain id."""
    return list(Lesson.select().where(Lesson.version == version_id).order_by(Lesson.position))


def steps(version: CourseVersion) -> list[Step]:
    """The steps of a version in the course's order, the exam last. They are kept in memory: never change them."""
    return kept_steps(version.id)


@lru_cache(maxsize=256)
def kept_steps(version_id: int) -> list[Step]:
    """The same by the plain id."""
    return list(Step.select().where(Step.version == version_id).order_by(Step.position))


def files(version_id: int) -> Files:
    """The files of a version."""
    return Files({row.path: row.digest for row in VersionFile.select().where(VersionFile.version == version_id)})


@lru_cache(maxsize=128)
def parsed(version_id: int) -> ParsedCourse:
    """The course of a version as its author wrote it."""
    parsed_course, _problems = course.parse(files(version_id))
    if parsed_course is None:
        raise NotFound
    return parsed_course


def lesson(version_id: int, key: str) -> ParsedLesson:
    """One lesson of a version, or NotFound."""
    for candidate in parsed(version_id).lessons:
        if candidate.id == key:
            return candidate
    raise NotFound


def task(version_id: int, step_key: str, lang: str | None = None) -> Block:
    """The task of a step (`light/task:film-lotus`), in the words of `lang` where it has them, or NotFound."""
    lesson_key, _, step = step_key.partition("/")
    found_lesson = lesson(version_id, lesson_key)
    blocks = found_lesson.blocks[found_lesson.in_language(lang or found_lesson.leading)]
    for block in blocks:
        if block.kind == "task" and f"task:{block.id}" == step:
            return block
    raise NotFound


def quiz(version_id: int, step_key: str) -> Quiz:
    """The quiz of a lesson (`light/quiz`), or the course's exam (`exam`), or NotFound."""
    holder = parsed(version_id) if step_key == "exam" else lesson(version_id, step_key.partition("/")[0])
    bank = holder.exam if isinstance(holder, ParsedCourse) else holder.quiz
    if bank is None:
        raise NotFound
    return bank


def quizzes(version_id: int, step_key: str, lang: str) -> list[Quiz]:
    """The banks in `lang` from which a quiz step draws: its lesson's, or all of them for the exam."""
    wanted = [lesson for lesson in parsed(version_id).lessons if step_key in ("exam", f"{lesson.id}/quiz")]
    return [lesson.quizzes[lang] for lesson in wanted if lang in lesson.quizzes]


def forget() -> None:
    """Forget what is kept in memory: for whoever puts another database in place of this one."""
    for kept in (kept_lessons, kept_steps, parsed):
        kept.cache_clear()
