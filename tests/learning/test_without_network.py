"""What a phone says when the network is cut, and what is stored when it comes back (promises 1 and 2)."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.learning.models import Event
from tests.cast import Cast
from tests.learning.phone import LESSON, phone_of_xiulan

pytestmark = pytest.mark.browser

CHECK = "form[data-answer]:has([value$='/check:sun-side'])"


def answer(page: Page, form: str) -> None:
    """Choose the first answer and send it."""
    page.locator(f"{form} .answer input").first.check()
    page.locator(f"{form} button[type=submit]").click()


def test_an_answer_given_without_network_is_kept_and_goes_off_with_it(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto(LESSON)
        page.context.set_offline(True)
        answer(page, CHECK)
        status = page.locator(f"{CHECK} [role=status]")
        expect(status).to_have_attribute("data-state", "warn")
        assert not Event.select().where(Event.kind == "check").exists()

        page.context.set_offline(False)

        expect(status).to_have_attribute("data-state", "right")
        assert Event.select().where(Event.kind == "check").count() == 1


def test_a_page_opened_anew_still_holds_the_answer(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.route("**/events", lambda route: route.abort())
        page.goto(LESSON)
        answer(page, CHECK)
        expect(page.locator(f"{CHECK} [role=status]")).to_have_attribute("data-state", "warn")

        page.reload()

        expect(page.locator(f"{CHECK} [role=status]")).to_have_attribute("data-state", "warn")
        expect(page.locator(f"{CHECK} .answer input").first).to_be_checked()
        page.unroute("**/events")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(f"{CHECK} [role=status]")).to_have_attribute("data-state", "right")
        assert Event.select().where(Event.kind == "check").count() == 1


def test_a_quiz_question_waits_for_the_network_too(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto(f"{LESSON}/quiz")
        page.context.set_offline(True)
        answer(page, "form[data-answer]")
        expect(page.locator("form [role=status]")).to_have_attribute("data-state", "warn")

        page.context.set_offline(False)

        expect(page.locator("[data-after] a")).to_be_visible()
        assert Event.select().where(Event.kind == "quiz").count() == 1


def test_whoever_signs_out_with_unsent_answers_is_asked_first(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.route("**/events", lambda route: route.abort())
        page.goto(LESSON)
        answer(page, CHECK)
        page.goto("/sign-out")
        expect(page.locator("[data-leaving]")).to_contain_text("1")
        expect(page.locator("[data-sign-out]")).to_be_hidden()

        page.unroute("**/events")
        page.click("[data-send]")

        expect(page.locator("body")).not_to_contain_text("送出去再退")
        assert Event.select().where(Event.kind == "check").count() == 1
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('queue')).length") == 0


def test_a_link_without_network_stays_here_and_says_why(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto(LESSON)
        page.context.set_offline(True)
        page.click(".head .back")
        expect(page.locator("[data-no-network]")).to_have_text("现在没网，这一页打不开。")
        assert page.url.endswith(LESSON)

        page.context.set_offline(False)
        page.click(".head .back")

        expect(page).to_have_url(re.compile("/courses/light$"))


def test_a_form_without_network_stays_here_too(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto("/today")
        page.context.set_offline(True)
        page.click("button[name=saver]")
        expect(page.locator("[data-no-network]")).to_contain_text("没送出去")

        page.context.set_offline(False)
        page.click("button[name=saver]")

        expect(page.locator("button[name=saver]")).to_have_attribute("value", "on")


def test_a_link_is_asked_for_first_once_an_answer_did_not_arrive(app: Flask, cast: Cast):
    with phone_of_xiulan(app, cast) as page:
        page.goto(LESSON)
        page.route("**/events", lambda route: route.abort())
        page.route("**/healthz", lambda route: route.abort())
        answer(page, CHECK)
        expect(page.locator(f"{CHECK} [role=status]")).to_have_attribute("data-state", "warn")

        page.click(".head .back")

        expect(page.locator("[data-no-network]")).to_contain_text("答的题都记着")
        assert page.url.endswith(LESSON)
