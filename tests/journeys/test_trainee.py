"""A trainee's way from her first page to a certificate that a stranger checks: over a link that loses replies, and once
more without JavaScript, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from lms.certificates.models import Certificate
from lms.learning.models import Event
from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.live import served

# A browser sees no difference between the databases, whose rules have tests of their own.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

SUN, VOICE = "/courses/light/sun", "/courses/light/voice"
RIGHT = {"zh": ["背后", "早上", "傍晚"], "en": ["Behind you", "Morning", "Evening"]}
SIZES = {"zh": (360, 740), "en": (1280, 860)}


@contextmanager
def phone(app: Flask, language: str, *, script: bool = True) -> Iterator[Page]:
    """Somebody's phone, or their laptop in English."""
    width, height = SIZES[language]
    with served(app) as site, launched() as browser:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            java_script_enabled=script,
        )
        yield context.new_page()


def lose_replies(context: BrowserContext) -> Iterator[int]:
    """Every second answer arrives, but its reply is lost on the way back."""
    numbers = count()

    def carry(route: Route) -> None:
        answer = route.fetch()
        if next(numbers) % 2 == 0:
            route.abort()
        else:
            route.fulfill(response=answer)

    context.route(re.compile(r"/events$"), carry)
    return numbers


def sign_in(page: Page, cast: Cast) -> None:
    """By phone number and PIN."""
    page.goto("/sign-in")
    page.fill("[name=phone]", cast.trainee.phone)
    page.fill("[name=pin]", PIN)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile("/today$"))


def answer(page: Page, form: str, *choices: str) -> None:
    """Choose and send."""
    for choice in choices:
        page.locator(f"{form} .answer", has_text=choice).locator("input").check(force=True)
    page.locator(f"{form} button[type=submit]").click()


def holds(page: Page) -> None:
    """Nothing to scroll sideways, and axe-core finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = Axe().run(page).response["violations"]
    assert [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []


def pass_quiz(page: Page, language: str, *, script: bool) -> None:
    """Answer both questions rightly, in whatever order they are drawn."""
    for _number in range(2):
        text = page.inner_text("form.check")
        answer(page, "form.check", *[word for word in RIGHT[language] if word in text])
        if script:
            expect(page.locator("form.check [role=status]")).to_have_attribute("data-state", "right", timeout=60_000)
        page.locator("[data-after] a").click()
        # Not the page that is being left.
        expect(page.locator("form.check [data-state=right]")).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_over_a_link_that_loses_replies(app: Flask, cast: Cast, language: str):
    with phone(app, language) as page:
        sign_in(page, cast)
        holds(page)
        lose_replies(page.context)
        page.goto(SUN)
        holds(page)
        answer(page, "form:has([value$='/check:sun-side'])", "西边，脸朝东" if language == "zh" else "facing east")
        status = page.locator("form:has([value$='/check:sun-side']) [role=status]")
        expect(status).to_have_attribute("data-state", "right", timeout=60_000)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.locator("[data-read] button").click()
        pass_quiz(page, language, script=True)
        page.goto(VOICE)
        answer(page, "form:has([value$='/check:fan'])", "关掉风扇" if language == "zh" else "Switch the fan off")
        status = page.locator("form:has([value$='/check:fan']) [role=status]")
        expect(status).to_have_attribute("data-state", "right", timeout=60_000)
        page.locator("[data-read] button").click()
        certified_once(page, cast)


def certified_once(page: Page, cast: Cast) -> None:
    """Every answer stands once, the certificate too, and a stranger finds it valid."""
    page.goto("/certificates")
    expect(page.locator(".number").first).to_have_text(re.compile("^TB-"))
    number = Certificate.get().number
    answers = [(event.step_key, str(event.body)) for event in Event.select().where(Event.kind != "read")]
    assert len(answers) == len(set(answers)) == 4
    page.context.clear_cookies()
    page.goto(f"/verify/{number}")
    expect(page.locator("main")).to_have_attribute("data-status", "valid")
    assert cast.trainee.name in page.inner_text("main") and cast.trainee.phone not in page.content()
    holds(page)


def test_without_javascript(app: Flask, cast: Cast):
    with phone(app, "zh", script=False) as page:
        sign_in(page, cast)
        page.goto(SUN)
        answer(page, "form:has([value$='/check:sun-side'])", "西边，脸朝东")
        page.locator("[data-read] button").click()
        expect(page).to_have_url(re.compile("/quiz$"))
        pass_quiz(page, "zh", script=False)
        page.goto(VOICE)
        answer(page, "form:has([value$='/check:fan'])", "关掉风扇")
        page.locator("[data-read] button").click()
        page.goto("/certificates")
        assert Certificate.get().number in page.inner_text("main")
