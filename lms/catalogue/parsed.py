"""A course as its author wrote it, parsed: frozen values and plain data, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Option:
    """An answer to choose: its Markdown, whether it is right, and what to say to whoever chose it."""

    text: str
    right: bool
    say: str = ""


@dataclass(frozen=True)
class Question:
    """A check or quiz question. Options are stored by their position in zh, which decides what is right."""

    id: str
    text: str
    options: tuple[Option, ...]
    line: int

    @property
    def multiple(self) -> bool:
        """Whether several answers are right."""
        return sum(option.right for option in self.options) > 1

    @property
    def choices(self) -> tuple[tuple[str, bool], ...]:
        """What can be chosen, and whether it is right. An answer to one question speaks of another only where these
        are the same."""
        return tuple((option.text, option.right) for option in self.options)


@dataclass(frozen=True)
class Quiz:
    """A bank of questions. `draw` questions an attempt, `pass_mark` right ones pass, `tries` 0: any number."""

    questions: tuple[Question, ...]
    draw: int
    pass_mark: int
    tries: int = 0


@dataclass(frozen=True)
class Criterion:
    """A row of a task's rubric: what is looked at, and what earns 0, 1, 2 and 3 points."""

    name: str
    levels: tuple[str, ...]
    must: bool = False


@dataclass(frozen=True)
class TaskRules:
    """How a task is handed in and judged. `kinds`: what it takes, of photo, video, audio, text and script; `most_mb`:
    the largest file in megabytes; `judges`: how many judge it; `counts`: the best try or the last; `peers`: whether
    fellow trainees look at it; `pass_mark`: the points that pass."""

    kinds: tuple[str, ...] = ("photo", "video", "audio", "text")
    most_mb: int = 200
    judges: int = 1
    counts: str = "best"
    peers: bool = False
    pass_mark: int = 0


@dataclass(frozen=True)
class Block:
    """A piece of a lesson. `kind`: prose, key, figure, video, audio, steps, teacher, check, try or task.

    `text` is Markdown; that of a task holds its rubric as a table too, `criteria` is the same as data. `start` is the
    number with which steps begin.
    """

    kind: str
    line: int
    text: str = ""
    id: str = ""
    src: str = ""
    alt: str = ""
    caption: str = ""
    question: Question | None = None
    items: tuple[str, ...] = ()
    start: int = 1
    criteria: tuple[Criterion, ...] = ()
    task: TaskRules = TaskRules()


@dataclass(frozen=True)
class Step:
    """A step to do: its key (`light/check:sun-side`) and kind."""

    key: str
    kind: str


@dataclass(frozen=True)
class ParsedLesson:
    """A lesson in its languages."""

    id: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    minutes: int
    law: tuple[str, ...]
    blocks: Mapping[str, tuple[Block, ...]]
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the lesson has, zh first."""
        return tuple(lang for lang in LANGUAGES if lang in self.blocks)

    @property
    def leading(self) -> str:
        """The language that decides which answers are right."""
        return self.languages[0]

    @property
    def quiz(self) -> Quiz | None:
        """The quiz in the leading language."""
        return self.quizzes.get(self.leading)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What there is to do, in order: read, then checks, tries and tasks as they come, then the quiz."""
        inner = [
            Step(f"{self.id}/{block.kind}:{block.id}", block.kind)
            for block in self.blocks[self.leading]
            if block.kind in ("check", "try", "task")
        ]
        quiz = [Step(f"{self.id}/quiz", "quiz")] if self.quiz else []
        return (Step(f"{self.id}/read", "read"), *inner, *quiz)

    def check(self, step_key: str, lang: str | None = None) -> Question:
        """The question of a check step. Raises KeyError when there is none."""
        for block in self.blocks.get(lang or self.leading, ()):
            if block.question and f"{self.id}/check:{block.id}" == step_key:
                return block.question
        raise KeyError(step_key)

    def in_language(self, lang: str) -> str:
        """`lang` if the lesson has it, else the language that it has."""
        return lang if lang in self.blocks else self.leading

    def plain_text(self, lang: str) -> str:
        """Everything a reader can read, for search."""
        parts = []
        for block in self.blocks.get(lang, ()):
            parts += [block.text, block.caption, *block.items]
            if block.question:
                parts += [block.question.text, *(option.text for option in block.question.options)]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class ParsedCourse:
    """A whole course. `sizes` are the bytes of all its files, measured when asked for.

    `plain`: it was made from a folder that was never meant for Fieldcast, so that the rules of the house only warn.
    """

    title: Mapping[str, str]
    summary: Mapping[str, str]
    icon: str
    order: int
    class_hours: float
    valid_months: int | None
    complete: bool
    requires: tuple[str, ...]
    lessons: tuple[ParsedLesson, ...]
    exam: Quiz | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    plain: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there is at least one lesson, zh first."""
        return tuple(lang for lang in LANGUAGES if any(lang in lesson.blocks for lesson in self.lessons))
