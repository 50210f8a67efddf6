"""What no lesson needs and what makes Markdown parsers hang or fall over, found by counting before anything is parsed.

Python-Markdown takes minutes over 20,000 `[` in one paragraph and runs out of stack on 3,000 list markers in one
line. The sandbox would stop that too, after seconds; here it is told at once and with its line. The bounds are far
above what a page written by hand needs.
"""

from __future__ import annotations

import re
from typing import Any

from lms.i18n import lazy as _l

# A page of a book; at 200 KB a phone on 2G waits for minutes, and rendering takes a second.
MOST_BYTES = 200_000
LONGEST_LINE = 10_000
DEEPEST = 20
MOST_MARKS = 400
NESTING = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+")
MARK = re.compile(r">|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)")
# Each kind is counted by itself in one paragraph: brackets are what takes quadratic time.
# An empty line, a list item or a table row: what stands there is parsed by itself.
BEGINS_ANEW = re.compile(r"^[ \t]*(?:$|[-*+|]|\d{1,9}[.)])")
COUNTED = "[<\\`*&!"
UNTEXTLIKE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def first_fault(text: str) -> tuple[int, Any] | None:
    """The first line (from 1) that no lesson can hold, and what is wrong with it, or None."""
    counts = dict.fromkeys(COUNTED, 0)
    for number, line in enumerate(text.split("\n"), start=1):
        if BEGINS_ANEW.match(line):
            counts = dict.fromkeys(COUNTED, 0)
        for mark in COUNTED:
            counts[mark] += line.count(mark)
        what = fault(line, counts)
        if what:
            return number, what
    return None


def fault(line: str, counts: dict[str, int]) -> Any:
    """What is wrong with a line, or None. `counts` are the marks of its paragraph so far."""
    if UNTEXTLIKE.search(line):
        return _l("the line holds characters that no text has")
    if len(line) > LONGEST_LINE:
        return _l("the line has more than %(most)d characters", most=LONGEST_LINE)
    if depth(line) > DEEPEST:
        return _l("the line has lists or quotations more than %(most)d deep", most=DEEPEST)
    crowded = next((mark for mark, count in counts.items() if count > MOST_MARKS), None)
    if crowded:
        return _l("the paragraph has more than %(most)d times the mark %(mark)s", most=MOST_MARKS, mark=crowded)
    return None


def depth(line: str) -> int:
    """How many list and quotation marks the line begins with."""
    begin = NESTING.match(line)
    return len(MARK.findall(begin[0])) if begin else 0
