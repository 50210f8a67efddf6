"""Read aloud by the phone's voice, sentence by sentence; and what the bar says where there is no voice."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.catalogue import course, folder, publishing, speech
from lms.db import utc_now
from lms.learning import repinning
from lms.learning.models import StepDone
from lms.lib import sentences
from tests.cast import SMALL_COURSE, Cast
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


# A sound that plays as long as the test lets it: its clock is moved by hand.
PLAYER = """
(() => {
  const own = { play: async function () { this.on = true; }, pause: function () { this.on = false; } };
  Object.assign(HTMLMediaElement.prototype, own);
  Object.defineProperties(HTMLMediaElement.prototype, {
    paused: { get() { return !this.on; } },
    currentTime: { get() { return this.at || 0; }, set(value) { this.at = value; window.jumps.push(value); } },
  });
  window.jumps = [];
  window.goTo = (second) => { document.querySelector('[data-listen] audio').at = second; };
})();
"""


def recorded(cast: Cast, *, lacking: int | None = None, track: str = "") -> list[speech.Sentence]:
    """Give the lesson a recording of a second a sentence, but for one; the sentences."""
    files = folder.read(SMALL_COURSE, "light")
    lesson = next(one for one in course.parse(files)[0].lessons if one.id == "sun")
    said = speech.script(lesson, "zh")
    spans = {one.id: (float(n), n + 0.75) for n, one in enumerate(said) if n != lacking}
    stem = f"sun/{speech.stem('zh', track)}"
    files.update({f"{stem}.m4a": b"\0\0\0\x18ftypM4A ", f"{stem}{speech.TIMINGS}": speech.written(spans)})
    version = publishing.load("light", files, by=cast.trainer.id, now=utc_now()).version
    repinning.repin(version, {cast.cohort.id: repinning.CATCH_UP}, by=None, now=utc_now())
    return list(said)


def spoken(page: Page) -> str:
    return "".join(page.locator(".spoken").all_inner_texts())


def test_the_sentence_heard_from_the_teacher_is_marked(app: Flask, cast: Cast):
    said = recorded(cast)
    with phone_of_xiulan(app, cast, script=NO_VOICE + PLAYER) as page:
        page.goto(LESSON)
        page.click("[data-play]")
        expect(page.locator(".spoken").first).to_be_visible()
        assert spoken(page) == said[0].text
        page.evaluate("goTo(0.8)")
        page.wait_for_function("(text) => document.querySelector('.spoken').textContent === text", arg=said[1].text)
        assert page.evaluate("jumps") == []  # it plays on, without a gap


def test_a_sentence_written_since_is_read_by_the_phone_and_the_teacher_goes_on(app: Flask, cast: Cast):
    said = recorded(cast, lacking=1)
    with phone_of_xiulan(app, cast, script=VOICE + PLAYER) as page:
        page.goto(LESSON)
        page.click("[data-play]")
        page.evaluate("goTo(0.8)")
        page.wait_for_function("() => said.length === 1")
        assert page.evaluate("said[0]") == said[1].text == spoken(page)
        page.evaluate("finish()")
        assert spoken(page) == said[2].text and page.evaluate("jumps") == [2]


def test_a_dialect_is_chosen_by_a_tap_and_remembered(app: Flask, cast: Cast):
    recorded(cast, track="皖北话")
    with phone_of_xiulan(app, cast, script=VOICE + PLAYER) as page:
        page.goto(LESSON)
        page.click("text=皖北话")
        expect(page.locator("[data-listen]")).to_have_attribute("data-state", "playing")
        page.goto(LESSON)
        expect(page.locator("[data-track=皖北话]")).to_have_attribute("aria-pressed", "true")
        assert page.locator("[data-listen] audio").get_attribute("src").endswith(".m4a")


NAMES = "async ([folder, texts]) => texts.map((await import(`${folder}/sentences.js`)).nameOf)"


def test_the_page_s_script_names_sentences_as_the_server_does(app: Flask, cast: Cast):
    texts = [
        "又白又嫩，ＡＢ１２！",
        "It’s 3.5 kg.",
        "䶮和𬭚",
        "……",
        "É è ß",
        "9.9 元",
        "6：30 到 8:05",
        "1/2",
        "5%",
        "3–5 月",
    ]
    with phone_of_xiulan(app, cast) as page:
        page.goto(LESSON)
        script = page.locator("script[src*='lesson']").last.get_attribute("src")
        folder_of_it = script.rpartition("/")[0]
        named = page.evaluate(
            "async ([folder, texts]) => texts.map((await import(`${folder}/sentences.js`)).nameOf)",
            [folder_of_it, texts],
        )
    assert named == [sentences.name(text) for text in texts]
