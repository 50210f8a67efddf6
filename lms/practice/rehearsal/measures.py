"""What a rehearsal measures, when it is green, and the one thing to do better next time. The phone measures
(static/js/rehearsal/measures.js) and takes this table along; the server draws stored rehearsals with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lms.i18n import _, ngettext
from lms.i18n import lazy as _l


@dataclass(frozen=True)
class Measure:
    """`unit`: share, seconds, per10 (a count of the whole, green by ten minutes), of (handled of met), rate, drift or
    count. Green from `low` to `high`, where there are bounds. `weight`: the smallest advice comes first.
    `mark`: S stands in a source that was read, G is generally held, D our proposal, to be calibrated."""

    name: str
    label: Any
    unit: str
    low: float | None
    high: float | None
    weight: int
    too_low: Any = ""
    too_high: Any = ""
    mark: str = "D"


MEASURES = [
    Measure("talk", _l("Time spent talking"), "share", 0.60, 0.85, 4,
            _l("Go on talking even if nobody answers: say what your hands are doing."),
            _l("Leave gaps: ask something and wait three seconds for comments.")),
    Measure("silence", _l("Longest silence"), "seconds", None, 8, 3,
            too_high=_l("When nothing comes to mind, say the price once more: no silence over eight seconds.")),
    Measure("answered", _l("Questions answered"), "share", 0.80, None, 5,
            _l("Look at the comments after every sentence, and answer with the asker's name.")),
    Measure("response", _l("Time to an answer"), "seconds", None, 15, 6,
            too_high=_l("Answer within fifteen seconds: first “good question”, then the number.")),
    Measure("calls", _l("Calls to order"), "per10", 6, None, 7,
            _l("Say every minute and a half how to order, and tap: Called to order.")),
    Measure("prices", _l("Price said"), "count", 3, None, 8,
            _l("Say price and size at least three times for each product, and tap the card.")),
    Measure("traps", _l("Traps passed"), "of", 1, None, 2,
            _l("Read the lawful answers below aloud once. Then they come by themselves.")),
    Measure("events", _l("Mishaps handled"), "of", 1, None, 9,
            _l("Whatever happens: say what is the matter, do it, go on with the goods.")),
    Measure("corrections", _l("Errors corrected aloud"), "of", 1, None, 1,
            _l("A wrong price is put right aloud at once. Look at the card now and then.")),
    Measure("speed", _l("Characters a minute"), "rate", 200, 280, 10,
            _l("A little faster: read the first sentences with the words scrolling at 220."),
            _l("A little slower: at the end of each sentence breathe once."), "S"),
    Measure("drift", _l("Voice at the end against the beginning"), "drift", -4, 4, 11,
            _l("Your voice grew weak: drink some water halfway and sit upright."),
            _l("You grew loud: the phone hears you well, speak as at the beginning.")),
    Measure("overrun", _l("Over the time of a part"), "seconds", None, 20, 12,
            too_high=_l("When the colour of the clock changes, go on to the next part.")),
]  # fmt: skip
BY_NAME = {one.name: one for one in MEASURES}
# Counted, but neither good nor bad.
COUNTED = {"viewers": _l("Most viewers"), "orders": _l("Orders"), "comments": _l("Comments")}


def is_green(one: Measure, value: float | None, minutes: float) -> bool | None:
    """Whether a value lies within its bounds; None where nothing was measured or nothing asked."""
    if value is None:
        return None
    low = one.low * max(minutes, 1) / 10 if one.unit == "per10" and one.low is not None else one.low
    if one.name == "prices" and minutes < 3:
        return None
    return (low is None or value >= low) and (one.high is None or value <= one.high)


def value_of(one: Measure, measures: dict[str, Any]) -> float | None:
    """The figure to judge: handled of met as a share, None where none was met."""
    if one.unit != "of":
        return measures.get(one.name)
    met = measures.get(f"{one.name}_met") or 0
    return (measures.get(f"{one.name}_handled") or 0) / met if met else None


def worst(measures: dict[str, Any], seconds: int) -> Measure | None:
    """The measure to work at next time, or None when all are green."""
    off = [one for one in MEASURES if is_green(one, value_of(one, measures), seconds / 60) is False]
    return min(off, key=lambda one: one.weight, default=None)


def advice(measures: dict[str, Any], seconds: int) -> str:
    """The one thing to do better next time."""
    one = worst(measures, seconds)
    if one is None:
        return _("All as it should be. Next time take a harder room.")
    value = value_of(one, measures)
    return str(one.too_low if one.too_low and (not one.too_high or below(one, value)) else one.too_high)


def below(one: Measure, value: float | None) -> bool:
    """Whether a value is too low, rather than too high."""
    return value is not None and one.low is not None and value < one.low


def in_words(one: Measure, measures: dict[str, Any]) -> str:
    """A value as people read it, as measures.js writes it too."""
    if one.unit == "of":
        met = measures.get(f"{one.name}_met") or 0
        return f"{measures.get(f'{one.name}_handled') or 0} / {met}" if met else _("none came")
    value = measures.get(one.name)
    if value is None:
        return _("not measured")
    if one.unit == "share":
        return f"{round(value * 100)} %"
    if one.unit == "seconds":
        return ngettext("%(num)d second", "%(num)d seconds", round(value))
    return f"{round(value):+d} dB".replace("+0", "0") if one.unit == "drift" else str(round(value))


def aim(one: Measure) -> str:
    """What is good, as people read it; nothing where handling all is."""
    if one.unit in ("of", "drift"):
        return ""
    bounds = [None if bound is None else bounded(one, bound) for bound in (one.low, one.high)]
    if None not in bounds:
        return _("%(low)s to %(high)s is good", low=bounds[0], high=bounds[1])
    return _("%(low)s or more is good", low=bounds[0]) if bounds[0] else _("%(high)s or less is good", high=bounds[1])


def bounded(one: Measure, bound: float) -> str:
    """A bound with its unit."""
    if one.unit == "share":
        return f"{round(bound * 100)} %"
    if one.unit == "per10":
        return _("%(count)d in ten minutes", count=bound)
    return ngettext("%(num)d second", "%(num)d seconds", round(bound)) if one.unit == "seconds" else str(round(bound))


def rows(measures: dict[str, Any], seconds: int, last: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Every measure as the report lists it, with the last time's value beside it."""
    return [
        {
            "name": one.name,
            "label": str(one.label),
            "aim": aim(one),
            "words": in_words(one, measures),
            "green": is_green(one, value_of(one, measures), seconds / 60),
            "last": in_words(one, last) if last else "",
        }
        for one in MEASURES
    ]


def for_phone() -> list[dict[str, Any]]:
    """The table as the phone takes it along."""
    return [
        {name: str(value) if name in ("label", "too_low", "too_high") else value for name, value in vars(one).items()}
        for one in MEASURES
    ]
