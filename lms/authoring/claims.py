"""What a lesson says that a seller must not say: warnings for its author, by the same rules as the trainees' coach.

Lessons teach by bad examples. Not looked at is what its author marks as one in plain Markdown: a wrong option
(`- [ ]`) and what is quoted under it, ~~struck~~ words, and a table's column whose head says not to say it (别…, 不能…,
Don't…). Nor is what nobody reads: the front matter, comments, code, addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lms.lib import advertising

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
HIDDEN = re.compile(r"<!--.*?-->|~~.+?~~|`[^`\n]*`|\]\([^)\n]*\)|^```.*?^```", re.S | re.M)
WRONG_OPTION = re.compile(r"^- \[ \].*\n?(?:^[ \t]+\S.*\n?)*", re.M)
TABLE = re.compile(r"^\|.*\|[ \t]*\n\|[ :|-]+\|[ \t]*\n(?:\|.*\|[ \t]*\n?)+", re.M)
NOT_TO_SAY = re.compile(r"别|不能|不可|不要|don.t|never|not to|instead of|unlawful|wrong", re.I)
CELL = re.compile(r"(?<=\|)[^|\n]*(?=\|)")


@dataclass(frozen=True)
class Claim:
    """Words that must not be said, or need proof, on a line of a page (from 1)."""

    line: int
    words: str
    severity: str
    why: str
    article: str


def claims(text: str, lang: str) -> list[Claim]:
    """What the rules find in a page of Markdown, without its bad examples. `lang` is the reader's language. Hints
    (what is right if it is true) are left out: a lesson has no goods of its own. Empty for a text that is too long."""
    if len(text) > advertising.MOST_CHARACTERS:
        return []
    shown = without_examples(text)
    return [
        Claim(text.count("\n", 0, one.start) + 1, one.words, one.severity, one.why, one.article)
        for one in advertising.check(shown, lang=lang)
        if one.severity != "depends"
    ]


def without_examples(text: str) -> str:
    """The same text, as long and with the same lines, with blanks for what is not looked at."""
    for pattern in (FRONT_MATTER, HIDDEN, WRONG_OPTION):
        text = pattern.sub(lambda match: blank(match[0]), text)
    return TABLE.sub(lambda match: table(match[0]), text)


def blank(words: str) -> str:
    """As many blanks; line breaks stay."""
    return re.sub(r"[^\n]", " ", words)


def table(rows: str) -> str:
    """A table with its columns of what not to say emptied."""
    head = CELL.findall(rows.partition("\n")[0])
    bad = {place for place, words in enumerate(head) if NOT_TO_SAY.search(words)}
    return "\n".join(row(line, bad) for line in rows.split("\n"))


def row(line: str, bad: set[int]) -> str:
    """A row with some of its cells emptied."""
    cells = iter(range(line.count("|")))
    return CELL.sub(lambda match: blank(match[0]) if next(cells) in bad else match[0], line)
