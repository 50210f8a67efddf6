"""The quiz: one question a page, each a plain post; then the result, kindly."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.catalogue import pages
from lms.catalogue.models import CourseVersion, Step
from lms.db import found, utc_now
from lms.errors import NotFound, Refused
from lms.i18n import language
from lms.learning import keys, looking, missing, progress, quizzes
from lms.learning.models import Enrolment
from lms.learning.views import blueprint
from lms.learning.views.events import deed_of_form, derived_id, own_enrolment, to_path
from lms.learning.views.lessons import spoken, whom_to_ring
from lms.learning.views.ways import onward
from lms.web.access import signed_in
from lms.web.people import asking, settings

EXAM = "exam"


@blueprint.get("/courses/<slug>/exam", defaults={"lesson_key": ""})
@blueprint.get("/courses/<slug>/<lesson_key>/quiz")
@signed_in
def quiz(slug: str, lesson_key: str) -> Any:
    """The question to answer now, the answer just given with what to think of it (`?answered=`), or the result."""
    standing = looking.standing(slug, asking())
    if standing.enrolment is None:
        raise NotFound
    if not has_quiz(standing.enrolment, lesson_key):
        return to_path(slug)
    state = quizzes.state(standing.enrolment, step_key(lesson_key))
    back = url_for("learning.lesson" if lesson_key else "learning.path", slug=slug, lesson_key=lesson_key or None)
    place = {"standing": standing, "state": state, "lesson_key": lesson_key, "back": back, "onward": onward(slug)}
    shown = shown_answer(state) or shown_question(state)
    if shown is None:
        return render_template("learning/quiz_result.html", **place, **still_open(standing, lesson_key, back))
    attempt, question = shown
    event_id = derived_id(standing.enrolment, state.step_key, attempt.number, question.id)
    return render_template(
        "learning/quiz.html",
        **place,
        words=spoken(),
        ring=whom_to_ring(looking.trainer_of(standing.enrolment.cohort_id)),
        marks=marks(attempt, question),
        attempt=attempt,
        source=question,
        question=pages.question(standing.version, question, language(), state.step_key),
        answer=(answer := attempt.answers.get(question.id)),
        right=answer is not None and keys.counts_right(answer),
        event_id=event_id,
    )


def still_open(standing: looking.Standing, lesson_key: str, lesson: str) -> dict[str, str]:
    """What the lesson still asks for beside its quiz, and the place in it where that begins; empty when it is done."""
    steps = missing.open_in(standing, lesson_key) if lesson_key else []
    steps = [step for step in steps if step.kind != "quiz"]
    anchor = steps[0].key.partition("/")[2].replace(":", "-") if steps and steps[0].kind in ("check", "try") else ""
    return {
        "still_open": missing.doing([step.kind for step in steps]),
        "open_at": f"{lesson}#{anchor}" if anchor else lesson,
    }


def has_quiz(enrolment: Enrolment, lesson_key: str) -> bool:
    """Whether the enrolment's version has this quiz. Raises NotFound when no version of the course ever had it."""
    steps = Step.select().join(CourseVersion).where(Step.key == step_key(lesson_key))
    found(steps.where(CourseVersion.course == enrolment.course_id))
    return steps.where(Step.version == enrolment.version_id).exists()


def marks(attempt: quizzes.Attempt, shown: Any) -> list[str]:
    """A plot for each question: here, done when right, wrong, or todo."""
    said = {one: "done" if keys.counts_right(event) else "wrong" for one, event in attempt.answers.items()}
    return ["here" if one.id == shown.id else said.get(one.id, "todo") for one in attempt.questions]


def step_key(lesson_key: str) -> str:
    """The step that a quiz page is about."""
    return f"{lesson_key}/quiz" if lesson_key else EXAM


def shown_answer(state: quizzes.QuizState) -> tuple[quizzes.Attempt, Any] | None:
    """The question just answered, when the page is asked to show what to think of it."""
    wanted = request.args.get("answered")
    if not wanted or not state.attempts:
        return None
    attempt = state.attempts[-1]
    question = next((one for one in attempt.questions if one.id == wanted and one.id in attempt.answers), None)
    return (attempt, question) if question else None


def shown_question(state: quizzes.QuizState) -> tuple[quizzes.Attempt, Any] | None:
    """The next question; None when the last attempt is finished and no new one was asked for (`?again=1`)."""
    fresh = not state.current.answers
    if fresh and state.attempts and not request.args.get("again"):
        return None
    if not state.may_try or state.current.next_question is None:
        return None
    return state.current, state.current.next_question


@blueprint.post("/courses/<slug>/exam", defaults={"lesson_key": ""})
@blueprint.post("/courses/<slug>/<lesson_key>/quiz")
@signed_in
def answer_quiz(slug: str, lesson_key: str) -> Any:
    """One answer. Stored once, however often it is sent; then the page that says what to think of it."""
    enrolment: Enrolment = own_enrolment(slug)
    if not has_quiz(enrolment, lesson_key):
        return to_path(slug)
    deed = deed_of_form(lesson_key)
    address = "learning.quiz"
    try:
        progress.record(enrolment, deed, now=utc_now(), zone=settings().zone)
    except Refused as refusal:
        flash(str(refusal), "err")
        again = request.form.get("attempt", 1, type=int) > 1 or None
        return redirect(url_for(address, slug=slug, lesson_key=lesson_key, again=again and 1))
    return redirect(url_for(address, slug=slug, lesson_key=lesson_key, answered=deed.body["question"]))
