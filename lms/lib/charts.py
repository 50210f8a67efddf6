"""Geometry of the manager's charts: where each bar, dot and word stands, so that a template only prints SVG attributes.

Source: the design, section 7 and pictures 18, 19, 20b and 30. Lengths are CSS pixels of a drawing `width` wide, y grows
downwards, text is placed by its baseline. Two papers: DESK for a column of the desk shell, PHONE for 360 pixels less
the margins. Nothing here has words of its own: labels come in translated, numbers go out as numbers.

Privacy: a group of one to four people never has a rate here, whatever the caller says (`smallcells`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.lib.smallcells import too_few

# From how many per cent on. At the first step a bar is hatched, and somebody should ring there.
TONES = (("low", 0), ("fair", 45), ("good", 60), ("high", 75))

# More places than MOST: the ENDS highest and lowest.
MOST = 12
ENDS = 5

SMALL, STRONG = 14, 16
GAP = 10


@dataclass(frozen=True)
class Paper:
    """A drawing's size. `pitch`: from row to row; `label`: the widest label beside a bar, wider ones stand above it."""

    width: int
    pitch: int
    bar: int
    label: int
    plot: int


DESK = Paper(width=484, pitch=30, bar=20, label=170, plot=124)
PHONE = Paper(width=320, pitch=34, bar=24, label=98, plot=130)


@dataclass(frozen=True)
class Bar:
    """One bar: its track from `x`, `width` long, filled for `length`. The label starts at `label_x`; the strong figure
    ends at `value_x`, the soft one at `note_x`, both on `text_y`. `label` is cut to fit, `title` is whole."""

    label: str
    title: str
    label_x: float
    label_y: float
    x: float
    y: float
    width: float
    height: float
    length: float
    value_x: float
    note_x: float
    text_y: float


# Rates --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rate:
    """`done` of `of` people in one place. `hidden`: the rate would give away that of a small group beside it."""

    label: str
    done: int
    of: int
    hidden: bool = False

    @property
    def percent(self) -> int | None:
        """The rate, or None where it stays unsaid or there is nobody."""
        return None if self.hidden else percent(self.done, self.of)

    @property
    def share(self) -> float:
        """The rate between 0 and 1, unrounded; −1 where it stays unsaid."""
        return -1.0 if self.percent is None else min(1.0, self.done / self.of)

    @property
    def tone(self) -> str:
        """The step of the matrix that it is shown in."""
        return tone(self.percent)


def percent(done: int, of: int) -> int | None:
    """A rate in whole per cent, halves up; None for nobody and for a group under five."""
    return None if of <= 0 or too_few(of) else (200 * done + of) // (2 * of)


def tone(rate: int | None) -> str:
    """The class of a cell in the completion matrix: low under 45, fair, good from 60, high from 75; empty for None."""
    return "" if rate is None else [name for name, least in TONES if rate >= least][-1]


# Funnel -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A step on the way from enrolled to certified, and how many people came that far."""

    label: str
    count: int


@dataclass(frozen=True)
class FunnelRow:
    """A step's bar. `percent` of the first step, None where there is no rate; `last`: the darker bar."""

    bar: Bar
    count: int
    percent: int | None
    last: bool


@dataclass(frozen=True)
class Funnel:
    """The funnel: rows in the order of the steps."""

    width: int
    height: float
    rows: tuple[FunnelRow, ...]


def funnel(steps: Sequence[Step], paper: Paper = DESK) -> Funnel:
    """Bars from the left for steps that lead from the first to the last, as shares of the first."""
    first = steps[0].count if steps else 0
    shares = [min(1.0, step.count / first) if first else 0.0 for step in steps]
    rates = [percent(step.count, first) for step in steps]
    values = [f"{step.count:,}" for step in steps]
    bars, height = bars_of([step.label for step in steps], shares, values, [f"{rate}%" for rate in rates], paper)
    last = len(steps) - 1
    rows = [
        FunnelRow(bar, step.count, rate, at == last)
        for at, (bar, step, rate) in enumerate(zip(bars, steps, rates, strict=True))
    ]
    return Funnel(paper.width, height, tuple(rows))


# Bars by place ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RateRow:
    """A place's bar. `position`: its place in what was given in; `percent` None: no bar, only words; `low`: hatched."""

    bar: Bar
    position: int
    rate: Rate
    percent: int | None
    low: bool


@dataclass(frozen=True)
class Target:
    """The dotted line from `top` to `bottom` at `x`, its label centred at `label_x` on `label_y`."""

    x: float
    top: float
    bottom: float
    label_x: float
    label_y: float


@dataclass(frozen=True)
class RateBars:
    """Places by rate, highest first. `left_out`: how many are not drawn; `break_y`: where they are missing."""

    width: int
    height: float
    rows: tuple[RateRow, ...]
    target: Target | None
    left_out: int
    break_y: float | None


def rate_bars(
    places: Sequence[Rate],
    paper: Paper = DESK,
    *,
    target: int | None = None,
    target_label: str = "",
    whole: bool = False,
) -> RateBars:
    """Bars of rates, sorted; those without one last. More than twelve: the five highest and lowest, unless `whole`."""
    order = sorted(enumerate(places), key=lambda item: -item[1].share)
    shown, broken = (order, False) if whole else both_ends(order)
    rates = [rate for _position, rate in shown]
    bars, height = bars_of(
        [rate.label for rate in rates],
        [max(0.0, rate.share) for rate in rates],
        [f"{rate.percent}%" for rate in rates],
        [f"{rate.done:,}/{rate.of:,}" for rate in rates],
        paper,
        top=0.0 if target is None else 30.0,
    )
    rows = [
        RateRow(bar, position, rate, rate.percent, rate.tone == TONES[0][0])
        for bar, (position, rate) in zip(bars, shown, strict=True)
    ]
    line = target_line(bars, target, target_label, paper) if target is not None and bars else None
    break_y = neat((bars[ENDS - 1].y + bars[ENDS - 1].height + bars[ENDS].y) / 2) if broken else None
    return RateBars(paper.width, height, tuple(rows), line, len(places) - len(shown), break_y)


def both_ends(order: list[tuple[int, Rate]]) -> tuple[list[tuple[int, Rate]], bool]:
    """The rows to draw, and whether some are missing between the highest and the lowest."""
    if len(order) <= MOST:
        return order, False
    rated = [item for item in order if item[1].percent is not None]
    if len(rated) <= 2 * ENDS:
        return rated or order[:MOST], False
    return rated[:ENDS] + rated[-ENDS:], True


def target_line(bars: Sequence[Bar], target: int, label: str, paper: Paper) -> Target:
    """The target across all bars, its label above, inside the drawing."""
    x = neat(bars[0].x + bars[0].width * target / 100)
    middle = inside(x, text_width(label, SMALL), paper.width)
    return Target(x, 18, neat(bars[-1].y + bars[-1].height + 6), middle, 12)


# Bars in common -----------------------------------------------------------------------------------------------------


def bars_of(
    labels: Sequence[str],
    shares: Sequence[float],
    values: Sequence[str],
    notes: Sequence[str],
    paper: Paper,
    top: float = 0.0,
) -> tuple[list[Bar], float]:
    """Bars under one another from `top`, and the drawing's height. Shares are between 0 and 1."""
    value_x = paper.width - widest(notes, SMALL) - GAP
    end = value_x - widest(values, STRONG) - GAP
    beside = widest(labels, STRONG) <= paper.label
    x = widest(labels, STRONG) + GAP if beside else 0.0
    above = 0 if beside else 20
    pitch = paper.pitch + above
    bars = []
    for at, (label, share) in enumerate(zip(labels, shares, strict=True)):
        y = top + at * pitch + above + (paper.pitch - paper.bar) / 2
        text_y = neat(y + paper.bar / 2 + 5)
        bars.append(
            Bar(
                label=label if beside else shortened(label, paper.width, STRONG),
                title=label,
                label_x=0,
                label_y=text_y if beside else neat(y - 6),
                x=neat(x),
                y=neat(y),
                width=neat(end - x),
                height=paper.bar,
                length=neat(max(1.0, (end - x) * share)) if share else 0,
                value_x=neat(value_x),
                note_x=paper.width,
                text_y=text_y,
            )
        )
    return bars, neat(top + len(bars) * pitch + (8 if top else 0))


def widest(texts: Iterable[str], size: int) -> float:
    """The width of the widest text."""
    return max((text_width(text, size) for text in texts), default=0.0)


def text_width(text: str, size: int) -> float:
    """About how wide a text stands in a system font: Han and full-width signs an em, others six tenths of it, which is
    what figures take and more than most letters."""
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else 0.6 * size for sign in text)


def shortened(text: str, width: float, size: int) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def inside(middle: float, text: float, width: float, left: float = 0.0) -> float:
    """Where a centred text of this width stands so that it stays between `left` and the drawing's right edge."""
    return neat(max(left + text / 2, min(middle, width - text / 2)))


def neat(number: float) -> float:
    """A tenth of a pixel is fine enough; whole numbers without a point."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
