"""Bars: which are drawn, in what order and tone, and that a small group never has one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.charts import Rate, Step, funnel, percent, rate_bars, tone

COUNTY = [("曹集镇", 34, 50), ("王家坝镇", 29, 46), ("苗集镇", 27, 50), ("郜台乡", 19, 44), ("地城镇", 17, 43)]
STEPS = [Step("报名", 486), Step("开始学", 431), Step("学完拍摄", 352), Step("拿到证书", 214)]

rates = st.builds(lambda of, part: Rate("村", of * part // 100, of), st.integers(0, 5000), st.integers(0, 100))


def county() -> list[Rate]:
    return [Rate(name, done, of) for name, done, of in COUNTY]


def test_the_bars_of_a_funnel_are_shares_of_its_first_step():
    rows = funnel(STEPS)

    assert [row.percent for row in rows] == [100, 89, 72, 44]
    assert [row.last for row in rows] == [False, False, False, True]


def test_a_funnel_of_four_people_has_counts_and_no_rates():
    rows = funnel([Step("报名", 4), Step("开始学", 1)])

    assert [(row.count, row.percent) for row in rows] == [(4, None), (1, None)]


def test_a_funnel_of_nobody_or_nothing_has_no_rates():
    assert [row.percent for row in funnel([Step("报名", 0), Step("开始学", 0)])] == [None, None]
    assert funnel([]) == []


def test_bars_are_sorted_and_remember_where_they_came_from():
    rows = rate_bars([*reversed(county())]).rows

    assert [(row.rate.label, row.position) for row in rows][:2] == [("曹集镇", 4), ("王家坝镇", 3)]


def test_bars_under_45_per_cent_are_low():
    assert [(row.percent, row.low) for row in rate_bars(county()).rows][-3:] == [(54, False), (43, True), (40, True)]


def test_a_place_with_three_people_has_no_bar():
    assert [row.rate.label for row in rate_bars([Rate("小村", 3, 3), *county()]).rows] == [name for name, *_ in COUNTY]


def test_a_place_that_would_give_away_another_has_no_bar():
    assert rate_bars([Rate("大村", 30, 40, hidden=True)]).rows == []


def test_more_than_twelve_places_show_the_five_highest_and_the_five_lowest():
    chart = rate_bars([Rate(f"村{number}", number, 20) for number in range(20)])

    assert [row.rate.done for row in chart.rows] == [19, 18, 17, 16, 15, 4, 3, 2, 1, 0]
    assert chart.between == 10


def test_all_places_are_drawn_when_asked_for():
    chart = rate_bars([Rate(f"村{number}", number, 20) for number in range(20)], whole=True)

    assert (len(chart.rows), chart.between) == (20, 0)


def test_places_without_a_rate_do_not_count_as_lying_between():
    chart = rate_bars([Rate(f"村{number}", 1, 2) for number in range(20)] + county())

    assert (len(chart.rows), chart.between) == (5, 0)


@pytest.mark.parametrize(
    "rate, name", [(0, "low"), (44, "low"), (45, "fair"), (60, "good"), (75, "high"), (100, "high")]
)
def test_a_rate_has_the_tone_of_its_step(rate: int, name: str):
    assert tone(rate) == name


def test_no_rate_has_no_tone():
    assert (tone(None), Rate("小村", 1, 4).tone) == ("", "")


def test_halves_are_rounded_up():
    assert [percent(1, 8), percent(89, 200), percent(0, 9)] == [13, 45, 0]


@given(st.lists(rates, max_size=30))
def test_rows_fall_fit_their_track_and_none_is_lost(places: list[Rate]):
    chart = rate_bars(places)
    percents = [row.percent for row in chart.rows]

    assert percents == sorted(percents, reverse=True) and all(0 <= one <= 100 for one in percents)
    assert len(chart.rows) + chart.between == sum(place.percent is not None for place in places)
