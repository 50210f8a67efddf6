"""The whole coach on synthetic scenes: camera and microphone of files, the worker, the audio thread, the page. Every
scene gets its right first advice; the good ones get none, and are told that one may film."""

from __future__ import annotations

import pytest

from tests.practice.shots.conftest import Stand
from tests.scenes.pictures import PICTURES
from tests.scenes.playing import first_word
from tests.scenes.sounds import SOUNDS

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


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
