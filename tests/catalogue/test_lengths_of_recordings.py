"""How long a video or a sound is: read from its file, shown beside its weight, left out where the file is silent."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.catalogue import clips
from tests.browser import Browser
from tests.cast import SMALL_COURSE, Cast
from tests.learning.deeds import publish

FTYP = b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00"


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + kind + body


def movie(duration: int, scale: int = 1000, wide: int = 4) -> bytes:
    """An MP4 with its index behind the sound and pictures, as phones write it."""
    header = bytes([wide == 8, 0, 0, 0]) + bytes(2 * wide) + scale.to_bytes(4) + duration.to_bytes(wide) + bytes(80)
    return FTYP + box(b"mdat", b"x" * 300) + box(b"moov", box(b"free", b"") + box(b"mvhd", header))


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (movie(65_400), 65),
        (movie(300), 1),
        (movie(90 * 12800, 12800, 8), 90),
        (movie(0), 0),
        (movie(2**32 - 1), 0),
        (movie(65_000, scale=0), 0),
        (movie(65_000)[:-90], 0),
        (FTYP + b"\x00\x00\x00\x03moov", 0),
        (FTYP + b"\x00\x00\x00\x01moov", 0),
        (b"", 0),
        (b"\x1aE\xdf\xa3 no MP4 at all", 0),
    ],
)
def test_the_length_is_the_one_in_the_file(content: bytes, seconds: int):
    assert clips.seconds(content) == seconds


def with_video(cast: Cast, content: bytes) -> None:
    """The first lesson with a video and its sound."""
    page = (SMALL_COURSE / "sun/zh.md").read_text(encoding="utf-8") + "\n![何老师找光](he.mp4)\n"
    other = (SMALL_COURSE / "sun/en.md").read_text(encoding="utf-8") + "\n![Ms He finds the light](he.mp4)\n"
    media = content.decode("latin-1")
    publish(cast.enrolment, {"sun/zh.md": page, "sun/en.md": other, "sun/he.mp4": media, "sun/he.m4a": media})


def test_a_card_tells_length_and_weight(app: Flask, cast: Cast):
    with_video(cast, movie(65, scale=1))
    assert "1 分 5 秒 · 1 KB" in Browser(app).get("/courses/light/sun").text
    assert "1 min 5 s · 1 KB" in Browser(app, "en").get("/courses/light/sun").text


def test_a_card_of_a_file_that_does_not_say_tells_the_weight(app: Flask, cast: Cast):
    with_video(cast, b"no film")
    assert "看视频 1 KB" in Browser(app).get("/courses/light/sun").text
