"""A player in a real browser goes on through the parts of a film that a busy server gives it."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from flask import Flask, request

from lms import ffmpeg
from lms.media import FolderStore
from lms.web import sending
from tests.chromium import launched
from tests.live import served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not ffmpeg.is_there(), reason="the machine has no ffmpeg")]
MADE = (
    "ffmpeg -v error -f lavfi -i testsrc2=s=640x360:r=25:d=30 -c:v libx264 -b:v 1500k -preset ultrafast "
    "-movflags +faststart"
)
PLAYED = """
async () => {
  const film = document.querySelector('video');
  const once = (name) => new Promise((done) => film.addEventListener(name, done, { once: true }));
  film.muted = true;
  film.playbackRate = 8;
  await film.play();
  await once('ended');
  film.currentTime = 12;
  await once('seeked');
  return [Math.round(film.duration), Math.round(film.currentTime)];
}
"""


def test_a_film_plays_to_its_end_and_can_be_sought_though_it_comes_by_the_megabyte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    film, parts = tmp_path / "film.mp4", []
    subprocess.run([*shlex.split(MADE), str(film)], check=True)
    app, media = Flask("film"), FolderStore(tmp_path / "media")
    digest = media.put_file(film)
    monkeypatch.setattr(sending.places, "most", 0)

    @app.get("/film")
    def shown():
        parts.append(request.headers.get("Range"))
        return sending.kept(media, digest, "video/mp4", "somebody")

    app.add_url_rule("/", view_func=lambda: "<!doctype html><video src=/film></video>", endpoint="page")
    with served(app) as site, launched() as browser:
        page = browser.new_page()
        page.goto(site)
        assert page.evaluate(PLAYED) == [30, 12]

    assert len(parts) >= media.size(digest) / sending.PART and all(parts)
