"""How far two judges agree, by hand-made figures and by what must hold of all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.agreement import share_within, weighted_kappa

score = st.integers(0, 3)
pairs = st.lists(st.tuples(score, score), min_size=1, max_size=60)


def test_the_share_within_one_point():
    assert share_within([(0, 0), (1, 2), (0, 3), (3, 1)]) == 0.5


def test_nothing_to_compare_says_nothing():
    assert share_within([]) is None
    assert weighted_kappa([], 4) is None


def test_two_who_always_say_the_same_agree_fully():
    assert weighted_kappa([(0, 0), (1, 1), (3, 3)], 4) == 1


def test_one_score_for_everything_says_nothing():
    assert weighted_kappa([(2, 2), (2, 2)], 4) is None


def test_a_figure_worked_out_by_hand():
    # Met: (0 + 1 + 0 + 4) / 4 = 1.25. By chance: firsts {0: 2, 3: 2}, seconds {0: 1, 1: 2, 3: 1};
    # (0·2 + 1·4 + 9·2 + 9·2 + 4·4 + 0·2) / 16 = 56 / 16 = 3.5. Kappa: 1 - 1.25 / 3.5.
    assert weighted_kappa([(0, 0), (0, 1), (3, 3), (3, 1)], 4) == pytest.approx(1 - 1.25 / 3.5)


@given(pairs)
def test_agreement_is_the_same_both_ways_and_never_above_one(given_pairs: list[tuple[int, int]]):
    turned = [(second, first) for first, second in given_pairs]
    kappa = weighted_kappa(given_pairs, 4)

    assert kappa == pytest.approx(weighted_kappa(turned, 4)) if kappa is not None else True
    assert kappa is None or kappa <= 1
