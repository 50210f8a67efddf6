"""The shipped courses ask about clips of their own: light enough for the country, and of the length that is told."""

from __future__ import annotations

import pytest

from lms.catalogue import course, folder
from lms.catalogue.parsed import ParsedCourse, Question
from lms.settings import ROOT
from tests.submissions.samples import streams

CLIPS = [("shooting", "steady", "shaking", 10), ("selling", "closing", "false-push", 13)]


def shipped(name: str) -> tuple[ParsedCourse, dict[str, bytes]]:
    """A course with its files."""
    files = dict(folder.read(ROOT / "courses" / name, name))
    return course.parse(files)[0], files


def asked(found: ParsedCourse, lesson: str, name: str, lang: str) -> Question:
    """One question of a lesson."""
    page = next(one for one in found.lessons if one.id == lesson).blocks[lang]
    return next(block.question for block in page if block.question and block.question.id == name)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "lesson", "check", "seconds"), CLIPS)
def test_each_moment_lies_in_its_clip_and_is_told_to_who_cannot_see(
    name: str, lesson: str, check: str, seconds: int, lang: str
):
    found, _files = shipped(name)

    question = asked(found, lesson, check, lang)

    assert all(option.place.ends <= seconds for option in question.options)
    assert question.media and len(question.media.alt) > 40


@pytest.mark.parametrize(
    "name", ["shooting/steady/shelves.mp4", "selling/closing/live-zh.mp4", "selling/closing/live-en.mp4"]
)
def test_a_clip_is_light_and_plays_on_any_phone(name: str):
    content = (ROOT / "courses" / name).read_bytes()

    assert len(content) <= 60_000
    assert "h264" in streams(content) and "aac" in streams(content)
