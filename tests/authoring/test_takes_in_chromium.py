"""Reading aloud in a real browser, with a microphone that beeps: by taps, by keys, offline, on a shared phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms import jobs
from lms.authoring.models import Take
from tests.cast import PASSWORD, Cast
from tests.chromium import launched
from tests.live import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

ROOM = "/teach/courses/light/lessons/sun/reading/zh"


@pytest.fixture
def room(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Ms He's phone in the room; what Chromium's own microphone beeps stands for a voice."""
    monkeypatch.setattr(jobs.Line.lengthy, "immediate", True)
    with served(app) as address, launched() as browser:
        context = browser.new_context(
            base_url=address, viewport={"width": 360, "height": 740}, locale="zh-CN", permissions=["microphone"]
        )
        page = context.new_page()
        page.goto("/sign-in/staff")
        page.fill("[name=phone]", cast.trainer.phone)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/teach")
        page.goto(ROOM)
        yield page


def say(page: Page) -> None:
    """One sentence: the microphone beeps once a second."""
    page.click("[data-record]")
    expect(page.locator("[data-said]")).to_contain_text("现在念")
    page.wait_for_timeout(2200)
    page.click("[data-record]")


def test_a_sentence_is_spoken_kept_and_the_next_one_stands_there(room: Page):
    first, second = room.locator(".booth-script [data-text]").all_inner_texts()[:2]
    expect(room.locator("[data-now]")).to_have_text(first)

    say(room)

    expect(room.locator("[data-sentence]").first).to_contain_text("录好了")
    expect(room.locator("[data-now]")).to_have_text(second)
    expect(room.locator("[data-total]")).to_contain_text("录了 1 句")
    assert Take.get().text == first and 0.3 < Take.get().seconds < 2
    room.click("[data-before]")
    expect(room.locator("[data-sound]")).to_be_visible()
    assert room.evaluate("() => fetch(document.querySelector('[data-sound]').src).then((answer) => answer.ok)")


def test_with_keys_alone_two_sentences_are_spoken(room: Page):
    for _sentence in range(2):
        room.keyboard.press("Space")
        expect(room.locator("[data-said]")).to_contain_text("现在念")
        room.wait_for_timeout(2200)
        room.keyboard.press("Space")
        expect(room.locator("[data-said]")).to_contain_text("存好了")
    assert Take.select().count() == 2
    room.keyboard.press("ArrowLeft")
    expect(room.locator("[data-place]")).to_have_text(f"第 2 句，共 {room.locator('[data-sentence]').count()} 句")


def test_without_network_it_waits_on_the_phone_through_a_reload_and_is_sent_later(room: Page):
    room.route("**/reading/zh", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    say(room)
    expect(room.locator("[data-waiting]")).to_contain_text("还有 1 句在这部手机上")

    room.unroute("**/reading/zh")
    room.reload()

    expect(room.locator("[data-sentence]").first).to_contain_text("录好了")
    assert Take.select().count() == 1


def test_what_is_spoken_after_the_session_has_ended_is_kept_and_sent_later(room: Page):
    cookies = room.context.cookies()
    room.context.clear_cookies()
    say(room)
    expect(room.locator("[data-said]")).to_contain_text("你已经退出了")
    expect(room.locator("[data-waiting]")).to_contain_text("还有 1 句在这部手机上")

    room.context.add_cookies(cookies)
    room.reload()

    expect(room.locator("[data-sentence]").first).to_contain_text("录好了")
    assert Take.select().count() == 1


def test_on_a_shared_phone_what_was_not_sent_is_named_before_it_goes(room: Page):
    room.route("**/reading/zh", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    say(room)
    expect(room.locator("[data-waiting]")).to_contain_text("还有 1 句")

    room.goto("/sign-out")

    expect(room.locator("[data-leaving] li")).to_have_text("念好的一句课文")
    room.click("[data-drop]")
    room.wait_for_url(lambda url: "sign-out" not in url)
    kept = room.evaluate("() => indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert not [name for name in kept if "takes" in name]


def test_a_refused_microphone_is_told_with_another_way(room: Page):
    room.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no'))")
    room.goto(ROOM)

    room.click("[data-record]")

    expect(room.locator("[data-said]")).to_contain_text("没有允许用话筒")
    expect(room.locator("summary", has_text="传一个声音文件")).to_be_visible()
