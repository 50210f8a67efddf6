"""What changed between two texts, line by line, with the changed words marked inside a line that was rewritten.

For the history of a lesson. The comparison is Python's difflib (Ratcliff and Obershelp, 1988); single Chinese
characters and whole Latin words are its smallest pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED, GAP = "same", "removed", "added", "gap"

# Around a change stay so many unchanged lines; of the others only their number is told.
CONTEXT = 3
# A line that shares less than this with the other was replaced, not rewritten: marks would only be confetti.
ALIKE = 0.4
# difflib takes quadratic time: over these, repeated lines are not matched, and words inside lines are not compared.
MOST_PAIRS = 1_000_000
LONGEST_LINE = 600
MOST_COMPARED = 100

WORD = re.compile(r"[A-Za-z0-9_À-ɏ]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A part of a line. `marked`: it is not in the other text."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the comparison. `kind`: same, removed, added, or gap, which stands for `left_out` unchanged lines.

    `old` and `new` number the line from 1 in each text; None where the line is not in it.
    """

    kind: str
    old: int | None = None
    new: int | None = None
    pieces: tuple[Piece, ...] = ()
    left_out: int = 0

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(piece.text for piece in self.pieces)


def lines(old: str, new: str, context: int = CONTEXT) -> list[Line]:
    """The rows that lead from the old text to the new one; removed lines stand before those that replace them.

    Unchanged lines further than `context` from a change are one `gap`. No rows for equal texts.
    """
    if old == new:
        return []
    before, after = old.splitlines(), new.splitlines()
    careful = len(before) * len(after) <= MOST_PAIRS
    matcher = SequenceMatcher(None, before, after, autojunk=not careful)
    rows: list[Line] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            rows.extend(Line(SAME, i + n + 1, j + n + 1, (Piece(before[i + n]),)) for n in range(i_end - i))
        else:
            rows.extend(rewritten(before[i:i_end], after[j:j_end], i, j))
    return list(with_gaps(rows, context))


def rewritten(before: Sequence[str], after: Sequence[str], old: int, new: int) -> list[Line]:
    """The rows of one changed place: all lines that went, then all that came, marked where two of them are alike."""
    removed: list[tuple[Piece, ...]] = [(Piece(text),) for text in before]
    added: list[tuple[Piece, ...]] = [(Piece(text),) for text in after]
    for position, (one, other) in enumerate(zip(before[:MOST_COMPARED], after, strict=False)):
        removed[position], added[position] = marked(one, other)
    gone = [Line(REMOVED, old + n, None, pieces) for n, pieces in enumerate(removed, start=1)]
    return gone + [Line(ADDED, None, new + n, pieces) for n, pieces in enumerate(added, start=1)]


def marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two lines in pieces, those marked that the other has not; each whole and unmarked where they share little."""
    if max(len(old), len(new)) > LONGEST_LINE:
        return (Piece(old),), (Piece(new),)
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (Piece(old),), (Piece(new),)
    opcodes = matcher.get_opcodes()
    left = [Piece("".join(before[i:i_end]), tag != "equal") for tag, i, i_end, _j, _j_end in opcodes if i < i_end]
    right = [Piece("".join(after[j:j_end]), tag != "equal") for tag, _i, _i_end, j, j_end in opcodes if j < j_end]
    return tuple(left), tuple(right)


def with_gaps(rows: Sequence[Line], context: int) -> Iterator[Line]:
    """The rows, with each longer stretch of unchanged ones that is far from a change told by its number only."""
    changes = [at for at, row in enumerate(rows) if row.kind != SAME]
    near = {at for change in changes for at in range(change - context, change + context + 1)}
    left_out = 0
    for at, row in enumerate(rows):
        if at not in near:
            left_out += 1
            continue
        if left_out:
            yield Line(GAP, left_out=left_out)
            left_out = 0
        yield row
    if left_out:
        yield Line(GAP, left_out=left_out)
