"""A rehearsal as a phone sends it: read once, checked for sense, and stored exactly once however often it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unicodedata import category

from lms.accounts.models import Person
from lms.db import insert_once
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.learning.progress import CLIENT_ID, CLOCK_SKEW, LONGEST_AWAY
from lms.practice.rehearsal import words
from lms.practice.rehearsal.bank import bank
from lms.practice.rehearsal.models import Rehearsal

LEVELS = range(1, 6)
LONGEST = 1830  # seconds: thirty minutes and what a slow phone takes to stop
MOST_MOMENTS = 900
MOST_WORDS = 160
VOICE_STEP = 5  # seconds a digit of the voice stands for
# What each measure may be: (least, most), with None for "not measured".
RANGES = {
    "talk": (0, 1),
    "silence": (0, LONGEST),
    "answered": (0, 1),
    "response": (0, LONGEST),
    "calls": (0, LONGEST),
    "prices": (0, LONGEST),
    "speed": (0, 900),
    "drift": (-60, 60),
    "overrun": (0, LONGEST),
    "viewers": (0, 5000),
    "orders": (0, 5000),
    "comments": (0, 20_000),
    **{f"{name}_{what}": (0, 5000) for name in ("traps", "events", "corrections") for what in ("met", "handled")},
}
MOST_COUNTED = 20_000
COUNTS = {"calls", "prices", "viewers", "orders", "comments"} | {name for name in RANGES if "_" in name}


@dataclass(frozen=True)
class Kept:
    """A rehearsal that makes sense."""

    client_id: str
    level: int
    seed: int
    goods: str
    script_id: int | None
    seconds: int
    measures: dict[str, Any]
    timeline: dict[str, Any]
    happened_at: datetime | None


def store(person: Person, kept: Kept, *, now: datetime) -> Rehearsal:
    """The row of this rehearsal; the same again gives the first back. Raises Conflict where the id is another's."""
    happened_at = kept.happened_at or now
    if not now - LONGEST_AWAY <= happened_at <= now + CLOCK_SKEW:
        happened_at = now
    facts = {**vars(kept), "happened_at": min(happened_at, now)}
    made = insert_once(lambda: Rehearsal.create(person=person, stored_at=now, **facts))
    if made:
        return made
    first = Rehearsal.get((Rehearsal.person == person) & (Rehearsal.client_id == kept.client_id))
    if first.content != [kept.level, kept.seed, kept.goods, kept.seconds, kept.measures, kept.timeline]:
        raise Conflict(_("Another rehearsal has this number already. Open the rehearsal room again."))
    return first


def read(sent: Any) -> Kept:
    """What a phone sent, checked. Raises Refused where it makes no sense."""
    try:
        return kept_of(sent)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as problem:
        raise Refused(_("This rehearsal could not be read. Open the page again and send once more.")) from problem


def kept_of(sent: Mapping[str, Any]) -> Kept:
    """The same, or a Python error."""
    client_id, goods = text(sent["id"], 64), text(sent["goods"], 60)
    if not CLIENT_ID.fullmatch(client_id) or goods not in bank().goods:
        raise ValueError("no such id or goods")
    seconds = whole(sent["seconds"], 1, LONGEST)
    script = sent.get("script")
    return Kept(
        client_id=client_id,
        level=whole(sent["level"], LEVELS[0], LEVELS[-1]),
        seed=whole(sent["seed"], 0, 2**32 - 1),
        goods=goods,
        script_id=None if script is None else whole(script, 1, 2**31 - 1),
        seconds=seconds,
        measures=measures_of(sent["measures"], seconds),
        timeline=timeline_of(sent["timeline"], seconds),
        happened_at=moment_of(sent.get("at")),
    )


def measures_of(sent: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """The measures: each in its range, nothing handled that was not met, no silence longer than the whole."""
    if set(sent) != set(RANGES):
        raise ValueError("other measures")
    found = {name: number(sent[name], *RANGES[name]) for name in RANGES}
    counts = {name: whole(sent[name], 0, MOST_COUNTED) for name in COUNTS}
    if any(counts[f"{name}_handled"] > counts[f"{name}_met"] for name in ("traps", "events", "corrections")):
        raise ValueError("more handled than met")
    if any((found[name] or 0) > seconds + 1 for name in ("silence", "response", "overrun")):
        raise ValueError("longer than the whole")
    if counts["calls"] > seconds or counts["prices"] > seconds:
        raise ValueError("more than one a second")
    return found | counts


def timeline_of(sent: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """The moments in their order, and how much was spoken in each five seconds (0 to 9, - for not measured)."""
    moments, voice, version = sent["moments"], text(sent["voice"], LONGEST), text(sent["bank"], 20)
    if len(moments) > MOST_MOMENTS or len(voice) > seconds // VOICE_STEP + 2 or set(voice) - set("0123456789-"):
        raise ValueError("too many moments")
    read = [moment(one, seconds) for one in moments]
    if read != sorted(read, key=lambda one: one["at"]):
        raise ValueError("not in order")
    return {"moments": read, "voice": voice, "bank": version}


def moment(sent: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """One moment. `after`: seconds until it was answered or handled."""
    kind, state = sent["kind"], sent.get("state", "")
    if kind not in words.MOMENTS or state not in {"", *words.STATES}:
        raise ValueError("no such moment")
    return {
        "at": number(sent["at"], 0, seconds + 1) or 0,
        "kind": kind,
        "state": state,
        "text": text(sent.get("text", ""), MOST_WORDS),
        "who": text(sent.get("who", ""), 40),
        "note": text(sent.get("note", ""), 240),
        "after": number(sent.get("after"), 0, LONGEST),
    }


def text(value: Any, most: int) -> str:
    """A short text without what no database takes. Trainers' lines come back in it, as they were typed or pasted."""
    if not isinstance(value, str) or len(value) > most or any(category(sign) in ("Cc", "Cs") for sign in value):
        raise ValueError("no such text")
    return value


def number(value: Any, least: float, most: float) -> float | None:
    """A finite number within bounds, to two places, or None."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise ValueError(f"{value!r} is not from {least} to {most}")
    return round(value, 2)


def whole(value: Any, least: int, most: int) -> int:
    """A whole number within bounds."""
    checked = number(value, least, most)
    if checked is None or checked != int(checked):
        raise ValueError(f"{value!r} is not a whole number")
    return int(checked)


def moment_of(sent: Any) -> datetime | None:
    """A phone's ISO moment, or None if it makes no sense."""
    try:
        told = datetime.fromisoformat(str(sent).replace("Z", "+00:00"))
        return told.astimezone(UTC) if told.tzinfo else None
    except (ValueError, OverflowError):
        return None
