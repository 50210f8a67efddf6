"""The outline of a course: its lessons, their order and names, its settings. A change rewrites only its own lines."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import peewee

from lms import audit
from lms.authoring import front_matter, takes, toml
from lms.authoring.desk import CONTENTS, Draft
from lms.catalogue import drafts, skeletons
from lms.catalogue.drafts import Edited
from lms.catalogue.models import Course, DraftFile
from lms.catalogue.parsed import LANGUAGES
from lms.db import database, insert_once
from lms.errors import Conflict, NotFound
from lms.i18n import _
from lms.learning.models import Enrolment, StepDone

FIRST_LESSON = "first"


@dataclass(frozen=True)
class Settings:
    """What the form says of a course. `titles` and `summaries` by language; `valid_months` None: for good."""

    titles: dict[str, str]
    summaries: dict[str, str]
    hours: float
    requires: list[str]
    complete: bool
    valid_months: int | None


def create(slug: str, titles: dict[str, str], *, by: int, now: datetime) -> Course:
    """A new course with a first lesson to write over, in the languages of its `titles`. Raises Conflict when another
    course has the name."""
    with database.atomic():
        course = insert_once(lambda: Course.create(slug=slug, author_id=by, created_at=now))
        if course is None:
            raise Conflict(_("There is a course with the address name %(slug)s. Choose another.", slug=slug))
        drafts.save(course, CONTENTS, first_contents(titles).encode(), base=0, by=by, now=now)
        first = {lang: skeletons.FIRST_LESSON[lang] for lang in titles}
        write_skeletons(course, FIRST_LESSON, first, by=by, now=now)
        audit.record("course.created", course, by=by, detail={"slug": slug}, now=now)
    return course


def first_contents(titles: Mapping[str, str]) -> str:
    """The table of contents of a new course. It stays incomplete until its author says that it is whole."""
    named = "".join(f"{lang} = {toml.quoted(title)}\n" for lang, title in titles.items())
    return (
        "# complete = true once all lessons are there: only then does the course give certificates.\n"
        'order = 99\nicon = "course"\nhours = 1\ncomplete = false\nrequires = ["read", "check", "quiz"]\n'
        f"lessons = [\n  {toml.quoted(FIRST_LESSON)},\n]\n\n[title]\n{named}"
    )


def write_skeletons(course: Course, key: str, titles: dict[str, str], *, by: int, now: datetime) -> None:
    """The pages of a new lesson: read and check, and a quiz, in the languages of its `titles`, with the same ids."""
    for lang in titles:
        check, asked = f"{key}-1", f"{key}-quiz-1"
        page = skeletons.LESSON[lang].format(title=front_matter.scalar(titles[lang]), check=check)
        drafts.save(course, f"{key}/{lang}.md", page.encode(), base=0, by=by, now=now)
        quiz = skeletons.QUIZ[lang].format(check=asked)
        drafts.save(course, f"{key}/quiz.{lang}.md", quiz.encode(), base=0, by=by, now=now)


def add_lesson(draft: Draft, key: str, titles: dict[str, str], *, by: int, now: datetime) -> None:
    """A new lesson at the end. Raises Conflict when the name is taken, by files of an earlier lesson too."""
    if key in draft.folders:
        raise Conflict(_("There is a lesson with the address name %(key)s. Choose another.", key=key))
    with database.atomic():
        write_skeletons(draft.course, key, titles, by=by, now=now)
        change(draft.course, lambda text: with_lessons(text, [*keys_in(text), key]), by=by, now=now)


def rename_lesson(draft: Draft, key: str, titles: dict[str, str], *, by: int, now: datetime) -> None:
    """Write a lesson's titles into its pages. Its address name stays, for progress hangs on it."""
    with database.atomic():
        for lang, title in titles.items():
            row = draft.rows.get(f"{key}/{lang}.md")
            if row is None:
                continue
            text = drafts.text(row)
            renamed = front_matter.with_line(text, "title", title)
            if renamed != text:
                drafts.save(draft.course, row.path, renamed.encode(), base=row.revision, by=by, now=now)


def remove_lesson(draft: Draft, key: str, *, by: int, now: datetime) -> None:
    """Take a lesson with its files out of the draft. Published versions keep it, and so does everybody's progress."""
    with database.atomic():
        drafts.take_out(draft.course, begins(DraftFile.path, f"{key}/"))
        takes.forget_lesson(draft.course, key)
        change(draft.course, lambda text: with_lessons(text, [k for k in keys_in(text) if k != key]), by=by, now=now)
        audit.record("lesson.removed", draft.course, by=by, detail={"lesson": key}, now=now)


def learnt(course: Course, key: str) -> int:
    """How many people have done something in a lesson."""
    query = StepDone.select(Enrolment.person).join(Enrolment).where(Enrolment.course == course)
    return query.where(begins(StepDone.step_key, f"{key}/")).distinct().count()


def begins(column: peewee.Field, start: str) -> peewee.Expression:
    """Whether a text begins so, capitals told apart (LIKE does not, on SQLite)."""
    return peewee.fn.SUBSTR(column, 1, len(start)) == start


def reorder(course: Course, keys: list[str], *, by: int, now: datetime) -> None:
    """Put the lessons in this order. Raises Conflict unless these are exactly the lessons that there are."""

    def ordered(text: str) -> str:
        if sorted(keys_in(text)) != sorted(keys):
            raise Conflict(_("Somebody else changed the lessons meanwhile. Look at the list and move it once more."))
        return with_lessons(text, keys)

    change(course, ordered, by=by, now=now)


def move(course: Course, key: str, by_places: int, *, by: int, now: datetime) -> None:
    """Move a lesson up (-1) or down (+1); at the end of the list it stays. Raises NotFound for one not there."""

    def moved(text: str) -> str:
        keys = keys_in(text)
        if key not in keys:
            raise NotFound
        place = keys.index(key)
        keys.insert(max(0, place + by_places), keys.pop(place))
        return with_lessons(text, keys)

    change(course, moved, by=by, now=now)


def set_settings(course: Course, settings: Settings, *, by: int, now: datetime) -> None:
    """Write the settings. What is as it was changes no byte."""

    def changed(text: str) -> str:
        text = toml.with_value(text, "hours", settings.hours)
        text = toml.with_value(text, "requires", settings.requires)
        text = toml.with_value(text, "complete", settings.complete)
        text = toml.with_value(text, "valid_months", settings.valid_months)
        for lang in LANGUAGES:
            text = toml.with_value(text, lang, settings.titles.get(lang), "title")
            text = toml.with_value(text, lang, settings.summaries[lang] or None, "summary")
        return text

    change(course, changed, by=by, now=now)


def keys_in(text: str) -> list[str]:
    """The lessons that a table of contents lists."""
    return list(tomllib.loads(text).get("lessons", []))


def with_lessons(text: str, keys: list[str]) -> str:
    """The table of contents with these lessons."""
    return toml.with_value(text, "lessons", keys)


def change(course: Course, edit: Callable[[str], str], *, by: int, now: datetime, tries: int = 3) -> None:
    """Rewrite course.toml by `edit`, on top of whatever somebody else saved meanwhile."""
    row = drafts.file(course, CONTENTS)
    text = edit(drafts.text(row))
    try:
        drafts.save(course, CONTENTS, text.encode(), base=row.revision, by=by, now=now)
    except Edited:
        if tries <= 1:
            raise
        change(course, edit, by=by, now=now, tries=tries - 1)
