"""What is wrong or could be better in a course, told as `file:line: what, what to do` in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lms.i18n import lazy as _l

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `code` is stable; `what` and `todo` are phrases in the reader's language.

    An ERROR must be mended before a publish, a WARNING could be better. `line` counts from 1; 0 means the whole file.
    """

    path: str
    line: int
    code: str
    what: Any
    todo: Any
    severity: str = ERROR

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, without the place."""
        return str(_l("%(what)s, %(todo)s", what=self.what, todo=self.todo))

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.sentence}"

    def as_warning(self) -> Problem:
        """The same, but not in the way of a publish."""
        return replace(self, severity=WARNING)


FEW = 3
LONGEST_QUOTE = 16


def gathered(problems: Iterable[Problem]) -> list[tuple[Problem, list[Problem]]]:
    """The problems in their order, each with those that say the same of other lines of its page; up to three of a kind
    stand by themselves."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        kinds.setdefault((one.path, one.code), []).append(one)
    told: list[tuple[Problem, list[Problem]]] = []
    for alike in kinds.values():
        told += [(alike[0], alike[1:])] if len(alike) > FEW else [(one, []) for one in alike]
    return told


def quoted(text: str) -> str:
    """How a text begins, short enough to stand in a sentence."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def error(path: str, line: int, code: str, what: Any, todo: Any) -> Problem:
    """Something that must be mended before a publish."""
    return Problem(path, line, code, what, todo)


def warning(path: str, line: int, code: str, what: Any, todo: Any) -> Problem:
    """Something that could be better."""
    return Problem(path, line, code, what, todo, WARNING)
