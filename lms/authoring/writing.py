"""Saving a page while it is written, and inserting a block into both languages at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lms.authoring import naming
from lms.authoring.desk import Draft
from lms.catalogue import drafts, guards, skeletons
from lms.catalogue.models import DraftFile
from lms.catalogue.parsed import LANGUAGES
from lms.catalogue.problems import quoted
from lms.catalogue.reading import Files
from lms.db import database
from lms.errors import Refused
from lms.i18n import _

BLOCK = re.compile(r"^(?::{3}|：{3})\s*(check|try|task)\s+(\S+)(?:\s.*)?$")
END = re.compile(r"^(?::{3}|：{3})\s*$")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Page:
    """A page of a lesson as the editor opens it. `revision` 0: it is not there yet, and `text` is a proposal."""

    path: str
    text: str
    revision: int
    row: DraftFile | None


def page(draft: Draft, key: str, name: str) -> Page:
    """A page of a lesson: `name` is `zh`, `en`, `quiz.zh` or `quiz.en`."""
    path = draft.path(key, name)
    row = draft.rows.get(path)
    if row is None:
        return Page(path, proposal(draft, key, name), 0, None)
    return Page(path, drafts.text(row).replace("\r\n", "\n"), row.revision, row)


def proposal(draft: Draft, key: str, name: str) -> str:
    """What a page that is not there yet could begin with: the other language's, to be translated, or a skeleton."""
    stem, lang = name.rpartition(".")[::2]
    other = draft.rows.get(f"{key}/{twin(name)}.md")
    if other:
        return drafts.text(other).replace("\r\n", "\n")
    made = skeletons.QUIZ if stem else skeletons.LESSON
    return made[lang].format(title=key, check=f"{key}-{'quiz-' if stem else ''}1")


def twin(name: str) -> str:
    """The same page in the other language."""
    stem, lang = name.rpartition(".")[::2]
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    return f"{stem}.{other}" if stem else other


def save(draft: Draft, path: str, text: str, *, base: int, by: int, now: datetime) -> DraftFile:
    """Save a page that was read at revision `base`. Raises drafts.Edited when somebody saved meanwhile, Refused when it
    is too long. Line ends and byte order mark stay as they were, so that nothing changed means no byte changed."""
    row = draft.rows.get(path)
    content = spelt_as(Files({path: row.digest})[path] if row else b"", text)
    if len(content) > guards.MOST_BYTES:
        raise Refused(_("This page is too long. Split the lesson in two."))
    return drafts.save(draft.course, path, content, base=base, by=by, now=now)


def spelt_as(before: bytes, text: str) -> bytes:
    """A text as bytes, with the line ends and the byte order mark of what stood there before."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return (BOM if before.startswith(BOM) else b"") + text.encode()


@dataclass(frozen=True)
class Inserted:
    """A block to insert: its id, its Markdown in the language being written, and whether the other language has it."""

    id: str
    text: str
    twin_saved: bool


def insert(draft: Draft, key: str, name: str, kind: str, after: str, *, by: int, now: datetime) -> Inserted:
    """Draw an id and write the block into the other language, behind the block `after` (empty: before the first).

    The block for the language being written is given back, for only the editor knows where the cursor is.
    """
    if kind not in skeletons.BLOCKS:
        raise Refused(_("There is no block of this kind to insert."))
    block_id = naming.new_id(ids_in(draft, key))
    lang, other = name.rpartition(".")[2], twin(name)
    row = draft.rows.get(draft.path(key, other))
    if row:
        block = skeletons.BLOCKS[kind][other.rpartition(".")[2]].format(id=block_id)
        with database.atomic():
            text = placed(drafts.text(row).replace("\r\n", "\n"), block, after)
            save(draft, row.path, text, base=row.revision, by=by, now=now)
    return Inserted(block_id, skeletons.BLOCKS[kind][lang].format(id=block_id), bool(row))


def take_out(draft: Draft, key: str, name: str, ids: set[str], *, by: int, now: datetime) -> int:
    """Take the blocks with these ids out of the same page in the other language; how many there were. What this page
    has, perhaps again since it was offered, stays there too."""
    own = draft.rows.get(draft.path(key, name))
    row = draft.rows.get(draft.path(key, twin(name)))
    if row is None:
        return 0
    text = drafts.text(row).replace("\r\n", "\n")
    found = (ids & openings(text).keys()) - openings(drafts.text(own) if own else "").keys()
    if found:
        save(draft, row.path, without(text, found), base=row.revision, by=by, now=now)
    return len(found)


def left_over(draft: Draft, key: str, name: str, text: str) -> dict[str, str]:
    """The blocks of the same page in the other language that this text has not: id → how it begins."""
    row = draft.rows.get(f"{key}/{twin(name)}.md")
    own = openings(text)
    return {one: words for one, words in openings(drafts.text(row) if row else "").items() if one not in own}


def openings(text: str) -> dict[str, str]:
    """The blocks of a page: id → how it begins."""
    lines = text.replace("\r\n", "\n").split("\n")
    starts = [(match[2], number) for number, line in enumerate(lines) if (match := BLOCK.match(line))]
    return {name: quoted("\n".join(lines[number + 1 : end_of_block(lines, number) - 1])) for name, number in starts}


def without(text: str, ids: set[str]) -> str:
    """The text without these blocks."""
    lines = text.split("\n")
    for number in reversed(range(len(lines))):
        match = BLOCK.match(lines[number])
        if match and match[2] in ids:
            end = end_of_block(lines, number)
            while end < len(lines) and not lines[end].strip():
                end += 1
            del lines[number:end]
    return "\n".join(lines).rstrip("\n") + "\n"


def ids_in(draft: Draft, key: str) -> set[str]:
    """The ids of blocks in all pages of a lesson."""
    pages = [row for path, row in draft.rows.items() if path.startswith(f"{key}/") and path.endswith(".md")]
    lines = [line for row in pages for line in drafts.text(row).splitlines()]
    return {match[2] for line in lines if (match := BLOCK.match(line))}


def placed(text: str, block: str, after: str) -> str:
    """The text with a block behind the one with the id `after`; before the first one, or at the end, without it."""
    lines = text.split("\n")
    starts = {match[2]: number for number, line in enumerate(lines) if (match := BLOCK.match(line))}
    if after in starts:
        place = end_of_block(lines, starts[after])
    elif starts and not after:
        place = min(starts.values())
    else:
        place = len(lines)
    before, behind = "\n".join(lines[:place]).rstrip("\n"), "\n".join(lines[place:]).lstrip("\n")
    return "\n\n".join(part for part in (before, block.strip("\n"), behind) if part).rstrip("\n") + "\n"


def end_of_block(lines: list[str], start: int) -> int:
    """The line after the fence that closes a block, or the end of the text."""
    return next((n + 1 for n in range(start + 1, len(lines)) if END.match(lines[n])), len(lines))
