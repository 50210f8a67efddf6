"""The real browser of the tests: the machine's Chromium, driven by Playwright.

`with launched() as browser:`; one browser serves a whole worker, each test opens a context of its own
(`browser.new_context(viewport=..., locale="zh-CN", java_script_enabled=False)`), which the end of the block closes.

As a pytest plugin (`pytest_plugins = ["tests.chromium"]`) this module lets go of the browsers when the tests are over.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")

FLAGS = [
    # A container's /dev/shm is often 64 MB, less than a page with pictures takes.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # Camera and microphone without hardware and without asking, for recording.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    # The same pixels on every machine.
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    # Nothing that calls home.
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

_open = ExitStack()
_drivers: list[Playwright] = []
_browsers: dict[tuple[str, ...], Browser] = {}


@contextmanager
def launched(*more: str) -> Iterator[Browser]:
    """This process's headless Chromium with those flags besides ours, started when it is first asked for: a start costs
    more than most tests. What is opened within the block is closed at its end: nothing passes from one to the next.

    Raises FileNotFoundError, saying what to install, where the machine has none."""
    browser = _browsers.get(more)
    if not browser or not browser.is_connected():
        browser = _browsers[more] = _launch(*more)
    others = list(browser.contexts)
    try:
        yield browser
    finally:
        for context in browser.contexts:
            if context not in others:
                context.close()


def pytest_unconfigure() -> None:
    _browsers.clear()
    _drivers.clear()
    _open.close()


def _launch(*more: str) -> Browser:
    flags = [*FLAGS, *more]
    if os.geteuid() == 0:
        # Chromium's sandbox does not work for root.
        flags.append("--no-sandbox")
    browser = _driver().chromium.launch(executable_path=_executable(), args=flags)
    return _open.enter_context(browser)


def _driver() -> Playwright:
    if not _drivers:
        atexit.register(_open.close)
        _drivers.append(_open.enter_context(sync_playwright()))
    return _drivers[0]


def _executable() -> str:
    """The path of the first Chromium in PATH."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(
        "The browser tests need Chromium in PATH. Install it (on Debian: apt-get install chromium)."
    )
