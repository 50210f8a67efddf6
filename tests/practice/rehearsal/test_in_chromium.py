"""Xiulan rehearses in a real Chromium, with a camera and a microphone of our making and a clock that hurries."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from lms.practice.rehearsal.models import Rehearsal
from lms.submissions.models import Piece, Submission
from tests.cast import PIN, Cast
from tests.practice.rehearsal.conftest import Enter
from tests.submissions import tasked

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

ROOM = "document.querySelector('rehearsal-room')"
# What a phone does to tracks that a call takes.
TAKE_AWAY = f"""{ROOM}.live.stream.getKINDTracks().forEach((track) => {{
  track.stop(); track.dispatchEvent(new Event('ended')); }})"""


def begin(page: Page, *, level: int = 1, record: str = "audio", speed: float = 12, own: str = "") -> None:
    """Set up a minute and start it."""
    page.click(f"label[for=level-{level}]")
    page.click("label[for=minutes-1]")
    page.check(f"#record-{record}")
    if own:
        page.check("#from-own")
        page.fill("#own", own)
    page.evaluate(f"{ROOM}.clock.speed = {speed}")
    page.click("[data-begin]")
    page.wait_for_selector("[data-live]:not([hidden])")


def ended(page: Page) -> None:
    """Wait for the report, and for the server to have it."""
    page.wait_for_selector("[data-report]:not([hidden])")
    page.wait_for_selector("[data-stored]:has-text('送到了')")


def until(page: Page, script: str) -> None:
    """Wait for something of the page; its policy forbids Playwright's own way."""
    for _ in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def test_a_minute_in_the_empty_room_is_measured_shown_and_stored(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, own="这是今天早上刚挖的深水藕\n五斤一箱")
        page.click("[data-deed=call]")
        page.click("[data-prompt]")
        assert page.inner_text("[data-prompt-now]") == "五斤一箱"
        page.click("[data-card]")
        page.click("[data-next-part]")
        ended(page)
        address = page.url

    row = Rehearsal.of(cast.trainee).get()
    assert address.endswith(f"/practice/rehearsal/{row.id}")
    assert (row.level, row.goods, row.seconds) == (1, "lotus", 60)
    assert row.measures["talk"] > 0.5 and 200 < row.measures["speed"] < 300
    assert (row.measures["calls"], row.measures["prices"]) == (1, 1)
    assert {one["kind"] for one in row.timeline["moments"]} >= {"call", "said-price", "part"}


def test_the_recording_plays_from_a_moment_of_the_stored_report(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="video", speed=6)
        page.wait_for_timeout(5_000)
        page.click("[data-deed=ask]")
        ended(page)
        page.reload()
        page.wait_for_selector("[data-player]:not([hidden])")
        until(page, "document.querySelector('[data-playback]').duration > 5")
        page.click("[data-moments] .moment-go >> nth=-1")
        until(page, "document.querySelector('[data-playback]').currentTime > 4")


def test_comments_are_answered_by_a_tap(enter: Enter, cast: Cast):
    with enter("/practice/rehearsal?level=4&goods=egg&seed=5") as page:
        begin(page, level=4, record="taps", speed=4)
        for _ in range(6):
            page.click(".comment.asks >> nth=-1", force=True)
            page.wait_for_timeout(600)
        page.click("[data-stop]")
        ended(page)

    row = Rehearsal.of(cast.trainee).get()
    assert (row.seed, row.goods, row.level) == (5, "egg", 4)
    assert row.measures["talk"] is None and row.measures["silence"] is None
    assert row.measures["response"] is not None
    assert any(one["state"] == "answered" for one in row.timeline["moments"])


def test_a_wrong_price_is_seen_on_the_card_and_put_right_aloud(enter: Enter, cast: Cast):
    with enter("/practice/rehearsal?level=5&goods=lotus&seed=9") as page:
        begin(page, level=5, record="taps", speed=4)
        page.wait_for_selector("[data-card-price]:has-text('2.99')")
        page.click("[data-deed=correct]")
        page.wait_for_selector("[data-card-price]:has-text('29.9')")
        page.click("[data-stop]")
        ended(page)

    measures = Rehearsal.of(cast.trainee).get().measures
    assert (measures["corrections_met"], measures["corrections_handled"]) == (1, 1)


def test_a_pause_stops_the_clock_and_leaving_the_page_is_one(enter: Enter):
    with enter() as page:
        begin(page, record="audio", speed=1)
        page.wait_for_timeout(1_500)
        page.click("[data-pause]")
        before = page.evaluate(f"{ROOM}.clock.seconds")
        page.wait_for_timeout(600)
        assert page.evaluate(f"{ROOM}.clock.seconds") == before
        page.click("[data-go-on]")

        page.evaluate("""Object.defineProperty(document, 'hidden', { value: true });
          document.dispatchEvent(new Event('visibilitychange'))""")

        assert page.inner_text("[data-paused-why]") == "你刚才离开了，表停着等你。"
        assert not page.evaluate(f"{ROOM}.clock.running")


def test_a_crash_loses_nothing_that_was_kept(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="video", speed=2)
        page.click("[data-deed=call]")
        page.wait_for_timeout(9_000)
        address = page.url
        page.close(run_before_unload=False)
        page = page.context.new_page()
        page.goto(address)
        page.wait_for_selector("[data-unfinished]:not([hidden])")
        page.click("[data-finish]")
        ended(page)
        page.wait_for_selector("[data-player]:not([hidden])")
        until(page, "document.querySelector('[data-playback]').duration > 4")

    row = Rehearsal.of(cast.trainee).get()
    assert 10 <= row.seconds < 40
    assert row.measures["calls"] == 1 and row.measures["talk"] > 0.4


def test_without_a_network_it_is_kept_and_goes_off_later(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="taps", speed=30)
        page.context.set_offline(True)
        page.wait_for_selector("[data-stored]:has-text('记在手机里')")
        assert not Rehearsal.of(cast.trainee).exists()
        page.context.set_offline(False)
        page.wait_for_selector("[data-stored]:has-text('送到了')")

    assert Rehearsal.of(cast.trainee).count() == 1


def test_without_a_camera_it_is_sound_only_and_without_both_taps_only(enter: Enter, cast: Cast):
    refuse = """(() => {
      const media = navigator.mediaDevices;
      const real = media.getUserMedia.bind(media);
      const no = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      media.getUserMedia = (wanted) => (WHEN ? no() : real(wanted));
    })()"""
    with enter() as page:
        page.evaluate(refuse.replace("WHEN", "wanted.video"))
        begin(page, record="video", speed=30)
        page.wait_for_selector("[data-note]:has-text('这回只用声音练')")
        ended(page)
        page.goto(re.sub(r"/\d+$", "", page.url))
        page.evaluate(refuse.replace("WHEN", "true"))
        begin(page, record="video", speed=30)
        page.wait_for_selector("[data-note]:has-text('测不了')")
        ended(page)
        assert page.is_visible("[data-no-recording]")

    measured = [one.measures["talk"] for one in Rehearsal.of(cast.trainee)]
    assert None in measured and len(measured) == 2


def test_when_the_camera_is_taken_away_the_sound_goes_on(enter: Enter):
    with enter() as page:
        begin(page, record="video", speed=4)
        page.wait_for_timeout(3_000)
        page.evaluate(
            f"""{ROOM}.live.stream.getVideoTracks().forEach((track) => {{
              track.stop(); track.dispatchEvent(new Event('ended')); }})"""
        )
        assert page.inner_text("[data-note]") == "相机被别的占了。往后只录声音。"
        ended(page)
        page.wait_for_selector("[data-parts-choice] button >> nth=1")
        page.click("[data-parts-choice] button >> nth=1")
        until(page, "document.querySelector('[data-playback]').duration > 2")


def test_a_clip_is_cut_and_handed_in_for_a_task(enter: Enter, cast: Cast):
    tasked.with_task(cast)
    with enter("/practice/rehearsal?for=light/sun/task:film-lotus") as page:
        begin(page, record="video", speed=5)
        ended(page)
        page.wait_for_selector("[data-hand-in]:not([hidden])")
        whole = page.inner_text("[data-weight]")
        page.fill("[data-from]", "00:06")
        page.fill("[data-to]", "00:08")
        page.click("[data-cut]")
        page.wait_for_selector("[data-said]:has-text('这一段从')")
        assert page.inner_text("[data-weight]") != whole
        page.click("[data-hand-in] button[type=submit]")
        assert not page.evaluate("document.querySelector('[data-hand-in]').checkValidity()")
        page.check("#others-nobody")
        page.click("[data-hand-in] button[type=submit]")
        page.wait_for_url("**/courses/light/sun/tasks/film-lotus*")

    piece = Piece.get(Piece.submission == Submission.get(Submission.person == cast.trainee))
    assert piece.kind == "video"
    assert piece.verdicts["by"] == "rehearsal room 1" and piece.verdicts["level"] == 1


def test_signing_out_names_what_only_this_phone_has_and_wipes_it(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="audio", speed=30)
        ended(page)
        page.goto(re.sub(r"/practice/.*", "/sign-out", page.url))
        page.wait_for_selector("[data-leaving] li:has-text('排练')")
        page.click("[data-drop]")
        page.wait_for_url("**/sign-in*")
        names = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")

    assert f"fieldcast:rehearsal:{cast.trainee.id}" not in names


def test_a_full_phone_says_so_before_the_start(enter: Enter):
    with enter() as page:
        page.evaluate(
            "navigator.storage.estimate = () => Promise.resolve({ quota: 30 * 1048576, usage: 25 * 1048576 })"
        )
        page.click("label[for=minutes-10]")
        page.check("#record-video")
        page.wait_for_selector("[data-costs]:has-text('空间不够')")
        assert page.is_disabled("[data-begin]")
        page.check("#record-audio")
        page.wait_for_selector("[data-costs]:has-text('2.4 MB')")
        assert page.is_enabled("[data-begin]")


def test_start_tapped_twice_opens_one_room(enter: Enter):
    with enter() as page:
        page.evaluate(f"""(() => {{
          const run = {ROOM}.run.bind({ROOM}); window.runs = 0;
          {ROOM}.run = (...told) => {{ window.runs += 1; return run(...told); }}; }})()""")
        page.click("label[for=minutes-1]")
        page.check("#record-taps")
        page.evaluate("""(() => { const form = document.querySelector('[data-setup]');
          form.requestSubmit(); form.requestSubmit(); })()""")
        page.wait_for_selector("[data-live]:not([hidden])")
        page.wait_for_timeout(500)
        assert page.evaluate("window.runs") == 1


def test_back_asks_before_it_ends_the_rehearsal(enter: Enter):
    with enter() as page:
        begin(page, record="taps", speed=1)
        expect(page.locator("[data-no-picture-why]")).to_have_text("不录")

        page.click("[data-end]")
        expect(page.locator("[data-paused]")).to_be_visible()
        page.click("[data-go-on]")
        expect(page.locator("[data-paused]")).to_be_hidden()

        page.click("[data-end]")
        page.click("[data-finish-now]")
        ended(page)


def test_a_room_that_is_left_before_the_microphone_is_ready_stays_closed(enter: Enter):
    with enter() as page:
        page.evaluate("""(() => { const real = AudioWorklet.prototype.addModule;
          AudioWorklet.prototype.addModule = async function (url) {
            await new Promise((go) => { setTimeout(go, 1500); }); return real.call(this, url); }; })()""")
        begin(page, record="audio", speed=1)
        page.click("[data-end]")
        ended(page)
        page.wait_for_timeout(2_000)
        assert not page.evaluate(f"{ROOM}.clock.running") and not page.evaluate(f"{ROOM}.live.recorder")


def test_a_rehearsal_goes_off_though_its_person_signed_out_and_in_again_meanwhile(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="taps", speed=3)
        site = re.sub(r"/practice/.*", "", page.url)
        page.context.clear_cookies()
        page.click("[data-stop]")
        page.wait_for_selector("[data-stored]:has-text('记在手机里')")
        other = page.context.new_page()
        other.goto(f"{site}/sign-in")
        other.fill("[name=phone]", cast.trainee.phone)
        other.fill("[name=pin]", PIN)
        other.click("main button[type=submit]")
        other.wait_for_url(lambda address: "sign-in" not in address)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_selector("[data-stored]:has-text('送到了')")

    assert Rehearsal.of(cast.trainee).count() == 1


def test_nobody_elses_session_sends_a_rehearsal(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="taps", speed=3)
        page.evaluate(f"{ROOM}.person = '999'")
        page.click("[data-stop]")
        page.wait_for_selector("[data-stored]:has-text('记在手机里')")

    assert not Rehearsal.select().exists()


def test_what_a_full_phone_cannot_keep_is_sent_and_until_then_not_called_kept(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="taps", speed=3)
        page.evaluate("""void (IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError'); })""")
        page.context.set_offline(True)
        page.click("[data-stop]")
        page.wait_for_selector("[data-stored]:has-text('别关这一页')")
        page.context.set_offline(False)
        page.wait_for_selector("[data-stored]:has-text('送到了')")

    assert Rehearsal.of(cast.trainee).count() == 1


def test_a_call_that_takes_the_camera_in_a_pause_is_not_recorded(enter: Enter):
    with enter() as page:
        begin(page, record="video", speed=1)
        page.wait_for_timeout(1_500)
        page.click("[data-pause]")
        page.evaluate(TAKE_AWAY.replace("KIND", "Video"))
        assert page.evaluate(f"{ROOM}.live.recorder.machine.state") == "paused"
        page.click("[data-go-on]")
        assert page.evaluate(f"{ROOM}.live.recorder.machine.state") == "recording"


def test_when_the_microphone_is_taken_away_the_room_does_not_claim_to_record(enter: Enter):
    with enter() as page:
        begin(page, record="audio", speed=1)
        page.wait_for_timeout(1_500)
        page.evaluate(TAKE_AWAY.replace("KIND", "Audio"))
        page.wait_for_selector("[data-note]:has-text('录像停了')")
        assert page.is_hidden("[data-dot]")


def test_of_two_mishaps_at_once_both_can_be_handled(enter: Enter, cast: Cast):
    with enter("/practice/rehearsal?level=5&goods=lotus&seed=9") as page:
        begin(page, level=1, record="taps", speed=1)
        page.evaluate(f"{ROOM}.live.audience.begin('rain')")
        page.evaluate(f"{ROOM}.live.audience.begin('neighbour')")
        page.evaluate(f"{ROOM}.live.audience.told.forEach((one) => {ROOM}.live.stage.show(one))")
        first = page.inner_text("[data-event-title]")
        page.click("[data-event-did]")
        until(page, f"document.querySelector('[data-event-title]').textContent !== '{first}'")
        page.click("[data-event-did]")
        until(page, "document.querySelector('[data-event]').hidden")
        page.click("[data-stop]")
        ended(page)

    measures = Rehearsal.of(cast.trainee).get().measures
    assert (measures["events_met"], measures["events_handled"]) == (2, 2)


def test_signing_out_in_another_window_ends_the_room_and_leaves_nothing(enter: Enter, cast: Cast):
    with enter() as page:
        begin(page, record="audio", speed=1)
        page.wait_for_timeout(2_500)
        other = page.context.new_page()
        other.goto(re.sub(r"/practice/.*", "/sign-out", page.url))
        other.wait_for_selector("[data-leaving] li:has-text('排练')")
        other.click("[data-drop]")
        other.wait_for_url("**/sign-in*")
        other.wait_for_timeout(5_000)
        left = other.evaluate(
            """(name) => indexedDB.databases().then((all) => (all.some((one) => one.name === name)
              ? new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => {
                const all = asked.result.transaction('chunks').objectStore('chunks').getAll();
                all.onsuccess = () => done(all.result.length); }; }) : 0))""",
            f"fieldcast:rehearsal:{cast.trainee.id}",
        )

    assert left == 0
