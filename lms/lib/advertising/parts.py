"""How a script, a short video's text or a title is built, measured against `structure.toml`: advice, not judgement.

Lengths count what is spoken: a Chinese character or a digit is one, an English word 1.7 (240 characters a minute
against 140 words).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from statistics import median
from typing import Any

from lms.lib.advertising import obligations, rules
from lms.lib.advertising.obligations import Said, said
from lms.lib.advertising.reading import Reading, read

FILE = Path(__file__).with_name("structure.toml")
KINDS = ("script", "clip", "title")
SPOKEN = re.compile("[㐀-鿿]|[0-9]|[a-z]+(?:'[a-z]+)?")
CLAUSE = re.compile(r"[^,\n:、()]+(?:,[^\n]{0,4}(?=\n|$))?")
ALPHABET = re.compile("[a-z]")


@dataclass(frozen=True)
class Check:
    """One check of the build. `value` is what was measured, `least` and `most` what is wanted (None: no bound); `said`
    the words found; `at` from which to which second of the script a part is expected (None: it is not a part)."""

    name: str
    title: str
    good: bool
    value: int
    least: int | None
    most: int | None
    said: tuple[Said, ...]
    advice: str
    at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Measure:
    """What a check measured, before it has words."""

    good: bool
    value: int
    least: int | None = None
    most: int | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Script:
    """A text with what the checks ask of it."""

    text: str
    kind: str
    reading: Reading

    @property
    def flat(self) -> str:
        """The normalised words."""
        return self.reading.flat

    @cached_property
    def length(self) -> int:
        """How many characters are spoken."""
        return spoken(self.flat)

    @property
    def seconds(self) -> int:
        """How long it takes to say."""
        return seconds_of(self.length)

    def found(self, name: str, start: float = 0, end: float = 1) -> tuple[Said, ...]:
        """All different words of a pattern that stand in a part of the script, given as shares of its length."""
        first, last = int(start * len(self.flat)), int(end * len(self.flat))
        words: dict[str, Said] = {}
        for match in patterns()[name].finditer(self.flat):
            if first <= match.start() < max(last, 1) and match.end() > match.start():
                begin, stop = self.reading.plain.original(*match.span())
                words.setdefault(match[0].strip(), Said(begin, stop, self.text[begin:stop]))
        return tuple(words.values())

    def count(self, name: str) -> int:
        """How often a pattern is there."""
        return sum(1 for match in patterns()[name].finditer(self.flat) if match.end() > match.start())


@cache
def numbers() -> dict[str, Any]:
    """The file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns, compiled."""
    return rules.compiled(numbers()["patterns"], rules.word_lists())


def spoken(flat: str) -> int:
    """The characters that are spoken in a normalised text."""
    worth = numbers()["characters_of_an_english_word"]
    return round(sum(worth if ALPHABET.match(word) else 1 for word in SPOKEN.findall(flat)))


def seconds_of(characters: int) -> int:
    """How long so many characters take to say, with the pauses."""
    said_in = characters / numbers()["characters_a_minute"] * 60
    return round(said_in / (1 - numbers()["pauses"]))


def reading_seconds(text: str) -> int:
    """How many seconds it takes to say a text at 240 characters a minute, pauses included."""
    return seconds_of(spoken(read(text).flat))


def characters_spoken(text: str) -> int:
    """How many characters of a text are spoken: what the advised lengths count."""
    return spoken(read(text).flat)


def structure(text: str, kind: str = "script", lang: str = "zh") -> list[Check]:
    """The checks for a kind of text: script, clip or title. `lang` is the reader's language. Raises ValueError for
    another kind."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    script = Script(text, kind, read(text))
    return [told(name, MEASURES[name](script), kind, lang) for name in numbers()["kinds"][kind]["checks"]]


def told(name: str, measure: Measure, kind: str, lang: str) -> Check:
    """A measure in the reader's words."""
    words = numbers()["texts"]["clip_length" if (name, kind) == ("length", "clip") else name]
    part = numbers()["parts"].get(name)
    return Check(
        name=name,
        title=words["title"][lang],
        good=measure.good,
        value=measure.value,
        least=measure.least,
        most=measure.most,
        said=measure.said[: obligations.MOST_SHOWN],
        advice=words["advice"][lang],
        at=(part["from"], part["to"]) if part else None,
    )


def between(value: int, least: int | None, most: int | None, words: tuple[Said, ...] = ()) -> Measure:
    """A measure that is good within its bounds."""
    good = (least is None or value >= least) and (most is None or value <= most)
    return Measure(good, value, least, most, words)


def length(script: Script) -> Measure:
    """Five minutes for a script; for a clip the nearest of the three lengths."""
    kind = numbers()["kinds"][script.kind]
    if script.kind == "script":
        return between(script.length, kind["least"], kind["most"])
    nearest = min(kind["lengths"], key=lambda bounds: abs((bounds[0] + bounds[1]) / 2 - script.length))
    return between(script.length, nearest[0], nearest[1])


def opening(script: Script) -> Measure:
    """The first fifteen characters: something that catches, and no greeting."""
    first = script.flat.strip()[: numbers()["opening"] * (3 if ALPHABET.match(script.flat) else 1)]
    greeted = patterns()["greeting"].match(first)
    caught = patterns()["hook"].search(first) or "?" in script.reading.plain.text[: len(first) + 2]
    return Measure(bool(caught and not greeted), len(first), said=script.found("greeting") if greeted else ())


def hook(script: Script) -> Measure:
    """What catches, within the first eighty characters."""
    return part(script, "hook", "hook", end=min(1.0, numbers()["parts"]["hook"]["most"] / max(1, script.length)))


def part(script: Script, name: str, *names: str, start: float = 0, end: float = 1) -> Measure:
    """A part is there when each of its patterns has enough different words in its stretch of the script."""
    needs = numbers()["parts"][name]["needs"]
    found = [script.found(pattern, start, end) for pattern in names]
    fewest = min(len(words) for words in found)
    return Measure(fewest >= needs, fewest, needs, None, tuple(word for words in found for word in words[:2]))


def answers(script: Script) -> Measure:
    """In the last third: the after-sales rule, and a question or what comes next."""
    late = [script.found(name, start=0.66) for name in ("aftersale", "question", "preview")]
    return Measure(
        bool(late[0] and (late[1] or late[2])),
        sum(map(len, late)),
        said=tuple(word for words in late for word in words),
    )


def questions(script: Script) -> Measure:
    """One for each minute begun but the last."""
    asked = script.count("question")
    return between(asked, max(1, script.seconds // numbers()["question_every"]), None, script.found("question"))


def calls(script: Script) -> Measure:
    """One for each 90 seconds."""
    return between(
        script.count("ordering"), max(1, script.seconds // numbers()["call_every"]), None, script.found("ordering")
    )


def calls_once(script: Script) -> Measure:
    """At least one."""
    return between(script.count("ordering"), 1, None, script.found("ordering"))


def price_times(script: Script) -> Measure:
    """How often the price that is said most is said."""
    prices = [match[0].replace(" ", "") for match in patterns()["price"].finditer(script.flat)]
    most_said = max(map(prices.count, prices), default=0)
    return between(most_said, numbers()["price_times"], None, script.found("price"))


def sentences(script: Script) -> Measure:
    """The longest stretch between two marks, and the middle one; `said` shows those that are too long."""
    pieces = [(spoken(clause[0]), clause) for clause in CLAUSE.finditer(script.flat)]
    lengths = [size for size, _clause in pieces if size]
    long = [clause for size, clause in pieces if size > numbers()["sentence_most"]]
    middle = median(lengths) if lengths else 0
    places = [script.reading.plain.original(*clause.span()) for clause in long]
    return Measure(
        not long and middle <= numbers()["sentence_median"],
        max(lengths, default=0),
        None,
        numbers()["sentence_most"],
        tuple(Said(start, end, script.text[start:end]) for start, end in places),
    )


def adjectives(script: Script) -> Measure:
    """Rows of three adjectives and more."""
    return between(script.count("adjectives"), None, 0, script.found("adjectives"))


def spoken_words(script: Script) -> Measure:
    """Words that are said rather than written."""
    return between(script.count("spoken"), 1, None, script.found("spoken"))


def jargon(script: Script) -> Measure:
    """Words of the trade."""
    return between(script.count("jargon"), None, 0, script.found("jargon"))


def title_length(script: Script) -> Measure:
    """At most fifteen characters."""
    return between(script.length, 1, numbers()["kinds"]["title"]["most"])


def title_name(script: Script) -> Measure:
    """The goods' name, by the same list as the must-say check."""
    goods = next(item for item in obligations.items() if item.id == "product")
    words = said(goods.pattern, script.reading, script.text)
    return between(len(words), 1, None, words)


MEASURES: dict[str, Callable[[Script], Measure]] = {
    "length": length,
    "opening": opening,
    "hook": hook,
    "self": lambda script: part(script, "self", "self", "place"),
    "selling": lambda script: part(script, "selling", "selling", "numbers"),
    "trust": lambda script: part(script, "trust", "trust"),
    "price": lambda script: part(script, "price", "weight", "price"),
    "ordering": lambda script: part(script, "ordering", "ordering"),
    "answers": answers,
    "questions": questions,
    "calls": calls,
    "calls_once": calls_once,
    "price_times": price_times,
    "sentences": sentences,
    "adjectives": adjectives,
    "spoken": spoken_words,
    "jargon": jargon,
    "title_length": title_length,
    "title_name": title_name,
    "title_adjectives": adjectives,
}
