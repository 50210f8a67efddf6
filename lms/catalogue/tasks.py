"""A task: the settings behind its name, and the rubric as a table, from the lines of a fence to TaskRules and Criteria.

`:::task film-lotus kinds=video,photo most=200 judges=2 counts=last peers=yes pass=8 live=yes`; whatever is left out
has its usual value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lms.catalogue.parsed import Criterion, TaskRules
from lms.catalogue.problems import Problem, error
from lms.catalogue.scanner import Piece
from lms.i18n import lazy as _l

KINDS = ("photo", "video", "audio", "text", "script")
ROW = re.compile(r"^ {0,3}\|(.*)\|\s*$")
RULE = re.compile(r"^[\s|:-]+$")
BOLD = re.compile(r"\*\*(.+)\*\*")
# Rows in which 0 or 1 sends back by itself, whoever wrote them: what cannot be heard, and what is not lawful.
MUST = re.compile(r"声音|收音|合规|合法|\bsound\b|\blaw(?:ful)?\b", re.I)
# The points that a rubric gives: 0, 1, 2 and 3.
LEVELS = 4
LARGEST_MB = 1000
MOST_JUDGES = 3

Tell = Callable[[Problem], None]


def named(argument: str) -> tuple[str, str]:
    """The name of a block and what stands behind it."""
    name, *rest = argument.split(maxsplit=1)[:2] or [""]
    return name, rest[0] if rest else ""


def rules(path: str, line: int, settings: str, rows: int, tell: Tell) -> TaskRules:
    """The rules of a task whose rubric has so many rows; a setting that cannot be understood is told and left out."""
    most = rows * (LEVELS - 1)
    found = TaskRules(pass_mark=-(-2 * most // 3))
    for word in settings.split():
        name, _sign, value = word.replace("＝", "=").partition("=")
        try:
            found = replace(found, **{FIELDS[name]: READERS[name](value, most)})
        except (KeyError, ValueError):
            what = _l("%(setting)s is no setting of a task", setting=word[:60])
            todo = _l(
                "write kinds=photo,video,audio,text,script (some of them), most=1 to %(mb)d (megabytes), judges=1 to "
                "%(judges)d, counts=best or last, peers=yes or no, pass=1 to %(points)d (points), live=yes or no",
                mb=LARGEST_MB, judges=MOST_JUDGES, points=most,
            )  # fmt: skip
            tell(error(path, line, "task_setting", what, todo))
    return found


def kinds(value: str, _most: int) -> tuple[str, ...]:
    """What is taken, in the order of KINDS."""
    wanted = set(re.split(r"[,，、]", value))
    if not wanted <= set(KINDS):
        raise ValueError(value)
    return tuple(kind for kind in KINDS if kind in wanted)


def whole(value: str, most: int) -> int:
    """A whole number from 1."""
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 <= int(value) <= most:
        raise ValueError(value)
    return int(value)


def one_of(value: str, words: dict[str, Any]) -> Any:
    """What a word stands for. Raises KeyError."""
    return words[value]


YES_OR_NO = {"yes": True, "no": False}
FIELDS = {"kinds": "kinds", "most": "most_mb", "judges": "judges", "counts": "counts", "peers": "peers",
          "pass": "pass_mark", "live": "live"}  # fmt: skip
READERS: dict[str, Callable[[str, int], Any]] = {
    "kinds": kinds,
    "most": lambda value, _most: whole(value, LARGEST_MB),
    "judges": lambda value, _most: whole(value, MOST_JUDGES),
    "counts": lambda value, _most: one_of(value, {"best": "best", "last": "last"}),
    "peers": lambda value, _most: one_of(value, YES_OR_NO),
    "live": lambda value, _most: one_of(value, YES_OR_NO),
    "pass": whole,
}


def criteria(path: str, piece: Piece, tell: Tell) -> tuple[Criterion, ...]:
    """The rows of a task's rubric: a table of what is looked at and what earns 0 to 3 points. A bold name is a row
    that must hold."""
    body = rows(piece)
    if not body:
        what, todo = (
            _l("the task has no rubric"),
            _l("add a table: what is looked at, then what earns 0, 1, 2 and 3 points"),
        )
        tell(error(path, piece.line, "no_rubric", what, todo))
    for number, row in body:
        if len(row) != LEVELS + 1 or not all(row):
            what = _l("this row of the rubric does not have five cells")
            tell(
                error(path, number, "rubric", what, _l("write what is looked at, then what earns 0, 1, 2 and 3 points"))
            )
    return tuple(criterion(row) for _number, row in body)


def criterion(row: list[str]) -> Criterion:
    """One row as data."""
    bold = BOLD.fullmatch(row[0])
    name = bold[1].strip() if bold else row[0]
    return Criterion(name, tuple(row[1:]), must=bool(bold or MUST.search(name)))


def rows(piece: Piece) -> list[tuple[int, list[str]]]:
    """The rows of the table in a fence below its head, with their lines."""
    found = [
        (number, cells(line)) for number, line in enumerate(piece.lines, start=piece.first_inside) if ROW.match(line)
    ]
    return [(number, row) for number, row in found[1:] if not all(RULE.match(cell) for cell in row)]


def cells(line: str) -> list[str]:
    """The cells of a table row; `\\|` is a bar inside one."""
    match = ROW.match(line)
    parts = re.split(r"(?<!\\)\|", match[1] if match else "")
    return [part.replace("\\|", "|").strip() for part in parts]
