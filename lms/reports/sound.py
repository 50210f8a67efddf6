"""Lessons that nobody has read aloud: phones without a voice cannot tell them, so somebody should record them."""

from __future__ import annotations

from dataclasses import dataclass

from lms.catalogue.models import Course, CourseVersion, Lesson
from lms.i18n import LANGUAGES, _
from lms.i18n import lazy as _l
from lms.learning.enrolling import latest_versions

NAMES = {"zh": _l("Chinese"), "en": _l("English")}


@dataclass(frozen=True)
class Silent:
    """A lesson of a published course, and the languages in which it has no recording."""

    lesson: Lesson
    version: CourseVersion
    missing: list[str]

    def in_words(self) -> str:
        """The languages, as their readers call them."""
        return _(", ").join(str(NAMES[lang]) for lang in self.missing)


def silent_lessons(words: str, lang: str) -> list[Silent]:
    """The lessons without a recorded reading in some language, course by course, whose title holds the words."""
    newest = latest_versions()
    lessons = (
        Lesson.select(Lesson, CourseVersion, Course)
        .join(CourseVersion)
        .join(newest, on=(CourseVersion.id == newest.c.id))
        .switch(CourseVersion)
        .join(Course)
        .where(Course.archived_at.is_null())
        .order_by(CourseVersion.position, CourseVersion.id, Lesson.position)
    )
    found = [Silent(lesson, lesson.version, without_sound(lesson)) for lesson in lessons]
    return [one for one in found if one.missing and words.lower() in one.lesson.title(lang).lower()]


def without_sound(lesson: Lesson) -> list[str]:
    """The languages of the lesson in which there is no recording."""
    sound = lesson.facts.get("sound", {})
    return [lang for lang in LANGUAGES if not sound.get(lang, False)]


def table(lessons: list[Silent], lang: str) -> tuple[list[str], list[list[str]]]:
    """The list for export: heading, rows."""
    heading = [_("Course"), _("Lesson"), _("Title"), _("No recording in")]
    rows = [
        [one.version.title(lang), str(one.lesson.position), one.lesson.title(lang), one.in_words()] for one in lessons
    ]
    return heading, rows
