"""What a script for one product has to say (`must_say.toml`), and whether it does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lms.lib.advertising import rules
from lms.lib.advertising.reading import Reading, read

FILE = Path(__file__).with_name("must_say.toml")
MOST_SHOWN = 3


@dataclass(frozen=True)
class Said:
    """Words of the original text that say something, and where they stand."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Obligation:
    """One of the ten, for one script. `concerned` is false where it does not come up (no gift, so no word about it).

    `said` are the first words found, `done` whether they are enough; `example` could be said, with ＿ to fill in.
    """

    id: str
    title: str
    basis: str
    concerned: bool
    done: bool
    said: tuple[Said, ...]
    example: str


@dataclass(frozen=True)
class Item:
    """An obligation as the file has it."""

    id: str
    title: dict[str, str]
    basis: dict[str, str]
    example: dict[str, str]
    pattern: re.Pattern[str]
    also: re.Pattern[str] | None
    concerns: re.Pattern[str] | None


@cache
def items() -> tuple[Item, ...]:
    """The ten, in their order."""
    words = rules.word_lists()
    return tuple(item(entry, words) for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["item"])


def item(entry: dict[str, Any], words: dict[str, str]) -> Item:
    """An item from its table."""
    return Item(
        id=entry["id"],
        title=entry["title"],
        basis=entry["basis"],
        example=entry["example"],
        pattern=re.compile(rules.joined(entry["patterns"], words)),
        also=re.compile(rules.joined(entry["also"], words)) if "also" in entry else None,
        concerns=re.compile(rules.joined(entry["concerns"], words)) if "concerns" in entry else None,
    )


def must_say(text: str, lang: str = "zh") -> list[Obligation]:
    """The ten things, each with the words that say it or an example. `lang` is the reader's language, zh or en."""
    script = read(text)
    return [obligation(one, script, text, lang) for one in items()]


def obligation(one: Item, script: Reading, text: str, lang: str) -> Obligation:
    """One item against one script."""
    concerned = one.concerns is None or bool(one.concerns.search(script.flat))
    first = said(one.pattern, script, text) if concerned else ()
    second = said(one.also, script, text) if concerned and one.also else first
    return Obligation(
        id=one.id,
        title=one.title[lang],
        basis=one.basis[lang],
        concerned=concerned,
        done=bool(first and second),
        said=tuple(dict.fromkeys(first + second)),
        example=one.example[lang],
    )


def said(pattern: re.Pattern[str], script: Reading, text: str) -> tuple[Said, ...]:
    """The first few places where a pattern matches, each wording once."""
    found: dict[str, Said] = {}
    for match in pattern.finditer(script.flat):
        if len(found) == MOST_SHOWN:
            break
        if match.end() > match.start():
            start, end = script.plain.original(*match.span())
            found.setdefault(text[start:end], Said(start, end, text[start:end]))
    return tuple(found.values())
