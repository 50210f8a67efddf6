"""The bank of what pretended viewers say (bank.toml), read once, and what may stand in it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lms.i18n import lazy as _l

BANK = Path(__file__).parent / "bank.toml"
ANY = "any"
LONGEST = {"zh": 24, "en": 80}  # characters: one line beside the picture
KINDS = {
    "price": _l("Price and size"),
    "ship": _l("Shipping and after"),
    "quality": _l("Quality and origin"),
    "use": _l("How to use it"),
    "buy": _l("How to buy"),
    "objection": _l("Objection"),
    "greeting": _l("Greeting"),
    "trap": _l("Trap"),
    "troll": _l("Troll or spam"),
}
# What the goods are called together.
GROUPS = {ANY: _l("Any goods"), "food": _l("All food"), "fresh": _l("All fresh goods"), "tea": _l("All tea")}
# Nobody's room may teach these: names for people by where they come from, how they look, what ails them.
INSULTS = re.compile(
    r"蛮子|南蛮|北佬|乡巴佬|土包子|泥腿子|外地佬|打工仔|鬼子|黑鬼|回子|娘炮|人妖|死胖子|瘸子|瞎子|聋子|哑巴|残废|神经病"
    r"|智障|弱智|脑残|傻[逼子瓜]|[他你]妈的|操你|滚蛋|去死|穷鬼|贱人|婊|荡妇|老不死"
    r"|\b(?:retard(?:ed)?|cripple|idiot|moron|bitch|slut|peasant|hillbilly|chink|nigger|fag|fatso|spastic)s?\b",
    re.I,
)
# A line leads nowhere: no number to ring, no address, no name to add.
LEADS_AWAY = re.compile(r"\d{5,}|https?:|www\.|@|[a-z0-9]\.(?:com|cn|net)\b|微信号|QQ\s*\d", re.I)


@dataclass(frozen=True)
class Line:
    """What somebody says, in both languages. `goods`: goods, a group of them, or any."""

    kind: str
    goods: str
    handling: str
    zh: str
    en: str


@dataclass(frozen=True)
class Goods:
    """What is sold in the room, as its product card shows it until the host writes their own."""

    name: str
    facts: dict[str, Any]

    def said(self, word: str, lang: str) -> str:
        """A fact in a language: name, spec, unit or units."""
        name = {"name": lang}.get(word, f"{word}_{lang}")
        return str(self.facts.get(name) or self.facts[f"{word.removesuffix('s')}_{lang}"])

    @property
    def covers(self) -> set[str]:
        """Whose lines are said about it."""
        return {ANY, self.name, *self.facts["groups"]}


@dataclass(frozen=True)
class Bank:
    """The whole bank. `shares`: percent of all comments, by kind."""

    version: str
    shares: dict[str, int]
    goods: dict[str, Goods]
    handlings: dict[str, dict[str, str]]
    lines: tuple[Line, ...]
    events: dict[str, dict[str, Any]]
    names: dict[str, list[str]]

    def about(self, goods: str) -> list[Line]:
        """The lines that fit these goods."""
        return [line for line in self.lines if line.goods in self.goods[goods].covers]


@cache
def bank() -> Bank:
    """The bank as shipped."""
    told = tomllib.loads(BANK.read_text(encoding="utf-8"))
    lines = tuple(
        Line(group["kind"], group["goods"], group["handling"], zh, en)
        for group in told["lines"]
        for zh, en in group["said"]
    )
    goods = {name: Goods(name, facts) for name, facts in told["goods"].items()}
    return Bank(told["version"], told["shares"], goods, told["handling"], lines, told["events"], told["names"])


def for_phone(goods: str, lang: str, added: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """Everything that the room needs for these goods, in one language. `added`: lines of trainers, as the phone takes
    them. Handlings are told with the line, so that a report can show them without the bank."""
    whole = bank()
    lines = [
        {"kind": line.kind, "text": getattr(line, lang), "answer": whole.handlings[line.handling][lang]}
        for line in whole.about(goods)
    ]
    return {
        "version": whole.version,
        "shares": whole.shares,
        "lines": [*lines, *added],
        "names": whole.names[lang],
        "events": {name: event_for_phone(event, lang) for name, event in whole.events.items()},
        "unit": whole.goods[goods].said("unit", lang),
        "units": whole.goods[goods].said("units", lang),
    }


def event_for_phone(event: dict[str, Any], lang: str) -> dict[str, Any]:
    """One event in one language."""
    return {
        "seconds": event["seconds"],
        "due": event["due"],
        "icon": event["icon"],
        "quiet": event.get("quiet", False),
        "title": event[lang],
        "todo": event[f"do_{lang}"],
        "did": event[f"did_{lang}"],
        "later": event[f"later_{lang}"],
        "said": [pair[("zh", "en").index(lang)] for pair in event.get("said", [])],
    }


def fault_of(text: str, most: int) -> str:
    """What is wrong with words of at most so many characters: long, insult, away; "" when nothing is."""
    if len(text) > most:
        return "long"
    if INSULTS.search(text):
        return "insult"
    return "away" if LEADS_AWAY.search(text) else ""


def faults(whole: Bank) -> list[str]:
    """Everything that is wrong with a bank, a line each."""
    texts = [(text, fault_of(text, LONGEST[lang])) for lang, text in every_text(whole)]
    found = [f"{text}: {fault}" for text, fault in texts if fault]
    for lang in ("zh", "en"):
        said = Counter((getattr(line, lang), goods) for goods in whole.goods for line in whole.about(goods))
        found += [f"{text}: twice about {goods}" for (text, goods), count in said.items() if count > 1]
    known = {*whole.goods, *GROUPS}
    for line in whole.lines:
        if line.kind not in KINDS or line.goods not in known or line.handling not in whole.handlings:
            found.append(f"{line.zh}: {line.kind}, {line.goods} or {line.handling} is not known")
    used = {line.handling for line in whole.lines}
    found += [f"nothing is handled by {name}" for name in whole.handlings.keys() - used]
    for goods in whole.goods:
        missing = KINDS.keys() - {line.kind for line in whole.about(goods)}
        found += [f"{goods}: nothing of kind {kind}" for kind in missing]
    return found


def every_text(whole: Bank) -> Iterable[tuple[str, str]]:
    """(language, words) of everything that viewers say."""
    for line in whole.lines:
        yield "zh", line.zh
        yield "en", line.en
    for event in whole.events.values():
        for zh, en in event.get("said", []):
            yield "zh", zh
            yield "en", en
