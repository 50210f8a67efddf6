"""`python -m bench.scripts`: what a trainee waits for at the copy coach, and what its page weighs. Prints Markdown
tables; README.md keeps them. The pages are asked of the application itself, without a server between."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import brotli

from bench.judging import installation
from lms.db import utc_now
from lms.practice.scripts import paper
from lms.settings import ROOT
from lms.web import assets, throttle
from tests.browser import Browser
from tests.cast import CHINA, Cast, raise_curtain
from tests.entering import signed_in
from tests.practice.scripts.written import LAWFUL, UNLAWFUL, sign, write

TIMES = 20
TALK = (UNLAWFUL + LAWFUL) * 200
LENGTHS = (300, 1_100, 20_000)  # a minute, five minutes, the most that is taken


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as folder:
        app = installation(Path(folder))
        with app.app_context():
            cast = raise_curtain()
            browser = signed_in(app, cast.trainee)
            print("| deed | median | slowest of 20 |\n|---|---|---|")
            for name, deed in deeds(browser, cast).items():
                times = [timed(deed) for _ in range(TIMES)]
                print(f"| {name} | {statistics.median(times):.0f} ms | {max(times):.0f} ms |")
            print("\n| on the wire, brotli | KB |\n|---|---|")
            for name, size in weights(browser, cast).items():
                print(f"| {name} | {size / 1024:.1f} |")


def deeds(browser: Browser, cast: Cast) -> dict[str, Callable[[], object]]:
    """What is done."""
    script = write(cast.trainee, TALK[:1_100]).script_id
    sheet = sign(cast.trainee, write(cast.trainee))
    looks = {
        f"a look at {length} characters": lambda length=length: browser.post_json(
            "/practice/scripts/look", {"text": TALK[:length], "kind": "script", "packs": []}
        )
        for length in LENGTHS
    }
    return {
        **looks,
        "the page of a script of 1100 characters": lambda: browser.client.get(f"/practice/scripts/{script}"),
        "a new version of 1100 characters saved": lambda: write(cast.trainee, TALK[:1_100], now=utc_now()),
        "a signed sheet as PDF": lambda: paper.pdf(sheet, CHINA),
    }


def timed(deed: Callable[[], object]) -> float:
    """Milliseconds."""
    throttle._taken.clear()
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def weights(browser: Browser, cast: Cast) -> dict[str, int]:
    """What is sent."""
    script = write(cast.trainee, UNLAWFUL).script_id
    code = b"".join(path.read_bytes() for path in sorted((ROOT / "static/js/scripts").glob("*.js")))
    style = (assets.STATIC / "css/pages/scripts.css").read_bytes()
    page = browser.client.get(f"/practice/scripts/{script}").data
    look = browser.post_json("/practice/scripts/look", {"text": UNLAWFUL, "kind": "script", "packs": []}).data
    named = {"the page of a short script": page, "a look while writing": look, "its script": code, "its style": style}
    return {name: len(brotli.compress(content, quality=5)) for name, content in named.items()}


if __name__ == "__main__":
    main()
