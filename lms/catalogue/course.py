"""From the files of a course folder to a ParsedCourse, with everything about it that cannot be understood.

This module reads; what is understood but could be better is the business of `lint`. Nothing here raises on whatever an
author wrote, and all of it takes time in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue import contents, guards, guides, questions, scanner, tasks
from lms.catalogue.contents import Contents
from lms.catalogue.frontmatter import BadFrontMatter, Page, split
from lms.catalogue.parsed import LANGUAGES, Block, Guide, ParsedCourse, ParsedLesson, Question, Quiz
from lms.catalogue.problems import ERROR, Problem, error, warning
from lms.i18n import lazy as _l

MEDIA = {".mp4": "video", ".webm": "video", ".m4a": "audio", ".mp3": "audio", ".opus": "audio", ".ogg": "audio"}
NAMED = ("check", "try", "task")
LONGEST_TITLE = 120


def parse(files: Mapping[str, bytes]) -> tuple[ParsedCourse | None, list[Problem]]:
    """The course of a native folder and what is to be mended; None when there is no table of contents.

    `files` are asked for one by one, so that a mapping may read them only then; videos are never asked for.
    """
    reader = Reader(files)
    return reader.course(), reader.problems


class Sizes(Mapping[str, int]):
    """The bytes of each file, counted when asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def __getitem__(self, path: str) -> int:
        return len(self.files[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


class Reader:
    """Reads one course and gathers its problems."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.tell = self.problems.append

    def course(self) -> ParsedCourse | None:
        """The course, or None when not even its table of contents can be read."""
        told = contents.read(self.files.get(contents.PATH), self.tell)
        if told is None:
            return None
        lessons = tuple(lesson for name in told.lessons if (lesson := self.lesson(name, told)))
        return ParsedCourse(
            title=told.title,
            summary=told.summary,
            icon=told.icon,
            order=told.order,
            class_hours=told.hours,
            valid_months=told.valid_months,
            complete=told.complete,
            requires=told.requires,
            lessons=lessons,
            exam=self.exam(told, lessons),
            sizes=Sizes(self.files),
            plain=told.plain,
            starred=told.starred,
            after=told.after,
        )

    def lesson(self, name: str, told: Contents) -> ParsedLesson | None:
        """One lesson folder; None when it has no page that can be read."""
        paths = {lang: f"{name}/{lang}.md" for lang in LANGUAGES if f"{name}/{lang}.md" in self.files}
        if not paths:
            what = _l("lesson %(name)s has no page zh.md or en.md", name=name)
            self.tell(
                error(
                    contents.PATH, told.line(name), "no_lesson", what, _l("write it, or take the lesson off the list")
                )
            )
        pages = {lang: page for lang, path in paths.items() if (page := self.page(path))}
        if not pages:
            return None
        leading = next(iter(pages))
        quizzes = {lang: quiz for lang in LANGUAGES if (quiz := self.quiz(f"{name}/quiz.{lang}.md"))}
        blocks = {lang: tuple(self.blocks(paths[lang], page)) for lang, page in pages.items()}
        return ParsedLesson(
            id=name,
            title={lang: self.title(paths[lang], page, name) for lang, page in pages.items()},
            summary={lang: words(page.values.get("summary")) for lang, page in pages.items()},
            minutes=self.minutes(paths[leading], pages[leading]),
            law=law(pages[leading].values.get("law")),
            blocks={lang: tuple(spoken_in_all(blocks, lang)) for lang in blocks},
            quizzes={lang: asked_in_all(quizzes, lang) for lang in quizzes},
            laws={lang: law(page.values.get("law")) for lang, page in pages.items()},
            guides=self.guides(name),
        )

    def guides(self, name: str) -> dict[str, Guide]:
        """What the lesson's folder says to its trainer, by language."""
        paths = {lang: guides.path(name, lang) for lang in LANGUAGES}
        pages = {lang: page for lang, path in paths.items() if path in self.files and (page := self.page(path))}
        for problem in guides.faults(name, pages):
            self.tell(problem)
        return {lang: Guide(words(page.values.get("title")), page.body) for lang, page in pages.items()}

    def page(self, path: str) -> Page | None:
        """A Markdown page, cut in two; None when it is no text that can be a lesson."""
        raw = self.files[path]
        if len(raw) > guards.MOST_BYTES:
            what = _l("the page is longer than %(most)d KB", most=guards.MOST_BYTES // 1000)
            self.tell(error(path, 0, "too_long", what, _l("split it into several lessons")))
            return None
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as problem:
            line = raw.count(b"\n", 0, problem.start) + 1
            self.tell(error(path, line, "encoding", _l("the page is not UTF-8 text"), _l("save it as UTF-8")))
            return None
        fault = guards.first_fault(text)
        if fault:
            todo = _l("write it in shorter lines, or take it out")
            self.tell(error(path, fault[0], "too_heavy", fault[1], todo))
            return None
        return self.cut(path, text)

    def cut(self, path: str, text: str) -> Page:
        """Front matter and body; when the front matter cannot be read, the body below it."""
        try:
            return split(text)
        except BadFrontMatter as problem:
            self.tell(error(path, problem.line, "front_matter", problem.what, _l("write each line as name: value")))
        lines = text.split("\n")
        closed = next((index for index, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), 0)
        return Page({}, "\n".join(lines[closed + 1 :]), closed + 2)

    def title(self, path: str, page: Page, name: str) -> str:
        """The title of a page, or the lesson's name where it has none."""
        title = words(page.values.get("title"))
        if not title:
            self.tell(
                error(
                    path,
                    1,
                    "no_title",
                    _l("the lesson has no title"),
                    _l("write title: between two lines --- at the top"),
                )
            )
        elif len(title) > LONGEST_TITLE:
            what = _l("the title is longer than %(most)d characters", most=LONGEST_TITLE)
            self.tell(error(path, 1, "long_title", what, _l("shorten it")))
        return title[:LONGEST_TITLE] or name

    def minutes(self, path: str, page: Page) -> int:
        """How long the lesson takes, as its author says."""
        if "minutes" not in page.values:
            what = _l("the lesson does not say how many minutes it takes")
            self.tell(error(path, 1, "no_minutes", what, _l("write minutes: between two lines --- at the top")))
        return self.number(path, page, "minutes", 5, least=1, most=600)

    def number(self, path: str, page: Page, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number of the front matter."""
        found = page.values.get(name, default)
        if isinstance(found, int) and not isinstance(found, bool) and least <= found <= most:
            return found
        what = _l("%(name)s is not a whole number from %(least)d to %(most)d", name=name, least=least, most=most)
        self.tell(error(path, 1, "bad_number", what, _l("correct it between the lines --- at the top")))
        return default

    def blocks(self, path: str, page: Page) -> Iterator[Block]:
        """The blocks of a lesson's body."""
        for piece in scanner.scan(page.body, page.first_line):
            self.fences(path, piece)
            if piece.kind or piece.lines:
                yield self.block(path, piece)

    def fences(self, path: str, piece: scanner.Piece) -> None:
        """Tell what is wrong with a fence as such."""
        if piece.fence and not piece.kind and not piece.lines:
            what = _l("this ::: closes nothing")
            self.tell(error(path, piece.line, "unopened", what, _l("take it out, or write the block's name behind it")))
        elif not piece.closed:
            what = _l("this block is never closed")
            self.tell(error(path, piece.line, "unclosed", what, _l("write ::: on a line of its own after it")))

    def block(self, path: str, piece: scanner.Piece) -> Block:
        """One block. What is in a fence of an unknown name is kept as prose."""
        if piece.kind == "image":
            return self.image(piece)
        if piece.kind == "steps":
            return Block("steps", piece.line, items=piece.lines, start=int(piece.argument))
        if piece.kind == "check":
            question = questions.question(path, piece, self.tell)
            return Block("check", piece.line, id=question.id, question=question)
        name, settings = tasks.named(piece.argument) if piece.kind == "task" else (piece.argument, "")
        if piece.kind in ("try", "task"):
            questions.named(path, piece.line, name, piece.kind, self.tell)
        # Its first line stays the first line, so that whatever is wrong inside is told at the right place.
        text = piece.text.rstrip()
        if piece.kind == "task":
            rows = tasks.criteria(path, piece, self.tell)
            rules = tasks.rules(path, piece.line, settings, len(rows), self.tell)
            return Block("task", piece.line, text=text, id=name, criteria=rows, task=rules)
        if piece.kind in ("prose", "key", "teacher", "try"):
            return Block(piece.kind, piece.line, text=text, id=piece.argument if piece.kind == "try" else "")
        what = _l("there is no block named %(name)s", name=piece.kind[:60] or ":::")
        self.tell(error(path, piece.line, "unknown_block", what, _l("use check, try, task or teacher")))
        return Block("prose", piece.line, text=text)

    def image(self, piece: scanner.Piece) -> Block:
        """A figure, a video or an audio card."""
        found = scanner.image(piece.text)
        if found is None:
            return Block("prose", piece.line, text=piece.text)
        kind = MEDIA.get(PurePosixPath(found.src).suffix.lower(), "figure")
        return Block(kind, piece.line, src=found.src, alt=found.alt, caption=found.caption)

    def quiz(self, path: str) -> Quiz | None:
        """A quiz file: check blocks, and how many of them are drawn and pass."""
        page = self.page(path) if path in self.files else None
        if page is None:
            return None
        asked: list[Question] = []
        for piece in scanner.scan(page.body, page.first_line):
            self.fences(path, piece)
            if piece.kind == "check":
                asked.append(self.asked_in_quiz(path, piece))
            elif piece.kind:
                what = _l("a quiz holds questions only")
                self.tell(
                    warning(
                        path, piece.line, "not_shown", what, _l("put this on the lesson's page: here nobody sees it")
                    )
                )
        if not asked:
            self.tell(
                error(
                    path,
                    1,
                    "empty_quiz",
                    _l("the quiz has no questions"),
                    _l("write :::check blocks, or take the file out"),
                )
            )
            return None
        draw = self.number(path, page, "draw", len(asked), least=1, most=len(asked))
        pass_mark = self.number(path, page, "pass", draw, least=1, most=draw)
        return Quiz(tuple(asked), draw, pass_mark, self.number(path, page, "tries", 0, least=0, most=100))

    def asked_in_quiz(self, path: str, piece: scanner.Piece) -> Question:
        """A question of a quiz, which is judged at once."""
        found = questions.question(path, piece, self.tell)
        if found.kind == "voice":
            what = _l("a quiz cannot wait until a trainer has heard an answer")
            self.tell(error(path, piece.line, "voice_in_quiz", what, _l("put this question on the lesson's page")))
        return found

    def exam(self, told: Contents, lessons: tuple[ParsedLesson, ...]) -> Quiz | None:
        """The course's exam, which draws from the quizzes of all its lessons."""
        bank = tuple(question for lesson in lessons if lesson.quiz for question in lesson.quiz.questions)
        if told.exam is None:
            return None
        if not 0 < told.exam.draw <= len(bank) or told.exam.pass_mark > told.exam.draw:
            what = _l("the exam draws %(draw)d of %(bank)d questions and passes with %(mark)d",
                      draw=told.exam.draw, bank=len(bank), mark=told.exam.pass_mark)  # fmt: skip
            todo = _l("draw at most as many as there are, and pass with at most as many as are drawn")
            self.tell(error(contents.PATH, told.line("exam"), "exam", what, todo))
            return None
        return Quiz(bank, told.exam.draw, told.exam.pass_mark, told.exam.tries)


def spoken_in_all(blocks: Mapping[str, tuple[Block, ...]], lang: str) -> Iterator[Block]:
    """The blocks of one language, whose questions take words of all of them."""
    others = [block.question for key in blocks if key != lang for block in blocks[key] if block.question]
    for block in blocks[lang]:
        yield replace(block, question=questions.together(block.question, others)) if block.question else block


def asked_in_all(quizzes: Mapping[str, Quiz], lang: str) -> Quiz:
    """The quiz of one language, whose questions take words of all of them."""
    others = [question for key in quizzes if key != lang for question in quizzes[key].questions]
    asked = tuple(questions.together(question, others) for question in quizzes[lang].questions)
    return replace(quizzes[lang], questions=asked)


def words(value: Any) -> str:
    """A value of the front matter as a line of text; numbers and dates as they are written."""
    return " ".join(str(value).split()) if value is not None and not isinstance(value, list | dict) else ""


def law(value: Any) -> tuple[str, ...]:
    """The sources of law: one a line."""
    return tuple(words(one) for one in (value if isinstance(value, list) else [value]) if words(one))


__all__ = ["ERROR", "Reader", "parse"]
