"""`python -m bench.shots [--seconds 20] [--only cpu|table]`: what the shot coach says of synthetic scenes, each in
three lights, and what its analysis costs a phone whose processor is four times slower than this one. Prints Markdown
tables; README.md keeps them."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Page

from lms import db, migrations
from lms.accounts.models import Person
from lms.factory import create_app
from lms.settings import Settings
from tests.cast import PIN, person
from tests.live import served
from tests.scenes.pictures import PICTURES
from tests.scenes.playing import first_word, opened, playing
from tests.scenes.sounds import SOUNDS

LIGHTS = (0.94, 1.0, 1.06)
SLOWER = 4
EAR = """async () => {
  const folder = document.querySelector('script[src*="shots/coach"]').src.replace(/coach\\.js$/, '');
  const { Ear } = await import(`${folder}ear.js`);
  const ear = new Ear(48000, () => {});
  const sound = Float32Array.from({ length: 48000 }, () => Math.random() - 0.5);
  ear.push([sound]);
  const began = performance.now();
  for (let second = 0; second < 20; second += 1) ear.push([sound]);
  return (performance.now() - began) / 20;
}"""


def main() -> None:
    """The table, then the cost."""
    arguments = argparse.ArgumentParser(prog="bench.shots")
    arguments.add_argument("--seconds", type=float, default=20, help="how long the cost is measured")
    arguments.add_argument("--only", choices=["table", "cpu"])
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldcast-shots-") as passing, installation(Path(passing)) as (site, who):
        if chosen.only != "cpu":
            table(site, who, Path(passing))
        if chosen.only != "table":
            cost(site, who, Path(passing), chosen.seconds)


@contextmanager
def installation(folder: Path) -> Iterator[tuple[str, Person]]:
    """An empty site with one trainee."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/bench.db",
        secret_key="a secret for one run of the bench, and long enough",
        var=folder,
        media_url=str(folder / "media"),
        public_url="http://localhost",
    )
    app: Flask = create_app(settings)
    migrations.upgrade(folder / "backups", now=db.utc_now())
    with app.app_context(), served(app) as site:
        yield site, person("张秀兰", "13812340001")


@contextmanager
def before_the_coach(
    site: str, who: Person, folder: Path, picture: str, sound: str, light: float = 1
) -> Iterator[Page]:
    """The coach's page in such a light and such a noise."""
    with playing(folder, picture, sound, light) as page:
        page.goto(f"{site}/sign-in")
        page.fill("[name=phone]", who.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        opened(page, f"{site}/practice/shots", picture)
        yield page


def table(site: str, who: Person, folder: Path) -> None:
    """Every scene with what must be said of it first and what was."""
    print("| scene | should be said first | was said first | right |\n|---|---|---|---|")
    right = played = 0
    for kind, scene, advice in scenes():
        told = Counter(first_of(site, who, folder, kind, scene, light) for light in LIGHTS)
        right, played = right + told[advice], played + len(LIGHTS)
        words = ", ".join(f"{key or 'film now'} {count}×" for key, count in told.most_common())
        print(f"| {scene} | {advice or 'film now'} | {words} | {told[advice]}/{len(LIGHTS)} |", flush=True)
    print(f"\n{right} of {played} right\n")


def scenes() -> Iterator[tuple[str, str, str]]:
    """Kind, name and right advice of each."""
    yield from (("picture", scene, advice) for scene, (_draw, advice) in PICTURES.items())
    yield from (("sound", scene, advice) for scene, advice in SOUNDS.items() if scene != "good voice")


def first_of(site: str, who: Person, folder: Path, kind: str, scene: str, light: float) -> str:
    """The first advice on a scene; "" when it was that one may film."""
    picture, sound = (scene, "good voice") if kind == "picture" else ("good", scene)
    with before_the_coach(site, who, folder, picture, sound, light) as page:
        return first_word(page)["advice"] or ""


def cost(site: str, who: Person, folder: Path, seconds: float) -> None:
    """Shares of one core: as measured here, and as they would be on a processor four times slower. Chromium's
    throttling slows the page's own thread alone, so the worker's and the audio thread's times are multiplied."""
    with before_the_coach(site, who, folder, "from the left", "good voice") as page:
        ear = page.evaluate(EAR) / 10  # ms a second, in percent
        plain = shares(page, seconds)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        slow = shares(page, seconds)
    drawing, looking = plain["drawing"], plain["looking"]
    rows = [
        ("pictures handed over (page)", drawing, slow["drawing"]),
        ("pictures looked at (worker)", looking, looking * SLOWER),
        ("sound measured (audio thread)", ear, ear * SLOWER),
    ]
    rows.append(("analysis in all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    rows.append(("the page's thread with all that it draws", plain["page"], slow["page"]))
    print("| share of one core | here | 4× slower |\n|---|---|---|")
    for name, here, there in rows:
        print(f"| {name} | {here:.1f} % | {there:.1f} % |")


def shares(page: Page, seconds: float) -> dict[str, float]:
    """Percent of the time that drawing, looking and the whole page took."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "timeTicks"})
    before, busy = spent(page), task_seconds(devtools)
    page.wait_for_timeout(seconds * 1000)
    after, busier = spent(page), task_seconds(devtools)
    return {
        **{name: (after[name] - before[name]) / (10 * seconds) for name in after},
        "page": 100 * (busier - busy) / seconds,
    }


def spent(page: Page) -> dict[str, float]:
    """What the coach has counted so far, in ms."""
    return page.evaluate("({ ...document.querySelector('shot-coach').watching.spent })")


def task_seconds(devtools: Any) -> float:
    """How long the page's thread has been at work."""
    return next(
        one["value"] for one in devtools.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration"
    )


if __name__ == "__main__":
    main()
