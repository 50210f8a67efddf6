"""Everything that `courses check` and the editor tell about a course: what cannot be understood, and what could be
better.

Errors block a publish. A course made from a plain folder is only warned about the rules of the house; what would hang
or mislead stays an error there too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lms.catalogue import carrying, citing, guessing, guides, hours, looks, pairs, rendering, skeletons, speech, wording
from lms.catalogue import course as courses
from lms.catalogue.parsed import LANGUAGES, Block, Guide, ParsedCourse, ParsedLesson
from lms.catalogue.problems import ERROR, Problem, error, quoted, warning
from lms.i18n import lazy as _l

# What stays an error in a plain folder: without it there is nothing to show, or nothing that can be shown safely.
HARD = {"course_toml", "no_lessons", "no_lesson", "twice", "bad_id", "no_id", "encoding", "too_long", "too_heavy",
"slow",
        "same_id", "no_right", "few_answers", "unknown_requires", "exam", "sample"}  # fmt: skip

LONELY = ("no_pair", "one_language")


def check(files: Mapping[str, bytes]) -> list[Problem]:
    """The problems of a native folder, in the order of its files and lines."""
    return checked(files)[1]


def checked(files: Mapping[str, bytes]) -> tuple[ParsedCourse | None, list[Problem]]:
    """The course and its problems; the course is None when not even its table of contents can be read."""
    parsed, problems = courses.parse(files)
    if parsed is not None:
        problems = [*problems, *rules(parsed, files)]
        if parsed.plain:
            problems = [problem if problem.code in HARD else problem.as_warning() for problem in problems]
    return parsed, in_order(problems, parsed)


def in_order(problems: Iterable[Problem], parsed: ParsedCourse | None) -> list[Problem]:
    """Problems as one reads a course: its contents, then lesson by lesson, file by file, line by line."""
    places = {lesson.id: place for place, lesson in enumerate(parsed.lessons, start=1)} if parsed else {}
    unique = {(one.path, one.line, one.code, str(one.what)): one for one in problems}
    return sorted(unique.values(), key=lambda one: (places.get(one.path.split("/")[0], 0), one.path, one.line))


def rules(parsed: ParsedCourse, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What the rules of the house say."""
    yield from required(parsed)
    yield from unlisted(parsed, files)
    yield from (one for one in pairs.course(parsed) if not (one.code in LONELY and half_read(parsed, files)))
    yield from hours.honest(parsed)
    yield from same_ids(parsed)
    yield from unwritten(parsed, files)
    yield from worded(parsed, files)
    stopped = 0
    for lesson in parsed.lessons:
        for lang, quiz in lesson.quizzes.items():
            for question in quiz.questions:
                yield from looks.asked(question, lesson.id, f"{lesson.id}/quiz.{lang}.md", files)
        for lang in lesson.languages:
            path = f"{lesson.id}/{lang}.md"
            yield from guessing.lesson(lesson, lang)
            yield from carrying.lesson(lesson, lang, path, files)
            yield from speech.lint(lesson, lang, files)
            yield from looks.page(parsed, lesson, lang, path, files)
            slow = list(too_slow(lesson, lang, path)) if stopped < rendering.MOST_STOPS else []
            stopped += len(slow)
            yield from slow or looks.weight(lesson, lang, path, files)


def half_read(parsed: ParsedCourse, files: Mapping[str, bytes]) -> bool:
    """Whether a page of a lesson is there but cannot be read, which has been told of already."""
    return any(
        f"{one.id}/{lang}.md" in files and lang not in one.blocks for one in parsed.lessons for lang in LANGUAGES
    )


def required(parsed: ParsedCourse) -> Iterator[Problem]:
    """Kinds of step that completion needs but no lesson has; tasks that not everybody may do; more than
    trainers can judge."""
    kinds = Counter(step.kind for lesson in parsed.lessons for step in lesson.steps)
    for kind in parsed.requires:
        if parsed.lessons and not kinds[kind]:
            what = _l("completion needs %(kind)s, but no lesson has one", kind=kind)
            yield warning("course.toml", 0, "never_required", what, _l("write one, or take it out of requires"))
    if "task" in parsed.requires and any(is_live(lesson) for lesson in parsed.lessons):
        what = _l("completion needs a task that is done live, and who is under 16 may not do it")
        yield warning("course.toml", 0, "live_required", what, _l("take task out of requires, or leave out live=yes"))
    if kinds["task"] > 1:
        what = _l("the course has %(count)d tasks to hand in", count=kinds["task"])
        yield warning("course.toml", 0, "many_tasks", what, _l("keep one: each is judged by a person"))


def is_live(lesson: ParsedLesson) -> bool:
    """Whether a task of the lesson is done on air."""
    return any(block.task.live for blocks in lesson.blocks.values() for block in blocks)


def unlisted(parsed: ParsedCourse, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Lesson folders that the table of contents leaves out."""
    listed = {lesson.id for lesson in parsed.lessons}
    folders = {path.split("/")[0] for path in files if path.endswith(tuple(f"/{lang}.md" for lang in LANGUAGES))}
    for folder in sorted(folders - listed):
        what = _l("lesson %(name)s is not listed", name=folder)
        yield warning("course.toml", 0, "unlisted", what, _l("add it to lessons, or delete its folder"))


def same_ids(parsed: ParsedCourse) -> Iterator[Problem]:
    """Names that stand twice: of blocks on a page, of questions in a quiz, in all quizzes where there is an exam."""
    for lesson in parsed.lessons:
        for lang, blocks in lesson.blocks.items():
            named = [(f"{block.kind} {block.id}", block.line) for block in blocks if block.id]
            yield from twice(f"{lesson.id}/{lang}.md", named)
        for lang, quiz in lesson.quizzes.items():
            asked = [(question.id, question.line) for question in quiz.questions if question.id]
            yield from twice(f"{lesson.id}/quiz.{lang}.md", asked)
    if parsed.exam:
        yield from shared(parsed.lessons)


def unwritten(parsed: ParsedCourse, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Text that an author got from us to write over, and that still stands there."""
    names = [f"{stem}{lang}.md" for stem in ("", "quiz.") for lang in LANGUAGES]
    for path in [f"{lesson.id}/{name}" for lesson in parsed.lessons for name in names]:
        for line, words in skeletons.sample_lines(files.get(path, b"").decode("utf-8-sig", "replace")):
            what = _l("“%(words)s” is still the sample text", words=quoted(words))
            yield error(path, line, "sample", what, _l("write your own"))


def worded(parsed: ParsedCourse, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is said on the pages and in the quizzes, and the law that they cite."""
    for lesson in parsed.lessons:
        pages = [(lang, f"{lesson.id}/{lang}.md") for lang in lesson.languages]
        for lang, path in [*pages, *((lang, f"{lesson.id}/quiz.{lang}.md") for lang in lesson.quizzes)]:
            text = files[path].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            yield from wording.page(text, lang, path)
            yield from citing.page(lesson, text, lang, path)
        for lang, guide in lesson.guides.items():
            yield from guided(parsed, lesson, lang, guide, files)
    for lang in LANGUAGES:
        for words in (parsed.title.get(lang, ""), parsed.summary.get(lang, "")):
            yield from wording.claimed(words, "course.toml")


def guided(
    parsed: ParsedCourse, lesson: ParsedLesson, lang: str, guide: Guide, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    """What a guide shows, links to and cites. What it says is for trainers, and names what trainees do wrong."""
    path = guides.path(lesson.id, lang)
    before = files[path].decode("utf-8-sig").replace("\r\n", "\n").removesuffix(guide.text).count("\n")
    block = Block("prose", before + 1, text=guide.text)
    found = looks.referred(block, {one.id for one in parsed.lessons}, lesson.id, path, files)
    yield from (one.as_warning() for one in found)
    yield from citing.page(lesson, files[path].decode("utf-8-sig"), lang, path)


def twice(path: str, named: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """The second of each two of one name."""
    first: dict[str, int] = {}
    for name, line in named:
        if first.setdefault(name, line) != line:
            what = _l("the name %(name)s stands on line %(line)d already", name=name, line=first[name])
            yield error(path, line, "same_id", what, _l("give this block another name"))


def shared(lessons: Iterable[ParsedLesson]) -> Iterator[Problem]:
    """Questions of two lessons that have one name, which an exam cannot tell apart."""
    owner: dict[str, str] = {}
    for lesson in lessons:
        for question in lesson.quiz.questions if lesson.quiz else ():
            if owner.setdefault(question.id, lesson.id) != lesson.id:
                what = _l("lesson %(lesson)s has a question %(name)s too", lesson=owner[question.id], name=question.id)
                path = f"{lesson.id}/quiz.{lesson.leading}.md"
                yield error(path, question.line, "same_id", what, _l("give one another name: the exam draws from both"))


def too_slow(lesson: ParsedLesson, lang: str, path: str) -> Iterator[Problem]:
    """Blocks that the sandbox had to stop."""
    for line in rendering.too_heavy(lesson.blocks[lang]):
        what = _l("the text from here takes too long to show")
        yield error(path, line, "slow", what, _l("write it more simply, or split it"))


__all__ = ["ERROR", "check", "checked"]
