"""Read aloud by the phone's voice, sentence by sentence; and what the bar says where there is no voice."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.learning.models import StepDone
from tests.cast import Cast
from tests.learning.phone import LESSON, phone_of_xiulan

pytestmark = pytest.mark.browser

# A voice that says each sentence when the test lets it.
VOICE = """
(() => {
  const said = [];
  const voice = { lang: 'zh-CN', name: 'a voice' };
  const synth = Object.assign(new EventTarget(), {
    getVoices: () => [voice], cancel() {}, speak(one) { said.push(one.text); window.finish = () => one.onend(); },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: synth });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.said = said;
})();
"""
NO_VOICE = VOICE.replace("[voice]", "[]")


def test_the_sentence_being_read_is_marked_and_the_end_counts_as_read(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast, script=VOICE) as page:
        page.goto(LESSON)
        page.click("[data-play]")
        expect(page.locator(".spoken")).to_have_count(1)
        first = page.locator(".spoken").inner_text()
        page.evaluate("finish()")
        assert page.evaluate("said[0]") == first
        assert page.locator(".spoken").inner_text() == page.evaluate("said[1]")

        page.evaluate("while (document.querySelector('.spoken')) finish()")

        expect(page.locator("[data-listen]")).to_have_attribute("data-state", "ready")
        expect(page.locator("[data-sent]")).to_have_class("banner banner-ok")
        assert StepDone.select().where(StepDone.step_key == "sun/read").exists()


def test_a_phone_without_a_voice_says_whom_to_ring(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast, script=NO_VOICE) as page:
        page.goto(LESSON)

        bar = page.locator("[data-listen]")

        expect(bar).to_have_attribute("data-state", "silent")
        expect(bar.locator("[data-silent] a")).to_have_attribute("href", f"tel:{cast.trainer.phone}")
        bar.locator("[data-play]").click()
        expect(page.locator(".spoken")).to_have_count(0)
