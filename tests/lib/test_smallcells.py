"""Small groups: hidden themselves, and not to be worked out from what is shown beside them."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lms.lib.smallcells import FEWEST, hidden, too_few

groups = st.lists(st.integers(0, 9), min_size=1, max_size=5)


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
