"""Geometry of the weekly line: how many people were active in each of some twelve weeks, on a scale from nothing.

Source: the design, section 7 and pictures 18, 20b and 30: figures stand only at the first week, the peak and the last;
a known event (wheat harvest, spring festival) is a band with a word. Units as in `charts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.lib.charts import DESK, GAP, SMALL, STRONG, Paper, inside, neat, text_width, widest

# Steps of a scale that people can halve in their heads.
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
INTERVALS = 3

TOP = 30
# Room right of the last dot, so that a band can go on a little beyond it.
RIGHT = 10
# From a dot to the baseline of its figure above and below.
ABOVE, BELOW = -11, 23

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Week:
    """How many people were active in a week. `label`: as it stands under the axis (第 1 周)."""

    label: str
    count: int


@dataclass(frozen=True)
class Event:
    """What explains a rise or fall, from one week to another (positions from 0, both included)."""

    label: str
    first: int
    last: int


@dataclass(frozen=True)
class Word:
    """A text centred at `x` on the baseline `y`."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A line of the scale at `y`, from the plot's left to its right; its figure ends at `x` on `text_y`."""

    value: int
    y: float
    x: float
    text_y: float


@dataclass(frozen=True)
class Dot:
    """A week's point. `strong`: first, peak or last, filled and with a figure."""

    x: float
    y: float
    week: Week
    strong: bool


@dataclass(frozen=True)
class Band:
    """An event's ground, its word centred at `word.x`."""

    x: float
    y: float
    width: float
    height: float
    word: Word


@dataclass(frozen=True)
class WeekLine:
    """The drawing. `line` and `area` are the points attribute of a polyline and a polygon."""

    width: int
    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    line: str
    area: str
    dots: tuple[Dot, ...]
    figures: tuple[Word, ...]
    weeks: tuple[Word, ...]
    bands: tuple[Band, ...]


def week_line(weeks: Sequence[Week], paper: Paper = DESK, events: Sequence[Event] = ()) -> WeekLine:
    """The line for these weeks, oldest first. Raises ValueError without weeks, and for an event outside them."""
    if not weeks or any(not 0 <= event.first <= event.last < len(weeks) for event in events):
        raise ValueError("a line needs weeks, and an event lies in them")
    scale = ticks_for(max(week.count for week in weeks))
    left = neat(widest([f"{value:,}" for value in scale], SMALL) + 8)
    right, bottom = paper.width - RIGHT, TOP + paper.plot
    xs = across(left, right, len(weeks))
    ys = [neat(bottom - paper.plot * week.count / scale[-1]) for week in weeks]
    strong = {0, peak(weeks), len(weeks) - 1}
    figures, taken = figures_at(weeks, xs, ys, paper.width)
    taken += [box_of_line(at, xs, ys) for at in range(len(xs) - 1)]
    line = " ".join(f"{x},{y}" for x, y in zip(xs, ys, strict=True))
    return WeekLine(
        width=paper.width,
        height=bottom + 34,
        left=left,
        right=right,
        top=TOP,
        bottom=bottom,
        ticks=tuple(tick(value, scale[-1], left, paper) for value in scale),
        line=line,
        area=f"{xs[0]},{bottom} {line} {xs[-1]},{bottom}",
        dots=tuple(Dot(xs[at], ys[at], week, at in strong) for at, week in enumerate(weeks)),
        figures=figures,
        weeks=axis(weeks, xs, paper.width, bottom + 24),
        bands=tuple(band(event, xs, taken, paper) for event in events),
    )


def ticks_for(most: int) -> tuple[int, ...]:
    """A scale in whole numbers from 0 to at least `most`, in at most three even steps: 402 gives 0, 150, 300, 450."""
    size = 1
    while True:
        for step in STEPS:
            if step * size == int(step * size) and step * size * INTERVALS >= most:
                even = int(step * size)
                return tuple(even * at for at in range(max(1, -(-most // even)) + 1))
        size *= 10


def peak(weeks: Sequence[Week]) -> int:
    """The position of the first week with the most people."""
    return max(range(len(weeks)), key=lambda at: (weeks[at].count, -at))


def across(left: float, right: float, count: int) -> list[float]:
    """Evenly spread places from left to right; a single one in the middle."""
    if count == 1:
        return [neat((left + right) / 2)]
    return [neat(left + (right - left) * at / (count - 1)) for at in range(count)]


def tick(value: int, most: int, left: float, paper: Paper) -> Tick:
    """A line of the scale."""
    y = neat(TOP + paper.plot * (1 - value / most))
    return Tick(value, y, left - 8, neat(y + 5))


def figures_at(
    weeks: Sequence[Week], xs: Sequence[float], ys: Sequence[float], width: float
) -> tuple[tuple[Word, ...], list[Box]]:
    """The figures at peak, first and last week, above their dots, or below where one would cover another; the boxes."""
    words: dict[int, Word] = {}
    boxes: list[Box] = []
    for at in dict.fromkeys((peak(weeks), 0, len(weeks) - 1)):
        text = f"{weeks[at].count:,}"
        x = inside(xs[at], text_width(text, STRONG), width, xs[0] - 5)
        above, below = Word(text, x, neat(ys[at] + ABOVE)), Word(text, x, neat(ys[at] + BELOW))
        covered = any(overlap(box_of(above, STRONG), box) for box in boxes)
        words[at] = below if covered else above
        boxes.append(box_of(words[at], STRONG))
    return tuple(words[at] for at in sorted(words)), boxes


def axis(weeks: Sequence[Week], xs: Sequence[float], width: float, y: float) -> tuple[Word, ...]:
    """The names of the first and last week, and of as many between, evenly spaced, as have room."""
    words = [
        Word(week.label, inside(x, text_width(week.label, SMALL), width), y) for week, x in zip(weeks, xs, strict=True)
    ]
    last = words[-1]
    for every in range(1, len(words)):
        regular = words[:-1:every]
        fitting = [word for word in regular if word is words[0] or not touch(word, last)]
        if not any(touch(one, other) for one, other in zip(fitting, [*fitting[1:], last], strict=True)):
            return (*fitting, last)
    return (words[0], last) if len(words) > 1 and not touch(words[0], last) else (last,)


def touch(left: Word, right: Word) -> bool:
    """Whether two names under the axis stand closer than a gap."""
    return right.x - left.x < (text_width(left.text, SMALL) + text_width(right.text, SMALL)) / 2 + GAP


def band(event: Event, xs: Sequence[float], taken: Sequence[Box], paper: Paper) -> Band:
    """An event's band, half a week wider on both sides; its word at the top, or at the foot where that is taken."""
    half = (xs[1] - xs[0]) / 2 if len(xs) > 1 else paper.width / 4
    start, end = max(xs[0], xs[event.first] - half), min(paper.width, xs[event.last] + half)
    top, bottom = TOP - 6, TOP + paper.plot
    middle = inside((start + end) / 2, text_width(event.label, SMALL), paper.width)
    high, low = Word(event.label, middle, top + 17), Word(event.label, middle, bottom - 9)
    word = low if any(overlap(box_of(high, SMALL), box) for box in taken) else high
    return Band(neat(start), top, neat(end - start), bottom - top, word)


def box_of(word: Word, size: int) -> Box:
    """Left, top, right and bottom of a centred word."""
    half = text_width(word.text, size) / 2
    return word.x - half, word.y - 0.8 * size, word.x + half, word.y + 0.2 * size


def box_of_line(at: int, xs: Sequence[float], ys: Sequence[float]) -> Box:
    """Left, top, right and bottom of the line from one week to the next, with its dots."""
    return xs[at] - 6, min(ys[at : at + 2]) - 6, xs[at + 1] + 6, max(ys[at : at + 2]) + 6


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
