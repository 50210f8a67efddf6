"""Rehearsals as phones send them, and lines as trainers add them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lms.accounts.models import Person
from lms.practice.rehearsal import audience, storing
from lms.practice.rehearsal.models import AudienceLine, Rehearsal
from tests.cast import SPRING

MEASURES: dict[str, Any] = {
    **dict.fromkeys(storing.COUNTS, 0),
    "talk": 0.72,
    "silence": 5.5,
    "answered": 0.75,
    "response": 9.25,
    "speed": 231.4,
    "drift": -1.2,
    "overrun": None,
    "calls": 2,
    "prices": 3,
    "viewers": 31,
    "orders": 2,
    "comments": 14,
    "traps_met": 1,
    "traps_handled": 1,
}
MOMENTS: list[dict[str, Any]] = [
    {
        "at": 12.25,
        "kind": "price",
        "state": "answered",
        "text": "多少钱一份？",
        "who": "小雨",
        "note": "",
        "after": 9.25,
    },
    {
        "at": 41,
        "kind": "trap",
        "state": "left",
        "text": "能治咳嗽吗？",
        "who": "老马",
        "note": "不能治病",
        "after": None,
    },
    {"at": 95.5, "kind": "call"},
]


def told(**changes: Any) -> dict[str, Any]:
    """A rehearsal of three minutes in the small room."""
    return {
        "id": "rehearsal-of-lotus-1",
        "level": 3,
        "seed": 4_000_000_001,
        "goods": "lotus",
        "script": None,
        "seconds": 180,
        "at": SPRING.isoformat(),
        "measures": dict(MEASURES),
        "timeline": {"moments": [dict(one) for one in MOMENTS], "voice": "79" * 18, "bank": "1"},
        **changes,
    }


def rehearsed(person: Person, *, now: datetime = SPRING, **changes: Any) -> Rehearsal:
    """The same, stored."""
    return storing.store(person, storing.read(told(**changes)), now=now)


def asked_by(trainer: Person, **changes: Any) -> AudienceLine:
    """A line that a trainer added."""
    facts = {
        "kind": "price",
        "goods": "lotus",
        "zh": "粉藕几块一斤？",
        "en": "",
        "answer_zh": "说数带单位。",
        "answer_en": "",
    }
    return audience.add(trainer, {**facts, "course": None, **changes}, now=SPRING)
