"""Large files: played from anywhere, and never so many at once that no thread is left for those who read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response

from lms.errors import Busy
from lms.media import FolderStore
from lms.web import sending

FILM = bytes(range(256)) * 4 * 3 * 1024  # three megabytes
ASKED = {"Range": "bytes=0-"}


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Flask]:
    """A site with one film, for whoever is named in the address."""
    app, media = Flask("film"), FolderStore(tmp_path)
    app.testing = True
    digest = media.put(FILM)
    app.add_url_rule("/<who>", view_func=lambda who: sending.kept(media, digest, "video/mp4", who), endpoint="film")
    yield app
    assert not sending.places.taken


def ask(film: Flask, who: str, **headers: str) -> Response:
    """The answer, of which nothing is read yet."""
    return film.test_client().get(f"/{who}", headers=headers, buffered=False)


def test_a_player_gets_all_that_it_asks_for(film: Flask):
    answer = ask(film, "xiulan", Range="bytes=1000-")

    assert answer.status_code == 206 and answer.headers["Content-Range"] == "bytes 1000-3145727/3145728"
    assert answer.data == FILM[1000:]


def test_whoever_is_sent_one_large_answer_gets_a_megabyte_at_a_time_meanwhile(film: Flask):
    first = ask(film, "xiulan", **ASKED)
    second = ask(film, "xiulan", Range="bytes=1000-")

    assert second.headers["Content-Range"] == "bytes 1000-1049575/3145728"
    assert second.data == FILM[1000:1049576]
    first.close()
    assert ask(film, "xiulan", **ASKED).data == FILM


def test_a_third_person_gets_a_megabyte_at_a_time_until_one_of_two_has_all(film: Flask):
    first, second, third = (ask(film, who, **ASKED) for who in ("xiulan", "liu", "zhou"))
    assert len(third.data) == sending.PART

    assert len(first.data) == len(FILM)
    first.close()
    assert len(ask(film, "zhou", **ASKED).data) == len(FILM)
    second.close()


def test_who_does_not_ask_by_part_gets_all_or_is_told_to_come_back(film: Flask):
    first = ask(film, "xiulan", **ASKED)
    assert ask(film, "xiulan").data == FILM

    second = ask(film, "liu", **ASKED)
    with pytest.raises(Busy):
        ask(film, "zhou")
    first.close()
    second.close()


def test_an_answer_that_nobody_reads_keeps_no_place(film: Flask):
    assert film.test_client().head("/xiulan").headers["Content-Length"] == str(len(FILM))

    assert not sending.places.taken
