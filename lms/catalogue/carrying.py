"""What a lesson takes to get to a phone: bytes, and seconds over a weak link.

The link is the one that the pages are made for: 400 kbit/s, a phone at the edge of the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath

from lms.catalogue import asking, pictures
from lms.catalogue.parsed import Block, ParsedLesson, Question
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l

BITS_A_SECOND = 400_000
# Longer than that nobody looks at grey boxes.
MOST_SECONDS = 5
# A picture within the text.
IN_TEXT = re.compile(r"!\[[^\[\]\n]*\]\([ \t]*<?([^)>\s]+)")
ENDINGS = (".svg", ".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif")


def seconds(size: int) -> float:
    """How long so many bytes take."""
    return size * 8 / BITS_A_SECOND


def lesson(parsed: ParsedLesson, lang: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether the pictures of a page that come after it keep a reader waiting."""
    size = picture_bytes(parsed, lang, files)
    if seconds(size) > MOST_SECONDS:
        what = _l(
            "the pictures weigh %(size)d KB, %(seconds)d seconds at 400 kbit/s",
            size=size // 1024,
            seconds=round(seconds(size)),
        )
        yield warning(path, 0, "heavy_pictures", what, _l("draw them more simply, or show fewer"))


def picture_bytes(parsed: ParsedLesson, lang: str, files: Mapping[str, bytes]) -> int:
    """Bytes of all pictures that a page fetches by itself; a photo counts as what is made of it for phones."""
    names = {normpath(f"{parsed.id}/{src}") for block in parsed.blocks[lang] for src in shown(block)}
    sizes = [(PurePosixPath(name).suffix.lower(), len(files[name])) for name in sorted(names & set(files))]
    return sum(fetched(suffix, size) for suffix, size in sizes if suffix in ENDINGS)


def fetched(suffix: str, size: int) -> int:
    """Bytes of one picture that come after the page; a small drawing stands inside it."""
    if suffix == ".svg":
        return size if size > asking.INLINE_SVG else 0
    return min(size, pictures.MOST_BYTES)


def shown(block: Block) -> Iterator[str]:
    """The files that a block shows."""
    if block.src:
        yield block.src
    yield from IN_TEXT.findall("\n".join((block.text, *block.items)))
    if block.question:
        yield from of_question(block.question)


def of_question(question: Question) -> Iterator[str]:
    """The files that a question shows."""
    yield from (one.src for one in (question.media, *(option.picture for option in question.options)) if one)
