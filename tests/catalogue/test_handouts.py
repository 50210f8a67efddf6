"""Handouts: the more a lesson has to say, the smaller its letters, but never too small to be read."""

import pytest
from markupsafe import Markup

from lms.catalogue import handouts, svg
from lms.catalogue.rendering import Part


@pytest.mark.parametrize(("letters", "points"), [(300, 12), (1600, 11), (1900, 10), (2100, 9.5), (9000, 9.5)])
def test_a_lesson_is_set_as_large_as_leaves_it_on_one_page(letters: int, points: float):
    assert handouts.points([Part("prose", "part-1", html=Markup("田" * letters))]) == points


def test_a_latin_letter_takes_half_of_a_chinese_one():
    assert handouts.written(Markup("ab" * 50)) == handouts.written(Markup("田" * 50))


def test_films_take_nothing_for_they_are_not_on_paper():
    assert handouts.points([Part("video", "part-1", alt="看何老师拍一遍", caption="田" * 3000)]) == 12


def test_a_grey_drawing_keeps_its_lightness_and_its_names():
    drawing = Markup('<svg><g id="add-0-sun" fill="#C8553D" stroke="#fff"/><use href="#add-0-sun"/></svg>')

    assert svg.grey(drawing) == (
        '<svg><g id="add-0-sun" fill="#747474" stroke="#ffffff"/><use href="#add-0-sun"/></svg>'
    )
