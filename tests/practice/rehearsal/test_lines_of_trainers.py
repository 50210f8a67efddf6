"""Trainers add what their trainees' buyers really ask: said in their own rooms, hurting nobody, gone when removed."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.practice.rehearsal import audience
from lms.practice.rehearsal.models import AudienceLine
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, Cast, staff
from tests.entering import signed_in
from tests.practice.rehearsal import rehearsing

PAGE = "/teach/practice/rehearsal"
LINE = {"kind": "price", "goods": "lotus", "course": "0", "zh": "粉藕几块一斤？", "answer_zh": "说数带单位。"}


@pytest.fixture
def trainer(app: Flask, cast: Cast) -> Browser:
    """Ms He."""
    return signed_in(app, cast.trainer)


def heard(cast: Cast, goods: str = "lotus", lang: str = "zh") -> list[str]:
    """What is added in Xiulan's room."""
    return [line["text"] for line in audience.for_room(cast.trainee, goods, lang)]


def test_a_line_is_said_in_her_trainees_rooms(trainer: Browser, cast: Cast):
    page = trainer.post(PAGE, **LINE)

    assert "粉藕几块一斤？" in page.text
    assert heard(cast) == ["粉藕几块一斤？"]
    assert heard(cast, "egg") == [] and heard(cast, lang="en") == []


def test_the_phone_gets_it_with_the_bank(app: Flask, cast: Cast):
    rehearsing.asked_by(cast.trainer)

    told = signed_in(app, cast.trainee).client.get("/practice/rehearsal/bank?goods=lotus").json

    assert {"kind": "price", "text": "粉藕几块一斤？", "answer": "说数带单位。", "added": True} in told["lines"]


def test_a_strange_trainers_line_is_not(cast: Cast):
    rehearsing.asked_by(staff("赵雷", "13812340017", "trainer", OTHER_COUNTY))

    assert heard(cast) == []


def test_an_admins_line_is_said_in_every_room(cast: Cast):
    rehearsing.asked_by(cast.admin, goods="")

    assert heard(cast, "basket") == ["粉藕几块一斤？"]


def test_a_line_for_a_course_is_said_to_those_who_take_it(cast: Cast):
    rehearsing.asked_by(cast.trainer, course=cast.version.course_id)
    assert heard(cast) == ["粉藕几块一斤？"]

    assert [line["text"] for line in audience.for_room(cast.left, "lotus", "zh")] == []


def test_a_removed_line_is_said_no_more_and_removing_twice_harms_nothing(trainer: Browser, cast: Cast):
    line = rehearsing.asked_by(cast.trainer)

    trainer.post(f"{PAGE}/{line.id}/removal")
    trainer.post(f"{PAGE}/{line.id}/removal", status=404)

    assert heard(cast) == []


def test_nobody_removes_anothers_line_but_an_admin(app: Flask, cast: Cast):
    line = rehearsing.asked_by(cast.trainer)
    other = staff("赵雷", "13812340017", "trainer", OTHER_COUNTY)

    signed_in(app, other).post(f"{PAGE}/{line.id}/removal", status=404)
    signed_in(app, cast.admin).post(f"{PAGE}/{line.id}/removal")

    assert heard(cast) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"zh": ""},
        {"zh": "你们这些乡巴佬"},
        {"zh": "加我 13812345678"},
        {"zh": "长" * 25},
        {"answer_zh": "看 www.shop.com"},
        {"kind": "trap", "answer_zh": ""},
        {"kind": "trap", "en": "Does it cure a cough?", "answer_en": ""},
        {"kind": "trap", "answer_zh": "", "answer_en": "It is food and cures nothing."},
        {"kind": "party"},
        {"goods": "gold"},
        {"course": "999999"},
    ],
)
def test_what_must_not_be_said_is_refused_and_stays_in_the_form(trainer: Browser, changes: dict[str, str]):
    page = trainer.post(PAGE, status=422, **{**LINE, **changes})

    assert not AudienceLine.select().exists()
    typed = next(one for one in page.all("input") if one.get("name") == "answer_zh")
    assert typed["value"] == {**LINE, **changes}["answer_zh"]


def test_what_is_too_long_is_told_with_the_most_and_nothing_is_cut(trainer: Browser):
    page = trainer.get("/teach/practice/rehearsal")
    assert "maxlength" not in page.html
    page = trainer.post("/teach/practice/rehearsal", 422, zh="长" * 25, kind="price", goods="any", course="0")
    assert "最多 24 个字" in page.text and "长" * 25 in page.html and not AudienceLine.select().exists()


def test_the_menu_lights_the_rehearsal_room_whatever_was_sent(trainer: Browser):
    page = trainer.post("/teach/practice/rehearsal", 422, zh="")
    assert [one["href"] for one in page.all("a") if one.get("aria-current") == "page"] == ["/teach/practice/rehearsal"]


def test_lines_are_found_by_their_words(trainer: Browser, cast: Cast):
    rehearsing.asked_by(cast.trainer)
    rehearsing.asked_by(cast.trainer, zh="能挑大的吗？")

    page = trainer.get(f"{PAGE}?q=挑大的")

    assert "能挑大的吗？" in page.text and "粉藕几块一斤？" not in page.text
