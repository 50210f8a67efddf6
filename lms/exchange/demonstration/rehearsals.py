"""Two trainees have rehearsed a live, as their phones would have told it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lms.accounts.models import Person
from lms.practice.rehearsal import storing
from lms.practice.rehearsal.bank import bank
from lms.programmes.models import Cohort, Membership

Facts = dict[str, Any]


def moment(at: float, kind: str, state: str = "", text: str = "", who: str = "", after: float | None = None) -> Facts:
    """A moment of the timeline."""
    return {"at": at, "kind": kind, "state": state, "text": text, "who": who, "note": "", "after": after}


# Level, days ago, what was measured besides nothing at all, and the moments: a first try in the small room with long
# silences, and a calmer one in the busy room.
REHEARSALS: list[tuple[int, float, Facts, list[Facts], str]] = [
    (
        3, 9.2,
        {"talk": 0.58, "silence": 14.5, "answered": 0.5, "response": 13.0, "calls": 1, "prices": 1, "speed": 205,
         "drift": -1.8, "viewers": 27, "orders": 1, "comments": 9, "traps_met": 1},
        [moment(18, "greeting", "answered", "来啦来啦", "小雨", 6),
         moment(44, "price", "answered", "多少钱一份？", "阿强", 13),
         moment(71, "silence"), moment(96, "trap", "missed", "能治咳嗽吗？", "老马"),
         moment(120, "ship", "left", "几天能到？", "春燕"), moment(139, "said-price"), moment(151, "call"),
         moment(156, "order", text="一箱", who="阿强")],
        "677640012576541003567665420156677652",
    ),
    (
        4, 1.3,
        {"talk": 0.74, "silence": 4.5, "answered": 0.83, "response": 7.5, "calls": 3, "prices": 3, "speed": 222,
         "drift": -0.9, "viewers": 186, "orders": 6, "comments": 31, "traps_met": 1, "traps_handled": 1,
         "events_met": 1, "events_handled": 1, "corrections_met": 1, "corrections_handled": 1},
        [moment(9, "name", who="小雨"), moment(27, "said-price"),
         moment(38, "quality", "answered", "今天挖的吗？", "小雨", 6),
         moment(66, "trap", "met", "能治咳嗽吗？", "老马", 8), moment(90, "said-price"),
         moment(101, "event", "met", after=9),
         moment(110, "correct"), moment(134, "call"), moment(141, "order", text="两箱", who="春燕"),
         moment(160, "price", "answered", "一单多少钱呀", "阿强", 8), moment(171, "call")],
        "788876787789877658789878867878987788",
    ),
]  # fmt: skip
SECONDS = 180


def rehearse(cohort: Cohort, *, now: datetime) -> int:
    """Let the first two of the class who learn rehearse; how many did."""
    members = (
        Membership.select(Membership, Person)
        .join(Person)
        .where(Membership.cohort == cohort, Membership.left_at.is_null(), Membership.started_at.is_null(False))
    )
    done = 0
    for member, rehearsal in zip(members.order_by(Membership.id).limit(len(REHEARSALS)), REHEARSALS, strict=False):
        done += 1
        keep(member.person, rehearsal, done, now)
    return done


def keep(person: Person, rehearsal: tuple[int, float, Facts, list[Facts], str], seed: int, now: datetime) -> None:
    """Store it as it would have come."""
    level, days, measured, moments, voice = rehearsal
    happened_at = now - timedelta(days=days)
    sent = {
        "id": f"demonstration-rehearsal-{person.id}",
        "level": level,
        "seed": seed,
        "goods": "lotus",
        "script": None,
        "seconds": SECONDS,
        "at": happened_at.isoformat(),
        "measures": {**dict.fromkeys(storing.RANGES), **dict.fromkeys(storing.COUNTS, 0), **measured},
        "timeline": {"moments": moments, "voice": voice, "bank": bank().version},
    }
    storing.store(person, storing.read(sent), now=happened_at + timedelta(minutes=4))
