"""What is said of a lesson: its sentences on the page and in the script, and recordings of them."""

from __future__ import annotations

import html as entities
import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from lms.catalogue import course, folder, inventory, lint, speech
from lms.catalogue.parsed import ParsedLesson
from lms.lib import sentences
from tests.cast import Cast, load_course
from tests.catalogue import courses
from tests.entering import signed_in

ROOT = Path(__file__).parents[2] / "courses"
SHIPPED = sorted(path.parent.name for path in ROOT.glob("*/course.toml"))
SOUND = b"\0\0\0\x18ftypM4A "


def lessons(files) -> list[ParsedLesson]:
    return list(course.parse(files)[0].lessons)


MARKED = re.compile(r'<span data-s(="\+")?>(.*?)</span>', re.S)


def said_on(html: str) -> list[str]:
    """The names of the sentences that a page marks, each once."""
    said: list[str] = []
    for goes_on, words in MARKED.findall(html):
        said = [*said[:-1], said[-1] + words] if goes_on else [*said, words]
    return list(dict.fromkeys(sentences.name(entities.unescape(one)) for one in said))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("slug", SHIPPED)
def test_a_page_marks_just_what_the_script_says(app: Flask, cast: Cast, slug: str):
    load_course(ROOT / slug)
    browser = signed_in(app, cast.trainer)
    for lesson in lessons(folder.read(ROOT / slug, slug)):
        for lang in lesson.languages:
            page = browser.get(f"/courses/{slug}/{lesson.id}?lang={lang}")
            assert said_on(page.html) == [one.id for one in speech.script(lesson, lang)], (lesson.id, lang)


def small(**more: bytes) -> dict[str, bytes]:
    """A course of one lesson with more files in its folder."""
    return courses.course() | {f"light/{name}": content for name, content in more.items()}


def timed(lang: str, *, without: int = 0) -> bytes:
    """Timings of a second each for the sentences of that course, but for the last ones."""
    said = speech.script(lessons(small())[0], lang)
    kept = said[: len(said) - without]
    return speech.written({one.id: (number, number + 0.75) for number, one in enumerate(kept)})


def count(files: dict[str, bytes]) -> str:
    return list(inventory.told(files))[1]


def test_what_is_recorded_is_counted_by_sentences():
    zh, en = (len(speech.script(lessons(small())[0], lang)) for lang in ("zh", "en"))
    half = small(**{"zh.m4a": SOUND, "zh.timings.json": timed("zh", without=2)})
    whole = small(**{"zh.m4a": SOUND, "zh.timings.json": timed("zh")})
    unmeasured = small(**{"zh.m4a": SOUND})

    assert count(small()).startswith("0 of 2 pages") and count(small()).endswith(f"{zh + en} of {zh + en} sentences")
    assert count(half).startswith("0 of 2 pages") and count(half).endswith(f"{en + 2} of {zh + en} sentences")
    assert count(whole) == count(unmeasured) and count(whole).endswith(f"{en} of {zh + en} sentences")


def test_a_changed_word_wants_one_sentence_anew():
    files = small(**{"zh.m4a": SOUND, "zh.timings.json": timed("zh")})
    changed = files | {"light/zh.md": files["light/zh.md"].replace("站的地方".encode(), "举的方向".encode())}

    assert speech.recorded(lessons(files)[0], "zh", files) - speech.recorded(lessons(changed)[0], "zh", changed) == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"zh.timings.json": b"{}"}, "no_track"),
        ({"zh.m4a": SOUND, "zh.timings.json": b"[0, 1.5]"}, "timings"),
        ({"zh.m4a": SOUND, "zh.timings.json": b'{"abc": [2, 1]}'}, "timings"),
        ({"zh.m4a": SOUND, "zh.timings.json": b'{"abc": [0, NaN]}'}, "timings"),
        ({"zh.m4a": SOUND, "zh.timings.json": b"\xff"}, "timings"),
        ({"zh.皖北话.timings.json": b"{}"}, "no_track"),
    ],
)
def test_timings_that_say_nothing_are_told_and_block_nothing(files: dict[str, bytes], code: str):
    [problem] = [one for one in lint.check(small(**files)) if one.path.endswith(".json")]

    assert (problem.code, problem.severity) == (code, "warning")


def test_a_dialect_is_a_track_of_its_own_and_comes_after_the_page_s_language():
    files = small(**{"zh.皖北话.m4a": SOUND, "zh.m4a": SOUND, "zh.mp3": SOUND, "en.m4a": SOUND, "zh.x.y.m4a": SOUND})

    tracks = speech.tracks("light", "zh", files, speech.somewhere)

    assert [(one.name, one.sound.url) for one in tracks] == [("", "zh.m4a"), ("皖北话", "zh.皖北话.m4a")]


def speak(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["courses", "speak", str(ROOT / "shooting"), *arguments])


def test_the_command_prints_each_sentence_behind_its_name(app: Flask):
    lines = speak(app, "--lesson", "light", "--lang", "zh").stdout.splitlines()
    rows = [json.loads(line) for line in speak(app, "--lesson", "light", "--json").stdout.splitlines()]

    assert lines[0] == "# light/zh.md" and lines[1].endswith("\t顺着光拍，莲藕更水灵")
    assert [f"{row['id']}\t{row['text']}" for row in rows if row["lang"] == "zh"] == lines[1:-1]
    assert {row["lang"] for row in rows} == {"zh", "en"}


def test_a_lesson_that_is_not_there_is_said_to_be(app: Flask):
    done = speak(app, "--lesson", "nowhere")

    assert done.exit_code == 1 and "nowhere" in done.output
