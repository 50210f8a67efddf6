"""How large a lesson is set on paper: as large as leaves it on one A4 (templates/learning/sheet.html).

Amounts are in widths of a Chinese character, fitted to the shipped lessons as Chromium lays them out; a test prints all
of them. A lesson that is longer than any of ours runs on to a second sheet.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from lms.catalogue.asking import RenderedQuestion
from lms.catalogue.rendering import Part

PICTURE = 240
SMALL_PICTURE = 60
# What a block wastes: half of its last line, and the space above it.
BLOCK = 12
# Where Latin letters end, which are half as wide, and Chinese ones begin.
WIDE = "\u2e80"
# Letters of so many points, and the most that a page of them holds. No letter to be read is under 9.5 points.
SIZES = ((12.0, 1500), (11.0, 1820), (10.0, 2010))
SMALLEST = 9.5
NOT_ON_PAPER = ("video", "audio")


def points(parts: Iterable[Part]) -> float:
    """The size of a handout's letters, in points."""
    much = sum(amount(part) for part in parts if part.kind not in NOT_ON_PAPER)
    return next((size for size, most in SIZES if much <= most), SMALLEST)


def amount(part: Part) -> float:
    """What a part takes of the page."""
    if part.question:
        return asked(part.question)
    words = (part.html, *part.items, Markup.escape(part.caption), *(row.name for row in part.criteria))
    return sum(map(written, words)) + PICTURE * (part.kind == "figure")


def asked(question: RenderedQuestion) -> float:
    """What a question takes, without what is said to its answers."""
    shown = PICTURE if question.media and not question.media.clip else 0
    if question.kind not in ("choice", "pictures", "order", "match"):
        return written(question.html) + shown
    options = question.options
    words = (question.html, *(option.html for option in options), *(option.other for option in options))
    return sum(map(written, words)) + shown + SMALL_PICTURE * sum(option.picture is not None for option in options)


def written(html: Markup) -> float:
    """What a text takes: its letters, and the waste of its blocks."""
    letters = html.striptags()
    if not letters:
        return 0
    wide = sum(letter >= WIDE for letter in letters)
    return (len(letters) + wide) / 2 + BLOCK * (1 + html.count("</p>") + html.count("</tr>"))
