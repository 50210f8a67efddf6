"""What a lesson says that a seller must not say: warnings for its author, by the same rules as the trainees' coach.

Lessons teach by bad examples. Not looked at is what stands in quotation marks; sentences that speak of what is not to
be said or done; and what its author marks as bad in plain Markdown: a wrong option (`- [ ]`) and what stands under it,
~~struck~~ words, and a table's column whose head says not to say it (别…, 不能…, Don't…). Of a question only its right
options are looked at, unless it asks for what is wrong. Nor is what nobody reads: comments, code, addresses, and the
front matter but for title and summary. All of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from lms.catalogue import hiding
from lms.i18n import language
from lms.lib import advertising
from lms.lib.advertising import rules

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
SHOWN = re.compile(r"(?:title|summary):")
HIDDEN = re.compile(r"~~[^~\n]+~~|`[^`\n]*`|\]\([^()\n]*\)")
QUOTED = re.compile(r"“[^“”\n]*”|「[^「」\n]*」|‘(?:[^‘’\n]|’(?=\w))*’|\"[^\"\n]*\"")
WRONG_OPTION = re.compile(r"^- \[ \].*\n?(?:^[ \t]+\S.*\n?)*", re.M)
TABLE = re.compile(r"^\|.*\|[ \t]*\n\|[ :|-]+\|[ \t]*\n(?:\|.*\|[ \t]*\n?)+", re.M)
NOT_TO_SAY = re.compile(r"别|不能|不可|不要|don.t|never|not to|instead of|unlawful|wrong|骗|scam|fraud", re.I)
# What others say is heard by a trainee, not said.
NOT_OURS = re.compile(rf"{NOT_TO_SAY.pattern}|他说|they say", re.I)
# A sentence or question with one of these speaks of the wrong deed. 特别, 别人, 不错 and 放假 speak of nothing wrong.
ABOUT_WRONG = re.compile(
    r"^[\W\d]*问|(?<![特分区级性个类识告])别(?![人家处的样名])|不能|不可|不要|不许|不让|不得|不准|不敢|骗|违法|犯法|踩线|红线"
    r"|禁|罚|毛病|(?<![不没])错|(?<![放休请寒暑])假(?![期日])|第[一二三四五六七八九十百]+条"
    r"|\b(?:don.t|never|not|cannot|instead of|unlawful|wrong|scam|fraud|illegal|law|forbids?|forbidden|banned|breaks?"
    r"|broken|crosses|faults?|fined?|false|articles?)\b",
    re.I,
)
SENTENCE = re.compile(r"[^。！？!?.；;\n|]+")
CHECK = re.compile(r"^:::check\b.*?(?:^:::[ \t]*$|\Z)", re.S | re.M)
ANSWER = re.compile(r"^ {0,3}(?:[-*+] \[|\d{1,2}\.)", re.M)
RIGHT = re.compile(r"^ {0,3}[-*+] \[[xX✓√]\]")
CELL = re.compile(r"(?<=\|)[^|\n]*(?=\|)")


@dataclass(frozen=True)
class Reason:
    """Why words must not be said, and by which article; it comes out in the reader's language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.zh


@dataclass(frozen=True)
class Claim:
    """Words that must not be said, on a line of a page (from 1)."""

    line: int
    words: str
    why: Reason


def claims(text: str) -> list[Claim]:
    """What the rules forbid in a page of Markdown, without its bad examples. What is right if it is true, or wants a
    proof, is left out: a lesson has no goods of its own. Empty for a text that is too long."""
    if len(text) > advertising.MOST_CHARACTERS:
        return []
    shown = without_examples(text)
    if not shown.strip():
        return []
    found = {rule.id: rule for rule in rules.book().rules}
    ends = [match.start() for match in re.finditer("\n", text)]
    return [
        Claim(bisect_left(ends, one.start) + 1, one.words, reason(found[one.rule]))
        for one in advertising.check(shown)
        if one.severity == "must"
    ]


def reason(rule: rules.Rule) -> Reason:
    """What a rule says, with its article."""
    return Reason(f"{rule.why['zh']}（{rule.article['zh']}）", f"{rule.why['en']} ({rule.article['en']})")


def without_examples(text: str) -> str:
    """The same text, as long and with the same lines, with blanks for what is not looked at."""
    text = CHECK.sub(lambda match: question(match[0]), hiding.hidden(text))
    text = FRONT_MATTER.sub(lambda match: front(match[0]), text)
    for pattern in (HIDDEN, WRONG_OPTION):
        text = pattern.sub(lambda match: blank(match[0]), text)
    text = TABLE.sub(lambda match: table(match[0]), text)
    text = SENTENCE.sub(lambda match: blank(match[0]) if ABOUT_WRONG.search(match[0]) else match[0], text)
    return QUOTED.sub(lambda match: blank(match[0]), text)


def question(block: str) -> str:
    """A question with nothing but its right options; empty when it asks for what is wrong."""
    first = ANSWER.search(block)
    asked = block[: first.start()] if first else block
    if ABOUT_WRONG.search(asked):
        return blank(block)
    return "\n".join(line if RIGHT.match(line) else blank(line) for line in block.split("\n"))


def front(lines: str) -> str:
    """Of the front matter what readers see."""
    return "\n".join(line if SHOWN.match(line) else blank(line) for line in lines.split("\n"))


def blank(words: str) -> str:
    """As many blanks; line breaks stay."""
    return re.sub(r"[^\n]", " ", words)


def table(rows: str) -> str:
    """A table with its columns of what not to say emptied."""
    head = CELL.findall(rows.partition("\n")[0])
    bad = {place for place, words in enumerate(head) if NOT_OURS.search(words)}
    return "\n".join(row(line, bad) for line in rows.split("\n"))


def row(line: str, bad: set[int]) -> str:
    """A row with some of its cells emptied."""
    cells = iter(range(line.count("|")))
    return CELL.sub(lambda match: blank(match[0]) if next(cells) in bad else match[0], line)
