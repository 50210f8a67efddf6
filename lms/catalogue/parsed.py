"""A course as its author wrote it, parsed: frozen values and plain data, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

LANGUAGES = ("zh", "en")


# How a question is answered. Those of CHOSEN by choosing options, of TYPED by typing; the others by their own means.
CHOSEN = ("choice", "pictures", "hotspot", "moment", "tap")
TYPED = ("number", "text")
KINDS = (*CHOSEN, "order", "match", *TYPED, "voice")


@dataclass(frozen=True)
class Area:
    """A place in a picture, in percent of its width and height: a rectangle from its upper left corner, or, where
    `radius` is set, a circle about its centre, the radius in percent of the width."""

    x: float
    y: float
    width: float = 0
    height: float = 0
    radius: float = 0

    @property
    def written(self) -> str:
        """Its five figures, for a page's script."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g} {self.radius:g}"


@dataclass(frozen=True)
class Span:
    """A stretch of a clip, in seconds."""

    begins: float
    ends: float

    @property
    def written(self) -> str:
        """Its two figures, for a page's script."""
        return f"{self.begins:g} {self.ends:g}"

    @property
    def told(self) -> str:
        """It as a clock shows it: 0:03–0:06."""
        return f"{clock(self.begins)}–{clock(self.ends)}"


def clock(seconds: float) -> str:
    """Seconds as a clock shows them; a part of a second only where there is one."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}" if rest % 1 else f"{int(minutes)}:{int(rest):02}"


@dataclass(frozen=True)
class Amount:
    """A number as its author wrote it, how far off is still right, and its unit."""

    value: float
    off: float
    unit: str


@dataclass(frozen=True)
class Shown:
    """A picture or clip: the file's name in the lesson's folder, what can be seen or heard in it, and its title."""

    src: str
    alt: str
    caption: str = ""
    line: int = 0


@dataclass(frozen=True)
class Option:
    """An answer to choose: its Markdown, whether it is right, and what to say to whoever chose it.

    Of a pair, `text` is the left side and `other` the right one. `picture` stands before the text; `place` is where in
    a picture or a clip the option lies; `also` are the ways to write a typed answer in all languages.
    """

    text: str
    right: bool
    say: str = ""
    other: str = ""
    picture: Shown | None = None
    place: Area | Span | None = None
    amount: Amount | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A check or quiz question. Options are stored by their position in zh, which decides what is right.

    `media`: the picture or clip that it is about. `otherwise`: what to say to any answer that no option foresees,
    `praise`: to a right one that is no option. `misses` and `alarms`: how many of each a question of kind tap lets
    pass. `accepted`: orders, pairings or choices that count as right beside the written one. `level`: 1 to recall, 2 to
    apply, 3 to decide in a new case, 0 where its author did not say. `review`: course and lesson of an idea that it
    brings back, as "shooting/light".
    """

    id: str
    text: str
    options: tuple[Option, ...]
    line: int
    kind: str = "choice"
    media: Shown | None = None
    otherwise: str = ""
    praise: str = ""
    misses: int = 0
    alarms: int = 1
    accepted: tuple[tuple[int, ...], ...] = ()
    level: int = 0
    review: str = ""

    @property
    def multiple(self) -> bool:
        """Whether several answers are right."""
        return self.kind in CHOSEN and (self.kind == "tap" or sum(option.right for option in self.options) > 1)

    @property
    def choices(self) -> tuple[Any, ...]:
        """What can be answered, and what is right. An answer to one question speaks of another only where these are
        the same."""
        options = tuple((one.text, one.right, one.other, one.picture, one.place, one.also) for one in self.options)
        return (self.kind, self.misses, self.alarms, *options)

    @property
    def units(self) -> tuple[str, ...]:
        """The units to choose from, in the order in which the options name them."""
        return tuple(dict.fromkeys(one.amount.unit for one in self.options if one.amount and one.amount.unit))

    @property
    def words(self) -> tuple[str, ...]:
        """What a reader may read of it; what is to be typed is not among it."""
        if self.kind in (*TYPED, "moment", "tap"):
            return (self.text,)
        pictures = [one.picture.alt for one in self.options if one.picture]
        return (self.text, *pictures, *(one.text for one in self.options), *(one.other for one in self.options))


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
    fellow trainees look at it; `pass_mark`: the points that pass; `live`: whether it is done on air, for which the law
    sets an age (lms/accounts/ages.py)."""

    kinds: tuple[str, ...] = ("photo", "video", "audio", "text")
    most_mb: int = 200
    judges: int = 1
    counts: str = "best"
    peers: bool = False
    pass_mark: int = 0
    live: bool = False


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
class Guide:
    """How to teach a lesson, for its trainer: a title and Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class ParsedLesson:
    """A lesson in its languages. `law` is the list of the leading language, `laws` are those of each; `guides` are for
    trainers, and nothing that trainees get is made from them."""

    id: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    minutes: int
    law: tuple[str, ...]
    blocks: Mapping[str, tuple[Block, ...]]
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    laws: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)

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
                parts += block.question.words
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class ParsedCourse:
    """A whole course. `sizes` are the bytes of all its files, measured when asked for.

    `plain`: it was made from a folder that was never meant for Fieldcast, so that the rules of the house only warn.
    `starred`: the ids of the lessons that lead to the first live by the shortest way. `after`: the slugs of the courses
    to take first.
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
    starred: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there is at least one lesson, zh first."""
        return tuple(lang for lang in LANGUAGES if any(lang in lesson.blocks for lesson in self.lessons))
