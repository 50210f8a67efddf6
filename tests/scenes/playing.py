"""Plays scenes to a Chromium as its camera and microphone, and writes down what the coach says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

from tests.chromium import launch
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


@dataclass
class Heard:
    """What the coach said of a scene: each advice in turn, whether it said that one may film, its last measures."""

    said: list[str]
    ready: bool
    meters: dict[str, str]
    signals: dict[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The first advice; "" where it had none."""
        return self.said[0] if self.said else ""


@contextmanager
def playing(playwright: Playwright, folder: Path, picture: str, sound: str) -> Iterator[Page]:
    """A page of a phone-sized browser whose camera and microphone are these scenes."""
    stem = f"{picture}-{sound}".replace(" ", "-")
    camera = write_picture(picture, folder / f"{stem}.y4m")
    microphone = write_sound(sound, folder / f"{stem}.wav")
    flags = [f"--use-file-for-fake-video-capture={camera}", f"--use-file-for-fake-audio-capture={microphone}"]
    browser = launch(playwright, *flags)
    try:
        context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
        context.add_init_script(LISTEN)
        yield context.new_page()
    finally:
        browser.close()


def until(page: Page, holds: Callable[[list[dict[str, Any]]], bool], *, seconds: float) -> list[dict[str, Any]]:
    """All that the coach told, once that holds. The page's policy forbids Playwright's own waiting by script."""
    for _ in range(int(seconds * 5)):
        told = page.evaluate("window.heard")
        if holds(told):
            return told
        page.wait_for_timeout(200)
    raise AssertionError(f"the coach told nothing like that in {seconds} s: {told[-1:]}")


def heard(page: Page, address: str, *, seconds: float, held: dict[str, float] = UPRIGHT) -> Heard:
    """Open the coach and listen to it."""
    page.goto(address)
    # A camera of files cannot lean; the override of the sensors holds for the page that is open.
    sensors = page.context.new_cdp_session(page)
    sensors.send("DeviceOrientation.setDeviceOrientationOverride", held)
    if page.is_visible("[data-open]"):
        page.click("[data-open]")
    until(page, bool, seconds=20)
    page.wait_for_timeout(seconds * 1000)
    told = page.evaluate("window.heard")
    return Heard(
        said=[one["advice"] for one in told if one["said"]],
        ready=any(one["ready"] for one in told),
        meters=told[-1]["meters"],
        signals=told[-1]["signals"],
    )
