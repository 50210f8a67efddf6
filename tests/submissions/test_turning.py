"""Turning what came from phones into what village networks carry, by the machine's own ffmpeg."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from lms import ffmpeg
from lms.catalogue import store
from lms.db import utc_now
from lms.submissions import turning
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
    from lms import jobs

    monkeypatch.setattr(jobs.Line.queue, "immediate", False)
    piece = handed(cast, samples.clip(2))
    Submission.update(handed_in_at=utc_now() - timedelta(hours=1)).execute()
    monkeypatch.setattr(jobs.Line.queue, "immediate", True)

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
    assert "照原样存着" in xiulan.get(f"/me/works/{piece.submission_id}").text


def test_without_ffmpeg_a_film_is_kept_as_it_came(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    film = samples.clip(2)
    monkeypatch.setenv("PATH", "")
    piece = handed(cast, film)

    assert (piece.state, piece.mime) == ("ready", "video/mp4") and store.media.get(piece.digest) == film
