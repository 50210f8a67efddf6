"""Mobile numbers in every way people write them, and numbers for invented people."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.phones import PhoneError, demo_phone, display, is_demo, mask, normalise, parse

WRITTEN = [
    "13800138000",
    " 138 0013 8000 ",
    "138-0013-8000",
    "138—0013—8000",
    "１３８００１３８０００",
    "+86 138 0013 8000",
    "＋８６１３８００１３８０００",
    "+86-13800138000",
    "8613800138000",
    "008613800138000",
    "013800138000",
    "'13800138000",
    "‘13800138000",
    "(138) 0013.8000",
    "138\u200b0013\u202a8000\ufeff",
]


def problem(text: str) -> tuple[str, int]:
    with pytest.raises(PhoneError) as raised:
        normalise(text)
    return raised.value.code, raised.value.missing


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_is_read_however_it_is_written(text: str):
    assert normalise(text) == "13800138000"


@pytest.mark.parametrize("text, missing", [("138001380", 2), ("1380013800", 1), ("1", 10)])
def test_a_number_that_is_too_short_says_how_many_digits_are_missing(text: str, missing: int):
    assert problem(text) == ("too_short", missing)


def test_a_number_that_is_too_long_says_how_many_are_too_many():
    assert problem("1380013800099") == ("too_long", -2)


@pytest.mark.parametrize("text", ["", "   ", "'", "\u200b"])
def test_nothing_written_is_empty(text: str):
    assert problem(text) == ("empty", 0)


@pytest.mark.parametrize("text", ["05586712345", "(0558) 671-2345", "010 6552 9988"])
def test_a_landline_is_told_apart(text: str):
    assert problem(text) == ("landline", 0)


@pytest.mark.parametrize("text", ["1.38E+10", "没有", "+85291234567", "4001234567", "95588", "12000138000", "²³"])
def test_anything_else_is_no_mobile_number(text: str):
    assert problem(text)[0] == "invalid"


def test_numbers_of_the_demonstration_are_accepted_unless_real_people_are_asked_for():
    assert normalise("154 0000 0007") == "15400000007"
    assert parse("15400000007", demo=False) is None


def test_numbers_of_the_demonstration_belong_to_no_network():
    metadata = phonenumbers.PhoneMetadata.metadata_for_region("CN")
    numbers = [phonenumbers.parse(demo_phone(n), "CN") for n in (0, 1, 12_345, 99_999_999)]

    assert metadata is not None
    assert not any(phonenumbers.is_valid_number(number) for number in numbers)


def test_numbers_of_the_demonstration_end_after_a_hundred_million_people():
    assert demo_phone(99_999_999) == "15499999999"
    with pytest.raises(ValueError, match="no demonstration number"):
        demo_phone(100_000_000)


def test_a_number_is_shown_in_three_groups_and_masked_in_the_middle():
    assert display("13800138000") == "138 0013 8000"
    assert mask("13800138000") == "138 **** 8000"


def test_what_is_no_number_is_shown_as_it_is_and_masked_whole():
    assert (display("12345"), mask("12345"), mask("")) == ("12345", "****", "****")


@given(st.integers(0, 99_999_999))
def test_every_demonstration_number_signs_in(number: int):
    assert is_demo(normalise(display(demo_phone(number))))


@given(st.text())
def test_any_text_gives_eleven_digits_or_a_reason(text: str):
    try:
        digits = normalise(text)
    except PhoneError as error:
        assert error.code in {"empty", "too_short", "too_long", "landline", "invalid"}
    else:
        assert len(digits) == 11 and digits.isascii() and digits.isdigit()
