"""Every page that anybody of the cast can open, in a real browser: axe-core finds nothing, nothing is to be scrolled
sideways on the smallest phone, and the console stays empty. Chinese by day on a phone, English by night on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.test import TestResponse

from lms.web import throttle
from tests.cast import Cast
from tests.chromium import launched
from tests.live import served
from tests.stage import Stage, filled, raise_stage, rules, said

# A browser sees no difference between the databases, whose rules have tests of their own.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST = 320  # CSS pixels: WCAG 2.2, 1.4.10 Reflow
# No page of its own: a redirect, what a script asks, what stands in a frame of another page.
PARTS = ("/teach/session", "/preview", "/sign-out")


@dataclass
class Look:
    """How somebody sees the site."""

    language: str
    locale: str
    theme: str
    width: int
    height: int


PHONE_BY_DAY = Look("zh", "zh-CN", "light", 360, 740)
DESK_BY_NIGHT = Look("en", "en-GB", "dark", 1280, 860)


@dataclass
class Watched:
    """A page with all that its console says and all that fails to load."""

    page: Page
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda line: line.type == "error" and self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("requestfailed", lambda request: self.said.append(f"{request.url} {request.failure}"))

    def mistakes(self, address: str) -> list[str]:
        """Everything that is wrong with a page."""
        throttle._taken.clear()
        self.said.clear()
        self.page.goto(address, wait_until="load")
        found = [f"{address}: console: {line}" for line in self.said if "ERR_ABORTED" not in line]
        size = self.page.viewport_size
        # As tall as the page: else what scrolls behind the bar at the foot is taken for a target too small to hit.
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        found += [f"{address}: {one}" for one in self.axe()]
        self.page.set_viewport_size({"width": SMALLEST, "height": 640})
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address}: wider than {SMALLEST} px: {self.widest()}")
        self.page.set_viewport_size(size)
        return found

    def axe(self) -> list[str]:
        """What axe-core finds, each with the first place where it does."""
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:140]} ({len(one['nodes'])}×)" for one in found]

    def widest(self) -> str:
        """An element that reaches over the edge."""
        return self.page.evaluate(
            """() => { const over = [...document.querySelectorAll('main *, header *, footer *')].filter(
                 (el) => el.getBoundingClientRect().right > innerWidth + 1).pop();
               return over ? over.outerHTML.slice(0, 140) : '?'; }"""
        )


@contextmanager
def chromium(app: Flask, look: Look) -> Iterator[BrowserContext]:
    """A browser before the site."""
    with served(app) as site, launched() as browser:
        context = browser.new_context(
            base_url=site,
            viewport={"width": look.width, "height": look.height},
            locale=look.locale,
            color_scheme=look.theme,
            reduced_motion="reduce",
        )
        yield context


def carry_session(stage: Stage, who: str, context: BrowserContext) -> None:
    """Sign in as somebody who has signed in already."""
    cookies = [stage.browsers[who].client.get_cookie(name) for name in ("session", "phone")]
    base = context._impl_obj._options["baseURL"]
    context.add_cookies([{"name": one.key, "value": one.value, "url": base} for one in cookies if one])


def addresses(stage: Stage, who: str) -> list[str]:
    """The pages that open for somebody, each once."""
    adapter = stage.app.url_map.bind("localhost")
    reads = [rule for rule in rules(stage.app) if "GET" in rule.methods]
    opened = [rule for rule in reads if is_page(stage.answer(who, rule, "GET", filled(stage.own, rule)))]
    built = [adapter.build(rule.endpoint, filled(stage.own, rule)) for rule in opened]
    return [one for one in dict.fromkeys(built) if not one.endswith(PARTS)]


def is_page(answer: TestResponse) -> bool:
    """Whether a browser shows this as a page of ours: with a film by itself axe would never be done."""
    return said(answer) == "open" and answer.mimetype == "text/html"


def own_pages(stage: Stage, who: str) -> list[str]:
    """Pages of somebody's own work; those that everybody has are looked at as a trainee, and as a visitor."""
    beginnings = {"trainer": "/teach", "manager": "/manage", "admin": "/admin"}
    return [one for one in addresses(stage, who) if one.startswith(beginnings.get(who, "/"))]


@pytest.mark.parametrize("look", [PHONE_BY_DAY, DESK_BY_NIGHT], ids=["phone by day", "desk by night"])
@pytest.mark.parametrize("who", ["visitor", "trainee", "trainer", "manager", "admin"])
def test_nothing_is_found_on_any_page(app: Flask, cast: Cast, who: str, look: Look):
    stage = raise_stage(app, cast)
    pages = own_pages(stage, who)

    with chromium(app, look) as context:
        carry_session(stage, who, context)
        watched = Watched(context.new_page())
        found = [mistake for address in pages for mistake in watched.mistakes(address)]

    assert len(pages) >= 6 and not found, "\n".join(found)
