"""Plays scenes to a Chromium as its camera and microphone, and writes down what the coach says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.chromium import launched
from tests.scenes.pictures import write_picture
from tests.scenes.sounds import write_sound

# A phone held upright, and one that leans eight degrees to the right (DeviceOrientation's angles).
UPRIGHT = {"alpha": 0, "beta": 90, "gamma": 0}
LEANING = {"alpha": 0, "beta": 82, "gamma": 89.9}
LISTEN = """
  window.heard = [];
  document.addEventListener('told', ({ detail, target }) => window.heard.push({
    at: performance.now(), said: detail.said, ready: detail.ready,
    advice: detail.advice && (detail.advice.side ? `${detail.advice.name}.${detail.advice.side}` : detail.advice.name),
    meters: Object.fromEntries(Object.entries(detail.meters).map(([group, one]) => [group, one.grade])),
    signals: target.told,
  }), true);
"""


@contextmanager
def playing(folder: Path, picture: str, sound: str, light: float = 1) -> Iterator[Page]:
    """A page of a phone-sized browser whose camera and microphone are these scenes."""
    seen = made(folder, f"{picture} {light}.y4m", lambda path: write_picture(picture, path, light))
    heard = made(folder, f"{sound}.wav", lambda path: write_sound(sound, path))
    camera, microphone = put(folder / "camera.y4m", seen), put(folder / "microphone.wav", heard)
    flags = [f"--use-file-for-fake-video-capture={camera}", f"--use-file-for-fake-audio-capture={microphone}"]
    with launched(*flags) as browser:
        context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
        context.add_init_script(LISTEN)
        yield context.new_page()


def made(folder: Path, name: str, write: Callable[[Path], Path]) -> Path:
    """The scene's file, written once."""
    path = folder / name.replace(" ", "-")
    return path if path.exists() else write(path)


def put(place: Path, scene: Path) -> Path:
    """The scene before the lens or the microphone: Chromium opens the file anew for each page that listens, so that one
    browser does for all scenes."""
    place.unlink(missing_ok=True)
    place.symlink_to(scene.name)
    return place


def until(page: Page, holds: Callable[[list[dict[str, Any]]], bool], *, seconds: float) -> list[dict[str, Any]]:
    """All that the coach told, once that holds. The page's policy forbids Playwright's own waiting by script."""
    for _ in range(int(seconds * 5)):
        told = page.evaluate("window.heard")
        if holds(told):
            return told
        page.wait_for_timeout(200)
    raise AssertionError(f"the coach told nothing like that in {seconds} s: {told[-1:]}")


def opened(page: Page, address: str, picture: str = "") -> None:
    """Open the coach, which the browser's flags let at camera and microphone."""
    page.goto(address)
    # A camera of files cannot lean. The override holds for this page and its reloads.
    sensors = page.context.new_cdp_session(page)
    sensors.send("DeviceOrientation.setDeviceOrientationOverride", LEANING if picture == "tilted" else UPRIGHT)
    page.reload()
    until(page, bool, seconds=20)


def first_word(page: Page) -> dict[str, Any]:
    """What the coach told when it first said anything: an advice, or that one may film (then `advice` is empty)."""
    told = until(page, lambda told: any(one["said"] or one["ready"] for one in told), seconds=25)
    return next(one for one in told if one["said"] or one["ready"])
