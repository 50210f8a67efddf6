"""How far two judges agree who score the same things from 0 upwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Pair = tuple[int, int]


def share_within(pairs: Sequence[Pair], distance: int = 1) -> float | None:
    """The share of pairs, 0 to 1, whose scores differ by at most `distance`; None without pairs."""
    if not pairs:
        return None
    return sum(abs(first - second) <= distance for first, second in pairs) / len(pairs)


def weighted_kappa(pairs: Sequence[Pair], levels: int) -> float | None:
    """Cohen's kappa with quadratic weights for scores 0 to `levels` - 1: 1 is full agreement, 0 what chance alone
    would bring. None where it says nothing: no pairs, or both judges give one and the same score to everything.

    J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968), pp. 213 to 220: 1 minus the weighted disagreement that
    was met, divided by the one that the judges' own habits would bring by chance.
    """
    if not pairs:
        return None
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    met = sum((first - second) ** 2 for first, second in pairs) / len(pairs)
    chance = sum(
        firsts[first] * seconds[second] * (first - second) ** 2 for first in range(levels) for second in range(levels)
    ) / (len(pairs) ** 2)
    return 1 - met / chance if chance else None
