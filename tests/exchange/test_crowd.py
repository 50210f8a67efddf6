"""The crowd of a synthetic county is a county that one could meet: most complete, few need help."""

from __future__ import annotations

import random

from lms.exchange.demonstration import fates

PEOPLE = 5_000
DAY = fates.DAY


def drawn(seed: int) -> list[fates.Fate]:
    """So many people of a county of three courses, whose classes began on day 0 and who are looked at on day 84."""
    rng = random.Random(seed)
    return [fates.draw(rng, 3, 0.0, 84 * DAY) for _person in range(PEOPLE)]


def needs_help(fate: fates.Fate) -> bool:
    away = not fate.shares[0] or fate.until <= 70 * DAY
    return fate.stuck or (fate.shares[0] < 1 and fate.joined <= 70 * DAY and away)


def test_most_complete_their_first_course_and_few_need_help():
    people = drawn(1)
    completed = sum(fate.shares[0] == 1 for fate in people) / PEOPLE
    helped = sum(map(needs_help, people)) / PEOPLE
    assert 0.55 <= completed <= 0.65
    assert 0.03 <= helped <= 0.06


def test_completing_spreads_over_the_weeks_and_nothing_lies_ahead():
    people = drawn(2)
    weeks = {int(fate.until // (7 * DAY)) for fate in people if fate.shares[0] == 1}
    assert len(weeks) >= 8
    assert all(fate.joined <= fate.until <= 84 * DAY for fate in people)


def test_the_same_seed_draws_the_same_people():
    assert drawn(3) == drawn(3) != drawn(4)
