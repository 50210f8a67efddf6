"""The real browser of the tests: the machine's Chromium, driven by Playwright.

`launch` is for `with sync_playwright() as playwright:`; one browser serves a whole worker, each test opens a context
of its own (`browser.new_context(viewport=..., locale="zh-CN", java_script_enabled=False)`).
"""

import os
import shutil

from playwright.sync_api import Browser, Playwright

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


def launch(playwright: Playwright, *more: str) -> Browser:
    """A headless Chromium, with more flags if wanted. Raises FileNotFoundError, saying what to install, where the
    machine has none."""
    flags = [*FLAGS, *more]
    if os.geteuid() == 0:
        # Chromium's sandbox does not work for root.
        flags.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=executable(), args=flags)


def executable() -> str:
    """The path of the first Chromium in PATH."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(
        "The browser tests need Chromium in PATH. Install it (on Debian: apt-get install chromium)."
    )
