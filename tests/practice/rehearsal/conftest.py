"""The rehearsal room in a real Chromium: its modules alone, given known inputs; and Xiulan in it, with a camera and a
microphone of our making."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.practice.rehearsal.bank import for_phone
from lms.settings import ROOT
from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.live import served
from tests.scenes.playing import playing

Run = Callable[..., Any]
Enter = Callable[..., AbstractContextManager[Page]]


class Quiet(SimpleHTTPRequestHandler):
    """Without a line for every request."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """`run("audience measures", "(audience, measures, given) => …", given)`: a function of those modules, and what it
    gives. `given` always has the bank of lotus roots."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "static")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    lotus = json.loads(json.dumps(for_phone("lotus", "zh")))
    with launched() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/js/rehearsal/clock.js")

        def call(modules: str, function: str, **given: object) -> Any:
            imports = ", ".join(f"import('/js/rehearsal/{name}.js')" for name in modules.split())
            return page.evaluate(
                f"async (given) => ({function})(...await Promise.all([{imports}]), given)", {"bank": lotus, **given}
            )

        yield call
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where scenes are kept until all have been played."""
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture
def enter(app: Flask, cast: Cast, scenes: Path) -> Enter:
    """`with enter() as page`: Xiulan at the room's door, with a good picture and a good voice before the phone."""

    @contextmanager
    def at(address: str = "/practice/rehearsal", sound: str = "good voice") -> Iterator[Page]:
        with served(app) as site, playing(scenes, "good", sound) as page:
            page.goto(f"{site}/sign-in")
            page.fill("[name=phone]", cast.trainee.phone)
            page.fill("[name=pin]", PIN)
            page.click("main button[type=submit]")
            page.goto(f"{site}{address}")
            page.wait_for_selector("[data-setup]:not([hidden])")
            yield page

    return at
