"""Check blocks: from the lines of a fence to a Question of its kind.

`:::check id kind settings`. Answers are `- [ ]` and `- [x]` lines, for kind order a numbered list in the right order,
for kind match a table of pairs; `- [ ] …` stands for every other answer. What stands at the end or the beginning of an
answer by its kind (a place, a span of seconds, an amount, ways to write it) is read by `placing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from lms.catalogue import placing, scanner, tasks
from lms.catalogue.parsed import KINDS, Option, Question, Shown
from lms.catalogue.problems import Problem, error, warning
from lms.catalogue.scanner import Piece
from lms.i18n import lazy as _l

OPTION = re.compile(r"^ {0,3}[-*+] \[([ xX✓√])\](.*)$")
# `- []` and `-[x]` are what fingers type; they are told rather than guessed.
NEARLY_OPTION = re.compile(r"^ {0,3}[-*+] ?\[[ xX✓√]?\]")
SAY = re.compile(r"^ {1,3}[>》](.*)$")
LITERAL_SAY = re.compile(r"^(?: {4,}|\t)\s*>")
ID = re.compile(r"[a-z0-9一-鿿][a-z0-9一-鿿-]{0,47}")
# How many slips a question of kind tap lets pass; how hard it is, and of which lesson it brings an idea back.
SLIPS = re.compile(r"(misses|alarms)=([0-9]{1,2})")
LEVEL = re.compile(r"level=([1-3])")
REVIEW = re.compile(rf"review=({ID.pattern}/{ID.pattern})")
LEADING_IMAGE = re.compile(r"!\[[^\]]*\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"“][^\"“”]*[\"”])?\s*\)")
ELSE = ("…", "...", "……")
# The longest row of things to put in order on a phone's screen, and of pairs.
MOST_LISTED = 8

Tell = Callable[[Problem], None]


@dataclass
class Answer:
    """An option as it is being read."""

    right: bool
    line: int
    text: list[str]
    say: list[str] = field(default_factory=list)
    other: str = ""

    @property
    def is_else(self) -> bool:
        """Whether it stands for every other answer."""
        return joined(self.text) in ELSE


def question(path: str, piece: Piece, tell: Tell) -> Question:
    """The question of a check block; whatever is wrong with it is told."""
    name, kind, settings = heading(path, piece, tell)
    words, answers = read(path, piece, kind, tell)
    media = shown(words)
    real = [one for one in answers if not one.is_else]
    found = Question(
        id=name,
        text="\n".join(line for _number, line in words).strip(),
        options=tuple(placing.option(path, kind, one.line, written(one), tell) for one in real),
        line=piece.line,
        kind=kind,
        media=media,
        otherwise=next((joined(one.say) for one in answers if one.is_else and not one.right), ""),
        praise=next((joined(one.say) for one in answers if one.is_else and one.right), ""),
        **settings,
    )
    examine(path, found, real, tell)
    return found


def heading(path: str, piece: Piece, tell: Tell) -> tuple[str, str, dict[str, Any]]:
    """Name, kind and settings of a check; one word is its name."""
    name, *rest = piece.argument.split() or [""]
    kind, *words = rest or ["choice"]
    if kind not in KINDS:
        what = _l("there is no kind of question named %(name)s", name=kind[:60])
        tell(error(path, piece.line, "unknown_kind", what, _l("use one of these: %(kinds)s", kinds=", ".join(KINDS))))
        return name, "choice", {}
    settings: dict[str, Any] = {}
    for word in words:
        if (match := SLIPS.fullmatch(word)) and kind == "tap":
            settings[match[1]] = int(match[2])
        elif match := LEVEL.fullmatch(word):
            settings["level"] = int(match[1])
        elif match := REVIEW.fullmatch(word):
            settings["review"] = match[1]
        else:
            what = _l("%(setting)s is no setting of this question", setting=word[:60])
            todo = _l("write level=1 to 3, review=course/lesson, and for tap misses=0 alarms=1")
            tell(error(path, piece.line, "question_setting", what, todo))
    return name, kind, settings


def written(answer: Answer) -> Option:
    """An option as it is written, its picture apart."""
    text = joined(answer.text)
    picture, rest = pictured(text, answer.line)
    return Option(rest if picture else text, answer.right, joined(answer.say), other=answer.other, picture=picture)


def pictured(text: str, line: int) -> tuple[Shown | None, str]:
    """The picture with which a text begins, and the rest."""
    leading = LEADING_IMAGE.match(text)
    image = scanner.image(leading[0]) if leading else None
    if image is None or leading is None:
        return None, text
    return Shown(image.src, image.alt, image.caption, line), text[leading.end() :].strip()


def shown(words: list[tuple[int, str]]) -> Shown | None:
    """The picture or clip that stands alone on a line of the question, taken out of it."""
    for index, (number, line) in enumerate(words):
        image = scanner.image(line)
        if image:
            del words[index]
            return Shown(image.src, image.alt, image.caption, number)
    return None


def read(path: str, piece: Piece, kind: str, tell: Tell) -> tuple[list[tuple[int, str]], list[Answer]]:
    """The words before the answers with their lines, and the answers."""
    words: list[tuple[int, str]] = []
    answers: list[Answer] = pairs(path, piece, tell) if kind == "match" else []
    listed = len(answers)
    for number, line in enumerate(piece.lines, start=piece.first_inside):
        option, item = OPTION.match(line), scanner.NUMBERED.match(line) if kind == "order" else None
        if option:
            answers.append(Answer(option[1] != " ", number, [option[2].strip()]))
        elif item:
            answers.append(Answer(True, number, [item[2].strip()]))
        elif NEARLY_OPTION.match(line):
            what, todo = _l("this answer begins with a slip"), _l("write - [ ] or - [x] with one space inside or an x")
            tell(error(path, number, "slip", what, todo))
        elif kind == "match" and tasks.ROW.match(line):
            continue
        elif len(answers) == listed:
            words.append((number, line))
        else:
            belonging(path, number, line, answers[-1], tell)
    return words, answers


def pairs(path: str, piece: Piece, tell: Tell) -> list[Answer]:
    """The rows of a table of pairs: left, right, and what to say to whoever paired it otherwise."""
    found = []
    for number, row in tasks.rows(piece):
        if len(row) not in (2, 3) or not all(row[:2]):
            what = _l("this row does not hold a pair")
            tell(error(path, number, "pair", what, _l("write two cells, and in a third what to say to a wrong pair")))
            continue
        found.append(Answer(True, number, [row[0]], row[2:], other=row[1]))
    return found


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
    if found.kind == "voice":
        if found.options:
            what = _l("a question that is answered by voice has no answers to choose")
            tell(error(path, line, "voice_answers", what, _l("take them out")))
        return
    marked(path, found, tell)
    placing.examine(path, found, tell)
    for one in answers:
        if not joined(one.text):
            tell(error(path, one.line, "no_answer", _l("this answer says nothing"), _l("write it behind the brackets")))
        elif not one.right and not joined(one.say):
            what, todo = (
                _l("this wrong answer is not explained"),
                _l("write below it, after two spaces and >, how to think of it"),
            )
            tell(error(path, one.line, "unexplained", what, todo))
    if not found.otherwise and found.kind not in ("choice", "pictures"):
        what = _l("nothing is said to answers that are not foreseen")
        todo = _l("add - [ ] … and below it, after two spaces and >, how to think of it")
        tell(error(path, line, "no_otherwise", what, todo))


def marked(path: str, found: Question, tell: Tell) -> None:
    """Tell of too few or too many answers, and of none or all that are right."""
    line, typed, listed = found.line, found.kind in ("number", "text"), found.kind in ("order", "match")
    if len(found.options) < (1 if typed else 2):
        todo = {
            "order": _l("write a numbered list, 1. 2. 3., in the right order"),
            "match": _l("write a table of pairs: a head, then a row for each"),
        }.get(found.kind, _l("write at least two lines - [ ]"))
        tell(error(path, line, "few_answers", _l("there are fewer than two answers"), todo))
    elif listed and len(found.options) > MOST_LISTED:
        what = _l("there are more than %(most)d things to place", most=MOST_LISTED)
        tell(error(path, line, "many_answers", what, _l("keep fewer, or make two questions of it")))
    elif not any(option.right for option in found.options):
        tell(error(path, line, "no_right", _l("no answer is marked as right"), _l("mark it with - [x]")))
    elif all(option.right for option in found.options) and not typed and not listed:
        tell(
            warning(
                path, line, "all_right", _l("every answer is marked as right"), _l("write one that is wrong as well")
            )
        )


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


def together(mine: Question, others: Iterable[Question]) -> Question:
    """A question that takes typed words as they are written in any language of the course."""
    twins = [one for one in others if one.id == mine.id and len(one.options) == len(mine.options)]
    if mine.kind != "text" or not twins:
        return mine
    options = (
        replace(
            option, also=tuple(dict.fromkeys((*option.also, *(way for one in twins for way in one.options[n].also))))
        )
        for n, option in enumerate(mine.options)
    )
    return replace(mine, options=tuple(options))


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, without empty ends."""
    return "\n".join(lines).strip()
