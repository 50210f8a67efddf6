"""Quizzes: a question at a time, a pass mark, the best go counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.errors import Refused
from lms.learning import quizzes, recount
from lms.learning.models import Enrolment, Event, StepDone
from tests.browser import Browser
from tests.cast import SMALL_COURSE, Cast
from tests.learning.deeds import CHINA, check, complete, pass_quiz, publish, quiz_answer, read, send

QUIZ = "sun/quiz"


THIRD = """
:::check third
够不够亮？

- [x] 够
  > 对。
- [ ] 不够
  > 再看看。

:::
"""


def quiz_with(rules: str, *, more: str = "", but: str = "") -> dict[str, str]:
    """The quiz of the small course in both languages under other rules, with one question more or without one."""
    return {f"sun/quiz.{lang}.md": f"---\n{rules}\n---\n{bank(lang, but)}{more}" for lang in ("zh", "en")}


def bank(lang: str, but: str) -> str:
    """The questions without the rules, and without the one named."""
    questions = (SMALL_COURSE / f"sun/quiz.{lang}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    blocks = questions.split(":::check ")
    return ":::check ".join(block for block in blocks if not but or not block.startswith(but))


def go_through(enrolment: Enrolment, *well: bool, name: str = "go-1") -> None:
    """Answer one question after the other, right or wrong."""
    for number, right in enumerate(well):
        send(enrolment, quiz_answer(enrolment, f"{name}-answer-{number}", well=right))


def test_all_right_passes(cast: Cast):
    pass_quiz(cast.enrolment)

    assert quizzes.state(cast.enrolment, QUIZ).passed
    assert StepDone.get().step_key == QUIZ


def test_one_short_of_the_pass_mark_does_not(cast: Cast):
    go_through(cast.enrolment, True, False)

    assert not quizzes.state(cast.enrolment, QUIZ).passed
    assert not StepDone.select().exists()


def test_a_quiz_half_answered_is_not_done(cast: Cast):
    go_through(cast.enrolment, True)

    assert not StepDone.select().exists()
    assert quizzes.state(cast.enrolment, QUIZ).current.number == 1


def test_the_best_go_counts_even_after_a_worse_one(cast: Cast):
    pass_quiz(cast.enrolment)
    go_through(cast.enrolment, False, False, name="go-2")

    state = quizzes.state(cast.enrolment, QUIZ)
    assert (state.best, state.passed, len(state.attempts)) == (2, True, 2)
    assert list(recount.differences(CHINA)) == []


def test_a_resend_of_an_answered_question_is_stored_already(cast: Cast):
    answer = quiz_answer(cast.enrolment, "question-1")
    send(cast.enrolment, answer)

    again = send(cast.enrolment, answer)

    assert not again.new
    assert Event.select().count() == 1


def test_a_second_answer_to_a_question_is_refused(cast: Cast):
    answer = quiz_answer(cast.enrolment, "question-1", well=False)
    send(cast.enrolment, answer)

    with pytest.raises(Refused):
        send(cast.enrolment, replace(answer, client_id="question-1-again"))

    assert Event.get().right is False


@pytest.mark.parametrize("attempt", [0, 2, 7, "1", None, True, 1.0])
def test_an_answer_for_another_go_is_refused(cast: Cast, attempt: object):
    answer = quiz_answer(cast.enrolment, "question-1")

    with pytest.raises(Refused):
        send(cast.enrolment, replace(answer, body=answer.body | {"attempt": attempt}))


@pytest.mark.parametrize("question", ["nowhere", "", None, 3, ["behind"]], ids=repr)
def test_an_answer_to_no_question_of_this_go_is_refused(cast: Cast, question: object):
    send(cast.enrolment, quiz_answer(cast.enrolment, "question-0"))
    answer = quiz_answer(cast.enrolment, "question-1")

    with pytest.raises(Refused):
        send(cast.enrolment, replace(answer, body=answer.body | {"question": question}))


def test_the_tries_of_a_quiz_can_be_used_up(cast: Cast):
    publish(cast.enrolment, quiz_with("draw: 2\npass: 2\ntries: 1"))
    answer = quiz_answer(cast.enrolment, "question-1", well=False)
    send(cast.enrolment, answer)
    go_through(cast.enrolment, False, name="go-1-rest")

    with pytest.raises(Refused):
        go_through(cast.enrolment, True, name="go-2")
    assert not send(cast.enrolment, answer).new


def test_every_phone_draws_the_same_questions(cast: Cast):
    first = quizzes.state(cast.enrolment, QUIZ).current
    second = quizzes.state(Enrolment.get_by_id(cast.enrolment.id), QUIZ).current

    assert [one.id for one in first.questions] == [one.id for one in second.questions]


@pytest.mark.parametrize("first", [True, False])
def test_a_go_begun_before_a_change_of_rules_is_counted_as_it_was_stored(cast: Cast, first: bool):
    go_through(cast.enrolment, first)
    publish(cast.enrolment, quiz_with("draw: 3\npass: 3", more=THIRD))

    go_through(cast.enrolment, True, name="after-1")
    assert list(recount.differences(CHINA)) == []

    go_through(cast.enrolment, True, name="after-2")
    assert quizzes.state(cast.enrolment, QUIZ).passed is first
    assert list(recount.differences(CHINA)) == []


def test_a_question_that_went_counts_for_nothing(cast: Cast):
    go_through(cast.enrolment, True)
    publish(cast.enrolment, quiz_with("draw: 2\npass: 2", more=THIRD, but="behind"))

    go_through(cast.enrolment, True, name="after-1")
    go_through(cast.enrolment, True, name="after-2") if not StepDone.select().exists() else None

    assert quizzes.state(cast.enrolment, QUIZ).passed
    assert list(recount.differences(CHINA)) == []


def test_the_quiz_page_asks_says_what_to_think_of_it_and_goes_on(cast: Cast, xiulan: Browser):
    page = xiulan.get("/courses/light/sun/quiz")
    fields = {field["name"]: field["value"] for field in page.all("input", type="hidden")}

    wrong = xiulan.post("/courses/light/sun/quiz", **fields, chosen="2" if fields["question"] == "hours" else "1")

    assert Event.get().right is False
    assert "太刺眼" in wrong.text or "藕会发黑" in wrong.text
    assert "/courses/light/sun/quiz" in wrong.links()


def test_the_result_page_says_how_many_are_short(cast: Cast, xiulan: Browser):
    go_through(cast.enrolment, True, False)

    page = xiulan.get("/courses/light/sun/quiz")

    assert "/courses/light/sun/quiz?again=1" in page.links()
    assert not page.all("input", name="question")


def test_a_quiz_is_nobodys_who_is_not_enrolled(cast: Cast, app):
    from tests.entering import signed_in

    signed_in(app, cast.manager).get("/courses/light/sun/quiz", status=404)
    signed_in(app, cast.outsider).get("/courses/light/sun/quiz", status=404)


def test_a_quiz_passed_in_a_lesson_still_open_says_what_is_open_and_leads_there(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, check("wrong-answer", 1))
    pass_quiz(cast.enrolment)

    page = xiulan.get("/courses/light/sun/quiz")

    assert "这一课还没完" in page.text and "答对 1 道" in page.text
    assert "/courses/light/sun#check-sun-side" in page.links()


def test_a_quiz_passed_at_the_end_of_a_lesson_leads_on(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    send(cast.enrolment, check("right-answer", 0))
    pass_quiz(cast.enrolment)

    page = xiulan.get("/courses/light/sun/quiz")

    assert "还没完" not in page.text and "/courses/light" in page.links()


def test_a_completed_course_leads_to_the_certificate(cast: Cast, xiulan: Browser):
    complete(cast.enrolment)

    page = xiulan.get("/courses/light")

    assert "我的证书" in page.text and "/certificates" in page.links()
