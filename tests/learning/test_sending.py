"""How answers arrive: the phone's queue, and plain forms without a script (promises 1, 2 and 8)."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from flask import Flask

from lms.db import utc_now
from lms.learning.models import Event, StepDone
from tests.browser import Browser, Page
from tests.cast import Cast
from tests.entering import signed_in

EVENTS = "/courses/light/events"
ANSWERS = "/courses/light/sun/answers"
RIGHT = {"chosen": [0]}


def event(client_id: str = "", **facts: object) -> dict:
    """An answer as the phone's queue writes it."""
    given = {"lesson": "sun", "step": "sun/check:sun-side", "kind": "check", "body": RIGHT}
    return {"id": client_id or secrets.token_urlsafe(18), **given, **facts}


def form_of(page: Page, step: str) -> dict[str, str]:
    """The hidden fields of a step's form, as a browser without a script sends them."""
    fields = [(field["name"], field.get("value") or "") for field in page.all("input", type="hidden")]
    at = fields.index(("step", step))
    return dict(fields[at - 1 : at + 2])


def test_the_server_says_what_it_has_stored(cast: Cast, xiulan: Browser):
    answer = xiulan.post_json(EVENTS, [event("the-first-one"), event("the-second", body={"chosen": [1]})]).get_json()

    assert answer["stored"] == ["the-first-one", "the-second"]
    assert answer["right"] == {"the-first-one": True, "the-second": False}
    assert answer["done"] == ["sun/check:sun-side"] and answer["refused"] == {}
    assert "藕会发黑" in answer["say"]["the-second"]


def test_a_resend_after_a_lost_reply_gets_the_same_answer(cast: Cast, xiulan: Browser):
    sent = [event(), event(step="sun/read", kind="read", body={"by": "end"})]
    lost = xiulan.post_json(EVENTS, sent).get_json()

    again = xiulan.post_json(EVENTS, sent).get_json()

    assert again == lost
    assert Event.select().count() == 2


def test_one_bad_answer_does_not_hold_up_the_others(cast: Cast, xiulan: Browser):
    sent = [event("a-good-one-1"), {"id": "no-step"}, "nonsense", event("a-bad-step-1", step="sun/check:moon"), None]

    answer = xiulan.post_json(EVENTS, [*sent, event("a-good-one-2")]).get_json()

    assert answer["stored"] == ["a-good-one-1", "a-good-one-2"]
    assert set(answer["refused"]) == {"no-step", "", "a-bad-step-1"}


@pytest.mark.parametrize(
    "body", [{}, "text", 7, None, [{}] * 201], ids=["object", "text", "number", "null", "too many"]
)
def test_what_is_no_list_of_answers_is_refused_whole(cast: Cast, xiulan: Browser, body: object):
    answer = xiulan.post_json(EVENTS, body)

    assert answer.status_code == 422 and answer.get_json()["error"]
    assert not Event.select().exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"step": "sun/read\0", "kind": "read"},
        {"lesson": "\0"},
        {"id": "nul-\0-in-id"},
        {"step": "x" * 5000},
        {"kind": "\ud800"},
    ],
    ids=["nul in step", "nul in lesson", "nul in id", "long", "lone surrogate"],
)
def test_letters_that_no_table_takes_are_refused_kindly(cast: Cast, xiulan: Browser, facts: dict):
    answer = xiulan.post_json(EVENTS, [event(**facts)])

    assert answer.status_code == 200 and len(answer.get_json()["refused"]) == 1


@pytest.mark.parametrize(
    "at",
    ["", "yesterday", "2099-01-01T00:00:00Z", "2026-03-02T01:00:00", 12, None, "9999-12-31T23:59:59-14:00"],
    ids=repr,
)
def test_a_strange_clock_harms_no_answer(cast: Cast, xiulan: Browser, at: object):
    answer = xiulan.post_json(EVENTS, [event("strange-clock", at=at)]).get_json()

    assert answer["stored"] == ["strange-clock"]
    assert Event.get().happened_at <= utc_now() + timedelta(seconds=1)


def test_answers_need_the_token(cast: Cast, xiulan: Browser):
    answer = xiulan.client.post(EVENTS, json=[event()], headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert not Event.select().exists()


def test_a_stranger_to_the_course_stores_nothing(app: Flask, cast: Cast):
    outsider = signed_in(app, cast.outsider)

    assert outsider.post_json(EVENTS, [event()]).status_code == 404
    outsider.post(ANSWERS, 404, step="sun/read", kind="read", event="not-enrolled-1")
    assert not Event.select().exists()


def test_without_a_script_the_form_carries_an_id_that_lasts(cast: Cast, xiulan: Browser):
    first = form_of(xiulan.get("/courses/light/sun"), "sun/read")
    second = form_of(xiulan.get("/courses/light/sun"), "sun/read")

    assert first == second and first["event"].startswith("form-")


def test_pressing_twice_sends_one_answer(cast: Cast, xiulan: Browser):
    fields = form_of(xiulan.get("/courses/light/sun"), "sun/check:sun-side")

    xiulan.post(ANSWERS, **fields, chosen="1")
    xiulan.post(ANSWERS, **fields, chosen="1")

    assert [one.right for one in Event.select()] == [False]


def test_after_a_wrong_answer_the_form_brings_a_new_id(cast: Cast, xiulan: Browser):
    xiulan.post(ANSWERS, **form_of(xiulan.get("/courses/light/sun"), "sun/check:sun-side"), chosen="1")

    page = xiulan.post(ANSWERS, **form_of(xiulan.get("/courses/light/sun"), "sun/check:sun-side"), chosen="0")

    assert [one.right for one in Event.select().order_by(Event.id)] == [False, True]
    assert "光从你背后来" in page.text


def test_going_back_and_choosing_otherwise_is_told_not_stored(cast: Cast, xiulan: Browser):
    fields = form_of(xiulan.get("/courses/light/sun"), "sun/check:sun-side")
    xiulan.post(ANSWERS, **fields, chosen="1")

    page = xiulan.post(ANSWERS, **fields, chosen="0")

    assert Event.select().count() == 1
    assert page.all("p", role="alert") or page.all("div", role="alert") or "再" in page.text


def test_an_id_derived_for_one_trainee_is_not_anothers(app: Flask, cast: Cast, xiulan: Browser):
    from lms.learning import enrolling
    from lms.programmes import memberships
    from tests.cast import SPRING, person

    guihua = person("孙桂花", "13812340008")
    enrolling.enrol(memberships.join(cast.cohort, guihua, now=SPRING, how="code"), now=SPRING)
    mine = form_of(xiulan.get("/courses/light/sun"), "sun/read")
    theirs = form_of(signed_in(app, guihua).get("/courses/light/sun"), "sun/read")

    assert mine["event"] != theirs["event"]


def test_choosing_nothing_is_told_and_stores_nothing(cast: Cast, xiulan: Browser):
    page = xiulan.post(ANSWERS, **form_of(xiulan.get("/courses/light/sun"), "sun/check:sun-side"))

    assert not Event.select().exists()
    assert "先选" in page.text


def test_reading_by_the_button_leads_to_the_quiz(cast: Cast, xiulan: Browser):
    fields = form_of(xiulan.get("/courses/light/sun"), "sun/read")

    page = xiulan.post(ANSWERS, 302, follow=False, **fields, by="button")

    assert page.response.headers["Location"] == "/courses/light/sun/quiz"
    assert Event.get().body == {"by": "button"} and StepDone.get().step_key == "sun/read"


def test_an_exercise_is_ticked_by_oneself(cast: Cast, xiulan: Browser):
    fields = form_of(xiulan.get("/courses/light/sun"), "sun/try:turn-around")

    page = xiulan.post(ANSWERS, **fields)

    assert StepDone.get().step_key == "sun/try:turn-around"
    assert not page.all("input", value="sun/try:turn-around")


@pytest.mark.parametrize(
    "address", ["/courses/light/nowhere/answers", "/courses/nowhere/sun/answers", "/courses/light/nowhere/quiz"]
)
def test_an_answer_to_a_place_that_is_not_there_stores_nothing(cast: Cast, xiulan: Browser, address: str):
    fields = form_of(xiulan.get("/courses/light/sun"), "sun/read")

    answer = xiulan.client.post(address, data={**fields, "csrf_token": xiulan.token()})

    assert answer.status_code in (302, 404, 422)
    assert not Event.select().exists()


@pytest.mark.parametrize(
    "body", ["[" * 50_000, '{"a":' * 50_000, "9" * 5_000, '"\\ud800"', "NaN", "", "\x00"], ids=str.__len__
)
def test_a_body_that_is_no_list_of_answers_is_refused(cast: Cast, xiulan: Browser, body: str):
    headers = {"X-CSRF-Token": xiulan.token(), "Accept": "application/json"}

    answer = xiulan.client.post(EVENTS, data=body, headers=headers, content_type="application/json")

    assert answer.status_code == 422 and not Event.select().exists()
