"""The whole coach on synthetic scenes: camera and microphone of files, the worker, the audio thread, the page. Every
scene gets its right first advice; the good ones get none, and are told that one may film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright

from tests.cast import PIN, Cast
from tests.live import served
from tests.scenes.pictures import PICTURES
from tests.scenes.playing import first_word, opened, playing
from tests.scenes.sounds import SOUNDS

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

Stand = Callable[[str, str], "contextmanager[Page]"]


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where scenes are kept until all have been played."""
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture
def stand(app: Flask, cast: Cast, scenes: Path) -> Iterator[Stand]:
    """`with stand("dark", "noisy") as page`: Xiulan before the coach, in such a light and such a noise."""

    @contextmanager
    def at(picture: str = "good", sound: str = "good voice") -> Iterator[Page]:
        with served(app) as site, sync_playwright() as playwright, playing(playwright, scenes, picture, sound) as page:
            page.goto(f"{site}/sign-in")
            page.fill("[name=phone]", cast.trainee.phone)
            page.fill("[name=pin]", PIN)
            page.click("main button[type=submit]")
            opened(page, f"{site}/practice/shots", picture)
            yield page

    yield at


@pytest.mark.parametrize(("scene", "advice"), [(scene, advice) for scene, (_draw, advice) in PICTURES.items()])
def test_every_picture_gets_its_right_first_advice(stand: Stand, scene: str, advice: str):
    with stand(scene) as page:
        assert (first_word(page)["advice"] or "") == advice


@pytest.mark.parametrize(("scene", "advice"), [one for one in SOUNDS.items() if one[0] != "good voice"])
def test_every_sound_gets_its_right_first_advice(stand: Stand, scene: str, advice: str):
    with stand(sound=scene) as page:
        assert (first_word(page)["advice"] or "") == advice


def test_wind_is_said_before_dark(stand: Stand):
    with stand("dark", "windy") as page:
        page.wait_for_timeout(9_000)
        said = [one["advice"] for one in page.evaluate("window.heard") if one["said"]]
    assert said[-1] == "wind.high"
