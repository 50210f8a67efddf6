"""The scanner: finds fences and single-line blocks with their line numbers, before Markdown sees anything.

A fence opens with `:::name id` (full-width ：：： too) and closes with `:::` alone. Outside fences, a line `>! …` is
the key sentence, an image alone on its line is a figure (or a video or audio card, by its ending), a top-level
numbered list is steps; everything else is prose. It takes time in proportion to the text and never raises.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

# The expressions meet lines whose ends are stripped, so that none of them has to look twice at a long run of spaces.
FENCE = re.compile(r"^ {0,3}[:：]{3,}\s*([A-Za-z][A-Za-z-]*)?(.*)$")
CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
KEY = re.compile(r"^>[!！](.*)$")
IMAGE = re.compile(
    r"^!\[(?P<alt>[^\]]*)\]\(\s*(?:<(?P<pointed>[^<>]*)>|(?P<plain>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*))"
    r"(?:\s+[\"“](?P<caption>[^\"“”]*)[\"”])?\s*\)$"
)
# `3.2 MB` begins no list: after a full stop comes a space or no figure.
NUMBERED = re.compile(r"^(\d{1,3})(?:[.．](?!\d)|[、)）])\s*(\S.*)$")
CONTINUED = re.compile(r"^(?: {2,}|\t)\s*\S")


@dataclass(frozen=True)
class Piece:
    """A run of source lines. `kind`: prose, steps, key, image, or the name of a fence.

    `line` is that of its beginning, `first_inside` that of `lines[0]`; both count from 1. `argument` is what stands
    behind the name of a fence, or the number with which steps begin.
    """

    kind: str
    line: int
    lines: tuple[str, ...]
    argument: str = ""
    closed: bool = True
    fence: bool = False

    @property
    def text(self) -> str:
        """The lines joined again."""
        return "\n".join(self.lines)

    @property
    def first_inside(self) -> int:
        """The line on which the content begins."""
        return self.line + self.fence


@dataclass(frozen=True)
class Image:
    """An image alone on its line."""

    alt: str
    src: str
    caption: str


def image(line: str) -> Image | None:
    """The image that this line is, if it is one."""
    match = IMAGE.match(line.strip())
    if not match:
        return None
    src = match["pointed"] if match["pointed"] is not None else match["plain"]
    return Image(match["alt"].strip(), src.strip(), (match["caption"] or "").strip())


def scan(source: str, first_line: int = 1) -> Iterator[Piece]:
    """The pieces of a source text, in order. An unclosed fence runs to the next one or the end, with `closed` False."""
    lines = source.split("\n")
    position = 0
    prose: list[str] = []
    prose_from = first_line
    while position < len(lines):
        piece, after = special(lines, position, first_line)
        if piece is None:
            if not prose:
                prose_from = first_line + position
            prose.extend(lines[position:after])
            position = after
            continue
        yield from flushed(prose, prose_from)
        prose = []
        yield piece
        position = after
    yield from flushed(prose, prose_from)


def flushed(prose: list[str], line: int) -> Iterator[Piece]:
    """The prose gathered so far, if it holds anything."""
    empty = next((index for index, text in enumerate(prose) if text.strip()), len(prose))
    if empty < len(prose):
        yield Piece("prose", line + empty, tuple(prose[empty:]))


def special(lines: list[str], position: int, first_line: int) -> tuple[Piece | None, int]:
    """The piece that begins here and the position after it; (None, after) for prose lines."""
    line = lines[position].rstrip()
    number = first_line + position
    code = CODE.match(line)
    if code:
        return None, after_code(lines, position, code[1])
    fence = FENCE.match(line)
    if fence:
        return fenced(lines, position, number, fence)
    if KEY.match(line):
        return key(lines, position, number)
    if line.startswith("![") and IMAGE.match(line):
        return Piece("image", number, (line,)), position + 1
    if begins_steps(lines, position):
        return steps(lines, position, number)
    return None, position + 1


def after_code(lines: list[str], position: int, mark: str) -> int:
    """The position after a code block, in which nothing is a fence; a mark that never closes opens nothing."""
    for after in range(position + 1, len(lines)):
        if lines[after].strip().startswith(mark):
            return after + 1
    return position + 1


def closes_or_opens(line: str) -> bool:
    """Whether the line is a fence of ours."""
    return line[:4].strip()[:1] in (":", "：") and FENCE.match(line.rstrip()) is not None


def outside_code(lines: list[str]) -> Iterator[int]:
    """The indices of the lines that are in no code block."""
    position = 0
    while position < len(lines):
        code = CODE.match(lines[position])
        after = after_code(lines, position, code[1]) if code else position + 1
        if after == position + 1:
            yield position
        position = after


def fenced(lines: list[str], position: int, number: int, fence: re.Match[str]) -> tuple[Piece, int]:
    """The fence that opens here, to its closing line, to the next opening one, or to the end.

    A closing line where nothing is open is told as a fence without a name.
    """
    name, argument = fence[1] or "", fence[2].strip()
    if not name and not argument:
        return Piece("", number, (), closed=False, fence=True), position + 1
    for after in range(position + 1, len(lines)):
        if not closes_or_opens(lines[after]):
            continue
        inner = FENCE.match(lines[after].rstrip())
        closes = inner is not None and not inner[1] and not inner[2].strip()
        piece = Piece(name, number, tuple(lines[position + 1 : after]), argument, closed=closes, fence=True)
        return piece, after + 1 if closes else after
    return Piece(name, number, tuple(lines[position + 1 :]), argument, closed=False, fence=True), len(lines)


def key(lines: list[str], position: int, number: int) -> tuple[Piece, int]:
    """The key sentence; it may go on over several lines that all begin with `>!`."""
    words: list[str] = []
    after = position
    while after < len(lines) and (match := KEY.match(lines[after].rstrip())):
        words.append(match[1].strip())
        after += 1
    return Piece("key", number, tuple(words)), after


def begins_steps(lines: list[str], position: int) -> bool:
    """Whether a numbered list begins here: after a blank line with any number, right after a paragraph only with 1."""
    match = NUMBERED.match(lines[position])
    if not match:
        return False
    return position == 0 or not lines[position - 1].strip() or match[1] == "1"


def steps(lines: list[str], position: int, number: int) -> tuple[Piece, int]:
    """A numbered list: one text an item, what is indented below an item belongs to it."""
    items: list[list[str]] = []
    after = position
    while after < len(lines):
        match = NUMBERED.match(lines[after].rstrip())
        if match:
            items.append([match[2].strip()])
        elif CONTINUED.match(lines[after]):
            items[-1].append(lines[after].rstrip())
        elif not lines[after].strip() and goes_on(lines, after + 1):
            items[-1].append("")
        else:
            break
        after += 1
    first = NUMBERED.match(lines[position])
    texts = tuple("\n".join([item[0], textwrap.dedent("\n".join(item[1:]))]).strip() for item in items)
    return Piece("steps", number, texts, argument=first[1] if first else "1"), after


def goes_on(lines: list[str], position: int) -> bool:
    """Whether a list goes on behind a blank line."""
    if position >= len(lines):
        return False
    return bool(NUMBERED.match(lines[position]) or CONTINUED.match(lines[position]))
