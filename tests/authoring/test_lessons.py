"""The lessons of a course: their order, names, coming and going."""

from __future__ import annotations

import pytest

from lms.audit import AuditEntry
from lms.authoring import outline
from lms.authoring.desk import Draft
from lms.catalogue import drafts
from lms.errors import Conflict
from lms.learning.models import StepDone
from tests.browser import Browser
from tests.cast import SPRING, Cast, do


def keys(cast: Cast) -> list[str]:
    """The lessons of the small course as the draft orders them."""
    return Draft(cast.version.course).lesson_keys


def test_the_buttons_move_a_lesson_one_place(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/lessons/sun/place", to="down")
    assert keys(cast) == ["voice", "sun"]
    trainer.post("/teach/courses/light/lessons/sun/place", to="up")
    assert keys(cast) == ["sun", "voice"]
    assert not drafts.is_changed(cast.version.course)


def test_at_the_end_of_the_list_a_lesson_stays(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/lessons/voice/place", to="down")
    assert keys(cast) == ["sun", "voice"]


def test_dragging_sends_the_whole_order(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/order", status=204, lesson=["voice", "sun"])
    assert keys(cast) == ["voice", "sun"]


def test_an_order_of_other_lessons_is_refused(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/order", status=409, lesson=["voice"])
    assert keys(cast) == ["sun", "voice"]


def test_a_new_lesson_stands_at_the_end_in_both_languages(trainer: Browser, cast: Cast):
    page = trainer.post("/teach/courses/light/lessons/new", title_zh="拍稳", title_en="Hold still")
    assert keys(cast) == ["sun", "voice", "hold-still"]
    assert "拍稳" in page.text
    assert {problem.code for problem in Draft(cast.version.course).errors} == {"sample"}


def test_a_lesson_without_an_english_title_is_in_chinese_alone_and_renamed_so(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/lessons/new", title_zh="拍稳", title_en="")
    page = trainer.get("/teach/courses/light/lessons/lesson-3/name")
    assert not page.all("input", name="title_en")
    trainer.post("/teach/courses/light/lessons/lesson-3/name", title_zh="拿稳")
    assert Draft(cast.version.course).lessons["lesson-3"].title("en") == "拿稳"
    assert "lesson-3/en.md" not in Draft(cast.version.course).rows


def test_a_page_keeps_a_title(trainer: Browser, cast: Cast):
    trainer.post("/teach/courses/light/lessons/sun/name", title_zh="找太阳", title_en="", status=422)
    assert Draft(cast.version.course).lessons["sun"].title("zh") != "找太阳"


def test_the_name_of_a_lesson_that_was_there_is_not_given_again(cast: Cast):
    with pytest.raises(Conflict):
        outline.add_lesson(Draft(cast.version.course), "sun", {"zh": "光", "en": "Light"}, by=1, now=SPRING)


def test_renaming_changes_the_titles_and_nothing_else(trainer: Browser, cast: Cast):
    before = drafts.text(drafts.file(cast.version.course, "sun/zh.md"))
    trainer.post("/teach/courses/light/lessons/sun/name", title_zh="找太阳", title_en="With the sun behind you")
    after = drafts.text(drafts.file(cast.version.course, "sun/zh.md"))
    assert after == before.replace("title: 顺着光拍", "title: 找太阳")


def test_taking_a_lesson_out_warns_and_takes_no_progress(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("sun/read", "read", {"by": "end"}))
    assert "有 1 个人学过这一课" in trainer.get("/teach/courses/light/lessons/sun/removal").text
    trainer.post("/teach/courses/light/lessons/sun/removal")
    assert keys(cast) == ["voice"]
    assert not any(path.startswith("sun/") for path in Draft(cast.version.course).rows)
    assert StepDone.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.action == "lesson.removed").exists()


def test_strangers_move_nothing(stranger: Browser, cast: Cast):
    stranger.post("/teach/courses/light/lessons/sun/place", status=404, to="down")
    stranger.post("/teach/courses/light/lessons/sun/removal", status=404)
    assert keys(cast) == ["sun", "voice"]


def test_a_lesson_of_another_name_is_not_found(trainer: Browser, cast: Cast):
    trainer.get("/teach/courses/light/lessons/moon/zh", status=404)
    trainer.get("/teach/courses/light/lessons/sun/fr", status=404)
