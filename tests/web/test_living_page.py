"""/design shows every component in every state, in both languages, and holds on narrow screens and in every look."""

import dataclasses
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from lms.factory import create_app
from tests.browser import Browser
from tests.chromium import launched
from tests.live import served

LOOKS = ("/design", "/design?look=dark", "/design?text=large")


@pytest.fixture
def database_url(sqlite_template, tmp_path):
    """One kind of database: the page reads next to nothing from it."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'fieldcast.db')}"


@pytest.fixture
def workshop(app, database_url):
    """The application as developers run it."""
    settings = dataclasses.replace(app.config["SETTINGS"], development=True, database_url=database_url)
    return create_app(settings)


def test_the_living_page_holds_what_every_page_must_hold(workshop):
    page = Browser(workshop).get("/design")

    assert "学到这里" in page.text
    assert "You are here" in page.text


def test_an_installation_that_people_use_has_no_living_page(visitor):
    visitor.get("/design", status=404)


def test_every_component_of_a_macro_file_is_on_the_living_page(workshop):
    html = Browser(workshop).get("/design").html

    classes = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', html))))
    assert {
        "cell",
        "plots",
        "listen",
        "media",
        "answer",
        "banner",
        "tag",
        "state",
        "pin",
        "numbers",
        "bars",
        "matrix",
    } <= classes


@pytest.mark.browser
@pytest.mark.parametrize("address", LOOKS)
def test_no_look_of_the_living_page_is_wider_than_a_small_phone(workshop, address):
    with in_chromium(workshop, address, width=320) as page:
        excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert excess <= 0


@pytest.mark.browser
@pytest.mark.parametrize("address", LOOKS)
def test_axe_finds_nothing_on_the_living_page(workshop, address):
    with in_chromium(workshop, address, width=1280) as page:
        found = Axe().run(page, options={"resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.browser
def test_the_cells_of_a_pin_fill_as_digits_are_typed(workshop):
    with in_chromium(workshop, "/design", width=360) as page:
        page.locator("#zh-pin").press_sequentially("123")
        full = page.locator("[data-pin]").first.locator("g.full").count()

    assert full == 3


class in_chromium:
    """A page of the workshop in a real browser."""

    def __init__(self, app, address: str, width: int) -> None:
        self.app, self.address, self.width = app, address, width

    def __enter__(self) -> Page:
        self.site = served(self.app)
        self.chromium = launched()
        base = self.site.__enter__()
        page = self.chromium.__enter__().new_page(viewport={"width": self.width, "height": 800})
        page.goto(base + self.address)
        return page

    def __exit__(self, *error: object) -> None:
        self.chromium.__exit__(*error)
        self.site.__exit__(*error)
