"""What a rehearsal says of itself beside the recording that is handed in, for whoever judges it."""

from __future__ import annotations

import math
from typing import Any

from lms.i18n import _
from lms.practice.rehearsal.measures import MEASURES, in_words, is_green, value_of
from lms.practice.rehearsal.storing import LONGEST, RANGES
from lms.practice.rehearsal.words import LEVELS
from lms.web.pages import lasting


def told(verdicts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The room and how long it was, then what is to be worked at, then what was as it should be: words, green, amber
    or nothing, icon. Empty for verdicts of another tool. A phone's own figures: read as such, believed nothing."""
    level, seconds, sent = (verdicts.get(name) for name in ("level", "seconds", "measures"))
    if not isinstance(sent, dict) or level not in tuple(LEVELS) or not is_number(seconds) or seconds < 0:
        return []
    measured = {name: sent[name] for name, (least, most) in RANGES.items() if within(sent.get(name), least, most)}
    room = _("%(level)s, %(time)s", level=LEVELS[level][0], time=lasting(round(min(seconds, LONGEST))))
    rows = [(one, is_green(one, value_of(one, measured), seconds / 60)) for one in MEASURES]
    off, good = (
        [
            (_("%(what)s: %(value)s", what=one.label, value=in_words(one, measured)), grade, icon)
            for one, green in rows
            if green is wanted
        ]
        for wanted, grade, icon in ((False, "amber", "swap"), (True, "green", "check"))
    )
    return [(room, "", "live"), *off, *good]


def within(value: Any, least: float, most: float) -> bool:
    """Whether a value that was sent is a measure's."""
    return is_number(value) and least <= value <= most


def is_number(value: Any) -> bool:
    """Whether a value that was sent is a number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
