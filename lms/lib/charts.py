"""What the manager's charts show: rates, their tones, and which places are drawn. Widths are per cent of the drawing,
so the templates lay it out.

Source: the design, section 7 and pictures 18, 19, 20b and 30. Nothing here has words of its own: labels come in
translated, numbers go out as numbers.

Privacy: a group of one to four people never has a rate here, whatever the caller says (`smallcells`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.lib.smallcells import too_few

# From how many per cent on. At the first step a bar is hatched, and somebody should ring there.
TONES = (("low", 0), ("fair", 45), ("good", 60), ("high", 75))

# More places than MOST: the ENDS highest and lowest.
MOST = 12
ENDS = 5


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

    label: str
    count: int
    percent: int | None
    last: bool


def funnel(steps: Sequence[Step]) -> list[FunnelRow]:
    """A bar for each of the steps that lead from the first to the last, as shares of the first."""
    return [FunnelRow(step.label, step.count, percent(step.count, steps[0].count), step is steps[-1]) for step in steps]


# Bars by place ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RateRow:
    """A place's bar. `position`: its place in what was given in; `low`: hatched."""

    position: int
    rate: Rate
    percent: int
    low: bool


@dataclass(frozen=True)
class RateBars:
    """Places by rate, highest first. `between`: how many are not drawn, behind the fifth row."""

    rows: list[RateRow]
    between: int


def rate_bars(places: Sequence[Rate], *, whole: bool = False) -> RateBars:
    """Bars of the places that have a rate, sorted. More than twelve: the five highest and lowest, unless `whole`."""
    order = sorted(enumerate(places), key=lambda item: -item[1].share)
    rows = [
        RateRow(position, rate, rate.percent, rate.tone == TONES[0][0])
        for position, rate in order
        if rate.percent is not None
    ]
    if whole or len(rows) <= MOST:
        return RateBars(rows, 0)
    return RateBars(rows[:ENDS] + rows[-ENDS:], len(rows) - 2 * ENDS)
