"""The coach live, as a trainee meets it: looking while writing, swapping, a dead network, a second phone, a task."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.practice.scripts.models import Script, ScriptVersion
from lms.submissions.models import Piece, Submission
from tests.cast import Cast
from tests.learning.phone import phone_of_xiulan
from tests.practice.scripts.written import CLAIMING, LAWFUL, UNLAWFUL, write
from tests.submissions import tasked

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

MODULE = "async ([name, call, ...given]) => (await import(`/assets/${ASSETS}/js/scripts/${name}.js`))[call](...given)"


def texts(cast: Cast) -> list[str]:
    """All versions of all of Xiulan's scripts."""
    mine = ScriptVersion.select().join(Script).where(Script.person == cast.trainee)
    return [one.text for one in mine.order_by(ScriptVersion.id)]


def call(page: Page, module: str, function: str, *given: object) -> object:
    """What a function of one of our modules gives."""
    source = page.locator("script[src*='js/scripts/coach']").get_attribute("src") or ""
    return page.evaluate(MODULE.replace("${ASSETS}", source.split("/")[2]), [module, function, *given])


def test_what_is_found_shows_while_one_writes_and_is_swapped_at_one_tap(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/practice/scripts")
        page.fill("#text", UNLAWFUL)
        expect(page.locator("h1")).to_have_text("有 2 处要改")

        page.locator("#fix-2 [data-swap]").first.click()

        expect(page.locator("h1")).to_have_text("有 1 处要改")
        assert "凉拌、炖汤都好吃" in page.input_value("#text")


def test_a_fact_is_filled_in_and_confirmed_before_it_is_said(app: Flask, cast: Cast):
    version = write(cast.trainee, UNLAWFUL)
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"/practice/scripts/{version.script_id}")
        page.locator("#fix-1 summary").click()
        row = page.locator("#fix-1 [data-rewrite]").nth(2)
        row.locator("[data-swap]").click()
        expect(row.locator("[data-refused]")).to_contain_text("先把空填满")
        row.locator("[data-blank]").nth(0).fill("五")
        row.locator("[data-blank]").nth(1).fill("挖")
        row.locator("[data-swap]").click()
        expect(row.locator("[data-refused]")).to_contain_text("属实")

        row.locator("[data-true]").check()
        row.locator("[data-swap]").click()

        expect(page.locator("[data-paper]")).to_contain_text("今天五点刚挖的莲藕")


def test_the_button_keeps_a_version_and_gives_the_script_its_page(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/practice/scripts")
        page.fill("#text", LAWFUL)
        page.click("[data-main]")

        page.wait_for_url("**/practice/scripts/*")

        expect(page.locator("[data-paper]")).to_be_visible()
        assert texts(cast) == [LAWFUL] and ScriptVersion.get().kept


def test_without_network_the_words_stay_and_go_off_later(app: Flask, cast: Cast):
    version = write(cast.trainee, LAWFUL)
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"/practice/scripts/{version.script_id}")
        page.click("[data-main]")
        page.route("**/practice/scripts/*", lambda route: route.abort())
        page.fill("#text", LAWFUL + "包邮")
        expect(page.locator("[data-state]")).to_contain_text("没网")
        page.wait_for_timeout(300)
        page.unroute("**/practice/scripts/*")

        page.goto(f"/practice/scripts/{version.script_id}")

        expect(page.locator("[data-state]")).to_have_text("存好了")
        assert page.input_value("#text") == LAWFUL + "包邮" and texts(cast)[-1] == LAWFUL + "包邮"


def test_what_was_not_sent_is_named_before_signing_out_and_gone_after(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/practice/scripts")
        page.route("**/practice/scripts/texts", lambda route: route.abort())
        page.fill("#text", "没传上去的稿子")
        page.wait_for_timeout(300)

        page.goto("/sign-out")

        expect(page.locator("[data-leaving]")).to_contain_text("没传上去的稿子")
        page.click("[data-drop]")
        page.wait_for_url("**/sign-in*")
        assert not page.evaluate("Object.keys(localStorage).filter((key) => key.includes('script')).length")


@pytest.mark.parametrize(("choice", "last"), [("[data-mine]", UNLAWFUL), ("[data-other]", CLAIMING)])
def test_two_phones_and_both_texts_stay(app: Flask, cast: Cast, choice: str, last: str):
    first = write(cast.trainee, LAWFUL, client_id="a-script-of-mine")
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"/practice/scripts/{first.script_id}")
        write(cast.trainee, CLAIMING, client_id="a-script-of-mine", base=first.mark)
        page.click("[data-main]")
        page.fill("#text", UNLAWFUL)
        expect(page.locator("[data-theirs]")).to_have_text(CLAIMING)

        with page.expect_response("**/practice/scripts/texts"):
            page.click(choice)

        expect(page.locator("[data-state]")).to_have_text("存好了")
        page.wait_for_timeout(500)
        assert {LAWFUL, CLAIMING, UNLAWFUL} == set(texts(cast)) and texts(cast)[-1] == last


def test_a_script_is_handed_in_with_what_the_coach_said(app: Flask, cast: Cast):
    tasked.with_task(cast, " kinds=script")
    version = write(cast.trainee, CLAIMING)
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"/practice/scripts/{version.script_id}?for=light/sun/task:film-lotus")
        page.fill("#hand-in-words", "老师好")

        page.click("[data-hand-in-form] button")

        page.wait_for_url(f"**{tasked.PAGE}")
        expect(page.locator("main")).to_contain_text("第 1 次", timeout=20_000)
    piece = Piece.get()
    assert (piece.kind, piece.text, Submission.get().words) == ("script", CLAIMING, "老师好")
    assert piece.verdicts["findings"][0] == {"words": "有机", "severity": "proof", "proved": False}


def test_with_a_must_open_it_is_not_handed_in(app: Flask, cast: Cast):
    tasked.with_task(cast, " kinds=script")
    version = write(cast.trainee, UNLAWFUL)
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"/practice/scripts/{version.script_id}?for=light/sun/task:film-lotus")
        expect(page.locator("[data-hand-in]")).to_contain_text("还有 2 处必改")

        page.locator("#fix-2 [data-swap]").first.click()
        expect(page.locator("[data-hand-in]")).to_contain_text("还有 1 处必改")

        page.click("[data-main]")
        page.fill("#text", LAWFUL)
        expect(page.locator("[data-hand-in-form] button")).to_be_visible()


def test_reading_aloud_is_timed(app: Flask, cast: Cast):
    version = write(cast.trainee, LAWFUL * 8)
    with phone_of_xiulan(app, cast) as page:
        page.clock.install()
        page.goto(f"/practice/scripts/{version.script_id}")
        page.clock.run_for(1000)
        page.click("[data-start]")
        page.clock.run_for(60_000)
        page.click("[data-start]")
        expect(page.locator("[data-told]")).to_contain_text("每分钟")


def test_the_arithmetic(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/practice/scripts")

        assert call(page, "swapping", "swapped", "🍎最好的藕", 1, 3, "最好", "很好") == "🍎很好的藕"
        assert call(page, "swapping", "swapped", "这最好，那最好", 6, 8, "最好", "很好") == "这最好，那很好"
        assert call(page, "swapping", "swapped", "都改了", 1, 3, "最好", "很好") is None
        assert call(page, "swapping", "filled", ["备了", "箱"], ["30"]) == "备了30箱"
        assert call(page, "swapping", "filled", ["备了", "箱"], [" "]) is None
        assert [call(page, "pace", "pace", 240, 60), call(page, "pace", "pace", 9, 3)] == [240, None]
        assert [call(page, "pace", "verdict", pace) for pace in (None, 219, 220, 281)] == [
            "short",
            "slow",
            "right",
            "fast",
        ]
