"""Certificate numbers: drawn by chance, told apart from slips of the hand, read however they are typed."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.certificate_numbers import (
    ALPHABET,
    VALUES,
    check_character,
    draw,
    is_wellformed,
    normalise,
    written,
)

drawn = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


def letters_of(number: str) -> str:
    return number.removeprefix("TB").replace("-", "")


def test_a_drawn_number_has_our_shape_and_a_right_check_character():
    number = draw(random.Random(7))

    assert is_wellformed(number)
    assert not set("0O1I") & set(letters_of(number))


def test_numbers_are_spread_over_the_whole_space_and_not_in_sequence():
    chance = random.Random(7)
    numbers = [letters_of(draw(chance)) for _ in range(2000)]

    assert len(set(numbers)) == 2000
    assert all({number[place] for number in numbers} == set(ALPHABET) for place in range(9))


def test_no_two_letters_of_the_check_sum_share_a_weight():
    """The whole proof: different, non-zero weights in a field. Each place is asked alone for every letter."""
    sums = [
        [VALUES[check_character("2" * place + letter + "2" * (7 - place))] for letter in ALPHABET] for place in range(8)
    ]

    assert all(sorted(values) == list(range(32)) for values in sums)  # a weight that is not zero: no letter is lost
    assert len({tuple(values) for values in sums} | {tuple(range(32))}) == 9  # all nine weights differ


def test_every_swap_of_any_two_places_changes_the_sum_for_every_pair_of_letters():
    """Exhaustive over 36 pairs of places and 992 pairs of letters; by linearity the other letters don't matter."""

    def total(letters: str) -> int:
        return VALUES[check_character(letters[:8])] ^ VALUES[letters[8]]

    for one, other in combinations(range(9), 2):
        for a, b in combinations(ALPHABET, 2):
            right, swapped = ["2"] * 9, ["2"] * 9
            right[one], right[other] = a, b
            swapped[one], swapped[other] = b, a
            assert total("".join(right)) != total("".join(swapped))


@given(drawn)
def test_every_single_wrong_character_is_caught(letters):
    right = letters + check_character(letters)

    for place, old in enumerate(right):
        for wrong in set(ALPHABET + "0O1I") - {old}:
            assert not is_wellformed(written(right[:place] + wrong + right[place + 1 :]))


@given(drawn)
def test_every_swap_of_two_neighbours_is_caught(letters):
    right = letters + check_character(letters)

    for place in range(8):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert is_wellformed(written(swapped)) == (swapped == right)


@given(drawn, drawn)
def test_the_check_sum_is_linear_so_that_the_exhaustive_tests_speak_for_every_number(one, other):
    both = "".join(ALPHABET[VALUES[a] ^ VALUES[b]] for a, b in zip(one, other, strict=True))

    assert VALUES[check_character(both)] == VALUES[check_character(one)] ^ VALUES[check_character(other)]


@pytest.mark.parametrize(
    "typed",
    [
        "TB-7K3M-92QF-C",
        " tb-7k3m-92qf-c ",
        "ＴＢ－７Ｋ３Ｍ－９２ＱＦ－Ｃ",
        "TB7K3M92QFC",
        "7K3M92QFC",
        "7k3m 92qf c",
        "TB—7K3M—92QF—C",
        "TB–7K3M−92QF‐C",
        "TB一7K3M一92QF一C",
        "TB 7K3M9 2QFC",
        "https://tianbo.example/v/TB-7K3M-92QF-C",
        "https://tianbo.example/verify/tb-7k3m-92qf-c?lang=en",
        "https://tianbo.example/verify?number=7K3M92QFC",
        "https://tianbo.example/v/7k3m92qfc/",
        "编号 TB-7K3M-92QF-C，扫码查真假",
        "TB-7K3M-92QF-C\u200b\r\n",
    ],
)
def test_a_number_is_read_however_it_is_typed_or_pasted(typed):
    assert normalise(typed) == "TB-7K3M-92QF-C"


def test_a_number_that_itself_begins_with_tb_keeps_its_letters():
    number = written("TBTB2345" + check_character("TBTB2345"))

    assert normalise(number.removeprefix("TB-")) == number
    assert normalise(number) == number


@pytest.mark.parametrize("typed", ["", "TB-", "TB-7K3M-92Q", "TB-7K3M-92QF-CC", "田播", "TB-0K3M-92QF-C", "x" * 5000])
def test_what_cannot_be_a_number_is_told_as_mistyped(typed):
    assert not is_wellformed(normalise(typed))


@given(st.text())
def test_normalising_never_fails_and_twice_is_once(typed):
    assert normalise(normalise(typed)) == normalise(typed)
