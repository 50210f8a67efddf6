"""Handing in from a real phone: over a link that breaks, from another page, without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, Route, expect

from bench.weaklink import Link, weak_link
from lms.catalogue import store
from lms.db import utc_now
from lms.submissions import states
from lms.submissions.handing_in import NewPiece
from lms.submissions.models import Submission, Upload
from tests.cast import PIN, Cast
from tests.chromium import launched
from tests.live import served
from tests.submissions import samples
from tests.submissions.tasked import PAGE, hand_in, upload

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("task")]


@contextmanager
def phone(app: Flask, cast: Cast, *, script: bool = True, **weakness: float) -> Iterator[tuple[Page, Link]]:
    """Xiulan's phone behind a weak link, at the task."""
    with served(app) as site, weak_link(site, **weakness) as link, launched() as browser:
        context = browser.new_context(
            base_url=link.address, viewport={"width": 360, "height": 760}, locale="zh-CN", java_script_enabled=script
        )
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=phone]", cast.trainee.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        page.goto(PAGE)
        yield page, link


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of two seconds, and as much again that nobody sees."""
    path = tmp_path / "he.mp4"
    path.write_bytes(samples.clip(2) + bytes(1_500_000))
    return path


def choose(page: Page, film: Path) -> None:
    """Choose a film, and say that nobody else is in it."""
    page.locator("input[type=file]").first.set_input_files(film)
    page.check("[name=others][value=nobody]")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_film_arrives_whole_over_a_link_that_breaks(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, after=400_000, a_second=2_000_000) as (page, link):
        choose(page, film)
        expect(page.locator("[data-chosen]")).to_contain_text("MB")
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible(timeout=60_000)

    piece = Submission.get().in_order()[0]
    assert store.media.get(piece.original) == film.read_bytes() and link.breaks > 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lost_answer_costs_no_second_sending(app: Flask, cast: Cast, film: Path):
    with phone(app, cast) as (page, link):
        lost: list[int] = []

        def lose(route: Route) -> None:
            answer = route.fetch()
            if lost:
                route.fulfill(response=answer)
            else:
                lost.append(answer.status)
                route.abort()

        page.route("**/tasks/film-lotus/submissions", lose)
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible(timeout=60_000)

    assert lost == [201] and Submission.select().count() == 1
    assert link.carried < 2 * film.stat().st_size


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_signed_in_again_meanwhile_is_not_refused(app: Flask, cast: Cast, film: Path):
    with phone(app, cast) as (page, _link):
        page.route("**/me/works/sender", stale_once([]))
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible(timeout=60_000)

    assert Submission.select().count() == 1


def stale_once(done: list[int]) -> Callable[[Route], None]:
    """The token of the session before is told first."""

    def tell(route: Route) -> None:
        answer = route.fetch()
        told = answer.json() | ({} if done else {"token": "of-the-session-before"})
        done.append(1)
        route.fulfill(response=answer, json=told)

    return tell


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_goes_on_from_another_page_of_ours(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, a_second=500_000) as (page, _link):
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.locator("[data-outbox]")).to_contain_text("正在交")
        page.goto("/courses/light/sun")
        expect(page.locator("[data-item]")).to_contain_text("正在交")
        page.goto("/today")
        expect(page.locator("[data-item]")).to_contain_text("交上去了", timeout=60_000)
        assert not page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('fieldcast:outbox'))")

    assert Submission.select().count() == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_program_and_a_file_too_large_are_told_before_anything_is_sent(app: Flask, cast: Cast, tmp_path: Path):
    program, large = tmp_path / "he.mp4", tmp_path / "large.mp4"
    program.write_bytes(b"MZ" + bytes(5000))
    with large.open("wb") as file:
        file.truncate(2 * 1024**3)
    with phone(app, cast) as (page, link):
        page.locator("input[type=file]").last.set_input_files(program)
        wrong = page.locator("[data-wrong]")
        expect(wrong).to_contain_text("he.mp4：这不是能看的")
        page.locator("input[type=file]").last.set_input_files(large)
        expect(wrong).to_contain_text("最多 200 MB")
        page.wait_for_timeout(500)
        expect(wrong).to_be_visible()

    assert link.carried < 50_000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_refused_stays_on_the_phone_with_the_reason(app: Flask, cast: Cast, tmp_path: Path):
    broken = tmp_path / "he.mp4"
    broken.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(5000))
    with phone(app, cast) as (page, _link):
        choose(page, broken)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.locator("[data-item][data-state=refused]")).to_contain_text("he.mp4：这段坏了，播不了")
        page.get_by_role("button", name="从手机里删掉").click()
        expect(page.locator("[data-item]")).to_have_count(0)

    assert not Submission.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_after_a_refusal_the_form_is_there_as_it_was_and_another_file_takes_the_place(
    app: Flask, cast: Cast, tmp_path: Path
):
    bomb, photo, nothing = tmp_path / "bomb.png", tmp_path / "pond.jpg", tmp_path / "nothing.jpg"
    bomb.write_bytes(samples.bomb())
    photo.write_bytes(samples.photo())
    nothing.write_bytes(b"")
    with phone(app, cast) as (page, _link):
        choose(page, nothing)
        expect(page.locator("[data-wrong]")).to_contain_text("nothing.jpg：")
        choose(page, bomb)
        page.fill("[name=words]", "请看")
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.locator("[data-item][data-state=refused]")).to_contain_text("bomb.png：")
        expect(page.locator("[name=words]")).to_have_value("请看")
        page.get_by_role("button", name="不要").click()
        choose(page, photo)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible(timeout=60_000)
        page.goto("/me/works")
        expect(page.locator("[data-item]")).to_have_count(0)

    assert [piece.kind for piece in Submission.get().in_order()] == ["photo"] and not Upload.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_second_tab_tells_of_what_the_first_sends_and_that_it_has_arrived(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, a_second=300_000) as (page, _link):
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.locator("[data-item]")).to_contain_text("正在交")
        second = page.context.new_page()
        second.goto(PAGE)
        expect(second.locator("[data-item]")).to_contain_text("正在交")
        expect(second.locator("form[data-hand-in]")).to_be_hidden()
        expect(second.get_by_text("第 1 次")).to_be_visible(timeout=60_000)

    assert Submission.select().count() == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_script_the_form_hands_in(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, script=False) as (page, _link):
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible()

    assert Submission.get().state == "preparing"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_sent_for_somebody_else_on_a_shared_phone(app: Flask, cast: Cast, film: Path):
    with phone(app, cast, a_second=100_000) as (page, _link):
        choose(page, film)
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.locator("[data-outbox]")).to_contain_text("正在交")
        page.context.clear_cookies()
        page.goto("/sign-in")
        page.fill("[name=phone]", cast.left.phone)
        page.fill("[name=pin]", PIN)
        page.click("main button[type=submit]")
        page.wait_for_timeout(1500)
        expect(page.locator("[data-item]")).to_have_count(0)

    assert not Submission.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_pages_can_be_used_by_everybody(app: Flask, cast: Cast, film: Path):
    with phone(app, cast) as (page, _link):
        found = [Axe().run(page).response["violations"]]
        work = hand_in(cast.enrolment, NewPiece("photo", upload=upload(cast.trainee, samples.photo())))
        for address in ("/me/works", f"/me/works/{work.id}", PAGE):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            found.append(Axe().run(page).response["violations"])

    assert not [(one["id"], one["nodes"][0]["html"]) for violations in found for one in violations]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_written_stays_on_the_phone_until_it_is_handed_in_or_its_person_leaves(app: Flask, cast: Cast):
    with phone(app, cast) as (page, _link):
        page.locator("summary", has_text="写").click()
        page.fill("[name=text]", "乡亲们，看看这藕。")
        page.goto("/me")
        page.goto(PAGE)
        expect(page.locator("[name=text]")).to_have_value("乡亲们，看看这藕。")
        page.click("form[data-hand-in] button[type=submit]")
        expect(page.get_by_text("第 1 次")).to_be_visible(timeout=60_000)
        assert drafts(page) == 0
        hand_back(Submission.get())
        page.goto(PAGE)
        page.fill("[name=words]", "老师，这回呢？")
        page.goto("/sign-out")
        expect(page.locator("[data-leaving] li")).to_have_count(1)
        page.click("[data-drop]")
        page.wait_for_url("**/sign-in")
        assert drafts(page) == 0


def drafts(page: Page) -> int:
    """How many drafts lie on the phone."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('fieldcast:draft:')).length")


def hand_back(submission: Submission) -> None:
    """It is to be done again."""
    states.judged(submission, now=utc_now())
    states.settle(submission, False, 1, 6, now=utc_now())
