"""PINs that nobody guesses first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.pins import is_weak, random_password, random_pin, weakness

WEAK = ["000000", "123456", "654321", "012345", "789012", "112233", "123123", "121212", "123321", "111222", "147258"]
BIRTHDAYS = ["199008", "850612", "001231", "200101", "700704", "199861"]
SOUND = ["406817", "736904", "581740", "930476"]


@pytest.mark.parametrize("pin", WEAK)
def test_runs_repeats_and_patterns_are_weak(pin: str):
    assert is_weak(pin)


@pytest.mark.parametrize("pin", ["135792", "864209", "357924", "420864", "246801", "975318"])
def test_odd_and_even_digits_in_a_row_are_weak_both_ways(pin: str):
    assert weakness(pin) == "pattern"


@pytest.mark.parametrize(
    ("pin", "reason"),
    [("40681", "length"), ("850612", "birthday"), ("520131", "favourite"), ("467382", "phone"), ("406817", "")],
)
def test_a_weak_pin_has_its_reason(pin: str, reason: str):
    assert weakness(pin, phone="13946738205") == reason


@pytest.mark.parametrize("pin", BIRTHDAYS)
def test_dates_of_birth_are_weak(pin: str):
    assert is_weak(pin)


@pytest.mark.parametrize("pin", SOUND)
def test_digits_without_a_meaning_are_not(pin: str):
    assert not is_weak(pin, "13800138000")


def test_a_part_of_one_s_own_number_is_weak_and_of_another_s_is_not():
    assert is_weak("467382", phone="13946738205")
    assert not is_weak("467382", phone="13800138000")


@pytest.mark.parametrize("pin", ["", "4068", "4068171", "40681a", "４０６８１７"])
def test_anything_but_six_digits_is_weak(pin: str):
    assert is_weak(pin)


@given(st.integers(10**10, 2 * 10**10 - 1).map(str))
def test_a_pin_made_by_chance_is_never_weak(phone: str):
    assert not is_weak(random_pin(phone), phone)


def test_most_pins_are_left_to_choose_from():
    sample = range(0, 10**6, 37)

    assert 0.91 < sum(not is_weak(f"{number:06d}") for number in sample) / len(sample) < 0.95


def test_pins_made_by_chance_differ():
    assert len({random_pin() for _ in range(200)}) > 190


def test_a_password_has_four_groups_that_can_be_read_from_paper():
    assert re.fullmatch(r"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}", random_password())
