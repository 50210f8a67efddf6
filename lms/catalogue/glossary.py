"""Words of the trade in plain words, from courses/glossary.toml: a page of their own, and a link at the first use in
each lesson.

An entry: `id` (its anchor), `zh`, `en` (the term), `zh_words`, `en_words` (what it means), `lesson` (where it is
taught, as "selling/review"). In lessons a term is found as it is written, without what stands in brackets;
`zh_forms` or `en_forms` list other forms, none (`[]`) for a word that mostly means something else, such as *seconds*.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from lms.catalogue.rendering import Part
from lms.settings import ROOT
from lms.web import log

IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
# What stands between words: tags, and characters written by their names.
TAG = re.compile(r"(<[^>]+>|&#?\w+;)")
# Nothing is linked within a link, a heading or code.
CLOSED = re.compile(r"<(/?)(?:a|h[1-6]|code|pre)\b")


class Place:
    """Where the installation's glossary lies."""

    path: Path = ROOT / "courses" / "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A term: its name and meaning by language, the lesson that teaches it, and the forms that lessons link."""

    id: str
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    lesson: str
    forms: Mapping[str, tuple[str, ...]]

    @property
    def course(self) -> str:
        """The course of its lesson."""
        return self.lesson.partition("/")[0]

    @property
    def lesson_key(self) -> str:
        """Its lesson within the course."""
        return self.lesson.partition("/")[2]

    def says(self, words: str) -> bool:
        """Whether the entry holds these words, in either language: its page shows both names."""
        return words.lower() in " ".join((*self.names.values(), *self.meanings.values())).lower()


@dataclass(frozen=True)
class Glossary:
    """All terms. `digest` changes with every byte of the file."""

    terms: tuple[Term, ...] = ()
    digest: str = ""
    found: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False)

    def in_order(self, lang: str) -> list[Term]:
        """As readers look for them: Chinese by pinyin, as GB 18030 orders everyday characters; English by letter."""
        if lang == "zh":
            return sorted(self.terms, key=lambda term: term.names["zh"].encode("gb18030"))
        return sorted(self.terms, key=lambda term: term.names["en"].lower())

    @cached_property
    def by_form(self) -> dict[str, dict[str, str]]:
        """Language → form as lessons write it, in small letters → the term's id."""
        return {
            lang: {form.lower(): term.id for term in self.terms for form in term.forms[lang]} for lang in ("zh", "en")
        }

    def forms(self, lang: str) -> re.Pattern[str] | None:
        """Finds any form in a text, the longest first; None where there are no terms."""
        if not self.by_form[lang]:
            return None
        if lang not in self.found:
            written = "|".join(re.escape(form) for form in sorted(self.by_form[lang], key=len, reverse=True))
            self.found[lang] = re.compile(written if lang == "zh" else rf"(?<!\w)(?:{written})(?!\w)", re.I)
        return self.found[lang]


@lru_cache(maxsize=1)
def current() -> Glossary:
    """The installation's glossary, read once; empty where it has none, or one that cannot be read: lessons must not
    fail for want of an explanation."""
    try:
        return read(Place.path.read_bytes()) if Place.path.is_file() else Glossary()
    except (ValueError, OSError):
        log.failure("glossary_not_read", path=Place.path.name)
        return Glossary()


def read(raw: bytes) -> Glossary:
    """The glossary of a file. Raises ValueError, which says what is wrong with it."""
    entries = tomllib.loads(raw.decode("utf-8-sig")).get("term", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise ValueError("the glossary's terms are written as [[term]]")
    terms = tuple(term(entry, number) for number, entry in enumerate(entries, start=1))
    if len({one.id for one in terms}) < len(terms):
        raise ValueError("an id stands twice in the glossary")
    for lang in ("zh", "en"):
        forms = [form.lower() for one in terms for form in one.forms[lang]]
        if twice := next((form for form in forms if forms.count(form) > 1), ""):
            raise ValueError(f"two terms of the glossary are written {twice!r}")
    return Glossary(terms, hashlib.sha256(raw).hexdigest()[:12])


def term(entry: dict[str, Any], number: int) -> Term:
    """One entry of the file. Raises ValueError where it lacks something, or has it in another shape."""
    for name in ("id", "zh", "en", "zh_words", "en_words", "lesson"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise ValueError(f"term {number} of the glossary ({entry.get('id', 'nameless')}) has no {name}")
    for name in ("zh_forms", "en_forms"):
        forms = entry.get(name, [])
        if not isinstance(forms, list) or not all(isinstance(one, str) and one.strip() for one in forms):
            raise ValueError(f"{name} of the term {entry['id']} is not a list of words")
    return Term(
        entry["id"],
        {lang: entry[lang] for lang in ("zh", "en")},
        {lang: entry[f"{lang}_words"] for lang in ("zh", "en")},
        entry["lesson"],
        {lang: tuple(entry.get(f"{lang}_forms", own_forms(entry[lang]))) for lang in ("zh", "en")},
    )


def own_forms(name: str) -> list[str]:
    """How a term is written where its entry does not say: as it is called, without what stands in brackets."""
    plain = IN_BRACKETS.sub("", name).strip()
    return [plain] if plain else []


def linked(parts: tuple[Part, ...], glossary: Glossary, lang: str) -> tuple[Part, ...]:
    """The parts of a lesson with each term linked at its first use in the running text: prose, steps, and what the
    teacher says."""
    linker = Linker(glossary, lang)
    if linker.forms is None:
        return parts
    return tuple(linker.part(part) if part.kind in ("prose", "steps", "teacher") else part for part in parts)


class Linker:
    """Links terms in one lesson, each once."""

    def __init__(self, glossary: Glossary, lang: str) -> None:
        self.forms, self.ids = glossary.forms(lang), glossary.by_form[lang]
        self.met: set[str] = set()

    def part(self, part: Part) -> Part:
        """A part with its links."""
        return replace(part, html=self.html(part.html), items=tuple(self.html(item) for item in part.items))

    def html(self, html: Markup) -> Markup:
        """Safe HTML with its links."""
        closed, out = 0, []
        for piece in TAG.split(html):
            if tag := CLOSED.match(piece):
                closed += -1 if tag[1] else 1
            elif not closed and not piece.startswith(("<", "&")) and self.forms:
                piece = self.forms.sub(self.link, piece)
            out.append(piece)
        return Markup("".join(out))

    def link(self, match: re.Match[str]) -> str:
        """A term as a link at its first use, then as it is."""
        found = self.ids[match[0].lower()]
        if found in self.met:
            return match[0]
        self.met.add(found)
        return f'<a href="/glossary#{escape(found)}">{match[0]}</a>'
