"""`python -m bench.rehearsal [--seconds 30]`: what the rehearsal room costs a phone four times slower than this one:
the busy room with camera, microphone and recording. Prints Markdown tables; README.md keeps them."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from bench.shots import EAR, SLOWER, installation, task_seconds
from tests.cast import PIN
from tests.scenes.playing import playing

MODEL = """async () => {
  const folder = document.querySelector('script[src*="rehearsal/room"]').src.replace(/room\\.js$/, '');
  const { Audience, TICK } = await import(`${folder}audience.js`);
  const bank = await (await fetch('/practice/rehearsal/bank?goods=lotus')).json();
  const room = new Audience({ seed: 1, level: 4, bank, seconds: 1800 });
  const began = performance.now();
  while (room.now < 1800) { room.input('voice', { speaking: room.now % 4 < 3, loud: false }); room.tick(); }
  return performance.now() - began;
}"""

# The same ear as the shot coach's, found from this page.
HEARING = EAR.replace("shots/coach", "rehearsal/room").replace("coach\\.js", "room\\.js")
HEARING = HEARING.replace("${folder}ear.js", "${folder}../shots/ear.js")


def main() -> None:
    """The table."""
    arguments = argparse.ArgumentParser(prog="bench.rehearsal")
    arguments.add_argument("--seconds", type=float, default=30, help="how long the cost is measured")
    seconds = arguments.parse_args().seconds
    with (
        tempfile.TemporaryDirectory(prefix="fieldcast-rehearsal-") as passing,
        installation(Path(passing)) as (site, who),
        playing(Path(passing), "good", "good voice") as page,
    ):
        page.goto(f"{site}/sign-in")
        page.fill("[name=phone]", who.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        page.goto(f"{site}/practice/rehearsal?level=4&seed=1")
        model, ear = page.evaluate(MODEL), page.evaluate(HEARING) / 10
        rows = [cost(page, kind, seconds) for kind in ("video", "audio", "taps")]
    print("| share of one core, page's own thread | here | 4× slower |\n|---|---|---|")
    for name, here, there, _written in rows:
        print(f"| room with {name} | {here:.1f} % | {there:.1f} % |")
    print(f"| sound measured (audio thread, besides) | {ear:.1f} % | {ear * SLOWER:.1f} % |")
    print(f"\nThe model alone: thirty minutes of the busy room in {model:.0f} ms.\n")
    print("| recorded | MB a minute |\n|---|---|")
    for name, _here, _there, written in rows[:2]:
        print(f"| {name} | {written:.2f} |")


def cost(page: Page, kind: str, seconds: float) -> tuple[str, float, float, float]:
    """A room of ten minutes, measured for some seconds as it is and throttled; and how much it wrote."""
    page.click("label[for=minutes-10]")
    page.check(f"#record-{kind}")
    page.click("[data-begin]")
    page.wait_for_selector("[data-live]:not([hidden])")
    page.wait_for_timeout(3_000)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "timeTicks"})
    here = share(page, devtools, seconds)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    there = share(page, devtools, seconds)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    lasted = page.evaluate("document.querySelector('rehearsal-room').clock.seconds")
    page.click("[data-stop]")
    page.wait_for_selector("[data-report]:not([hidden])")
    page.wait_for_timeout(2_000)
    size = page.evaluate("document.querySelector('rehearsal-room').report.playing.whole?.size || 0")
    page.goto(page.url.split("/practice/")[0] + "/practice/rehearsal?level=4&seed=1")
    return kind, here, there, size / 1048576 / (lasted / 60)


def share(page: Page, devtools: object, seconds: float) -> float:
    """Percent of the time that the page's thread was at work."""
    before = task_seconds(devtools)
    page.wait_for_timeout(seconds * 1000)
    return 100 * (task_seconds(devtools) - before) / seconds


if __name__ == "__main__":
    main()
