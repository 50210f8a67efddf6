"""The rules as they stand in `rules.toml`, read once: frozen, compiled, and checked on the way in.

A pattern is a Python regular expression over normalised text (see `normalise.py`): lower case, punctuation in its
half-width form, sentence ends as line breaks, so that `.` never leaves the sentence. `<name>` stands for one of the
word lists of the file. Repeats are bounded, so that every rule takes linear time; a test reads each pattern for it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

RULES_VERSION = "2026-11-22"
SEVERITIES = ("must", "proof", "depends")
LANGUAGES = ("zh", "en")
PACKS = ("alcohol", "tea", "honey", "mushrooms", "seeds")
BLANK = "＿"  # in a rewrite: a fact that only the seller knows

FILE = Path(__file__).with_name("rules.toml")
WORD_LIST = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True)
class Rule:
    """One rule. `spoken`: the language of the scripts it reads; `article`, `why` and `proof`: by the reader's."""

    id: str
    severity: str
    spoken: str
    pack: str
    article: dict[str, str]
    why: dict[str, str]
    proof: dict[str, str]
    rewrites: tuple[str, ...]
    pattern: re.Pattern[str]
    escapes: re.Pattern[str] | None
    provable: re.Pattern[str] | None
    leading: re.Pattern[str] | None
    deniable: bool
    askable: bool
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Denials:
    """How a script takes a claim back, in one language: words right before it, right after it, and what undoes both."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    undone_before: re.Pattern[str]
    undone_after: re.Pattern[str]


@dataclass(frozen=True)
class Questions:
    """How a viewer's question sounds, and a host's yes to it."""

    asked: re.Pattern[str]
    reported: re.Pattern[str]
    rhetorical: re.Pattern[str]
    affirmed: re.Pattern[str]
    viewer: re.Pattern[str]


@dataclass(frozen=True)
class Evasions:
    """How words are written so that they pass a filter: single characters, and whole spellings in one pattern."""

    characters: dict[str, str]
    spellings: dict[str, str]
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Book:
    """All that `rules.toml` says."""

    version: str
    rules: tuple[Rule, ...]
    goods: dict[str, re.Pattern[str]]
    denials: dict[str, Denials]
    questions: Questions
    evasions: Evasions


@cache
def book() -> Book:
    """The rules, read and compiled at the first call. Raises ValueError for a file that is not in order."""
    said = contents()
    words = word_lists()
    rules = tuple(rule(entry, words) for entry in said["rule"])
    if len({one.id for one in rules}) < len(rules):
        raise ValueError("two rules have the same id")
    return Book(
        version=said["version"],
        rules=rules,
        goods={pack: re.compile(filled(pattern, words)) for pack, pattern in said["goods"].items()},
        denials={lang: Denials(**compiled(said["denials"][lang], words)) for lang in LANGUAGES},
        questions=Questions(**compiled(said["questions"], words)),
        evasions=evasions(said["evasions"]),
    )


@cache
def contents() -> dict[str, Any]:
    """The file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def word_lists() -> dict[str, str]:
    """The word lists as expressions, by name."""
    return {name: any_of(listed) for name, listed in contents()["words"].items()}


def rule(entry: dict[str, Any], words: dict[str, str]) -> Rule:
    """A rule from its table. Raises ValueError."""
    spoken = entry.get("spoken", "zh")
    if entry["severity"] not in SEVERITIES or spoken not in LANGUAGES or entry.get("pack", PACKS[0]) not in PACKS:
        raise ValueError(f"rule {entry['id']}: unknown severity, language or pack")
    return Rule(
        id=entry["id"],
        severity=entry["severity"],
        spoken=spoken,
        pack=entry.get("pack", ""),
        article=entry["article"],
        why=entry["why"],
        proof=entry.get("proof", dict.fromkeys(LANGUAGES, "")),
        rewrites=tuple(entry["rewrites"]),
        pattern=re.compile(joined(entry["patterns"], words)),
        escapes=re.compile(joined(entry["escapes"], words)) if entry.get("escapes") else None,
        provable=re.compile(joined(entry["provable"], words)) if entry.get("provable") else None,
        leading=re.compile(f"(?:{entry['leading']})$") if "leading" in entry else None,
        deniable=entry.get("deniable", True),
        askable=entry.get("askable", False),
        hits=tuple(entry["hits"]),
        misses=tuple(entry["misses"]),
    )


def any_of(words: list[str]) -> str:
    """An alternation, the longest word first so that it wins over its own beginning."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def filled(pattern: str, words: dict[str, str]) -> str:
    """A pattern with its word lists written out."""
    return WORD_LIST.sub(lambda found: words[found[1]], pattern)


def joined(patterns: list[str], words: dict[str, str]) -> str:
    """One expression from several, in their order."""
    return "|".join(filled(pattern, words) for pattern in patterns)


def compiled(entry: dict[str, str], words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """Every pattern of a table."""
    return {name: re.compile(filled(pattern, words)) for name, pattern in entry.items()}


def evasions(entry: dict[str, Any]) -> Evasions:
    """The characters, and each way to write a key word with some of its characters in pinyin."""
    characters = {pair[0]: pair[1] for pair in entry["traditional"].split()} | entry["characters"]
    pinyin = {pair[0]: pair[1:] for pair in entry["pinyin"].split()}
    spellings: dict[str, str] = dict(entry["spellings"])
    for word in entry["key_words"]:
        pieces = [(character, pinyin[character]) for character in word]
        for choice in product((0, 1), repeat=len(word)):
            if any(choice):
                spellings["".join(piece[one] for piece, one in zip(pieces, choice, strict=True))] = word
        spellings[" ".join(sound for _character, sound in pieces)] = word
    by_first: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        by_first.setdefault(spelling[0], []).append(spelling)
    return Evasions(characters, spellings, re.compile("|".join(starting_with(*group) for group in by_first.items())))


def starting_with(first: str, spellings: list[str]) -> str:
    """Spellings that share their first character, which leads so that the search can skip to it.

    Letters and digits at a spelling's ends must not go on.
    """
    before = "(?<![a-z0-9].)" if first.isascii() else ""
    rests = [re.escape(spelling[1:]) + ("(?![a-z0-9])" if spelling[-1].isascii() else "") for spelling in spellings]
    return re.escape(first) + before + "(?:" + "|".join(rests) + ")"
