"""course.toml, the table of contents of a course: read, checked and turned into a Contents in one place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lms.catalogue.parsed import LANGUAGES
from lms.catalogue.problems import Problem, error
from lms.catalogue.questions import ID
from lms.i18n import lazy as _l

PATH = "course.toml"
KINDS = ("read", "check", "try", "quiz", "task")
# Paths below /courses/<course>/ that are no lessons.
RESERVED = {"exam", "events", "place", "answers"}
MOST_BYTES = 64_000
KNOWN = {
    "order",
    "icon",
    "hours",
    "valid_months",
    "complete",
    "requires",
    "lessons",
    "starred",
    "after",
    "title",
    "summary",
    "exam",
    "plain",
}

Tell = Callable[[Problem], None]


@dataclass(frozen=True)
class Exam:
    """How many questions an exam draws from all banks, how many right ones pass, and how many tries (0: any number)."""

    draw: int
    pass_mark: int
    tries: int


@dataclass(frozen=True)
class Contents:
    """What course.toml says. `starred` are the lessons of the fast path, `after` the courses to take first; `lines` is
    where each name stands, for what is told later."""

    lessons: tuple[str, ...] = ()
    starred: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    title: dict[str, str] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    icon: str = "course"
    order: int = 0
    hours: float = 0
    valid_months: int | None = None
    complete: bool = False
    requires: tuple[str, ...] = ("read", "check", "quiz")
    exam: Exam | None = None
    plain: bool = False
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, name: str) -> int:
        """The line on which a name or a lesson stands; 1 when it stands nowhere."""
        return self.lines.get(name, 1)


def read(raw: bytes | None, tell: Tell) -> Contents | None:
    """The contents, or None when the file is missing or cannot be read at all."""
    todo = _l("write the course's title and its list of lessons there")
    if raw is None:
        tell(error(PATH, 0, "course_toml", _l("the file is missing"), todo))
        return None
    try:
        text = raw[: MOST_BYTES + 1].decode("utf-8-sig").replace("\r\n", "\n")
        if len(raw) > MOST_BYTES:
            raise ValueError
        return Reader(tomllib.loads(text), text, tell).contents()
    except tomllib.TOMLDecodeError as problem:
        match = re.search(r"line (\d+)", str(problem))
        # Without a line it is the end of the file that came too early.
        line = int(match[1]) if match else text.rstrip().count("\n") + 1
        what, todo = _l("the file cannot be read as TOML from here"), _l("look for a missing quotation mark or bracket")
        tell(error(PATH, line, "course_toml", what, todo))
    except (ValueError, RecursionError):
        tell(error(PATH, 0, "course_toml", _l("the file is too long or not UTF-8 text"), todo))
    return None


class Reader:
    """Turns what TOML gives into Contents, telling what has the wrong shape and going on without it."""

    def __init__(self, values: dict[str, Any], text: str, tell: Tell) -> None:
        self.values, self.text, self.tell = values, text, tell

    def contents(self) -> Contents:
        """All of it."""
        for name in sorted(self.values.keys() - KNOWN):
            what = _l("there is no setting named %(name)s", name=name[:60])
            self.tell(error(PATH, self.line(name), "unknown_setting", what, _l("take it out, or correct its spelling")))
        return Contents(
            lessons=self.lessons(),
            starred=self.starred(),
            after=self.after(),
            title=self.words("title", needed=True),
            summary=self.words("summary"),
            icon=self.value("icon", str, "course"),
            order=self.value("order", int, 0),
            hours=float(self.value("hours", (int, float), 0, least=0)),
            valid_months=self.value("valid_months", int, None, least=1),
            complete=self.value("complete", bool, False),
            requires=self.requires(),
            exam=self.exam(),
            plain=self.value("plain", bool, False),
            lines=self.lines(),
        )

    def value(self, name: str, kind: Any, default: Any, least: int | None = None, table: str = "") -> Any:
        """A single value of the right kind, or the default."""
        found = (self.values.get(table) if table else self.values).get(name, default)  # type: ignore[union-attr]
        if found is default:
            return default
        wrong = not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool)
        if wrong or (least is not None and not least <= found <= 100_000):
            what = _l("%(name)s has a value that it cannot have", name=name)
            self.tell(error(PATH, self.line(name), "bad_setting", what, _l("write it as courses/README.md describes")))
            return default
        return found

    def words(self, name: str, *, needed: bool = False) -> dict[str, str]:
        """A text by language: a table with zh and en, or one text for both."""
        found = self.values.get(name, {})
        texts = dict.fromkeys(LANGUAGES, found) if isinstance(found, str) else found
        if not isinstance(texts, dict):
            texts = {}
        kept = {
            lang: texts[lang].strip() for lang in LANGUAGES if isinstance(texts.get(lang), str) and texts[lang].strip()
        }
        if needed and not kept:
            what = _l("the course has no title")
            self.tell(error(PATH, self.line(name), "no_title", what, _l("write [title] with zh and en")))
        for lang, text in kept.items():
            if name == "title" and len(text) > 120:
                what = _l("the title is longer than %(most)d characters", most=120)
                self.tell(error(PATH, self.line(name), "long_title", what, _l("shorten it")))
                kept[lang] = text[:120]
        return kept

    def names(self, name: str) -> list[str] | None:
        """A list of texts, or None when there is none."""
        found = self.values.get(name)
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return found
        if found is not None:
            what, todo = _l("%(name)s is not a list of names", name=name), _l('write it as ["one", "two"]')
            self.tell(error(PATH, self.line(name), "bad_setting", what, todo))
        return None

    def lessons(self) -> tuple[str, ...]:
        """The lessons in their order, each once."""
        found = self.names("lessons")
        if not found:
            todo = _l('write lessons = ["first", "second"] with the names of the folders')
            self.tell(error(PATH, self.line("lessons"), "no_lessons", _l("the course lists no lessons"), todo))
        kept: dict[str, None] = {}
        for name in found or []:
            if name in kept:
                what = _l("lesson %(name)s is listed twice", name=name)
                self.tell(error(PATH, self.line(name), "twice", what, _l("take one of them out")))
            elif not ID.fullmatch(name) or name in RESERVED:
                what = _l("%(name)s cannot be the name of a lesson", name=name[:60])
                todo = _l("use small letters, figures, hyphens or Chinese characters, at most 48")
                self.tell(error(PATH, self.line(name), "bad_id", what, todo))
            else:
                kept[name] = None
        return tuple(kept)

    def starred(self) -> tuple[str, ...]:
        """The lessons of the fast path, which are lessons of the course."""
        found, listed = self.names("starred") or [], set(self.names("lessons") or [])
        for name in found:
            if name not in listed:
                what = _l("%(name)s has a star but is not among the lessons", name=name[:60])
                todo = _l("add it to lessons, or take it out of starred")
                self.tell(error(PATH, self.line("starred"), "bad_star", what, todo))
        return tuple(name for name in dict.fromkeys(found) if name in listed)

    def after(self) -> tuple[str, ...]:
        """The courses to take first, by the names of their folders. Whether they are there, an installation knows."""
        found = self.names("after") or []
        for name in found:
            if not ID.fullmatch(name):
                what = _l("%(name)s cannot be the name of a course", name=name[:60])
                self.tell(error(PATH, self.line("after"), "bad_after", what, _l("write the name of its folder")))
        return tuple(name for name in dict.fromkeys(found) if ID.fullmatch(name))

    def requires(self) -> tuple[str, ...]:
        """The kinds of step that completion needs."""
        found = self.names("requires")
        if found is None:
            return Contents.requires
        for kind in found:
            if kind not in KINDS:
                what = _l("there is no kind of step named %(kind)s", kind=kind[:60])
                self.tell(
                    error(
                        PATH, self.line("requires"), "unknown_requires", what, _l("use read, check, try, quiz or task")
                    )
                )
        if not found:
            what = _l("requires is empty, so that nothing has to be done")
            self.tell(
                error(PATH, self.line("requires"), "unknown_requires", what, _l("use read, check, try, quiz or task"))
            )
        return tuple(dict.fromkeys(kind for kind in found if kind in KINDS)) or ("read",)

    def exam(self) -> Exam | None:
        """The exam's numbers, where the course has one."""
        found = self.values.get("exam")
        if found is None:
            return None
        if not isinstance(found, dict):
            what = _l("%(name)s has a value that it cannot have", name="exam")
            self.tell(
                error(PATH, self.line("exam"), "bad_setting", what, _l("write [exam] with draw and pass below it"))
            )
            return None
        draw = self.value("draw", int, 10, least=1, table="exam")
        return Exam(
            draw,
            self.value("pass", int, draw, least=1, table="exam"),
            self.value("tries", int, 0, least=0, table="exam"),
        )

    def lines(self) -> dict[str, int]:
        """Where each setting and each lesson stands."""
        names = [*self.values, *(name for name in self.values.get("lessons", ()) if isinstance(name, str))]
        return {name: self.line(name) for name in names[:500]}

    def line(self, name: str) -> int:
        """The line on which a setting or a quoted name stands first; 1 when it stands nowhere."""
        written = re.search(rf"^\s*\[?\s*{re.escape(name)}\s*[\]=]|[\"']{re.escape(name)}[\"']", self.text, re.M)
        return self.text.count("\n", 0, written.start()) + 1 + (written[0][:1] == "\n") if written else 1
