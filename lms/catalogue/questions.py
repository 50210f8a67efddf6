"""Check blocks and the rubric of a task: from the lines of a fence to a Question or to Criteria."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lms.catalogue.parsed import Option, Question
from lms.catalogue.problems import Problem, error, warning
from lms.catalogue.scanner import Piece
from lms.i18n import lazy as _l

OPTION = re.compile(r"^ {0,3}[-*+] \[([ xX✓√])\](.*)$")
# `- []` and `-[x]` are what fingers type; they are told rather than guessed.
NEARLY_OPTION = re.compile(r"^ {0,3}[-*+] ?\[[ xX✓√]?\]")
SAY = re.compile(r"^ {1,3}[>》](.*)$")
LITERAL_SAY = re.compile(r"^(?: {4,}|\t)\s*>")
ROW = re.compile(r"^ {0,3}\|(.*)\|\s*$")
RULE = re.compile(r"^[\s|:-]+$")
ID = re.compile(r"[a-z0-9一-鿿][a-z0-9一-鿿-]{0,47}")
# The points that a rubric gives: 0, 1, 2 and 3.
LEVELS = 4

Tell = Callable[[Problem], None]


@dataclass
class Answer:
    """An option as it is being read."""

    right: bool
    line: int
    text: list[str]
    say: list[str] = field(default_factory=list)


def question(path: str, piece: Piece, tell: Tell) -> Question:
    """The question of a check block; whatever is wrong with it is told."""
    words, answers = read(path, piece, tell)
    found = Question(
        id=piece.argument,
        text="\n".join(words).strip(),
        options=tuple(Option(joined(one.text), one.right, joined(one.say)) for one in answers),
        line=piece.line,
    )
    examine(path, found, answers, tell)
    return found


def read(path: str, piece: Piece, tell: Tell) -> tuple[list[str], list[Answer]]:
    """The words before the options, and the options."""
    words: list[str] = []
    answers: list[Answer] = []
    for number, line in enumerate(piece.lines, start=piece.first_inside):
        option = OPTION.match(line)
        if option:
            answers.append(Answer(option[1] != " ", number, [option[2].strip()]))
        elif NEARLY_OPTION.match(line):
            what, todo = _l("this answer begins with a slip"), _l("write - [ ] or - [x] with one space inside or an x")
            tell(error(path, number, "slip", what, todo))
        elif not answers:
            words.append(line)
        else:
            belonging(path, number, line, answers[-1], tell)
    return words, answers


def belonging(path: str, number: int, line: str, answer: Answer, tell: Tell) -> None:
    """A line below an answer: what to say to whoever chose it, or more of its text."""
    said = SAY.match(line)
    if said:
        answer.say.append(said[1].strip())
    elif LITERAL_SAY.match(line):
        answer.say.append(line.strip().lstrip(">").strip())
        what = _l("four spaces before > make it literal text in other viewers")
        tell(error(path, number, "indent", what, _l("write two spaces before >")))
    elif line.strip() and line.startswith(" "):
        (answer.say or answer.text).append(line.strip())
    elif line.strip():
        what = _l("this line belongs to no answer")
        tell(error(path, number, "stray", what, _l("put it above the answers, or indent it by two spaces")))


def examine(path: str, found: Question, answers: list[Answer], tell: Tell) -> None:
    """Tell what is wrong with a whole question."""
    line = found.line
    named(path, line, found.id, "check", tell)
    if not found.text:
        tell(error(path, line, "no_question", _l("the question asks nothing"), _l("write it above the answers")))
    if len(found.options) < 2:
        tell(
            error(
                path, line, "few_answers", _l("there are fewer than two answers"), _l("write at least two lines - [ ]")
            )
        )
    elif not any(option.right for option in found.options):
        tell(error(path, line, "no_right", _l("no answer is marked as right"), _l("mark it with - [x]")))
    elif all(option.right for option in found.options):
        tell(
            warning(
                path, line, "all_right", _l("every answer is marked as right"), _l("write one that is wrong as well")
            )
        )
    for one in answers:
        if not joined(one.text):
            tell(error(path, one.line, "no_answer", _l("this answer says nothing"), _l("write it behind the brackets")))
        elif not one.right and not joined(one.say):
            what, todo = (
                _l("this wrong answer is not explained"),
                _l("write below it, after two spaces and >, how to think of it"),
            )
            tell(error(path, one.line, "unexplained", what, todo))


def named(path: str, line: int, name: str, kind: str, tell: Tell) -> None:
    """Tell when a block that progress hangs on has no usable name."""
    if not name:
        what, todo = (
            _l("this block has no name"),
            _l("write one word after :::%(kind)s, such as :::%(kind)s sun-side", kind=kind),
        )
        tell(error(path, line, "no_id", what, todo))
    elif not ID.fullmatch(name):
        what = _l("%(name)s cannot be a name", name=name[:60])
        todo = _l("use small letters, figures, hyphens or Chinese characters, at most 48")
        tell(error(path, line, "bad_id", what, todo))


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, without empty ends."""
    return "\n".join(lines).strip()
