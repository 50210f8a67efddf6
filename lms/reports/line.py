"""The weekly line as a drawing: where its points, its grid and its labels stand.

Horizontal places are per cent of the width and vertical ones pixels, so that a phone draws the same line narrower
while the letters keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.i18n import _, language

LEFT, RIGHT = 11.0, 96.0  # per cent
TOP, FOOT = 34, 158  # pixels
STEPS = (1, 2, 5, 10, 15, 20, 25, 50, 75)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Point:
    """A week. `label`: its number stands beside it, at `label_y`; `under`: its day stands on the axis; `anchor`: how
    a text there is set."""

    x: float
    y: float
    monday: date
    count: int
    label: bool
    label_y: float
    under: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """`grid`: (pixel, number) of the axis; `path` and `area` are in a square of 100 by 100 stretched over the plot."""

    points: list[Point]
    grid: list[tuple[float, int]]
    path: str
    area: str


def drawn(weeks: Sequence[tuple[date, int]]) -> Line:
    """The drawing of (Monday, number) pairs, at least two."""
    counts = [count for _monday, count in weeks]
    step = axis_step(max(counts))
    grid = [(height(value, 3 * step), value) for value in range(0, 3 * step + 1, step)]
    return Line(points(weeks, 3 * step), grid, *paths(counts, 3 * step))


def axis_step(highest: int) -> int:
    """The distance of two lines of the grid, three of which reach above the highest number: 1, 2, 5, 10, 15, 20, 25,
    50, 75 or one of these times ten, a hundred…"""
    scale = 1
    while True:
        for step in STEPS:
            if 3 * step * scale >= highest:
                return step * scale
        scale *= 10


def height(value: float, top: int) -> float:
    """The pixel of a number."""
    return round(FOOT - (FOOT - TOP) * value / top, 1)


def points(weeks: Sequence[tuple[date, int]], top: int) -> list[Point]:
    """Where each week stands, and which of them are written out."""
    last = len(weeks) - 1
    counts = [count for _monday, count in weeks]
    labelled = labels(counts)
    dated = {0, last, *({last // 2} if last >= 6 else ())}
    return [
        Point(
            x=round(LEFT + (RIGHT - LEFT) * at / last, 2),
            y=height(count, top),
            monday=monday,
            count=count,
            label=at in labelled,
            # Below the first dot where the line climbs away from it, else above.
            label_y=height(count, top) + (26 if at == 0 and counts[1] > count else -13),
            under=short(monday) if at in dated else "",
            anchor="start" if at == 0 else "end" if at == last else "middle",
        )
        for at, (monday, count) in enumerate(weeks)
    ]


def labels(counts: Sequence[int]) -> set[int]:
    """The first, the last, and the highest unless it would touch one of them."""
    last = len(counts) - 1
    peak = max(range(len(counts)), key=lambda at: counts[at])
    return {0, last, *({peak} if 2 <= peak <= last - 2 else ())}


def paths(counts: Sequence[int], top: int) -> tuple[str, str]:
    """The line, and the ground under it."""
    last = len(counts) - 1
    way = " ".join(f"{100 * at / last:.2f},{100 - 100 * count / top:.2f}" for at, count in enumerate(counts))
    return f"M{way}", f"M0,100 L{way} L100,100 Z"


def short(day: date) -> str:
    """A day on the axis."""
    if language() == "en":
        return f"{day.day} {MONTHS[day.month - 1]}"
    return _("%(month)d/%(day)d", month=day.month, day=day.day)
