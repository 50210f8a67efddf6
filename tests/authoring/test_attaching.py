"""Pictures and recordings of a lesson."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from lms import jobs
from lms.authoring import attaching, recordings
from lms.authoring.desk import Draft
from lms.catalogue import drafts, store
from lms.errors import Refused
from tests.browser import Browser
from tests.cast import SPRING, Cast

LESSON = "/teach/courses/light/lessons/sun"
MP4 = b"\x00\x00\x00\x18ftypisom" + b"x" * 64


def photo(size: tuple[int, int] = (2400, 1800)) -> bytes:
    """A photograph with a note of where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "at the pond of Lianzi"
    held = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(held, "JPEG", exif=exif)
    return held.getvalue()


def test_a_picture_is_drawn_anew_for_phones_without_what_the_camera_wrote(trainer: Browser, cast: Cast):
    trainer.post(f"{LESSON}/pictures", file=(io.BytesIO(photo()), "IMG 0042.JPG"), page="zh")
    row = drafts.file(cast.version.course, "sun/img-0042.webp")
    content = store.media.get(row.digest)
    assert row.size <= 40 * 1024 and b"Lianzi" not in content
    assert Image.open(io.BytesIO(content)).width <= 720


def test_a_pasted_picture_gets_a_name_of_its_own(trainer: Browser, cast: Cast):
    for name in ("image.png", "image.png"):
        answer = trainer.client.post(
            f"{LESSON}/pictures",
            data={"file": (io.BytesIO(photo((400, 300))), name)},
            headers={"X-CSRF-Token": trainer.token(), "Accept": "application/json"},
        )
    assert answer.json["name"] == "picture-2.webp"


def test_a_drawing_keeps_shapes_and_loses_scripts(trainer: Browser, cast: Cast):
    inside = b'<script>x()</script><path d="M0 0h9" onclick="x()"/>'
    evil = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inside + b"</svg>"
    trainer.post(f"{LESSON}/pictures", file=(io.BytesIO(evil), "sun 2.svg"), page="zh")
    kept = store.media.get(drafts.file(cast.version.course, "sun/sun-2.svg").digest)
    assert b"<path" in kept and b"script" not in kept and b"onclick" not in kept


@pytest.mark.parametrize("content", [b"", b"not a picture", photo()[:2000], b"<svg><script/></svg>"])
def test_what_is_no_picture_is_refused_and_not_kept(trainer: Browser, cast: Cast, content: bytes):
    before = set(Draft(cast.version.course).rows)
    trainer.post(f"{LESSON}/pictures", file=(io.BytesIO(content), "x.png"), page="zh", status=422)
    assert set(Draft(cast.version.course).rows) == before


def test_strangers_add_and_take_out_nothing(stranger: Browser, cast: Cast):
    stranger.post(f"{LESSON}/pictures", file=(io.BytesIO(photo()), "a.jpg"), page="zh", status=404)
    stranger.post(f"{LESSON}/files/sun.svg/removal", page="zh", status=404)
    assert "sun/sun.svg" in Draft(cast.version.course).rows


def test_a_file_is_taken_out_but_never_a_page(trainer: Browser, cast: Cast):
    trainer.post(f"{LESSON}/files/sun.svg/removal", page="zh")
    trainer.post(f"{LESSON}/files/zh.md/removal", page="zh")
    rows = Draft(cast.version.course).rows
    assert "sun/sun.svg" not in rows and "sun/zh.md" in rows


def test_the_list_says_weights_and_what_is_not_used(trainer: Browser, cast: Cast):
    drafts.save(cast.version.course, "sun/pond.webp", photo((90, 60)), base=0, by=cast.trainer.id, now=SPRING)
    page = trainer.get(f"{LESSON}/zh")
    assert "pond.webp" in page.text and "课里没用到" in page.text


def test_without_ffmpeg_that_is_said_and_a_video_is_kept_as_it_came(
    trainer: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "")
    assert "没装 ffmpeg" in trainer.get(f"{LESSON}/zh").text
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh")
    assert drafts.file(cast.version.course, "sun/he.mp4").size == len(MP4)


def test_what_is_neither_sound_nor_video_is_refused(trainer: Browser, cast: Cast):
    page = trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(b"MZ" * 99), "x.mp4"), page="zh", status=422)
    assert "MP4" in page.text


def test_a_reading_stands_beside_its_page(trainer: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(b"ID3" + b"x" * 99), "a.mp3"), reading="zh", page="zh")
    assert "sun/zh.mp3" in Draft(cast.version.course).rows


def test_a_video_without_sound_says_what_it_lacks_and_takes_it(
    trainer: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "")
    course = cast.version.course
    page = drafts.file(course, "sun/zh.md")
    text = drafts.text(page) + "\n![何老师找光](he.mp4)\n"
    drafts.save(course, page.path, text.encode(), base=page.revision, by=cast.trainer.id, now=SPRING)
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh")
    assert "视频 he.mp4 还缺一份只有声音的" in trainer.get("/teach/courses/light").text
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(b"ID3" + b"x" * 99), "he.mp3", "audio/mpeg"), page="zh")
    assert "sun/he.mp3" in Draft(course).rows
    assert "还缺一份只有声音的" not in trainer.get("/teach/courses/light").text


def program(folder: Path, name: str, script: str) -> None:
    """A program of the machine that stands in for a real one. Another process writes it: whatever is started here
    meanwhile would keep the file open, and what is open for writing cannot be run."""
    command = ["install", "-m", "700", "/dev/stdin", folder / name]
    subprocess.run(command, input=f"#!/bin/sh\n{script}\n", text=True, check=True)


def stand_in(seconds: int, made: str) -> str:
    """What a program does that answers as ffmpeg does: asked about a file it tells of a video of so many seconds."""
    said = f"  Duration: 00:{seconds // 60:02}:{seconds % 60:02}.00\\n  Stream #0:0: Video: h264\\n"
    return f'case "$*" in *" -y "*) {made};; *) printf "{said}" >&2; exit 1;; esac'


MAKES = 'for last; do :; done; echo made > "$last"'


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program that stands in for ffmpeg, and jobs that are done at once."""
    program(tmp_path, "ffmpeg", stand_in(12, MAKES))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", True)
    return tmp_path


def test_a_video_becomes_small_with_sound_only_and_a_poster(trainer: Browser, cast: Cast, ffmpeg: Path):
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh")
    rows = Draft(cast.version.course).rows
    assert {path for path in rows if path.startswith("sun/he")} == {"sun/he.mp4", "sun/he.m4a", "sun/he.webp"}


def test_turning_twice_does_no_harm(trainer: Browser, cast: Cast, ffmpeg: Path):
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh")
    before = {path: row.revision for path, row in Draft(cast.version.course).rows.items()}
    recordings.turn(cast.version.course_id, "sun/he.raw")
    assert {path: row.revision for path, row in Draft(cast.version.course).rows.items()} == before


def test_what_ffmpeg_cannot_read_is_kept_told_and_tried_again(trainer: Browser, cast: Cast, ffmpeg: Path):
    program(ffmpeg, "ffmpeg", stand_in(12, "exit 1"))
    trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh")
    assert "sun/he.broken" in Draft(cast.version.course).rows
    assert "压缩不了" in trainer.get(f"{LESSON}/zh").text
    program(ffmpeg, "ffmpeg", stand_in(12, MAKES))
    trainer.post(f"{LESSON}/files/he.broken/turning", page="zh")
    assert "sun/he.mp4" in Draft(cast.version.course).rows


def test_a_clip_of_more_than_90_seconds_is_refused(trainer: Browser, cast: Cast, ffmpeg: Path):
    program(ffmpeg, "ffmpeg", stand_in(97, MAKES))
    page = trainer.post(f"{LESSON}/recordings", file=(io.BytesIO(MP4), "he.mp4"), page="zh", status=422)
    assert "长了 7 秒" in page.text


def test_a_clip_of_more_than_60_megabytes_is_refused():
    with pytest.raises(Refused):
        recordings.refuse_large(b"x" * (recordings.MOST_BYTES + 1))


def test_a_file_is_what_its_ending_says():
    assert attaching.kind_of("he.mp4") == "video" and attaching.kind_of("zh.m4a") == "sound"
    assert attaching.kind_of("he.raw") == "waiting" and attaching.kind_of("notes.txt") == "other"


def test_a_wrong_picture_stays_in_the_editor_with_the_text_as_it_was(trainer: Browser, cast: Cast):
    sent = {"text": "还没存的一句。", "base": 1, "page": "zh", "picture": (io.BytesIO(b"no picture"), "x.png")}
    page = trainer.post(f"{LESSON}/pictures", status=422, **sent)
    assert "这张图打不开" in page.text and "还没存的一句。" in page.html
    assert page.all("textarea", id="text") and page.all("input", name="base")[0]["value"] == "1"
    assert "还没存的一句" not in drafts.text(drafts.file(cast.version.course, "sun/zh.md"))


def test_no_file_at_all_stays_in_the_editor_too(trainer: Browser, cast: Cast):
    page = trainer.post(f"{LESSON}/recordings", status=422, text="还没存的一句。", base=1, page="en")
    assert "先选一个文件" in page.text and "还没存的一句。" in page.html


def test_a_picture_takes_the_text_along_that_was_not_saved_yet(trainer: Browser, cast: Cast):
    sent = {"text": "---\ntitle: 光\n---\n新的。\n", "base": 1, "page": "zh"}
    trainer.post(f"{LESSON}/pictures", picture=(io.BytesIO(photo((400, 300))), "pond.jpg"), **sent)
    assert "新的。" in drafts.text(drafts.file(cast.version.course, "sun/zh.md"))
    assert "sun/pond.webp" in Draft(cast.version.course).rows


def test_a_script_is_told_in_a_sentence_what_is_wrong_with_a_file(trainer: Browser, cast: Cast):
    answer = trainer.client.post(
        f"{LESSON}/pictures",
        data={"file": (io.BytesIO(b"no picture"), "x.png")},
        headers={"X-CSRF-Token": trainer.token(), "Accept": "application/json"},
    )
    assert answer.status_code == 422 and "PNG" in answer.json["error"]
