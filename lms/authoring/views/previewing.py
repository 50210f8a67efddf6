"""A draft's lesson drawn by the very templates that trainees get, with no one's progress in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from flask import g, render_template

from lms.authoring import gauges
from lms.authoring.desk import Draft
from lms.catalogue import carrying, pages, readability, rendering
from lms.catalogue.models import CourseVersion, Lesson
from lms.catalogue.parsed import ParsedLesson
from lms.i18n import in_language
from lms.learning.looking import Standing
from lms.learning.views.lessons import LessonPage
from lms.web.people import asking

OWN_LENGTHS = {"token": 32, "reader": 4, "event": 37}
SCRIPT = re.compile(r"<script\b.*?</script>", re.S)


class DraftPage(LessonPage):
    """A lesson page that shows a draft as an enrolled trainee would get it. Its forms lead nowhere: the frame in which
    it stands lets nothing be sent."""

    def __init__(self, standing: Standing, lesson: Lesson, lang: str, content: pages.Content, has_quiz: bool) -> None:
        super().__init__(standing, lesson, lang)
        self.__dict__.update(content=content, answers={}, trainer=asking())
        self.shows_quiz = has_quiz

    def own(self, found: re.Match[str]) -> str:
        """In place of a reader's own marks something as long, so that the weight is right."""
        return "0" * OWN_LENGTHS.get(found[1], 32)

    @property
    def may_answer(self) -> bool:
        """As for somebody enrolled."""
        return True

    @property
    def has_quiz(self) -> bool:
        """Whether the draft has a quiz here."""
        return self.shows_quiz

    def neighbour(self, distance: int) -> Lesson | None:
        """Nothing around it opens from a preview."""
        return None


@dataclass
class Preview:
    """A page of a draft as trainees will see it, and what is measured on it. `quiz`: its quiz instead of the lesson."""

    draft: Draft
    lesson: ParsedLesson | None
    key: str
    lang: str
    quiz: bool

    @cached_property
    def html(self) -> str:
        """The whole page, in the language of the text."""
        with own_icons(), in_language(self.lang):
            if self.lesson is None:
                return render_template("authoring/preview_empty.html")
            if self.quiz:
                return self.quiz_html(self.lesson)
            return self.page(self.lesson).with_messages([])

    @cached_property
    def content(self) -> pages.Content:
        """The lesson's parts as they are drawn."""
        return pages.draw(self.lesson, self.lang, self.draft.files.digests)

    def page(self, lesson: ParsedLesson) -> DraftPage:
        """What the lesson's template draws."""
        row = self.row(lesson)
        return DraftPage(self.standing(row), row, self.lang, self.content, bool(lesson.quizzes))

    def row(self, lesson: ParsedLesson) -> Lesson:
        """The lesson as a version would list it; never stored."""
        return Lesson(
            key=self.key,
            position=self.draft.lesson_keys.index(self.key) + 1,
            title_zh=lesson.title.get("zh", ""),
            title_en=lesson.title.get("en", ""),
            minutes=lesson.minutes,
            facts={"video": 0, "pictures": 0, "sound": {}, "text": {}},
        )

    def standing(self, row: Lesson) -> Standing:
        """Somebody who has just begun this lesson."""
        version = CourseVersion(title_zh=self.draft.title("zh"), title_en=self.draft.title("en"), number=0)
        standing = Standing(self.draft.course, version, None, looks_in=True)
        keys = enumerate(self.draft.lesson_keys, start=1)
        lessons = [row if key == self.key else Lesson(key=key, position=place) for place, key in keys]
        standing.__dict__.update(lessons=lessons, done=set(), required=[], place=None)
        return standing

    def quiz_html(self, lesson: ParsedLesson) -> str:
        """All questions of the bank, one after the other, with what is said to each answer."""
        quiz = lesson.quizzes.get(self.lang) or lesson.quiz
        find = pages.resolver(lesson.id, self.draft.files.digests)
        questions = [rendering.question(question, find) for question in quiz.questions] if quiz else []
        title = lesson.title.get(self.lang, self.key)
        return render_template("authoring/preview_quiz.html", quiz=quiz, questions=questions, title=title)

    @property
    def still(self) -> str:
        """The page without its scripts, which the frame would only complain about."""
        return SCRIPT.sub("", self.html)

    @cached_property
    def weight(self) -> int:
        """Bytes on the wire, as sent to a phone."""
        return gauges.weight(self.html)

    @property
    def seconds(self) -> float:
        """How long it takes over a weak link."""
        return carrying.seconds(self.weight)

    @cached_property
    def reads(self) -> readability.Readability:
        """How the words read, in the language of the page."""
        return readability.measured(self.words, self.lang)

    @property
    def words(self) -> str:
        """Everything that is read on the page."""
        if self.lesson is None:
            return ""
        if not self.quiz:
            return self.lesson.plain_text(self.lang)
        bank = self.lesson.quizzes.get(self.lang)
        questions = bank.questions if bank else ()
        return "\n".join(text for one in questions for text in one.words)


@contextmanager
def own_icons() -> Iterator[None]:
    """The icons of a page within a page: each carries its own at its end."""
    before = g.pop("icons", {})
    try:
        yield
    finally:
        g.icons = before
