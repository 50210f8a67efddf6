"""Questions of every kind answered by plain forms, by the phone's queue and by who only looks in; and by another key
since."""

from __future__ import annotations

from typing import Any

import pytest

from lms.catalogue.models import Course
from lms.db import utc_now
from lms.learning import keys, progress, quizzes
from lms.learning.models import Event, Regrade, StepDone
from tests.browser import Browser, Page
from tests.cast import Cast, do
from tests.learning.asking import publish_kinds

ANSWERS = "/courses/light/sun/answers"


@pytest.fixture(autouse=True)
def every_kind(cast: Cast) -> None:
    """The lesson with a question of every kind."""
    keys.forget()
    publish_kinds(cast.enrolment)


def form_of(page: Page, step: str) -> dict[str, str]:
    """The hidden fields of a question's form: event, step, kind, and how it is answered."""
    fields = [(field["name"], field.get("value") or "") for field in page.all("input", type="hidden")]
    at = fields.index(("step", step))
    return dict(fields[at - 1 : at + 3])


def answered(xiulan: Browser, name: str, **fields: Any) -> Page:
    """The lesson after a question was answered by its form."""
    hidden = form_of(xiulan.get("/courses/light/sun"), f"sun/check:{name}")
    return xiulan.post(ANSWERS, **{**hidden, **fields})


def is_done(cast: Cast, name: str) -> bool:
    """Whether the question is answered."""
    return progress.is_done(cast.enrolment, f"sun/check:{name}")


@pytest.mark.parametrize(
    ("name", "fields", "body"),
    [
        ("clean", {"chosen": "0"}, {"chosen": [0]}),
        ("steps", {"at-0": "1", "at-1": "2", "at-2": "3"}, {"chosen": [0, 1, 2]}),
        ("say", {"at-0": "0", "at-1": "1", "at-2": "2"}, {"chosen": [0, 1, 2]}),
        ("dark", {"chosen": "0"}, {"chosen": [0]}),
        ("shake", {"chosen": "0"}, {"chosen": [0]}),
        ("rules", {"chosen": ["0", "1"]}, {"chosen": [0, 1]}),
        ("length", {"number": "２３", "unit": "0"}, {"number": "２３", "unit": 0}),
        ("first", {"words": " 擦镜头 "}, {"words": "擦镜头"}),
    ],
)
def test_a_right_answer_by_form_does_the_step(xiulan: Browser, cast: Cast, name: str, fields: dict, body: dict):
    answered(xiulan, name, **fields)
    assert is_done(cast, name)
    assert Event.get().body == body


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("clean", {"chosen": "1"}, "糊了，镜头没擦。"),
        ("steps", {"at-0": "2", "at-1": "1", "at-2": "3"}, "镜头要先擦。"),
        ("say", {"at-0": "1", "at-1": "0", "at-2": "2"}, "闻一闻。"),
        ("dark", {"chosen": "2"}, "看看哪里黑。"),
        ("shake", {"chosen": "1"}, "这里是稳的。"),
        ("rules", {"chosen": "2"}, "这句是真的。"),
        ("length", {"number": "90", "unit": "0"}, "拿一根量量。"),
        ("first", {"words": "开滤镜"}, "先别急。"),
    ],
)
def test_a_wrong_answer_is_explained_and_may_be_tried_again(
    xiulan: Browser, cast: Cast, name: str, fields: dict, said: str
):
    page = answered(xiulan, name, **fields)
    assert said in page.text and not is_done(cast, name)
    assert form_of(page, f"sun/check:{name}")


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("steps", {"at-0": "1", "at-1": "1", "at-2": "3"}, "别重样"),
        ("steps", {"at-0": "", "at-1": "", "at-2": ""}, "先选一个"),
        ("say", {"at-0": "0", "at-1": "", "at-2": "2"}, "每一样都要选"),
        ("rules", {}, "先选一个"),
        ("length", {"number": "一拃", "unit": "0"}, "写个数"),
        ("first", {"words": " "}, "先写个答案"),
    ],
)
def test_what_is_no_answer_yet_is_told_and_not_stored(xiulan: Browser, cast: Cast, name: str, fields: dict, said: str):
    assert said in answered(xiulan, name, **fields).text
    assert not Event.select().exists()


def test_the_queue_of_a_phone_is_told_what_the_author_says(xiulan: Browser, cast: Cast):
    deed = {
        "id": "by-the-phone",
        "lesson": "sun",
        "step": "sun/check:steps",
        "kind": "check",
        "body": {"chosen": [1, 0, 2]},
    }
    answer = xiulan.post_json("/courses/light/events", [deed]).get_json()
    assert answer["stored"] == ["by-the-phone"] and answer["right"] == {"by-the-phone": False}
    assert answer["say"] == {"by-the-phone": "镜头要先擦。"}


def test_an_old_answer_sent_again_is_told_by_the_key_that_was_put_right(xiulan: Browser, cast: Cast):
    deed = {"id": "by-the-phone", "lesson": "sun", "step": "sun/check:steps", "kind": "check"}
    deed["body"] = {"chosen": [1, 0, 2]}
    xiulan.post_json("/courses/light/events", [deed])
    regrade(cast, "sun/check:steps", "steps", [[1, 0, 2]])

    answer = xiulan.post_json("/courses/light/events", [deed]).get_json()

    assert answer["right"] == {"by-the-phone": True} and "镜头要先擦。" not in answer["say"]["by-the-phone"]


def test_a_mistyped_answer_may_be_put_right_on_the_page_and_an_unreadable_one_may_not(xiulan: Browser, cast: Cast):
    deed = {"lesson": "sun", "step": "sun/check:length", "kind": "check"}
    deeds = [
        deed | {"id": "mistyped", "body": {"number": "三十六块", "unit": 0}},
        deed | {"id": "of-another-kind", "body": {"chosen": [0, 1]}, "step": "sun/check:gone"},
    ]

    answer = xiulan.post_json("/courses/light/events", deeds).get_json()

    assert answer["mend"] == ["mistyped"] and set(answer["refused"]) == {"mistyped", "of-another-kind"}


def test_a_question_of_a_voice_leads_to_a_hand_in_and_cannot_be_answered_otherwise(xiulan: Browser, cast: Cast):
    page = xiulan.get("/courses/light/sun")
    assert page.all("form", action="/courses/light/sun/checks/greet/submissions")
    deed = {"id": "by-the-phone", "lesson": "sun", "step": "sun/check:greet", "kind": "check", "body": {"chosen": [0]}}
    assert "用嘴答" in xiulan.post_json("/courses/light/events", [deed]).get_json()["refused"]["by-the-phone"]


def test_who_only_looks_in_may_place_things_too(visitor: Browser, cast: Cast):
    tried = {"step": "sun/check:steps", "asked": "order", "at-0": "1", "at-1": "2", "at-2": "3"}
    assert visitor.get("/courses/light/sun", query_string=tried).all("div", data_state="right")
    tried |= {"at-0": "2", "at-1": "1"}
    assert "镜头要先擦。" in visitor.get("/courses/light/sun", query_string=tried).text


def test_who_only_looks_in_is_told_by_the_key_that_was_put_right(visitor: Browser, cast: Cast):
    regrade(cast, "sun/check:steps", "steps", [[1, 0, 2]])
    tried = {"step": "sun/check:steps", "asked": "order", "at-0": "2", "at-1": "1", "at-2": "3"}
    assert visitor.get("/courses/light/sun", query_string=tried).all("div", data_state="right")


def test_a_quiz_asks_by_every_kind_and_shows_the_right_answer_afterwards(xiulan: Browser, cast: Cast):
    for _number in range(2):
        fields = {
            field["name"]: field["value"] for field in xiulan.get("/courses/light/sun/quiz").all("input", type="hidden")
        }
        given = {"number": "90"} if fields["asked"] == "number" else {"at-0": "2", "at-1": "1", "at-2": "3"}
        page = xiulan.post("/courses/light/sun/quiz", **{**fields, **given, "unit": "0"})
        assert ("24 ± 2 厘米" if fields["asked"] == "number" else "擦镜头") in page.text
    assert quizzes.state(cast.enrolment, "sun/quiz").last_finished


def test_the_paper_holds_every_question(xiulan: Browser, cast: Cast):
    text = xiulan.get("/courses/light/sun/print").text
    assert "按先后排好" in text and "一根筷子长多少" in text and "招呼进来的人" in text


def regrade(cast: Cast, step: str, name: str, right: list) -> None:
    """Put a key right."""
    course = Course.get(Course.slug == "light")
    Regrade.create(course=course, version_number=9, step_key=step, question_id=name, right=right, reason="错了",
                   effect={}, made_by=cast.trainer, made_at=utc_now())  # fmt: skip
    keys.forget()


def test_by_another_key_new_answers_are_judged_and_old_ones_count_that_were_right_by_either(
    xiulan: Browser, cast: Cast
):
    do(cast.enrolment, ("sun/check:clean", "check", {"chosen": [1]}))
    old = Event.get()
    assert not keys.counts_right(old)
    regrade(cast, "sun/check:clean", "clean", [1])
    assert keys.counts_right(old)
    do(cast.enrolment, ("sun/check:clean", "check", {"chosen": [0]}))
    assert not StepDone.select().exists()
    do(cast.enrolment, ("sun/check:clean", "check", {"chosen": [1]}))
    assert is_done(cast, "clean")


@pytest.mark.parametrize(
    ("name", "right", "body"),
    [
        ("steps", [[1, 0, 2]], {"chosen": [1, 0, 2]}),
        ("length", ["27 厘米"], {"number": "27", "unit": 0}),
        ("first", ["站稳 / 站好"], {"words": "站好"}),
    ],
)
def test_further_answers_can_be_made_right(cast: Cast, name: str, right: list, body: dict):
    regrade(cast, f"sun/check:{name}", name, right)
    do(cast.enrolment, (f"sun/check:{name}", "check", body))
    assert is_done(cast, name)


def test_a_question_of_a_quiz_that_was_put_right_counts_in_a_go_that_is_over(cast: Cast):
    for question in quizzes.state(cast.enrolment, "sun/quiz").current.questions:
        body = {"chosen": [1, 0, 2]} if question.kind == "order" else {"number": "24", "unit": 0}
        do(cast.enrolment, ("sun/quiz", "quiz", {"attempt": 1, "question": question.id, **body}))
    assert not quizzes.state(cast.enrolment, "sun/quiz").passed
    regrade(cast, "sun/quiz", "quiz-steps", [[1, 0, 2]])
    assert quizzes.state(cast.enrolment, "sun/quiz").passed
