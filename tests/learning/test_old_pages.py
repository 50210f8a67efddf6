"""Answers from a page that was opened before the course changed: told plainly, nothing lost, and a way on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from lms.catalogue import folder, publishing
from lms.db import utc_now
from lms.learning import quizzes, repinning
from lms.learning.models import Event
from tests.browser import Browser, Page
from tests.cast import SMALL_COURSE, SPRING, Cast
from tests.learning.deeds import check, publish, quiz_answer, read, right_of, send
from tests.learning.test_moving_versions import source, without_the_question

OTHER_QUESTIONS = {
    f"sun/quiz.{lang}.md": "---\ndraw: 2\npass: 2\n---\n"
    + "".join(f":::check q{n}\n题{n}？\n\n- [x] 是\n  > 对。\n- [ ] 否\n  > 再想想。\n\n:::\n\n" for n in range(3))
    for lang in ("zh", "en")
}
OTHER_OPTIONS = {f"sun/{lang}.md": source(f"sun/{lang}.md").replace("- [x] ", "- [x] 现在") for lang in ("zh", "en")}
# Two options, each with what is said to it.
OPTIONS = re.compile(r"(- \[x\] [^\n]*\n  > [^\n]*\n)(- \[ \] [^\n]*\n  > [^\n]*\n)")


def publish_without(cast: Cast, part: str) -> None:
    """The small course without the files whose path holds `part`, and everybody moved to it."""
    files = {path: body for path, body in dict(folder.read(SMALL_COURSE, "light")).items() if part not in path}
    files["course.toml"] = files["course.toml"].replace(f', "{part}"'.encode(), b"")
    version = publishing.load("light", files, by=None, now=SPRING).version
    repinning.repin(version, {cast.cohort.id: repinning.CATCH_UP}, by=None, now=utc_now())


def by_form(xiulan: Browser, page: str, **fields: Any) -> Page:
    """What the form of an old page sends."""
    return xiulan.post(f"/courses/light/{page}", event="form-0123456789", **fields)


def by_queue(xiulan: Browser, deed: Any) -> dict:
    """What the phone's queue sends."""
    item = {"id": deed.client_id, "lesson": deed.lesson_key, "step": deed.step_key, "kind": deed.kind}
    item["version"] = deed.version_id
    return xiulan.post_json("/courses/light/events", [item | {"body": deed.body}]).get_json()


def test_a_question_that_went_is_said_on_the_lesson_as_it_is_now(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    publish(cast.enrolment, without_the_question())
    page = by_form(xiulan, "voice/answers", step="voice/check:fan", kind="check", chosen="1")
    assert "这一课改过了" in page.text and "以前答的都还在" in page.text


def test_a_quiz_question_that_went_is_not_said_to_be_answered(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    old = quiz_answer(cast.enrolment, "of-an-old-page")
    publish(cast.enrolment, OTHER_QUESTIONS)
    page = by_form(xiulan, "sun/quiz", step="sun/quiz", kind="quiz", **old.body)
    assert "这组题改过了" in page.text
    assert "这组题改过了" in by_queue(xiulan, old)["refused"]["of-an-old-page"]


def test_a_quiz_that_went_leads_to_the_path(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    old = quiz_answer(cast.enrolment, "of-an-old-page")
    publish_without(cast, "quiz")
    for page in (
        by_form(xiulan, "sun/quiz", step="sun/quiz", kind="quiz", **old.body),
        xiulan.get("/courses/light/sun/quiz"),
    ):
        assert page.response.request.path == "/courses/light" and "学过的都在" in page.text
    xiulan.get("/courses/light/reeds/quiz", status=404)


def test_a_lesson_that_went_leads_to_the_path(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read("read-voice-1", "voice"))
    publish_without(cast, "voice")
    answered = by_form(xiulan, "voice/answers", step="voice/check:fan", kind="check", chosen="1")
    for page in (answered, xiulan.get("/courses/light/voice")):
        assert page.response.request.path == "/courses/light" and "学过的都在" in page.text
    xiulan.get("/courses/light/reeds", status=404)


def test_a_go_that_is_under_way_goes_on_and_each_answer_is_kept(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, quiz_answer(cast.enrolment, "first-of-the-go"))
    publish(cast.enrolment, OTHER_QUESTIONS)
    answer = by_queue(xiulan, quiz_answer(cast.enrolment, "second-of-the-go"))
    assert answer["stored"] == ["second-of-the-go"]
    assert "你的回答已经存好" in answer["say"]["second-of-the-go"]
    assert quizzes.state(cast.enrolment, "sun/quiz").passed


def test_a_go_shows_the_options_by_which_it_is_judged(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, quiz_answer(cast.enrolment, "first-of-the-go"))
    files = {
        f"sun/quiz.{lang}.md": source(f"sun/quiz.{lang}.md").replace("- [x] ", "- [x] 新的") for lang in ("zh", "en")
    }
    publish(cast.enrolment, files)
    (asked,) = [quizzes.state(cast.enrolment, "sun/quiz").current.next_question]
    page = xiulan.get("/courses/light/sun/quiz")
    assert asked.options[right_of(asked)[0]].text in page.text and "新的" not in page.text


def test_an_answer_to_other_options_says_nothing_of_the_new_ones(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, check("answered-before", 1))
    publish(cast.enrolment, OTHER_OPTIONS)
    page = xiulan.get("/courses/light/sun")
    assert "原来的回答还留着" in page.text and not page.all("input", name="chosen", checked="")
    assert Event.get(Event.client_id == "answered-before").body == {"chosen": [1]}


def test_a_question_done_before_stays_done_though_it_changed(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, check("answered-before", 0))
    publish(cast.enrolment, OTHER_OPTIONS)
    page = xiulan.get("/courses/light/sun")
    assert "你做过的还算数" in page.text
    assert not [form for form in page.all("form") if form.get("id") == "check-sun-side"]


def swapped(path: str) -> dict[str, str]:
    """A file of the small course in both languages, in which right and wrong options have changed places."""
    files = {f"{path}.{lang}.md" if "quiz" in path else f"{path}/{lang}.md" for lang in ("zh", "en")}
    return {name: re.sub(OPTIONS, r"\2\1", source(name)) for name in files}


@pytest.mark.parametrize("way", ["form", "queue"])
def test_an_answer_to_options_that_stood_elsewhere_is_not_taken_for_another(cast: Cast, xiulan: Browser, way: str):
    send(cast.enrolment, read())
    fields = [one for one in xiulan.get("/courses/light/sun").all("input", type="hidden") if one["name"] == "version"]
    publish(cast.enrolment, swapped("sun"))
    seen = int(fields[0]["value"] or 0)
    if way == "form":
        page = by_form(xiulan, "sun/answers", step="sun/check:sun-side", kind="check", chosen="1", version=seen)
        assert "这一课改过了" in page.text
    else:
        refused = by_queue(xiulan, replace(check("of-an-old-page", 1), version_id=seen))["refused"]
        assert "这一课改过了" in refused["of-an-old-page"]
    assert not Event.select().where(Event.kind == "check").exists()


def test_an_answer_from_an_older_page_that_asked_the_same_counts(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    old = replace(check("of-an-old-page", 0), version_id=cast.version.id)
    publish(cast.enrolment, {f"sun/{lang}.md": source(f"sun/{lang}.md") + "\n更多。\n" for lang in ("zh", "en")})
    assert by_queue(xiulan, old)["right"] == {"of-an-old-page": True}


def test_a_quiz_answer_to_options_that_stood_elsewhere_is_not_taken_for_another(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    old = replace(quiz_answer(cast.enrolment, "of-an-old-page", well=False), version_id=cast.version.id)
    publish(cast.enrolment, swapped("sun/quiz"))
    assert "这一课改过了" in by_queue(xiulan, old)["refused"]["of-an-old-page"]


@pytest.mark.parametrize("version", [-1, 10**12, 10**30, "1", None, True, [1]], ids=repr)
def test_a_version_that_never_was_does_no_harm(cast: Cast, xiulan: Browser, version: object):
    answer = by_queue(xiulan, replace(check("of-no-page", 0), version_id=version))
    assert answer["stored"] == ["of-no-page"]


def test_an_answer_to_a_page_of_a_version_that_is_not_there_is_not_taken(cast: Cast, xiulan: Browser):
    answer = by_queue(xiulan, replace(check("of-no-page", 0), version_id=10**6))
    assert "这一课改过了" in answer["refused"]["of-no-page"] and not answer["stored"]


@pytest.mark.parametrize("version", [-1, 10**12, 10**30, "one"], ids=repr)
def test_a_form_of_a_version_that_never_was_does_no_harm(cast: Cast, xiulan: Browser, version: object):
    page = by_form(xiulan, "sun/answers", step="sun/check:sun-side", kind="check", chosen="0", version=version)
    assert page.response.status_code == 200
