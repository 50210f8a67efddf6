"""The weekly line: an honest scale from nothing, three figures, words that don't cover each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.charts import DESK, PHONE, Paper, text_width
from lms.lib.weeklines import Event, Week, box_of, overlap, ticks_for, week_line

SPRING = [312, 360, 392, 402, 398, 393, 385, 378, 372, 365, 300, 287]

papers = st.sampled_from([DESK, PHONE])
counts = st.lists(st.integers(0, 600_000), min_size=1, max_size=16)


def weeks(people: list[int]) -> list[Week]:
    return [Week(f"第 {number} 周", count) for number, count in enumerate(people, start=1)]


def test_the_scale_of_the_design_is_0_150_300_450():
    assert [tick.value for tick in week_line(weeks(SPRING)).ticks] == [0, 150, 300, 450]


@pytest.mark.parametrize("most, scale", [(0, (0, 1)), (1, (0, 1)), (4, (0, 2, 4)), (300, (0, 100, 200, 300))])
def test_small_and_round_numbers_have_whole_steps(most: int, scale: tuple[int, ...]):
    assert ticks_for(most) == scale


@given(st.integers(0, 10_000_000))
def test_a_scale_begins_at_nothing_is_even_and_holds_everything(most: int):
    scale = ticks_for(most)

    assert scale[0] == 0 and scale[-1] >= most and 2 <= len(scale) <= 4
    assert len({later - earlier for earlier, later in pairwise(scale)}) == 1


def test_figures_stand_at_the_first_week_the_peak_and_the_last():
    chart = week_line(weeks(SPRING))

    assert [word.text for word in chart.figures] == ["312", "402", "287"]
    assert [at for at, dot in enumerate(chart.dots) if dot.strong] == [0, 3, 11]


def test_a_peak_in_the_last_week_has_one_figure():
    assert [word.text for word in week_line(weeks([3, 5, 9])).figures] == ["3", "9"]


def test_an_event_is_a_band_around_its_weeks_with_its_word_in_it():
    chart = week_line(weeks(SPRING), events=[Event("麦收", 10, 11)])
    (band,) = chart.bands

    assert chart.dots[9].x < band.x < chart.dots[10].x
    assert chart.dots[11].x < band.x + band.width <= chart.width
    assert band.x < band.word.x < band.x + band.width


def test_the_word_of_an_event_at_the_peak_stands_at_the_foot():
    chart = week_line(weeks([1, 9, 12, 9, 1]), events=[Event("麦收", 2, 2)])

    assert chart.bands[0].word.y > chart.dots[2].y + 60


def test_a_single_week_is_a_dot_in_the_middle():
    (dot,) = week_line(weeks([7])).dots

    assert dot.strong and 200 < dot.x < 300


def test_no_weeks_and_events_outside_them_are_refused():
    with pytest.raises(ValueError, match="a line needs weeks"):
        week_line([])
    with pytest.raises(ValueError, match="an event lies in them"):
        week_line(weeks([1, 2]), events=[Event("春节", 1, 2)])


@given(counts, papers)
def test_points_and_words_lie_in_the_drawing_and_names_keep_apart(people: list[int], paper: Paper):
    chart = week_line(weeks(people), paper)

    assert all(chart.left <= dot.x <= chart.right and chart.top <= dot.y <= chart.bottom for dot in chart.dots)
    assert all(
        word.x - text_width(word.text, 16) / 2 + 0.1 >= 0 and 0 < word.y < chart.bottom for word in chart.figures
    )
    assert chart.weeks[-1].text == f"第 {len(people)} 周"
    assert not any(overlap(box_of(one, 14), box_of(other, 14)) for one, other in pairwise(chart.weeks))


@given(counts, papers)
def test_a_higher_count_stands_higher(people: list[int], paper: Paper):
    dots = week_line(weeks(people), paper).dots

    assert all(one.y >= other.y for one in dots for other in dots if one.week.count < other.week.count)
