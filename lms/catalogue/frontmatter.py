"""The lines between `---` at the top of a page: plain YAML, read safely and told apart from the body by line.

No tags, no anchors and no aliases: they are how a small file becomes a large one, and no lesson needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from lms.i18n import lazy as _l

MOST_CHARACTERS = 16_000
FENCES = ("---", "...")


class BadFrontMatter(ValueError):
    """The lines cannot be read. `line` counts from the top of the file, `what` is a phrase for the author."""

    def __init__(self, line: int, what: Any) -> None:
        super().__init__(line, what)
        self.line, self.what = line, what


@dataclass(frozen=True)
class Page:
    """A page cut in two. `first_line` is the line of the file on which the body begins."""

    values: dict[str, Any]
    body: str
    first_line: int


class PlainLoader(yaml.SafeLoader):
    """YAML's safe loader without aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="an alias", problem_mark=mark)
        return super().compose_node(parent, index)


def split(text: str) -> Page:
    """The values at the top and the body below. Raises BadFrontMatter. A page without such lines is all body."""
    lines = text.split("\n")
    end = closing(lines)
    if end is None:
        return Page({}, text, 1)
    return Page(values("\n".join(lines[1:end])), "\n".join(lines[end + 1 :]), end + 2)


def closing(lines: list[str]) -> int | None:
    """The index of the line that closes the front matter; None when the page has none."""
    if lines[0].rstrip() != "---":
        return None
    return next((index for index, line in enumerate(lines[1:], start=1) if line.rstrip() in FENCES), None)


def values(text: str) -> dict[str, Any]:
    """The values that the lines give. Raises BadFrontMatter."""
    if len(text) > MOST_CHARACTERS:
        raise BadFrontMatter(1, _l("the lines between --- are too long"))
    try:
        found = yaml.load(text, PlainLoader)  # a safe loader
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadFrontMatter(mark.line + 2 if mark else 2, _l("the lines between --- cannot be read")) from None
    except (RecursionError, ValueError, TypeError, KeyError):
        # ValueError: a date such as 2026-02-31. TypeError and KeyError: keys and tags that no lesson has.
        raise BadFrontMatter(2, _l("the lines between --- cannot be read")) from None
    if found is not None and not isinstance(found, dict):
        raise BadFrontMatter(2, _l("the lines between --- are not written as name: value"))
    return {str(name): value for name, value in (found or {}).items()}
