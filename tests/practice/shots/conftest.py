"""The coach's arithmetic in a real Chromium, without its pages: modules from static/js/shots, given known inputs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from lms.settings import ROOT
from tests.chromium import launch

Run = Callable[..., Any]


class Quiet(SimpleHTTPRequestHandler):
    """Without a line for every request."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """`run("light blur", "(light, blur) => …", argument)`: a function of those modules, and what it gives."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "static")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/js/shots/light.js")

        def call(modules: str, function: str, argument: object = None) -> Any:
            imports = ", ".join(f"import('/js/shots/{name}.js')" for name in modules.split())
            return page.evaluate(
                f"async (argument) => ({function})(...await Promise.all([{imports}]), argument)", argument
            )

        yield call
        browser.close()
    server.shutdown()
    server.server_close()
