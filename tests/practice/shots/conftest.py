"""The coach in a real Chromium: its modules alone, given known inputs; and Xiulan before it, in a scene of ours."""

from __future__ import annotations

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

from lms.settings import ROOT
from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.live import served
from tests.scenes.playing import opened, playing

Run = Callable[..., Any]
Stand = Callable[..., AbstractContextManager[Page]]


class Quiet(SimpleHTTPRequestHandler):
    """Without a line for every request."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """`run("light blur", "(light, blur) => …", argument)`: a function of those modules, and what it gives."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "static")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with launched() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/js/shots/light.js")

        def call(modules: str, function: str, argument: object = None) -> Any:
            imports = ", ".join(f"import('/js/shots/{name}.js')" for name in modules.split())
            return page.evaluate(
                f"async (argument) => ({function})(...await Promise.all([{imports}]), argument)", argument
            )

        yield call
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where scenes are kept until all have been played."""
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture
def stand(app: Flask, cast: Cast, scenes: Path) -> Stand:
    """`with stand("dark", "noisy") as page`: Xiulan before the coach, in such a light and such a noise. `address` may
    name a task; `before` is done to the page once she has signed in."""

    @contextmanager
    def at(
        picture: str = "good",
        sound: str = "good voice",
        address: str = "/practice/shots",
        before: Callable[[Page], object] | None = None,
    ) -> Iterator[Page]:
        with served(app) as site, playing(scenes, picture, sound) as page:
            page.goto(f"{site}/sign-in")
            page.fill("[name=phone]", cast.trainee.phone)
            page.fill("[name=pin]", PIN)
            page.click("main button[type=submit]")
            if before:
                before(page)
                page.goto(f"{site}{address}")
            else:
                opened(page, f"{site}{address}", picture)
            yield page

    return at
