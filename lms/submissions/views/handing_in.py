"""A task's page, and where a hand-in arrives: by a plain form, or from the phone's outbox with its uploads whole."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.accounts import ages
from lms.accounts.models import Person
from lms.catalogue import pages, reading
from lms.catalogue.models import CourseVersion, Lesson, Step
from lms.db import found, utc_now
from lms.errors import NotFound, Refused
from lms.i18n import _, language
from lms.learning import looking
from lms.learning.models import Enrolment
from lms.learning.views.events import derived_id, has_lesson, moment_of, own_enrolment, to_path
from lms.learning.views.lessons import whom_to_ring
from lms.submissions import handing_in, sharing, states, tasks, turning, uploads
from lms.submissions.handing_in import HandIn, NewPiece
from lms.submissions.models import Submission, Upload
from lms.submissions.views import blueprint
from lms.submissions.wording import PLAIN_FORM_MB, icon_of, sending_words, state_of
from lms.web.access import signed_in
from lms.web.people import asking, settings

# Filled in the factory: the practice tools, each with what it takes, icon, title and href.
tools: list[Any] = []
TABLE = re.compile(r"<table.*?</table>", re.S)


@dataclass
class TaskPage:
    """Everything that the page draws."""

    standing: looking.Standing
    lesson: Lesson
    task_id: str

    @property
    def enrolment(self) -> Enrolment:
        """Whose page it is."""
        return self.standing.enrolment

    @property
    def step_key(self) -> str:
        """The step."""
        return f"{self.lesson.key}/task:{self.task_id}"

    @cached_property
    def asked(self) -> tasks.Asked:
        """What it takes."""
        return tasks.asked(self.standing.version.id, self.step_key)

    @cached_property
    def part(self) -> Any:
        """The task as the lesson shows it, with its rubric as data."""
        content = pages.content(self.standing.version, self.lesson.key, language())
        return next(part for part in content.parts if part.kind == "task" and part.id == self.task_id)

    @property
    def words(self) -> Markup:
        """What is to be done, without the table of the rubric."""
        return Markup(TABLE.sub("", str(self.part.html)))

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What the trainer looks at: icon, name, and what earns the most."""
        return [(icon_of(one.name), one.name, one.levels[-1]) for one in self.part.criteria]

    @cached_property
    def tries(self) -> list[Submission]:
        """What was handed in, newest first."""
        return handing_in.latest(self.enrolment.person, self.enrolment, self.step_key)

    @property
    def may_hand_in(self) -> bool:
        """Whether another try makes sense now: nothing waits, or it came back; and the trainee is old enough for it."""
        waits = self.tries and self.tries[0].state in (*states.OPEN, states.JUDGED)
        return not self.enrolment.left_at and not waits and self.may_go_live == ages.YES

    @property
    def may_go_live(self) -> str:
        """Whether the trainee's age allows what the task asks: a word of `ages`, yes where nobody goes on air."""
        return ages.may_go_live(self.enrolment.person) if self.asked.live else ages.YES

    @cached_property
    def due(self) -> date | None:
        """By which day."""
        return tasks.due_on(self.enrolment, self.lesson.key)

    @property
    def days_left(self) -> int | None:
        """Until that day; negative when it has passed."""
        today = utc_now().astimezone(settings().zone).date()
        return (self.due - today).days if self.due else None

    @cached_property
    def trainer(self) -> Person | None:
        """Who will look at it."""
        return looking.trainer_of(self.enrolment.cohort_id)

    @property
    def whom_to_ring(self) -> str:
        """Whom to ask to read it out."""
        return whom_to_ring(self.trainer)

    @property
    def examples(self) -> list[Submission]:
        """Others' works that their owners show."""
        return sharing.examples(self.enrolment, self.step_key)

    @property
    def event_id(self) -> str:
        """The number of the next hand-in by a plain form."""
        mine = Submission.select().where(Submission.enrolment == self.enrolment, Submission.step_key == self.step_key)
        return derived_id(self.enrolment, self.step_key, mine.count())

    @property
    def helpers(self) -> list[Any]:
        """The practice tools that help with what this task takes."""
        return [tool for tool in tools if set(tool.takes) & set(self.asked.kinds)]

    @property
    def sending(self) -> dict[str, str]:
        """What the phone says while it sends."""
        return sending_words()

    def state_of(self, submission: Submission) -> tuple[str, str, str]:
        """How a try stands: words, kind and icon of its tag."""
        return state_of(submission)

    @property
    def named(self) -> str:
        """The task as tools and uploads name it."""
        return f"{self.standing.course.slug}/{self.step_key}"


def page_of(slug: str, lesson_key: str, task_id: str) -> TaskPage | None:
    """The page of a task of the asking trainee. None when the course changed and left it out; NotFound for what never
    was, and for whoever does not take the course."""
    enrolment = own_enrolment(slug)
    standing = looking.standing(slug, asking())
    if not has_lesson(enrolment, lesson_key):
        return None
    page = TaskPage(standing, standing.lesson(lesson_key), task_id)
    try:
        reading.task(standing.version.id, page.step_key)
    except NotFound:
        if not handing_in.latest(enrolment.person, enrolment, page.step_key):
            raise
        return None
    return page


@blueprint.get("/courses/<slug>/<lesson_key>/tasks/<task_id>")
@signed_in
def task(slug: str, lesson_key: str, task_id: str) -> Any:
    """What is to be done, what is looked at, and what was handed in; the form to do it."""
    page = page_of(slug, lesson_key, task_id)
    if page is None:
        return to_path(slug)
    for submission in page.tries:
        turning.look_after(submission, now=utc_now())
    return drawn(page)


def drawn(page: TaskPage) -> str:
    """The page of a task; its form holds what was typed, where that was refused."""
    return render_template("submissions/task.html", page=page, plain_mb=PLAIN_FORM_MB, typed=request.form)


@blueprint.post("/courses/<slug>/<lesson_key>/tasks/<task_id>/submissions")
@signed_in
def hand_in_task(slug: str, lesson_key: str, task_id: str) -> Any:
    """A hand-in to a task. What is refused comes back with all that was written; only files must be chosen again."""
    try:
        return received(slug, lesson_key, f"task:{task_id}", ("submissions.task", {"task_id": task_id}))
    except Refused as refusal:
        page = None if wants_json() else page_of(slug, lesson_key, task_id)
        if page is None:
            raise
        flash(str(refusal), "err")
        return drawn(page), refusal.status


@blueprint.post("/courses/<slug>/<lesson_key>/checks/<check_id>/submissions")
@signed_in
def hand_in_voice(slug: str, lesson_key: str, check_id: str) -> Any:
    """A voice that answers a question; what is refused is told at the question."""
    page = ("learning.lesson", {"_anchor": f"check-{check_id}"})
    try:
        return received(slug, lesson_key, f"check:{check_id}", page)
    except Refused as refusal:
        if wants_json():
            raise
        flash(str(refusal), "err")
        return redirect(url_for(page[0], slug=slug, lesson_key=lesson_key, **page[1]), 303)


def received(slug: str, lesson_key: str, step: str, page: tuple[str, dict[str, str]]) -> Any:
    """Store what came; a script is told in JSON, a form is led back to its page. Raises Refused, and keeps no file that
    came with the form itself."""
    enrolment, now = own_enrolment(slug), utc_now()
    once = Step.select().join(CourseVersion).where(Step.key == f"{lesson_key}/{step}")
    found(once.where(CourseVersion.course == enrolment.course_id))
    back = url_for(page[0], slug=slug, lesson_key=lesson_key, **page[1])
    taken: list[Upload] = []
    try:
        take_with_form(enrolment, f"{lesson_key}/{step}", taken)
        given = given_by_form(taken)
        submission = handing_in.hand_in(enrolment, f"{lesson_key}/{step}", given, now=now, zone=settings().zone)
    finally:
        for upload in Upload.select().where(Upload.id.in_([one.id for one in taken])):
            uploads.remove(upload)
    if wants_json():
        return jsonify(submission=submission.id, number=submission.number, late=submission.late, page=back), 201
    flash(_("Handed in. You will see here what your trainer says."), "ok")
    return redirect(back, 303)


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best == "application/json"


def take_with_form(enrolment: Enrolment, step_key: str, taken: list[Upload]) -> None:
    """Store the files that came with the form itself, each entered in `taken` at once: when a later one is refused, all
    of them go."""
    for file in request.files.getlist("file"):
        if file.filename:
            most = handing_in.asked_of(enrolment, step_key).most_mb
            name = plain(file.filename)
            with uploads.naming(name):
                taken.append(uploads.take(enrolment.person, file.save, name=name, most_mb=most, now=utc_now()))


def given_by_form(taken: list[Upload]) -> HandIn:
    """The hand-in that a form of ours, or the outbox, sends."""
    form = request.form
    pieces = [NewPiece("video", upload=one.token, name=one.name) for one in taken]
    numbers = sorted({int(found[1]) for name in form if (found := re.fullmatch(r"piece-(\d{1,3})-kind", name))})
    pieces += [piece_of_form(f"piece-{number}-") for number in numbers]
    if text := plain(form.get("text", "")):
        pieces.append(NewPiece(form.get("text-kind", "text"), text=text))
    return HandIn(
        client_id=plain(form.get("event", "")),
        words=plain(form.get("words", "")),
        others=form.get("others", ""),
        pieces=tuple(pieces),
        happened_at=moment_of(form.get("at")),
        show=form.get("show") == "yes",
    )


def plain(text: str) -> str:
    """What was written, by lines, without what PostgreSQL takes in no text (NUL, halves of characters)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def cleaned(told: Any) -> Any:
    """The same of every text in what the phone measured."""
    if isinstance(told, dict):
        return {plain(name): cleaned(value) for name, value in told.items()}
    if isinstance(told, list):
        return [cleaned(one) for one in told]
    return plain(told) if isinstance(told, str) else told


def piece_of_form(prefix: str) -> NewPiece:
    """One piece as the outbox names its fields."""
    kind, upload, text, name, verdicts = (
        request.form.get(prefix + field, "") for field in ("kind", "upload", "text", "name", "verdicts")
    )
    try:
        told = cleaned(json.loads(verdicts or "{}"))
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or kind not in (*tasks.FILMED, *tasks.WRITTEN):
        raise Refused(_("This answer could not be read. Open the page again and send once more."))
    return NewPiece(kind, plain(upload), plain(text), plain(name), told)
