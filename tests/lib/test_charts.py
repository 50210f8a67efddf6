"""Bars: where they stand, which are drawn, and that a small group never has one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.charts import (
    DESK,
    PHONE,
    Paper,
    Rate,
    Step,
    funnel,
    percent,
    rate_bars,
    shortened,
    text_width,
    tone,
)

COUNTY = [("曹集镇", 34, 50), ("王家坝镇", 29, 46), ("苗集镇", 27, 50), ("郜台乡", 19, 44), ("地城镇", 17, 43)]
STEPS = [Step("报名", 486), Step("开始学", 431), Step("学完拍摄", 352), Step("拿到证书", 214)]

papers = st.sampled_from([DESK, PHONE])
names = st.text(alphabet="曹集镇王家坝 abcdefgh", min_size=1, max_size=40)
rates = st.builds(
    lambda label, of, part: Rate(label, of * part // 100, of), names, st.integers(0, 5000), st.integers(0, 100)
)


def county() -> list[Rate]:
    return [Rate(name, done, of) for name, done, of in COUNTY]


def test_the_first_bar_of_a_funnel_fills_its_track_and_the_others_are_shares_of_it():
    rows = funnel(STEPS).rows

    assert rows[0].bar.length == rows[0].bar.width
    assert rows[3].bar.length == pytest.approx(rows[3].bar.width * 214 / 486, abs=0.1)
    assert [row.percent for row in rows] == [100, 89, 72, 44]
    assert [row.last for row in rows] == [False, False, False, True]


def test_a_funnel_of_four_people_has_counts_and_no_rates():
    assert [(row.count, row.percent) for row in funnel([Step("报名", 4), Step("开始学", 1)]).rows] == [
        (4, None),
        (1, None),
    ]


def test_a_funnel_of_nobody_has_empty_tracks():
    assert [row.bar.length for row in funnel([Step("报名", 0), Step("开始学", 0)]).rows] == [0, 0]


def test_a_funnel_without_steps_is_empty():
    assert funnel([]).rows == ()


def test_bars_are_sorted_and_remember_where_they_came_from():
    rows = rate_bars([*reversed(county())]).rows

    assert [(row.rate.label, row.position) for row in rows][:2] == [("曹集镇", 4), ("王家坝镇", 3)]


def test_bars_under_45_per_cent_are_low():
    assert [(row.percent, row.low) for row in rate_bars(county()).rows][-3:] == [(54, False), (43, True), (40, True)]


def test_a_place_with_three_people_has_no_bar_and_stands_last():
    row = rate_bars([Rate("小村", 3, 3), *county()]).rows[-1]

    assert (row.rate.label, row.percent, row.bar.length, row.low) == ("小村", None, 0, False)


def test_a_place_that_would_give_away_another_has_no_bar():
    assert rate_bars([Rate("大村", 30, 40, hidden=True)]).rows[0].percent is None


def test_more_than_twelve_places_show_the_five_highest_and_the_five_lowest():
    chart = rate_bars([Rate(f"村{number}", number, 20) for number in range(20)])

    assert [row.rate.done for row in chart.rows] == [19, 18, 17, 16, 15, 4, 3, 2, 1, 0]
    assert chart.left_out == 10
    assert chart.break_y is not None and chart.rows[4].bar.y < chart.break_y < chart.rows[5].bar.y


def test_all_places_are_drawn_when_asked_for():
    chart = rate_bars([Rate(f"村{number}", number, 20) for number in range(20)], whole=True)

    assert (len(chart.rows), chart.left_out, chart.break_y) == (20, 0, None)


def test_many_places_of_few_people_leave_only_those_with_a_rate():
    chart = rate_bars([Rate(f"村{number}", 1, 2) for number in range(20)] + county())

    assert (len(chart.rows), chart.left_out) == (5, 20)


def test_the_target_stands_at_its_share_of_the_track():
    chart = rate_bars(county(), target=55, target_label="目标 55%")
    track = chart.rows[0].bar

    assert chart.target is not None
    assert chart.target.x == pytest.approx(track.x + track.width * 0.55, abs=0.1)
    assert chart.target.top < track.y and chart.target.bottom < chart.height


def test_long_names_stand_above_their_bars():
    bars = [
        row.bar for row in funnel([Step("Completed Shooting your farm goods", 9), Step("Certified", 8)], PHONE).rows
    ]

    assert all(bar.x == 0 and bar.label_y < bar.y for bar in bars)


@pytest.mark.parametrize(
    "rate, name", [(0, "low"), (44, "low"), (45, "fair"), (60, "good"), (75, "high"), (100, "high")]
)
def test_a_rate_has_the_tone_of_its_step(rate: int, name: str):
    assert tone(rate) == name


def test_no_rate_has_no_tone():
    assert (tone(None), Rate("小村", 1, 4).tone) == ("", "")


def test_halves_are_rounded_up():
    assert [percent(1, 8), percent(89, 200), percent(0, 9)] == [13, 45, 0]


@given(st.lists(rates, max_size=30), papers)
def test_every_bar_lies_in_its_drawing_and_covers_no_figure(places: list[Rate], paper: Paper):
    chart = rate_bars(places, paper, target=55, target_label="目标 55%")

    for row in chart.rows:
        bar = row.bar
        assert 0 <= bar.x < bar.x + bar.width <= bar.value_x - text_width(f"{row.percent}%", 16) < paper.width
        assert 0 <= bar.length <= bar.width + 0.1
        assert bar.y + bar.height <= chart.height
        assert text_width(bar.label, 16) <= paper.width
    assert len(chart.rows) + chart.left_out == len(places)


@given(names, st.integers(20, 400))
def test_a_shortened_text_fits(text: str, width: int):
    assert text_width(shortened(text, width, 16), 16) <= width or len(shortened(text, width, 16)) == 1
