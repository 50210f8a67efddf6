"""A trainee's phone: a real Chromium on the real site, signed in, with a network that can be cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Page, expect

from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.live import served

LESSON = "/courses/light/sun"


@contextmanager
def phone_of_xiulan(app: Flask, cast: Cast, *, script: str = "", lang: str = "zh-CN") -> Iterator[Page]:
    """Her phone after signing in; `script` runs before each page's own, to stand in for what the machine lacks."""
    with served(app) as address, launched() as browser:
        context = browser.new_context(
            base_url=address, viewport={"width": 360, "height": 640}, locale=lang, has_touch=True
        )
        context.add_init_script(script or "0")
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=phone]", cast.trainee.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        expect(page).to_have_url(f"{address}/today")
        yield page
