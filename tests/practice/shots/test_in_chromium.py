"""What a trainee does before the coach: a photo, a clip, a file that is there already, a hand-in, leaving a shared
phone; and what she is told where there is no camera."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.submissions.models import Submission
from tests.cast import Cast
from tests.practice.shots.conftest import Stand
from tests.scenes.pictures import PICTURES
from tests.submissions import tasked

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

KEPT = """async (person) => new Promise((resolve) => {
  const asked = indexedDB.open(`fieldcast:shots:${person}`);
  asked.onupgradeneeded = () => { asked.transaction.abort(); };
  asked.onerror = () => resolve([]);
  asked.onsuccess = () => {
    const all = asked.result.transaction('shots').objectStore('shots').getAll();
    const told = (one) => [one.kind, one.blob.type, one.verdicts.meters.light, Boolean(one.handedIn)];
    all.onsuccess = () => { asked.result.close(); resolve(all.result.map(told)); };
  };
})"""
BYTES = """(person) => new Promise((resolve) => {
  indexedDB.open(`fieldcast:shots:${person}`).onsuccess = ({ target: { result: database } }) => {
    database.transaction('shots').objectStore('shots').getAll().onsuccess = ({ target: { result: [shot] } }) => {
      const reader = new FileReader();
      reader.onload = () => { database.close(); resolve([shot.blob.type, reader.result.split(',')[1]]); };
      reader.readAsDataURL(shot.blob);
    };
  };
})"""
NO_CAMERA = "navigator.mediaDevices.getUserMedia = () => Promise.reject(Object.assign(new Error(), {{ name: '{}' }}));"

NO_SENSORS = """
  window.DeviceOrientationEvent = window.DeviceMotionEvent = undefined;
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (!kind.startsWith('device')) add.call(this, kind, ...rest);
  };
"""


def kept(page: Page, cast: Cast) -> list[list[object]]:
    """What the phone keeps of Xiulan's."""
    return page.evaluate(KEPT, str(cast.trainee.id))


def shoot(page: Page) -> None:
    """Take a photo and see what the coach saw."""
    page.click("[data-shoot]")
    expect(page.locator("[data-review-said]")).to_contain_text("存在这个手机里了")


def film(page: Page, seconds: float = 2.5) -> None:
    """Film a clip and see what the coach saw."""
    page.click("[data-film]")
    page.wait_for_timeout(seconds * 1000)
    page.click("[data-shoot]")
    expect(page.locator("[data-review-said]")).to_contain_text("存在这个手机里了")


def test_a_photo_is_kept_on_the_phone_with_its_verdicts_and_goes_when_deleted(stand: Stand, cast: Cast):
    with stand("dark") as page:
        page.wait_for_timeout(1500)
        shoot(page)
        assert kept(page, cast) == [["photo", "image/jpeg", "red", False]]
        expect(page.locator("[data-review-advice]")).to_contain_text("太暗了")
        expect(page.locator("[data-review-meters]")).not_to_contain_text("声音")

        page.click("[data-more]")
        page.click("[data-album]")
        page.click("[data-album-list] button")
        page.click("[data-delete]")
        expect(page.locator("[data-delete]")).to_contain_text("再点一下")
        page.click("[data-delete]")
        expect(page.locator("[data-live]")).to_be_visible()

        assert kept(page, cast) == []


def test_a_clip_is_kept_and_the_same_file_is_seen_alike(stand: Stand, cast: Cast, tmp_path: Path):
    with stand("dark") as page:
        page.wait_for_timeout(1500)
        film(page)
        mime, content = page.evaluate(BYTES, str(cast.trainee.id))
        copy = tmp_path / f"clip.{mime.split('/')[1]}"
        copy.write_bytes(base64.b64decode(content))
        page.click("[data-more]")

        page.set_input_files("#shots-file-3", copy)
        expect(page.locator("[data-review]")).to_be_visible(timeout=20_000)

        expect(page.locator("[data-review-advice]")).to_contain_text("太暗了")
        expect(page.locator("[data-review-said]")).to_contain_text("存在这个手机里了")
        assert {one[0] for one in kept(page, cast)} == {"video"}


@pytest.mark.parametrize(("scene", "words"), [("good", "没什么要改的"), ("backlit", "逆光了"), ("blurred", "再对焦")])
def test_a_photo_that_is_there_already_gets_the_same_look(stand: Stand, tmp_path: Path, scene: str, words: str):
    picture = tmp_path / "photo.png"
    PICTURES[scene][0]().save(picture)
    with stand(before=lambda page: page.add_init_script(NO_CAMERA.format("NotFoundError"))) as page:
        page.set_input_files("#shots-file-1", picture)
        expect(page.locator("[data-review-advice]")).to_contain_text(words)


def test_a_file_that_is_no_picture_is_refused_in_words(stand: Stand, tmp_path: Path):
    broken = tmp_path / "photo.png"
    broken.write_bytes(b"MZ not a picture at all")
    with stand(before=lambda page: page.add_init_script(NO_CAMERA.format("NotFoundError"))) as page:
        page.set_input_files("#shots-file-1", broken)
        expect(page.locator("[data-say-what]")).to_contain_text("这个文件打不开")


@pytest.mark.parametrize(
    ("name", "words"),
    [("NotAllowedError", "小锁"), ("NotFoundError", "换一个有相机的手机"), ("NotReadableError", "视频通话")],
)
def test_where_there_is_no_camera_she_is_told_why_and_may_choose_a_file(stand: Stand, name: str, words: str):
    with stand(before=lambda page: page.add_init_script(NO_CAMERA.format(name))) as page:
        expect(page.locator("[data-trouble]")).to_contain_text(words)
        expect(page.locator("[data-trouble] label")).to_be_visible()
        expect(page.locator("[data-shoot]")).to_be_disabled()


def test_a_phone_without_sensors_says_so_and_still_lets_her_film(stand: Stand):
    with stand(before=lambda page: page.add_init_script(NO_SENSORS)) as page:
        expect(page.locator("[data-meter=level] [data-word]")).to_contain_text("没有感应")
        expect(page.locator("[data-say-what]")).to_contain_text("可以拍了", timeout=20_000)


def test_goods_without_texture_are_left_alone_once_she_says_so(stand: Stand):
    with stand("blurred") as page:
        expect(page.locator("[data-say-what]")).to_contain_text("再对焦", timeout=10_000)
        page.click("[data-doubt]")
        expect(page.locator("[data-say-what]")).not_to_contain_text("再对焦")


def test_a_photo_is_handed_in_for_the_task_with_what_the_coach_saw(stand: Stand, cast: Cast):
    tasked.with_task(cast, " kinds=photo,video")
    with stand(address=f"/practice/shots?for=light/{tasked.STEP}") as page:
        page.wait_for_timeout(1500)
        shoot(page)
        page.fill("[name=words]", "早上拍的")
        page.check("#others-nobody")
        page.click("[data-hand-in] [type=submit]")
        page.wait_for_url("**/tasks/film-lotus", timeout=15_000)

        handed = Submission.get()
        assert (handed.person_id, handed.words, handed.others) == (cast.trainee.id, "早上拍的", "nobody")
        assert handed.pieces[0].verdicts["meters"]["light"] == "green"
        assert kept(page, cast)[0][3] is True


def test_what_the_task_does_not_take_is_not_offered(stand: Stand, cast: Cast):
    tasked.with_task(cast, " kinds=video")
    with stand(address=f"/practice/shots?for=light/{tasked.STEP}") as page:
        shoot(page)
        expect(page.locator("[data-hand-in]")).to_be_hidden()
        expect(page.locator("[data-wrong-kind]")).to_be_visible()


def test_who_leaves_a_shared_phone_sees_what_is_only_there_and_leaves_nothing(stand: Stand, cast: Cast):
    with stand() as page:
        shoot(page)
        page.goto("/".join(page.url.split("/")[:3]) + "/sign-out")
        expect(page.locator("[data-leaving] li")).to_contain_text("只在这个手机里")
        expect(page.locator("[data-send]")).to_be_hidden()

        page.click("[data-drop]")
        expect(page.locator("[data-leaving]")).to_have_count(0)

        names = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
        assert f"fieldcast:shots:{cast.trainee.id}" not in names


def test_without_script_the_task_is_handed_in_by_its_own_form(app: Flask, cast: Cast):
    from tests.entering import signed_in

    tasked.with_task(cast)
    page = signed_in(app, cast.trainee).get(f"/practice/shots?for=light/{tasked.STEP}")
    assert tasked.PAGE in page.links()
