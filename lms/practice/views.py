"""The practice page: the tools, the one that fits what was just learnt first, and what was practised lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion, Lesson
from lms.i18n import language
from lms.learning.models import Enrolment, StepDone
from lms.practice import tools
from lms.practice.tools import Tool
from lms.web.access import signed_in
from lms.web.people import asking

blueprint = Blueprint("practice", __name__)


@dataclass(frozen=True)
class Learnt:
    """The lesson in which this person did something last."""

    title: str
    course: str


@blueprint.get("/practice")
@signed_in
def home() -> Any:
    """All tools. Practising is for oneself: nothing is graded here."""
    person = asking()
    learnt, shown = last_learnt(person), tools.shown()
    first = for_what_was_learnt(shown, learnt)
    others = [tool for tool in shown if tool is not first]
    return render_template(
        "practice/home.html", first=first, others=others, learnt=learnt, recent=tools.recent(person)
    )  # fmt: skip


def last_learnt(person: Person) -> Learnt | None:
    """The lesson of the step that this person did last, with its course; None for who has done none."""
    query = StepDone.select(StepDone, Enrolment, CourseVersion, Course).join(Enrolment).join(CourseVersion)
    query = query.join(Course).where(Enrolment.person == person)
    step = query.order_by(StepDone.done_at.desc(), StepDone.id.desc()).first()
    if step is None:
        return None
    version = step.enrolment.version
    key = step.step_key.partition("/")[0]
    lesson = Lesson.get_or_none((Lesson.version == version) & (Lesson.key == key))
    return Learnt(lesson.title(language()), version.course.slug) if lesson else None


def for_what_was_learnt(shown: list[Tool], learnt: Learnt | None) -> Tool | None:
    """The tool for what was just learnt, else the first."""
    for tool in shown:
        if learnt and learnt.course == tool.course:
            return tool
    return shown[0] if shown else None
