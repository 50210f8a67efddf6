"""A trainee says what is wrong with a lesson: in two taps, or in words of their own."""

from __future__ import annotations

from flask import Flask

from lms.learning.models import LessonFault
from tests.cast import Cast
from tests.entering import signed_in

FAULTS = "/courses/light/sun/faults"


def test_something_else_is_said_in_words(app: Flask, cast: Cast):
    trainee = signed_in(app, cast.trainee)
    page = trainee.get("/courses/light/sun")
    (field,) = page.all("input", name="words")
    assert field["maxlength"] == "200" and "用你的话说说" in page.text
    trainee.post(FAULTS, kind="other", words="图里是荷花，不是藕")
    assert LessonFault.get().words == "图里是荷花，不是藕"


def test_more_words_than_fit_are_cut(app: Flask, cast: Cast):
    signed_in(app, cast.trainee).post(FAULTS, kind="other", words="长" * 300)
    assert LessonFault.get().words == "长" * 200


def test_two_taps_still_do(app: Flask, cast: Cast):
    signed_in(app, cast.trainee).post(FAULTS, kind="picture")
    assert (LessonFault.get().kind, LessonFault.get().words) == ("picture", "")
