"""A step by what it says, where its key would mean something to its author alone."""

from __future__ import annotations

from lms.catalogue.parsed import ParsedCourse
from lms.i18n import _
from lms.i18n import lazy as _l

KINDS = {
    "read": _l("Read"),
    "check": _l("Question"),
    "try": _l("Exercise"),
    "quiz": _l("Quiz"),
    "task": _l("Task"),
    "exam": _l("Exam"),
}
LONGEST = 60


def asked(course: ParsedCourse, key: str, lang: str) -> str:
    """The first line of what a question, exercise or task says; empty for other steps, and for one that is gone."""
    lesson_key, _slash, step = key.partition("/")
    kind, _colon, name = step.partition(":")
    lesson = next((one for one in course.lessons if one.id == lesson_key), None)
    blocks = lesson.blocks[lesson.in_language(lang)] if lesson else ()
    block = next((one for one in blocks if (one.kind, one.id) == (kind, name)), None)
    said = (block.question.text if block.question else block.text) if block else ""
    return shortened(next((line.strip() for line in said.split("\n") if line.strip()), ""))


def shortened(line: str) -> str:
    """A line that does not fill a list."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def in_words(course: ParsedCourse, key: str, lang: str) -> str:
    """A step with its lesson: 顺着光拍：问题“太阳在西边，你站哪边拍？”. Its key where the course does not have it."""
    if key == "exam":
        return str(KINDS["exam"])
    lesson = next((one for one in course.lessons if one.id == key.partition("/")[0]), None)
    kind = key.partition("/")[2].partition(":")[0]
    if lesson is None or kind not in KINDS:
        return key
    title, words = lesson.title[lesson.in_language(lang)], asked(course, key, lang)
    if not words:
        return _("%(lesson)s: %(kind)s", lesson=title, kind=KINDS[kind])
    return _("%(lesson)s: %(kind)s “%(words)s”", lesson=title, kind=KINDS[kind], words=words)
