"""How far each of the crowd gets, and when: the shares of a county that goes well, drawn by chance.

Nearly two in three complete the course that their class requires, some of them others too; most of the rest are under
way and were here in the last days; one in twenty needs help: never came, stays away, or fails a quiz again and again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

DAY = 86_400.0


@dataclass(frozen=True)
class Fate:
    """`shares`: how much of each course is done. `joined` and `until`, the last visit, are seconds since 1970. Who is
    `stuck` has failed the quiz that comes next three times."""

    shares: list[float]
    joined: float
    until: float
    stuck: bool = False


# Of a hundred: what becomes of them, in the order of the draw.
NEVER_CAME, JUST_JOINED, AWAY, STUCK, UNDER_WAY = 0.012, 0.06, 0.088, 0.10, 0.39
ONE, TWO = 0.88, 0.96
AWAY_DAYS, HERE_DAYS = (15, 55), (0, 12)


def draw(rng: random.Random, courses: int, begin: float, now: float) -> Fate:
    """One person's fate in a class that began at `begin`."""
    fate, joined = rng.random(), begin + rng.uniform(0, 3) * DAY
    nothing = [0.0] * courses
    if fate < NEVER_CAME:
        return Fate(nothing, joined, joined)
    if fate < JUST_JOINED:
        return Fate(nothing, now - rng.uniform(0.2, 9) * DAY, now)
    if fate < UNDER_WAY:
        last_here = AWAY_DAYS if JUST_JOINED <= fate < AWAY else HERE_DAYS
        part = [rng.uniform(0.05, 0.85), *nothing[1:]]
        return Fate(part, joined, now - rng.uniform(*last_here) * DAY, stuck=AWAY <= fate < STUCK)
    number = 1 if fate < ONE else 2 if fate < TWO else courses
    whole = [1.0] * min(number, courses)
    return Fate([*whole, *nothing[len(whole) :]], joined, joined + (now - joined) * rng.uniform(0.25, 0.98))
