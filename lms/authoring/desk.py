"""Finding is permitting: the courses that a person may write, and one course's draft read as it stands now."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import peewee

from lms.accounts.models import Person
from lms.catalogue import drafts, lint, store
from lms.catalogue.models import Course, CourseVersion, DraftFile, VersionFile
from lms.catalogue.parsed import LANGUAGES, ParsedCourse
from lms.catalogue.problems import ERROR, Problem, error, gathered
from lms.catalogue.reading import Files
from lms.db import found
from lms.errors import NotFound
from lms.i18n import lazy as _l
from lms.learning.enrolling import latest_versions
from lms.learning.models import LessonFault

CONTENTS = "course.toml"
# The endings of recordings on their way, see `recordings`.
WAITING, BROKEN = ".raw", ".broken"
PAGES = tuple(f"{stem}{lang}" for stem in ("", "quiz.") for lang in LANGUAGES)


def courses_of(person: Person) -> peewee.ModelSelect:
    """The courses that this person may write: own ones; for an admin all."""
    return Course.select() if person.has_role("admin") else Course.select().where(Course.author_id == person.id)


def course(person: Person, slug: str) -> Course:
    """A course that this person may write, or NotFound."""
    return found(courses_of(person).where(Course.slug == slug))


@dataclass(frozen=True)
class Listed:
    """A course as the list shows it. `faults`: how many reports by trainees are open."""

    course: Course
    title: str
    newest: CourseVersion | None
    changed: bool
    faults: int


def listed(courses: Iterable[Course], lang: str) -> list[Listed]:
    """What the list says of each course, in some five queries however many there are."""
    courses = list(courses)
    ids = [course.id for course in courses]
    newest = {version.course_id: version for version in newest_versions(ids)}
    states = draft_states(ids)
    published = version_states([version.id for version in newest.values()])
    faults = open_faults(ids)
    rows = []
    for one in courses:
        version = newest.get(one.id)
        title = version.title(lang) if version else title_of_draft(states[one.id], lang) or one.slug
        changed = states[one.id] != (published[version.id] if version else {})
        rows.append(Listed(one, title, version, changed, faults.get(one.id, 0)))
    return rows


def newest_versions(course_ids: list[int]) -> peewee.ModelSelect:
    """The newest version of each of these courses."""
    newest = latest_versions()
    query = CourseVersion.select().join(newest, on=(CourseVersion.id == newest.c.id))
    return query.where(CourseVersion.course.in_(course_ids))


def draft_states(course_ids: list[int]) -> dict[int, dict[str, str]]:
    """Course id → path → digest of the draft."""
    states: dict[int, dict[str, str]] = defaultdict(dict)
    for row in DraftFile.select().where(DraftFile.course.in_(course_ids)):
        states[row.course_id][row.path] = row.digest
    return states


def version_states(version_ids: list[int]) -> dict[int, dict[str, str]]:
    """Version id → path → digest."""
    states: dict[int, dict[str, str]] = defaultdict(dict)
    for row in VersionFile.select().where(VersionFile.version.in_(version_ids)):
        states[row.version_id][row.path] = row.digest
    return states


def title_of_draft(digests: Mapping[str, str], lang: str) -> str:
    """The title that a draft's table of contents gives, or nothing."""
    if CONTENTS not in digests:
        return ""
    return in_one_of(texts(contents(store.media.get(digests[CONTENTS])), "title"), lang)


def contents(raw: bytes) -> dict[str, Any]:
    """course.toml as a dictionary; empty when it cannot be read."""
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def texts(said: Mapping[str, Any], name: str) -> dict[str, str]:
    """A text of course.toml by language: a table, or one text for both."""
    found = said.get(name, {})
    return dict.fromkeys(LANGUAGES, found) if isinstance(found, str) else dict(found)


def in_one_of(texts: Mapping[str, str], lang: str) -> str:
    """The text in `lang`, or in the language that there is."""
    return texts.get(lang) or next((text for text in texts.values() if text), "")


def open_faults(course_ids: list[int]) -> dict[int, int]:
    """Course id → how many faults reported by trainees are open."""
    counted = LessonFault.select(LessonFault.course, peewee.fn.COUNT(LessonFault.id))
    counted = counted.where(LessonFault.course.in_(course_ids) & LessonFault.closed_at.is_null())
    return dict(counted.group_by(LessonFault.course).tuples())


def faults_waiting(person: Person) -> int:
    """How many reports are open in the courses that this person may write."""
    mine = courses_of(person).select(Course.id)
    return LessonFault.select().where(LessonFault.course.in_(mine) & LessonFault.closed_at.is_null()).count()


class Overlaid(Mapping[str, bytes]):
    """Files with some of them replaced by what is being written now, not saved yet."""

    def __init__(self, below: Mapping[str, bytes], above: Mapping[str, bytes]) -> None:
        self.below, self.above = below, above

    def __getitem__(self, path: str) -> bytes:
        return self.above[path] if path in self.above else self.below[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self.below), **self.above})

    def __len__(self) -> int:
        return len({*self.below, *self.above})


@dataclass(frozen=True)
class LessonTold:
    """What the outline says of a lesson: its titles by language and its minutes, as far as they can be read."""

    titles: Mapping[str, str]
    minutes: int

    def title(self, lang: str) -> str:
        """The title in `lang`, or in the other language."""
        return in_one_of(self.titles, lang)


@dataclass
class Draft:
    """The draft of a course as it stands now."""

    course: Course

    @cached_property
    def rows(self) -> dict[str, DraftFile]:
        """The files by path."""
        query = DraftFile.select().where(DraftFile.course == self.course).order_by(DraftFile.path)
        return {row.path: row for row in query}

    @property
    def files(self) -> Files:
        """Their bytes."""
        return Files({path: row.digest for path, row in self.rows.items()})

    @cached_property
    def contents(self) -> dict[str, Any]:
        """course.toml as a dictionary."""
        return contents(self.files[CONTENTS]) if CONTENTS in self.rows else {}

    @property
    def lesson_keys(self) -> list[str]:
        """The lessons in their order."""
        return list(self.contents.get("lessons", []))

    @property
    def folders(self) -> set[str]:
        """The names that lessons have, and those whose files are there although no lesson is listed."""
        return {*self.lesson_keys, *(path.partition("/")[0] for path in self.rows)}

    @cached_property
    def checked(self) -> tuple[ParsedCourse | None, list[Problem]]:
        """The parsed course and what the lint tells, from one reading."""
        return lint.checked(self.files)

    @property
    def parsed(self) -> ParsedCourse | None:
        """The course as its author wrote it; None when its table of contents cannot be read."""
        return self.checked[0]

    @cached_property
    def lessons(self) -> dict[str, LessonTold]:
        """The listed lessons in their order; one that cannot be read goes by its key."""
        read = {lesson.id: lesson for lesson in self.parsed.lessons} if self.parsed else {}
        nameless = {key: LessonTold({"zh": key, "en": key}, 0) for key in self.lesson_keys}
        return nameless | {key: LessonTold(one.title, one.minutes) for key, one in read.items() if key in nameless}

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that must or could be mended, the musts first, each in the course's order."""
        found = [*self.unfinished(), *self.checked[1]]
        return sorted(found, key=lambda problem: problem.severity != ERROR)

    @property
    def gathered(self) -> list[tuple[Problem, list[Problem]]]:
        """The same, with what is said of many lines told once."""
        return gathered(self.problems)

    def unfinished(self) -> Iterator[Problem]:
        """Recordings that are not turned yet, which no version is to hold."""
        for path in self.rows:
            if path.endswith(WAITING):
                yield error(path, 0, "waiting", _l("this recording is still being made small"), _l("wait a minute"))
            if path.endswith(BROKEN):
                yield error(
                    path, 0, "broken", _l("this recording could not be made small"), _l("try again, or take it out")
                )

    @property
    def errors(self) -> list[Problem]:
        """What blocks a publish."""
        return [problem for problem in self.problems if problem.severity == ERROR]

    @property
    def newest(self) -> CourseVersion | None:
        """The newest version."""
        return self.course.versions.order_by(CourseVersion.number.desc()).first()

    @property
    def changed(self) -> bool:
        """Whether the draft differs from the newest version."""
        return drafts.is_changed(self.course)

    @property
    def state(self) -> str:
        """The digest that a version of these files would have, to notice whether anything changed since."""
        return drafts.content_digest(self.rows.values())

    def title(self, lang: str) -> str:
        """The course's name in `lang`, or in the other language."""
        return in_one_of(texts(self.contents, "title"), lang) or self.course.slug

    def lesson(self, key: str) -> str:
        """The key of a lesson that the draft lists, or NotFound."""
        if key not in self.lesson_keys:
            raise NotFound
        return key

    def path(self, key: str, page: str) -> str:
        """The path of a page (`zh`, `en`, `quiz.zh`, `quiz.en`) of a lesson, or NotFound."""
        if page not in PAGES:
            raise NotFound
        return f"{self.lesson(key)}/{page}.md"
