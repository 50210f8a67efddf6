"""Small groups: hidden themselves, and not to be worked out from what is shown beside them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.lib.smallcells import FEWEST, hidden, suppress, too_few, with_totals

groups = st.lists(st.integers(0, 9), min_size=1, max_size=5)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4)
)


def unknowns(table: list[list[int]]) -> list[tuple[int, int]]:
    """The hidden places of a table with its totals."""
    unsaid, last_row, last_column = suppress(table), len(table), len(table[0])
    places = [*unsaid.cells, *((row, last_column) for row in unsaid.rows)]
    places += [(last_row, column) for column in unsaid.columns]
    return [*places, (last_row, last_column)] if unsaid.whole else places


def told_by_algebra(table: list[list[int]]) -> set[int]:
    """Which unknowns the sums of rows and columns fix, by elimination over fractions: no thought of cycles here."""
    places = unknowns(table)
    grid = with_totals(table)
    lines = [[(row, column) for column in range(len(grid[0]))] for row in range(len(grid))]
    lines += [[(row, column) for row in range(len(grid))] for column in range(len(grid[0]))]
    rows = [[Fraction((cell in line) * (-1 if cell == line[-1] else 1)) for cell in places] for line in lines]
    done = 0
    for column in range(len(places)):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for at in range(len(rows)):
            if at != done:
                rows[at] = [one - rows[at][column] * other for one, other in zip(rows[at], rows[done], strict=True)]
        done += 1
    return {row.index(1) for row in rows[:done] if sum(map(bool, row)) == 1}


def test_a_group_of_one_to_four_is_too_few_and_nobody_is_not_a_group():
    assert [people for people in range(8) if too_few(people)] == [1, 2, 3, 4]


def test_the_one_small_group_takes_the_smallest_other_with_it():
    assert hidden([50, 3, 46, 12]) == {1, 3}


def test_small_groups_that_hide_each_other_need_no_third():
    assert hidden([50, 3, 4, 46]) == {1, 2}


def test_small_groups_whose_sum_is_still_too_small_take_another_with_them():
    assert hidden([50, 1, 2, 46]) == {1, 2, 3}


def test_groups_of_one_each_are_not_told_by_their_number():
    assert hidden([1, 1, 1, 1, 1, 30]) == {0, 1, 2, 3, 4, 5}


def test_where_no_group_is_small_nothing_is_hidden():
    assert hidden([50, 0, 46, 5]) == set()


def test_no_groups_hide_nothing():
    assert hidden([]) == set()


@given(groups)
def test_no_hidden_group_follows_from_the_total(people: list[int]):
    unsaid = sorted(hidden(people))
    total = sum(people[at] for at in unsaid)
    others = [mix for mix in product(range(1, total + 1), repeat=len(unsaid)) if sum(mix) == total]

    assert {at for at, one in enumerate(people) if too_few(one)} <= set(unsaid)
    if sum(people) >= FEWEST and unsaid and not all(one == 1 for one in people):
        assert total >= FEWEST
        assert 0 in (people[at] for at in unsaid) or all(len(set(values)) > 1 for values in zip(*others, strict=True))


@given(tables)
def test_every_small_figure_of_a_table_is_hidden(table: list[list[int]]):
    grid, places = with_totals(table), unknowns(table)

    assert {(r, c) for r, row in enumerate(grid) for c, people in enumerate(row) if too_few(people)} <= set(places)


@given(tables)
def test_no_hidden_figure_of_a_table_follows_from_its_sums(table: list[list[int]]):
    assert told_by_algebra(table) == set()


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_each_hidden_figure_could_be_another_number_of_people(table: list[list[int]]):
    shown = with_totals(table)
    places = set(unknowns(table))
    values: dict[tuple[int, int], set[int]] = {place: set() for place in places}
    for a, b, c, d in product(range(8), repeat=4):
        grid = with_totals([[a, b], [c, d]])
        if all(grid[r][k] == shown[r][k] for r in range(3) for k in range(3) if (r, k) not in places):
            for r, k in places:
                values[r, k].add(grid[r][k])

    assert all(len(thinkable) > 1 for thinkable in values.values())


@given(tables)
def test_what_is_hidden_along_a_line_with_a_shown_total_is_a_group_of_five_or_more(table: list[list[int]]):
    unsaid = suppress(table)
    sums = [
        sum(table[r][c] for r, c in unsaid.cells if r == row) for row in range(len(table)) if row not in unsaid.rows
    ]

    assert all(people == 0 or people >= FEWEST for people in sums)


def test_a_table_with_large_figures_only_is_shown_whole():
    unsaid = suppress([[12, 8], [9, 30]])

    assert not unsaid.cells and not unsaid.rows and not unsaid.columns and not unsaid.whole


def test_one_small_figure_hides_a_rectangle():
    assert suppress([[3, 20, 30], [25, 21, 31], [40, 22, 32]]).cells == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_row_of_a_few_people_has_no_total():
    assert suppress([[1, 2], [30, 40], [50, 60]]).rows == {0, 1}


def test_unequal_rows_are_refused():
    with pytest.raises(ValueError, match="one length"):
        suppress([[1, 2], [3]])
