"""Answers to questions of every kind: what an answer holds, whether it is right, and what its author says to it.

An answer is plain data, as phones send it and events store it: {"chosen": [0, 2]} for options by position, for the
order of items, for the right side given to each left one; {"number": "2.5", "unit": 0}; {"words": "…"}. Positions
count from 0 in the version's own order. In a picture or a clip, the position behind the last option is any other
place; of kind tap it may come several times. Pure: knows no people and no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from lms.catalogue.parsed import CHOSEN, Option, Question
from lms.lib.advertising import rules

PLACED = ("hotspot", "moment", "tap")
LISTED = ("order", "match")
MOST_TAPS = 60
LONGEST_WORDS = 100
NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,6})?")
# What no database takes in a text, and no keyboard writes.
UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
IGNORED = re.compile(r"[\s，。！？、；：“”‘’,.!?;:\"'()（）《》…—-]+")
# What is said where no option speaks: any other answer, and an answer that is right as far as it goes.
OTHERWISE, MISSING = -1, -2


def fields(question: Question) -> frozenset[str]:
    """The names of the facts that an answer holds."""
    named = {"number": ("number", "unit"), "text": ("words",)}
    return frozenset(named.get(question.kind, ("chosen",)))


def is_empty(question: Question, body: Mapping[str, Any]) -> bool:
    """Whether nothing was answered. A clip in which nobody taps is none: some moment of it is always right."""
    if question.kind in ("number", "text"):
        given = body.get("number" if question.kind == "number" else "words")
        return not (isinstance(given, str) and given.strip())
    return not (isinstance(body.get("chosen"), list) and body["chosen"])


def fits(question: Question, body: Mapping[str, Any]) -> bool:
    """Whether an answer, not an empty one, is one that this question can have."""
    if body.keys() != fields(question) or question.kind == "voice":
        return False
    if question.kind == "number":
        units = len(question.units)
        unit = body["unit"]
        return is_number(body["number"]) and type(unit) is int and 0 <= unit < max(1, units)
    if question.kind == "text":
        words = body["words"]
        return isinstance(words, str) and len(words) <= LONGEST_WORDS and not UNSTORABLE.search(words)
    return positions_fit(question, body["chosen"])


def is_number(text: object) -> bool:
    """Whether a person means a number by it: 2.5, ２．５, 1,200."""
    return isinstance(text, str) and len(text) <= 24 and NUMBER.fullmatch(plain_number(text)) is not None


def plain_number(text: str) -> str:
    """A number without full-width figures, spaces and thousands' commas, its minus the one of a keyboard."""
    return re.sub(r"[\s,_]", "", unicodedata.normalize("NFKC", text)).replace("。", ".").replace("−", "-")


def positions_fit(question: Question, chosen: object) -> bool:
    """Whether a list holds positions that this kind of question has."""
    count = len(question.options)
    # `type`, for JSON's true is an int to Python.
    if not isinstance(chosen, list) or not all(type(one) is int and one >= 0 for one in chosen):
        return False
    if question.kind == "order":
        return sorted(chosen) == list(range(count))
    if question.kind == "match":
        return len(chosen) == count and all(one < count for one in chosen)
    if question.kind == "tap":
        named = [one for one in chosen if one < count]
        return len(chosen) <= MOST_TAPS and len(set(named)) == len(named) and max(chosen, default=0) <= count
    last = count if question.kind in PLACED else count - 1
    return len(set(chosen)) == len(chosen) and all(one <= last for one in chosen)


def is_right(question: Question, body: Mapping[str, Any]) -> bool:
    """Whether an answer that fits is right."""
    if question.kind in ("number", "text"):
        option = matching(question, body)
        return option is not None and question.options[option].right
    chosen = body["chosen"]
    if question.kind in LISTED:
        return well_placed(question, chosen) or tuple(chosen) in question.accepted
    right = {position for position, option in enumerate(question.options) if option.right}
    if question.kind == "tap":
        return len(right - set(chosen)) <= question.misses and false_alarms(question, chosen) <= question.alarms
    return set(chosen) == right or tuple(chosen) in question.accepted


def false_alarms(question: Question, chosen: list[int]) -> int:
    """How many taps were at no right place."""
    return sum(1 for one in chosen if one >= len(question.options) or not question.options[one].right)


def well_placed(question: Question, chosen: list[int]) -> bool:
    """Whether every item has its place; two right sides that say the same are one."""
    return all(same_place(question, place, one) for place, one in enumerate(chosen))


def same_place(question: Question, place: int, given: int) -> bool:
    """Whether what was given for a place belongs there."""
    if question.kind == "match":
        return question.options[place].other == question.options[given].other
    return place == given


def matching(question: Question, body: Mapping[str, Any]) -> int | None:
    """The position of the option that a typed answer is; None when it is none of them."""
    fitting = is_amount if question.kind == "number" else is_said
    found = (place for place, option in enumerate(question.options) if fitting(question, option, body))
    return next(found, None)


def is_amount(question: Question, option: Option, body: Mapping[str, Any]) -> bool:
    """Whether a number with its unit is the option's, as near as its author asks."""
    amount = option.amount
    if amount is None:
        return False
    unit = question.units[body["unit"]] if question.units else ""
    # Decimal figures are not exact in binary: 0.3 is 0.1 off 0.2.
    return unit == amount.unit and abs(float(plain_number(body["number"])) - amount.value) <= amount.off + 1e-9


def is_said(question: Question, option: Option, body: Mapping[str, Any]) -> bool:
    """Whether words are one of the ways to write the option."""
    return bool(same := plain_words(body["words"])) and any(same == plain_words(one) for one in option.also)


def plain_words(text: str) -> str:
    """Words without what does not matter: width, capitals, spaces, punctuation, what nobody sees, traditional
    characters (by the table with which the advertising rules read them)."""
    simplified = rules.book().evasions.characters
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    plain = unicodedata.normalize("NFKC", "".join(seen)).lower()
    return IGNORED.sub("", "".join(simplified.get(character, character) for character in plain))


def speaking(question: Question, body: Mapping[str, Any], right: bool) -> tuple[int, ...]:
    """Which options' words answer whoever answered so, by position; OTHERWISE or MISSING where none speaks."""
    if question.kind in ("number", "text"):
        option = matching(question, body)
        return (OTHERWISE,) if option is None else (option,)
    chosen = [one for one in body.get("chosen", []) if isinstance(one, int)]
    if question.kind in LISTED:
        if right:
            return ()
        # A version that lost an item since may know fewer than were placed.
        placed = [(place, one) for place, one in enumerate(chosen[: len(question.options)])]
        astray = [(place, one) for place, one in placed if one < len(question.options)]
        wrong = [place if question.kind == "match" else one for place, one in astray
                 if not same_place(question, place, one)]  # fmt: skip
        spoken = [one for one in wrong if question.options[one].say]
        return tuple(spoken[:1] if question.kind == "order" else spoken) or (OTHERWISE,)
    named = [one for one in dict.fromkeys(chosen) if one < len(question.options)]
    if right:
        return tuple(one for one in named if question.options[one].right)
    wrong = [one for one in named if not question.options[one].right]
    missed = [p for p, one in enumerate(question.options) if one.right and p not in named]
    if question.kind in PLACED and (len(named) < len(chosen) or (missed and not wrong)) and question.otherwise:
        return (*wrong, OTHERWISE)
    return tuple(wrong) or (MISSING,)


def right_answer(question: Question) -> dict[str, Any]:
    """An answer that is right. A question answered by voice has none."""
    if question.kind in ("number", "text"):
        option = next(one for one in question.options if one.right)
        if question.kind == "text":
            return {"words": option.also[0]}
        assert option.amount
        unit = question.units.index(option.amount.unit) if option.amount.unit else 0
        return {"number": f"{option.amount.value:g}", "unit": unit}
    return {"chosen": [position for position, option in enumerate(question.options) if option.right]}


def wrong_answer(question: Question) -> dict[str, Any]:
    """An answer that fits and is wrong."""
    if question.kind == "number":
        largest = max(abs(one.amount.value) + one.amount.off for one in question.options if one.amount)
        return {"number": f"{int(largest) + 7}", "unit": 0}
    if question.kind == "text":
        return {"words": "?!?"}
    places = list(range(len(question.options)))
    if question.kind == "order":
        return {"chosen": [*places[1:], 0]}
    if question.kind == "match":
        other = next((n for n in places if not same_place(question, 0, n)), 0)
        return {"chosen": [other, *places[1:]]}
    if question.kind == "tap":
        return {"chosen": [len(places)] * (question.alarms + 1)}
    return {"chosen": [position for position, option in enumerate(question.options) if not option.right][:1]}


def in_words(question: Question, body: Mapping[str, Any]) -> list[str]:
    """What was answered, for people who look after the trainee, as its author wrote the options."""
    if "number" in body:
        unit = question.units[body["unit"]] if body["unit"] < len(question.units) else ""
        return [f"{body['number']} {unit}".strip()]
    if "words" in body:
        return [body["words"]]
    options = question.options
    chosen = [one for one in body.get("chosen", []) if isinstance(one, int)]
    if question.kind == "match":
        pairs = zip(options, chosen, strict=False)
        return [f"{named(left)} – {options[right].other}" for left, right in pairs if right < len(options)]
    words = [named(options[one]) if one < len(options) else "✗" for one in chosen]
    return words if question.kind != "order" else [f"{place}. {word}" for place, word in enumerate(words, start=1)]


def named(option: Option) -> str:
    """An option in words: its text, or what its picture shows."""
    return option.text or (option.picture.alt if option.picture else "")


__all__ = ["CHOSEN", "MISSING", "OTHERWISE", "fits", "in_words", "is_empty", "is_right", "right_answer", "speaking",
           "wrong_answer"]  # fmt: skip
