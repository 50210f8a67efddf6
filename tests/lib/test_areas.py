"""Area codes: what lies in what, by digits alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.areas import LEVELS, code_range, contains, level, lineage, parent, prefix

VILLAGE = "340000000000", "341200000000", "341225000000", "341225103000", "341225103201"

codes = st.builds(
    lambda digits, length: digits[:length].ljust(12, "0"),
    st.from_regex(r"[1-9][0-9]{11}", fullmatch=True),
    st.sampled_from(list(LEVELS.values())),
)


@pytest.mark.parametrize("rank, code", list(enumerate(VILLAGE, start=1)))
def test_each_level_is_told_by_its_digits(rank: int, code: str):
    assert level(code) == rank


def test_a_village_has_its_lineage_from_the_province_down():
    assert lineage(VILLAGE[4]) == list(VILLAGE)


def test_the_parent_is_the_next_above_and_a_province_has_none():
    assert [parent(code) for code in VILLAGE] == ["", *VILLAGE[:4]]


@pytest.mark.parametrize("text", ["", "34", "3412251032010"])
def test_what_is_no_code_has_no_lineage_and_no_parent(text: str):
    assert (lineage(text), parent(text)) == ([], "")


def test_a_level_that_is_left_out_is_not_in_the_lineage():
    assert lineage("429004000000") == ["420000000000", "429000000000", "429004000000"]
    assert lineage("110000101000") == ["110000000000", "110000101000"]


@pytest.mark.parametrize(
    "text", ["", "34", "34122510320x", "3412251032010", "000000000000", "３４１２２５１０３２０１"]
)
def test_what_is_no_code_is_refused(text: str):
    with pytest.raises(ValueError, match="no area code"):
        level(text)


@given(codes, codes)
def test_the_range_of_an_area_holds_exactly_what_it_contains(area: str, other: str):
    low, high = code_range(area)

    assert (low <= other <= high) == contains(area, other)


@given(codes)
def test_everything_above_contains_an_area_and_the_last_is_itself(code: str):
    assert lineage(code)[-1] == code
    assert all(contains(above, code) for above in lineage(code))
    assert code.startswith(prefix(code))
