"""Turning what came from phones into what village networks carry, by the machine's own ffmpeg."""

from __future__ import annotations

import os
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lms import ffmpeg, jobs
from lms.catalogue import store
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.submissions import freeing, handing_in, sharing, turning
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Piece, Submission, Upload
from tests.browser import Browser
from tests.cast import Cast
from tests.submissions import samples
from tests.submissions.tasked import hand_in, upload

pytestmark = [pytest.mark.usefixtures("task"), pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def handed(cast: Cast, content: bytes, kind: str = "video") -> Piece:
    """A file handed in, and what became of it."""
    hand_in(cast.enrolment, NewPiece(kind, upload=upload(cast.trainee, content)))
    return Piece.get()


@pytest.mark.usefixtures("at_once")
def test_a_film_becomes_small_keeps_its_shape_and_loses_where_it_was_taken(cast: Cast):
    film = samples.clip(3, "1080x1920")
    piece = handed(cast, film)
    told = samples.streams(store.media.get(piece.digest))

    assert (piece.state, piece.width, piece.height, round(piece.seconds)) == ("ready", 360, 640, 3)
    assert re.search(r"360x640.* 25 fps", told) and "location" not in told and "+30.25" not in told
    assert piece.size < len(film) and Submission.get().state == "waiting"


@pytest.mark.usefixtures("at_once")
def test_beside_it_come_its_sound_alone_and_a_picture(cast: Cast):
    piece = handed(cast, samples.clip(2))

    assert "Video:" not in samples.streams(store.media.get(piece.sound)) and piece.sound_size < piece.size
    assert store.media.get(piece.poster)[8:12] == b"WEBP"


@pytest.mark.usefixtures("at_once")
def test_what_came_is_deleted_when_that_is_done(cast: Cast):
    film = samples.clip(2)
    piece = handed(cast, film)

    assert not piece.original and not Upload.select().exists()
    assert set(store.media.digests()) >= {piece.digest, piece.sound, piece.poster}
    assert all(store.media.get(one) != film for one in store.media.digests())


@pytest.mark.usefixtures("at_once")
def test_no_minute_weighs_more_than_three_megabytes(cast: Cast):
    noise = samples.by_ffmpeg(
        "noise.mp4", "-f", "lavfi", "-i", "testsrc2=size=720x1280:rate=30:duration=20,noise=alls=80:allf=t",
        "-f", "lavfi", "-i", "anoisesrc=duration=20", "-preset", "ultrafast", "-crf", "35",
    )  # fmt: skip
    piece = handed(cast, noise)

    assert piece.size + piece.sound_size < 20 / 60 * 3.1 * 1024 * 1024


@pytest.mark.usefixtures("at_once")
def test_a_sound_of_any_kind_becomes_one_that_every_phone_plays(cast: Cast):
    piece = handed(cast, samples.voice(2, "wav"), "audio")

    assert (piece.kind, piece.mime, piece.state) == ("audio", "audio/mp4", "ready")
    assert "mono" in samples.streams(store.media.get(piece.digest))


@pytest.mark.usefixtures("at_once")
def test_a_film_without_sound_is_a_film(cast: Cast):
    silent = samples.by_ffmpeg("silent.mp4", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=10:duration=1")
    piece = handed(cast, silent)

    assert (piece.state, piece.sound) == ("ready", "")


@pytest.mark.usefixtures("at_once")
def test_turning_twice_does_no_harm(cast: Cast):
    piece = handed(cast, samples.clip(2))
    turning.turn(piece.id)

    assert Piece.get().digest == piece.digest


def test_a_job_that_was_cut_off_is_done_when_somebody_looks(xiulan: Browser, cast: Cast, at_once, monkeypatch):
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", False)
    piece = handed(cast, samples.clip(2))
    Submission.update(handed_in_at=utc_now() - timedelta(hours=1)).execute()
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", True)

    xiulan.get(f"/me/works/{piece.submission_id}")

    assert Piece.get().state == "ready"


def test_what_is_withdrawn_meanwhile_leaves_nothing(xiulan: Browser, cast: Cast):
    piece = handed(cast, samples.clip(2))
    before = piece.original

    xiulan.post(f"/me/works/{piece.submission_id}/withdrawal")
    turning.turn(piece.id)

    assert not Piece.select().exists() and before not in set(store.media.digests())


@pytest.mark.usefixtures("at_once")
def test_what_cannot_be_turned_is_kept_as_it_came_and_told(xiulan: Browser, cast: Cast, monkeypatch):
    monkeypatch.setattr(ffmpeg, "make", lambda *one, **two: [])
    film = samples.clip(2)
    piece = handed(cast, film)

    assert piece.state == "broken" and store.media.get(piece.digest) == film
    assert Submission.get().state == "waiting"
    assert "只有本人和老师能看" in xiulan.get(f"/me/works/{piece.submission_id}").text


def test_without_ffmpeg_a_film_is_kept_as_it_came(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    film = samples.clip(2)
    monkeypatch.setenv("PATH", "")
    piece = handed(cast, film)

    assert (piece.state, piece.mime) == ("ready", "video/mp4") and store.media.get(piece.digest) == film


def test_what_may_say_where_it_was_filmed_is_for_owner_and_judges_only(cast: Cast, monkeypatch):
    monkeypatch.setenv("PATH", "")
    piece = handed(cast, samples.clip(2))
    sharing.agree(piece.submission, now=utc_now())

    assert piece.is_private and Piece.seen_by(cast.trainee).exists() and Piece.seen_by(cast.trainer).exists()
    other = cast.left
    Enrolment.update(left_at=None).where(Enrolment.person == other).execute()
    assert Submission.shown_to(other).exists() and not Piece.seen_by(other).exists()


@pytest.mark.usefixtures("at_once")
def test_what_cannot_be_turned_is_copied_without_where_it_was_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turning, "VIDEO", ["-c:v", "no-such-codec"])
    piece = handed(cast, samples.clip(2))
    kept = store.media.get(piece.digest)

    assert (piece.state, piece.why, piece.is_private) == ("broken", "bare", False)
    assert "Video:" in samples.streams(kept) and "+30.2" not in samples.streams(kept)
    assert "+30.2" in samples.streams(samples.clip(2))


def test_a_server_killed_behind_the_rows_lets_the_work_wait_and_the_original_go(cast: Cast, monkeypatch):
    piece = handed(cast, samples.clip(2))
    came = piece.original
    monkeypatch.setattr(freeing, "free", lambda digests: None)
    turning.turn(piece.id)
    monkeypatch.undo()

    assert Submission.get().state == "waiting" and came in set(store.media.digests())
    turning.tidy(utc_now())
    assert came not in set(store.media.digests())


def test_a_work_of_which_nothing_waits_any_more_waits_for_its_trainer_when_looked_at(cast: Cast):
    piece = handed(cast, samples.clip(2))
    Piece.update(state="ready").execute()
    turning.look_after(piece.submission, now=utc_now())

    assert Submission.get().state == "waiting"


@pytest.fixture
def put_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What was put off, and for how long. Nobody asked a moment ago."""
    freeing.note(freeing.ASKED).unlink(missing_ok=True)
    noted: list[tuple[float, str]] = []
    monkeypatch.setattr(jobs, "after", lambda seconds, name: noted.append((seconds, name)))
    return noted


def test_nobody_waits_to_delete_while_a_film_is_turned(cast: Cast):
    digest = store.media.put(b"nothing names this")
    with freeing.keeping():
        freeing.free([digest])  # comes back at once

    assert digest in set(store.media.digests())
    freeing.catch_up()
    assert digest not in set(store.media.digests())


def test_what_could_not_go_at_once_goes_a_minute_later_and_is_asked_for_once(cast: Cast, put_off: list):
    came = [store.media.put(b"nothing names this"), store.media.put(b"nor this")]
    with freeing.keeping():
        freeing.free(came[:1])
        freeing.free(came[1:])

    assert put_off == [(60, freeing.JOB)]
    jobs.do(freeing.JOB)
    assert not set(came) & set(store.media.digests())


def test_who_finds_bytes_being_put_again_tries_again_later(cast: Cast, put_off: list):
    digest = store.media.put(b"nothing names this")
    with freeing.keeping():
        freeing.free([digest])
        a_minute_ago = time.time() - 61
        os.utime(freeing.note(freeing.ASKED), (a_minute_ago, a_minute_ago))
        jobs.do(freeing.JOB)

    assert put_off == [(60, freeing.JOB)] * 2
    assert digest in set(store.media.digests())


def test_the_lock_is_free_while_ffmpeg_runs(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    digest, make = store.media.put(b"nothing names this"), ffmpeg.make
    piece = handed(cast, samples.clip(2))

    def made(*one: Any, **two: Any) -> list[Path]:
        freeing.free([digest])
        return make(*one, **two)

    monkeypatch.setattr(ffmpeg, "make", made)
    turning.turn(piece.id)

    assert digest not in set(store.media.digests()) and Piece.get().state == "ready"


def test_what_is_withdrawn_while_it_is_turned_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    before, make = set(store.media.digests()), ffmpeg.make
    piece = handed(cast, samples.clip(1, "336x252"))

    def made(*one: Any, **two: Any) -> list[Path]:
        handing_in.withdraw(Submission.get(), now=utc_now())
        return make(*one, **two)

    monkeypatch.setattr(ffmpeg, "make", made)
    turning.turn(piece.id)

    assert set(store.media.digests()) <= before


def test_a_playlist_under_a_false_name_reads_no_other_file(tmp_path: Path):
    secret, playlist = tmp_path / "secret.wav", tmp_path / "raw"
    secret.write_bytes(samples.voice(2, "wav"))
    for content in (f"#EXTM3U\n#EXTINF:2,\n{secret}\n#EXT-X-ENDLIST\n", f"ffconcat version 1.0\nfile {secret.name}\n"):
        playlist.write_text(content)

        assert not ffmpeg.has_sound(ffmpeg.told(playlist))
        assert ffmpeg.make(playlist, {tmp_path / "made.m4a": turning.SOUND}) == []


def test_one_deadline_holds_for_all_that_is_made(tmp_path: Path):
    raw = tmp_path / "raw"
    raw.write_bytes(samples.clip(2))
    began = time.monotonic()

    made = ffmpeg.make(
        raw, {tmp_path / f"{n}.mp4": [*turning.VIDEO, "-preset", "placebo"] for n in range(30)}, longest=1
    )

    # Thirty deadlines would be thirty seconds.
    assert len(made) < 30 and time.monotonic() - began < 15


def test_a_run_cannot_take_the_memory_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    raw = tmp_path / "raw"
    raw.write_bytes(samples.clip(2))
    monkeypatch.setattr(ffmpeg, "HELD", [part.replace(str(ffmpeg.MEMORY), "100000") for part in ffmpeg.HELD])

    assert ffmpeg.make(raw, {tmp_path / "made.mp4": turning.VIDEO}) == []


def test_what_was_half_written_is_swept_out_after_a_week(cast: Cast):
    kept = store.media.path(store.media.put(b"whole"))
    old, fresh = (kept.with_name(f"{kept.name}.1.{name}") for name in ("old", "fresh"))
    for path in (old, fresh):
        path.write_bytes(b"who")
    os.utime(old, (1, 1))

    turning.tidy(utc_now())

    assert (old.exists(), fresh.exists(), kept.exists()) == (False, True, True)
    fresh.unlink()
