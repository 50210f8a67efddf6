"""Questions of every kind in a real browser: at 360 px by hand and by the keyboard alone, with and without JavaScript,
in the eyes of a screen reader (axe), and what waits on the phone without network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from lms.learning import keys
from lms.learning.models import Event
from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.learning.asking import publish_kinds
from tests.learning.phone import phone_of_xiulan
from tests.live import served

pytestmark = pytest.mark.browser

LESSON = "/courses/light/sun"


@pytest.fixture(autouse=True)
def every_kind(cast: Cast) -> None:
    """The lesson with a question of every kind."""
    keys.forget()
    publish_kinds(cast.enrolment)


@pytest.fixture
def phone(app: Flask, cast: Cast) -> Iterator[Page]:
    """The lesson on a phone."""
    with phone_of_xiulan(app, cast) as page:
        page.goto(LESSON)
        expect(page.locator(".marking")).to_have_count(2)
        yield page


def form(page: Page, name: str) -> Locator:
    """A question's form."""
    return page.locator(f"#check-{name}")


def sent(page: Page, name: str) -> Locator:
    """What the page says once an answer was sent by the keyboard."""
    form(page, name).locator("button[type=submit]").focus()
    page.keyboard.press("Enter")
    return form(page, name).locator("[role=status]")


def test_things_are_put_in_order_by_the_keyboard(phone: Page):
    items = form(phone, "steps").locator("[data-item]")
    for wanted in (0, 1, 2):
        while [item.get_attribute("data-item") for item in items.all()].index(str(wanted)) > wanted:
            form(phone, "steps").locator(f"[data-item='{wanted}'] [data-move='-1']").focus()
            phone.keyboard.press("Enter")
    expect(sent(phone, "steps")).to_contain_text("送到了")
    assert Event.get().body == {"chosen": [0, 1, 2]} and Event.get().right


def test_pairs_are_chosen_by_the_keyboard(phone: Page):
    for place, words in enumerate(("又白又嫩", "有枣花香", "头泡清香")):
        form(phone, "say").locator(f"[name=at-{place}]").focus()
        form(phone, "say").locator(f"[name=at-{place}]").select_option(label=words)
    expect(sent(phone, "say")).to_contain_text("送到了")
    assert Event.get().body == {"chosen": [0, 1, 2]} and Event.get().right


def test_a_place_is_tapped_in_the_picture(phone: Page):
    picture = form(phone, "dark").locator("[data-picture]")
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.5})
    expect(picture.locator(".spot")).to_have_count(1)
    expect(sent(phone, "dark")).to_contain_text("右边没有光")
    assert Event.get().body == {"chosen": [0]}


def test_a_tap_beside_every_place_is_told_apart(phone: Page):
    picture = form(phone, "dark").locator("[data-picture]")
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": box["width"] * 0.5, "y": 3})
    expect(sent(phone, "dark")).to_contain_text("看看哪里黑")
    assert Event.get().body == {"chosen": [2]}


def test_a_place_is_chosen_from_the_list_by_the_keyboard(phone: Page):
    form(phone, "dark").locator("summary").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    expect(sent(phone, "dark")).to_contain_text("右边没有光")


def play(page: Page, name: str, *seconds: float) -> None:
    """Start the clip by a tap, and press the button at these seconds."""
    form(page, name).locator("[data-kind]").click()
    form(page, name).locator("audio").wait_for()
    expect(form(page, name).locator("audio")).to_have_js_property("error", None)
    while not page.evaluate(f"document.querySelector('#check-{name} audio').readyState"):
        page.wait_for_timeout(50)
    for second in seconds:
        page.evaluate(f"document.querySelector('#check-{name} audio').pause()")
        page.evaluate(f"document.querySelector('#check-{name} audio').currentTime = {second}")
        form(page, name).locator(".marking button").first.focus()
        page.keyboard.press("Enter")


def test_a_moment_of_a_clip_is_marked_and_nothing_is_fetched_before(phone: Page):
    fetched: list[str] = []
    phone.on("request", lambda request: "/media/" in request.url and fetched.append(request.url))
    phone.reload()
    expect(phone.locator(".marking")).to_have_count(2)
    assert not [address for address in fetched if address.endswith(".m4a")]
    play(phone, "shake", 4)
    expect(form(phone, "shake")).to_contain_text("你标的是：0:04")
    expect(sent(phone, "shake")).to_contain_text("送到了")
    assert Event.get().body == {"chosen": [0]} and Event.get().right


def test_taps_while_a_clip_plays_hit_rules_and_false_alarms(phone: Page):
    play(phone, "rules", 1.5, 6.2, 9.0)
    expect(sent(phone, "rules")).to_contain_text("送到了")
    assert Event.get().body == {"chosen": [0, 1, 3]} and Event.get().right


def test_a_clip_in_which_nobody_taps_is_asked_about_once_more(phone: Page):
    expect(sent(phone, "rules")).to_contain_text("先选一个答案")
    assert not Event.select().exists()


@pytest.mark.parametrize(("name", "field", "text"), [("length", "number", "２４"), ("first", "words", "擦鏡頭")])
def test_what_is_typed_is_sent(phone: Page, name: str, field: str, text: str):
    form(phone, name).locator(f"[name={field}]").fill(text)
    expect(sent(phone, name)).to_contain_text("送到了")
    assert Event.get().right


def test_without_network_an_order_waits_on_the_phone_and_is_sent_when_it_is_back(phone: Page):
    phone.context.set_offline(True)
    form(phone, "steps").locator("[data-move='1']").first.click()
    placed = [item.get_attribute("data-item") for item in form(phone, "steps").locator("[data-item]").all()]
    expect(sent(phone, "steps")).to_contain_text("记在手机里")
    phone.context.set_offline(False)
    expect(form(phone, "steps").locator("[role=status]")).to_contain_text("送到了")
    assert Event.get().body == {"chosen": [int(one) for one in placed if one]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
def test_no_kind_is_wider_than_a_phone_or_hidden_from_a_screen_reader(app: Flask, cast: Cast, lang: str, scheme: str):
    with phone_of_xiulan(app, cast, lang=lang) as page:
        page.emulate_media(color_scheme=scheme)
        page.goto(LESSON)
        expect(page.locator(".marking")).to_have_count(2)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_without_javascript_every_kind_is_answered_from_the_page(app: Flask, cast: Cast):
    with served(app) as address, launched() as browser:
        page = browser.new_context(
            base_url=address, viewport={"width": 360, "height": 640}, java_script_enabled=False
        ).new_page()
        page.goto("/sign-in")
        page.fill("[name=phone]", cast.trainee.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        page.goto(LESSON)
        for place in range(3):
            form(page, "steps").locator(f"[name=at-{place}]").select_option(str(place + 1))
        form(page, "steps").locator("button[type=submit]").click()
        for name in ("dark", "shake", "clean"):
            form(page, name).locator("[name=chosen]").first.check(force=True)
            form(page, name).locator("button[type=submit]").click()
    assert [event.right for event in Event.select().order_by(Event.id)] == [True] * 4
