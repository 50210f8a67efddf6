"""What the phone makes of a rehearsal: measures, advice, the words of the teleprompter, a clip cut from a recording."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lms.practice.rehearsal import measures, words
from tests.practice.rehearsal.conftest import Run
from tests.practice.rehearsal.rehearsing import MEASURES

pytestmark = pytest.mark.browser

SECOND = [1, 1, 1, 1]
SILENT = [0, 0, 0, 0]


def test_breaths_belong_to_talking_and_silences_are_found(run: Run):
    ticks = [*SECOND * 10, 0, *SECOND * 10, *SILENT * 12, *SECOND * 5]

    found = run("measures", "({ voice }, { ticks }) => voice(ticks, 0.25)", ticks=ticks)

    assert found["longest"] == 12
    assert found["share"] == pytest.approx(101 / 149)
    assert found["silences"] == [[20.25, 32.25]]


def test_without_a_microphone_nothing_is_said_of_talking(run: Run):
    found = run("measures", "({ voice }, { ticks }) => voice(ticks, 0.25)", ticks=[None] * 100)

    assert found == {"share": None, "longest": None, "silences": []}


def test_drift_is_the_end_against_the_beginning(run: Run):
    windows = [{"at": at, "rate": 4, "loudness": -20 - at / 10} for at in range(0, 90, 5)]

    assert run("measures", "({ drift }, { windows }) => drift(windows)", windows=windows) == pytest.approx(-6)
    assert run("measures", "({ speed }, { windows }) => speed(windows)", windows=windows) == 240


def test_overrun_counts_only_what_was_too_long(run: Run):
    parts = [{"name": str(n), "label": str(n), "seconds": 30} for n in range(3)]

    over = "({ planned, overrun }, { parts, moves }) => overrun(planned(parts, 90), moves, 90)"

    assert run("segments", over, parts=parts, moves=[50, 60]) == 20
    assert run("segments", over, parts=parts, moves=[]) is None


CASES: list[dict[str, Any]] = [
    MEASURES,
    {**MEASURES, "answered": 0.9},
    {**MEASURES, "answered": 0.9, "talk": 0.95},
    {**MEASURES, "answered": 0.9, "talk": 0.3, "silence": 12},
    {**MEASURES, "answered": 0.9, "corrections_met": 1},
    {**MEASURES, "answered": 0.9, "traps_handled": 0, "drift": -9},
    {**MEASURES, "answered": 0.9, "speed": 320},
    {**MEASURES, "answered": 0.9, "speed": 150, "response": None, "drift": None, "overrun": 44},
    {**MEASURES, "answered": None, "response": None, "calls": 9, "prices": 0},
]


@pytest.mark.parametrize("found", CASES)
@pytest.mark.parametrize("seconds", [60, 240, 600])
def test_phone_and_server_grade_alike(run: Run, app: Any, found: dict[str, Any], seconds: int):
    with app.test_request_context("/?lang=en"):
        table, said = measures.for_phone(), words.plain(words.SAID)
        rows, advice = measures.rows(found, seconds), measures.advice(found, seconds)
    phone = run(
        "grading",
        """({ isGreen, inWords, advice }, { table, found, seconds, said }) => ({
        green: table.map((one) => isGreen(one, found, seconds)), words: table.map((one) => inWords(one, found, said)),
        advice: advice([...table], found, seconds, said) })""",
        table=table,
        found=found,
        seconds=seconds,
        said={**said, "secs": "{count}"},
    )

    assert phone["green"] == [row["green"] for row in rows]
    assert phone["advice"] == advice
    plain = [row["words"].removesuffix(" seconds").removesuffix(" second") for row in rows]
    assert phone["words"] == plain


def test_lines_are_cut_where_one_breathes(run: Run):
    text = "这是今天早上刚挖的深水藕。五斤一箱，29.9 元，包邮。It costs 29.9 yuan. Two days to your door."

    lines = run("teleprompter", "({ linesOf }, { text }) => linesOf(text)", text=text)

    assert lines == [
        "这是今天早上刚挖的深水藕。",
        "五斤一箱，29.9 元，包邮。",
        "It costs 29.9 yuan.",
        "Two days to your door.",
    ]


def test_bullets_are_too_short_to_read_out(run: Run):
    text = "家人们看过来，这是今天早上刚挖的深水藕。\n五斤一箱包邮到家坏了包赔放心拍吧"

    bullets = run("teleprompter", "({ bulletsOf }, { text }) => bulletsOf(text)", text=text)

    assert bullets == ["家人们看过来", "五斤一箱包邮到家坏了包赔…"]


def test_the_words_move_at_their_speed_and_stand_while_held(run: Run):
    moved = run(
        "teleprompter",
        """({ Prompter }) => {
        const one = new Prompter({ text: '一二三四五六七八九十。'.repeat(3), bullets: false, speed: 200 });
        const found = [];
        for (let at = 0; at < 12; at += 1) { one.held = at >= 4 && at < 8; if (one.pass(1)) found.push(at); }
        return found;
      }""",
    )

    assert moved == [2, 9]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds as MediaRecorder writes them: neither length nor index."""
    path = tmp_path_factory.mktemp("film") / "film.webm"
    sources = ["-f", "lavfi", "-i", "testsrc=size=90x160:rate=20", "-f", "lavfi", "-i", "sine=frequency=440"]
    made = ["-t", "12", "-c:v", "libvpx", "-b:v", "80k", "-g", "40", "-c:a", "libopus", "-live", "1", str(path)]
    subprocess.run(["ffmpeg", "-v", "error", *sources, *made], check=True)
    return path


CUT = """async ({ written }, { film, from, to }) => {
  const bytes = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0));
  const made = await written(new Blob([bytes], { type: 'video/webm' }), from, to === null ? Infinity : to);
  if (!made) return null;
  const read = new Uint8Array(await made.blob.arrayBuffer());
  const clip = btoa(Array.from(read, (one) => String.fromCharCode(one)).join(''));
  return { from: made.from, seconds: made.seconds, film: clip };
}"""


def cut(run: Run, film: bytes, begin: float, end: float | None) -> dict[str, Any]:
    """A clip."""
    return run("webm", CUT, film=base64.b64encode(film).decode(), **{"from": begin, "to": end})


def told(path: Path, content: str) -> tuple[float, str]:
    """How long a clip says it is, and what is wrong with it when every picture of it is decoded."""
    path.write_bytes(base64.b64decode(content))
    probed = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    decoded = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", str(path), "-f", "null", "-"], capture_output=True, text=True
    )
    return float(json.loads(probed.stdout)["format"]["duration"]), decoded.stderr


def test_a_recording_gets_its_length_and_loses_nothing(run: Run, film: Path, tmp_path: Path):
    made = cut(run, film.read_bytes(), 0, None)

    seconds, faults = told(tmp_path / "whole.webm", made["film"])

    assert seconds == pytest.approx(12, abs=0.1)
    assert not faults


def test_a_clip_begins_at_the_whole_picture_before_and_ends_where_asked(run: Run, film: Path, tmp_path: Path):
    made = cut(run, film.read_bytes(), 5, 8.5)

    seconds, faults = told(tmp_path / "clip.webm", made["film"])

    assert made["from"] == pytest.approx(4, abs=0.05)
    assert seconds == pytest.approx(4.5, abs=0.1)
    assert not faults


def test_a_recording_that_broke_off_is_whole_up_to_there(run: Run, film: Path, tmp_path: Path):
    content = film.read_bytes()

    made = cut(run, content[: len(content) * 2 // 3], 0, None)

    seconds, faults = told(tmp_path / "broken.webm", made["film"])
    assert 6 < seconds < 10
    assert not faults


def test_what_is_no_recording_is_none(run: Run):
    assert cut(run, b"", 0, None) is None


@pytest.mark.parametrize(
    ("typed", "seconds"), [("01:05", 65), ("１：０５", 65), ("1.05", 65), ("65", 65), ("", 0), (" 2分3秒", 123)]
)
def test_minutes_and_seconds_are_read_as_fingers_type_them(run: Run, typed: str, seconds: int):
    assert run("playing", "({ secondsOf }, { typed }) => secondsOf(typed)", typed=typed) == seconds


def test_what_is_no_time_is_none(run: Run):
    assert run("playing", "({ secondsOf }) => secondsOf('abc')") != run("playing", "({ secondsOf }) => secondsOf('0')")


def test_a_question_at_the_very_end_says_that_it_does_not_count(run: Run):
    log = [
        {"type": "comment", "id": number, "at": at, "kind": "price", "text": "多少钱", "who": "阿梅", "asks": True}
        for number, at in ((1, 20), (2, 50))
    ]

    told = run(
        "measures",
        "({ moments }, { log, bank }) => moments({ log, ticks: [], step: 0.25, bank, seconds: 60 })",
        log=log,
    )

    assert [one["state"] for one in told] == ["", "late"]


def test_a_report_of_too_many_moments_is_thinned_evenly(run: Run):
    log = [{"type": "order", "at": at, "who": "阿梅"} for at in range(1800)]

    told = run(
        "measures",
        "({ moments }, { log, bank }) => moments({ log, ticks: [], step: 0.25, bank, seconds: 1800 })",
        log=log,
    )

    assert len(told) == 900 and told[-1]["at"] > 1790


def test_long_words_are_cut_between_characters(run: Run):
    log = [
        {
            "type": "comment",
            "id": 1,
            "at": 2,
            "kind": "price",
            "asks": True,
            "who": "小雨",
            "text": "𬭚" * 170,
            "answer": "𬭚" * 250,
        }
    ]

    read = "({ moments }, { log, bank }) => moments({ log, ticks: [], step: 0.25, bank })"
    (told,) = run("measures", read, log=log)

    assert (told["text"], told["note"]) == ("𬭚" * 160, "𬭚" * 240)


def test_what_is_no_recording_is_read_to_its_end(run: Run):
    index = "async ({ indexed }, { bytes }) => (await indexed(new Blob([new Uint8Array(bytes)]))).blocks"

    assert run("webm", index, bytes=[0xA3, 0xFF, *[0] * 60]) == []


def test_a_mishap_at_the_very_end_is_nobodys_fault(run: Run):
    log = [{"type": "event", "id": 1, "at": 2, "name": "rain"}]

    read = "({ measured, moments }, { log, bank }) => ({ moments: moments({ log, ticks: [], step: 0.25, bank }),"
    read += " ...measured({ log, ticks: [], step: 0.25, windows: [], plan: [], moves: [], seconds: 5, peak: 0 }) })"
    found = run("measures", read, log=log)

    assert (found["events_met"], found["moments"][0]["state"]) == (0, "")
