"""The landing page tells what it weighed, a lesson prints, and everybody finds help for their own work."""

from __future__ import annotations

import re

import brotli
import pytest
from flask import Flask

from lms.catalogue import reading
from lms.catalogue.models import Lesson
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in


def test_the_landing_page_says_what_it_weighed(visitor: Browser, cast: Cast):
    page = visitor.get("/")

    told = int(re.search(r"用了 (\d+) KB", page.text)[1])

    on_the_wire = len(brotli.compress(page.response.data, quality=4)) / 1024
    assert on_the_wire < told < on_the_wire + 10, "page and style sheet"


@pytest.mark.parametrize(("language", "words"), [("zh", "本页"), ("en", "This page")])
def test_a_lesson_says_what_reading_it_takes(app: Flask, cast: Cast, language: str, words: str):
    lesson = Lesson.get(Lesson.version == cast.version, Lesson.key == "sun")

    page = signed_in(app, cast.trainee, language).get("/courses/light/sun")

    wire = len(brotli.compress(page.response.data, quality=4))
    assert abs(lesson.page_bytes(language) - wire) < 1024
    assert f"{words} {round(lesson.page_bytes(language) / 1024)} KB" in page.text


def test_a_printed_lesson_has_a_code_and_room_for_name_and_notes_but_no_answers(app: Flask, cast: Cast):
    page = signed_in(app, cast.trainee).get("/courses/light/sun/print")

    assert page.all("path", class_="qrline")
    assert "姓名" in page.text and "我的笔记" in page.text
    assert not page.all("form")


def test_a_handout_does_not_say_what_is_said_to_answers(app: Flask, cast: Cast):
    lesson = reading.lesson(cast.version.id, "sun")
    said = [option.say for block in lesson.blocks["zh"] if block.question for option in block.question.options]

    text = signed_in(app, cast.trainee).get("/courses/light/sun/print").text

    assert said and not [words for words in said if words and words in text]


def test_a_lesson_that_is_not_open_is_not_printed_either(visitor: Browser, cast: Cast):
    page = visitor.get("/courses/light/voice/print")

    assert "报名" in page.text and "我的笔记" not in page.text


@pytest.mark.parametrize(
    ("role", "title"), [("trainee", "怎么用"), ("trainer", "讲师"), ("manager", "管理员"), ("admin", "系统管理员")]
)
def test_everybody_finds_help_for_their_own_work(app: Flask, cast: Cast, role: str, title: str):
    page = signed_in(app, getattr(cast, role)).get("/help")

    assert title in page.html.partition("</h1>")[0].rpartition("<h1")[2]
