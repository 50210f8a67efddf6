"""Video and audio cards: what a phone fetches, and when. Reading a lesson never costs a film's data."""

from __future__ import annotations

import io
import wave

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.catalogue import publishing
from tests.cast import SPRING, Cast
from tests.learning.phone import phone_of_xiulan

pytestmark = pytest.mark.browser

COURSE = """order = 5
icon = "camera"
hours = 1
complete = true
requires = ["read"]
lessons = ["pond"]

[title]
zh = "荷塘"
en = "The pond"

[summary]
zh = "看一看，听一听。"
en = "Look and listen."
"""
ZH = (
    '---\ntitle: 荷塘\nminutes: 1\nsummary: 看一看。\n---\n看荷塘。\n\n![何老师站在荷塘边](pond.mp4 "看何老师拍一遍")\n'
)
EN = '---\ntitle: The pond\nsummary: Look.\n---\nLook.\n\n![Ms He beside the pond](pond.mp4 "Watch Ms He film")\n'


def hum() -> bytes:
    """A second of silence as a sound file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 1, 8000, 8000, "NONE", ""))
        sound.writeframes(b"\x80" * 8000)
    return file.getvalue()


def load_pond() -> None:
    """A lesson with a video card; the files hold a sound that browsers really play."""
    files = {"course.toml": COURSE, "pond/zh.md": ZH, "pond/en.md": EN}
    media = {"pond/pond.mp4": hum() + b"\x80", "pond/pond.m4a": hum()}
    publishing.load("pond", {**{path: text.encode() for path, text in files.items()}, **media}, by=None, now=SPRING)


def test_nothing_of_a_card_is_fetched_before_a_tap(app: Flask, cast: Cast):
    load_pond()
    with phone_of_xiulan(app, cast) as page:
        fetched: list[str] = []
        page.on("request", lambda request: "/media/" in request.url and fetched.append(request.url))
        page.goto("/courses/pond/pond")
        page.wait_for_load_state("networkidle")
        assert fetched == []

        with page.expect_request("**/media/**"):
            page.click("a[data-kind=audio]")

        expect(page.locator("[data-media] audio[controls]")).to_have_count(1)
        assert {address.rpartition(".")[2] for address in fetched} == {"m4a"}


def test_a_film_that_does_not_play_here_can_be_opened_as_a_file(app: Flask, cast: Cast):
    load_pond()
    with phone_of_xiulan(app, cast) as page:
        page.route("**/*.mp4", lambda route: route.fulfill(body=b"no film", content_type="video/mp4"))
        page.goto("/courses/pond/pond")

        page.click("a[data-kind=video]")

        expect(page.locator("a[data-kind=video]")).to_have_attribute("data-failed", "1")
        expect(page.locator("[data-media] video")).to_have_count(0)
        expect(page.locator("[data-media] .scene")).to_be_visible()
