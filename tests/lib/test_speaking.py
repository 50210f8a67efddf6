"""How long reading aloud takes, and what is left of 对。 when the heading says it."""

from __future__ import annotations

import pytest

from lms.lib import speaking


def test_a_minute_is_220_characters_or_140_words():
    assert speaking.seconds("光" * 220) == 60
    assert speaking.seconds("light " * 140) == 60


def test_people_say_about():
    assert [speaking.about("光" * n) for n in (0, 3, 44, 300)] == [0, 5, 10, 80]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("对。空出三秒。", "空出三秒。"),
        ("对，就数它弱。", "就数它弱。"),
        ("Yes. It is soft.", "It is soft."),
        ("Right. So it is.", "So it is."),
        ("对着太阳拍会黑。", "对着太阳拍会黑。"),
        ("Right away is best.", "Right away is best."),
        ("对。", ""),
    ],
)
def test_the_heading_is_not_said_twice(said: str, left: str):
    assert speaking.without_yes(said) == left
