"""Who is not enrolled may answer the questions of an open lesson: judged and shown, and stored nowhere."""

from __future__ import annotations

import pytest

from lms.learning.models import Event
from tests.browser import Browser
from tests.cast import Cast

SUN = "/courses/light/sun"
CHECK = "sun/check:sun-side"


def tried(browser: Browser, *chosen: str, step: str = CHECK):
    return browser.get(SUN, query_string={"step": step, "chosen": list(chosen)})


def test_a_visitor_s_question_is_a_form_that_leads_back_to_the_question(visitor: Browser, cast: Cast):
    page = visitor.get(SUN)

    assert page.all("form", action=f"{SUN}#check-sun-side", method="get")
    assert page.all("input", name="step", value=CHECK)


def test_a_right_answer_is_told_and_not_kept(visitor: Browser, cast: Cast):
    page = tried(visitor, "0")

    assert page.all("div", role="status", data_state="right")
    assert not page.all("form", action=f"{SUN}#check-sun-side")
    assert not Event.select().exists()
    assert not visitor.get(SUN).all("div", role="status", data_state="right")


def test_a_wrong_answer_is_told_and_may_be_tried_again(visitor: Browser, cast: Cast):
    page = tried(visitor, "1")

    assert page.all("div", role="status", data_state="wrong")
    assert page.all("form", action=f"{SUN}#check-sun-side")


@pytest.mark.parametrize("chosen", [(), ("99",), ("-1",), ("²",), ("9" * 5000,), ("x",)], ids=str)
@pytest.mark.parametrize("step", [CHECK, "sun/check:none", "voice/check:fan", "sun/read"])
def test_what_is_no_answer_shows_the_lesson_as_it_is(visitor: Browser, cast: Cast, chosen: tuple[str, ...], step: str):
    assert not tried(visitor, *chosen, step=step).all("div", data_state="right")


def test_the_lesson_of_an_enrolled_trainee_takes_no_answer_from_its_address(xiulan: Browser, cast: Cast):
    assert not tried(xiulan, "0").all("div", role="status", data_state="right")
    assert not Event.select().exists()


def test_nobody_answers_on_paper(visitor: Browser, cast: Cast):
    assert not visitor.get(f"{SUN}/print").all("form")
