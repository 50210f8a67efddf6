"""What pages show of a published lesson: rendered parts and questions, kept in memory because a version never
changes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue import glossary, reading, rendering, speech, store
from lms.catalogue.asking import RenderedQuestion
from lms.catalogue.models import CourseVersion
from lms.catalogue.parsed import ParsedLesson, Question
from lms.i18n import _
from lms.lib import speaking

TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Content:
    """A lesson as a page draws it. `tracks`: its recordings; `seconds` that the teacher's own reading takes, or that
    the phone's voice takes about; 0 when a recording does not say. `law`: what its legal sentences stand on."""

    lang: str
    parts: tuple[rendering.Part, ...]
    tracks: tuple[speech.Track, ...]
    seconds: int = 0
    law: tuple[str, ...] = ()

    @property
    def sound(self) -> rendering.MediaRef | None:
        """The teacher's reading in the page's own language."""
        return next((track.sound for track in self.tracks if not track.name), None)


def content(version: CourseVersion, key: str, lang: str) -> Content:
    """The rendered lesson of a version."""
    return rendered(version.id, key, lang)


@lru_cache(maxsize=512)
def rendered(version_id: int, key: str, lang: str) -> Content:
    """The same by plain keys, so that it can be kept."""
    return draw(reading.lesson(version_id, key), lang, reading.files(version_id).digests)


def draw(lesson: Any, lang: str, digests: Mapping[str, str]) -> Content:
    """Render a lesson whose files lie under these digests: for pages, and for the editor's preview of a draft."""
    resolve = resolver(lesson.id, digests)
    made = rendering.lesson_html(lesson, lang, resolve)
    tracks = speech.tracks(lesson.id, made.lang, reading.Files(digests), resolve)
    own = next((track.sound for track in tracks if not track.name), None)
    seconds = own.seconds if own else speaking.about(lesson.plain_text(made.lang))
    parts = glossary.linked(made.parts, glossary.current(), made.lang)
    return Content(made.lang, parts, tracks, seconds, lesson.laws.get(made.lang) or lesson.law)


def resolver(folder: str, digests: Mapping[str, str]) -> Callable[[str], rendering.MediaRef | None]:
    """Finds a file of a lesson's folder by the name that the author wrote."""

    def resolve(name: str) -> rendering.MediaRef | None:
        path = str(PurePosixPath(folder) / name)
        digest = digests.get(path)
        if digest is None or ".." in PurePosixPath(name).parts:
            return None
        return store.reference(digest, path)

    return resolve


def question(version: CourseVersion, source: Question, lang: str, step_key: str) -> RenderedQuestion:
    """A quiz question in the reader's language, by the id of the leading one."""
    return of_version(version.id, step_key, translated(version.id, step_key, source, lang))


@lru_cache(maxsize=512)
def of_version(version_id: int, step_key: str, source: Question) -> RenderedQuestion:
    """A question of a step with the pictures of the lesson's folder; of an exam, of the lesson that asks it."""
    folder = step_key.partition("/")[0]
    if step_key == "exam":
        asking = (one for one in reading.parsed(version_id).lessons if one.quiz and asks(one, source.id))
        folder = next((one.id for one in asking), "")
    return rendering.question(source, resolver(folder, reading.files(version_id).digests))


def asks(lesson: ParsedLesson, question_id: str) -> bool:
    """Whether the lesson's quiz holds a question of this name."""
    return lesson.quiz is not None and any(one.id == question_id for one in lesson.quiz.questions)


def translated(version_id: int, step_key: str, source: Question, lang: str) -> Question:
    """The same question in `lang`, or as it is where that language lacks it, or where the version asks something else
    under this id: a go keeps the questions of the version in which it began."""
    leading = next((one for one in reading.quiz(version_id, step_key).questions if one.id == source.id), None)
    if leading is None or leading.choices != source.choices:
        return source
    for quiz in reading.quizzes(version_id, step_key, lang):
        for candidate in quiz.questions:
            if candidate.id == source.id and len(candidate.options) == len(source.options):
                return candidate
    return source


def check_in(lesson: ParsedLesson, step_key: str, lang: str) -> Question:
    """The question of a check in `lang`, or in the leading language where that one lacks it."""
    try:
        return lesson.check(step_key, lesson.in_language(lang))
    except KeyError:
        return lesson.check(step_key)


def feedback(version_id: int, step_key: str, body: Mapping[str, Any], right: bool | None, lang: str) -> str:
    """What the author says to this answer, as plain text; empty for steps that are no question. Where the version has
    no such question (of a go that began in another one), that the answer is kept."""
    if right is None:
        return ""
    lesson_key = step_key.partition("/")[0]
    if "question" in body:
        bank = reading.quiz(version_id, step_key)
        source = next((one for one in bank.questions if one.id == body["question"]), None)
        asked = source and translated(version_id, step_key, source, lang)
    else:
        asked = check_in(reading.lesson(version_id, lesson_key), step_key, lang)
    if asked is None:
        return _("This lesson has changed. Your answer is kept.")
    told = of_version(version_id, step_key, asked).told(body, right)
    said = [speaking.without_yes(words) if right and words else words for words in told]
    missing = _("Right as far as it goes; something is still missing.")
    return html.unescape(TAG.sub("", " ".join(missing if words is None else words for words in said)))
