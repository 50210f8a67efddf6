"""The lesson page: words first, complete without script, 14 KB, and 304 when nothing has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import get_flashed_messages, make_response, render_template, request, session, url_for

from lms.accounts.models import Person
from lms.catalogue import pages
from lms.catalogue.models import Lesson
from lms.db import utc_now
from lms.i18n import _, language
from lms.learning import looking
from lms.learning.models import Event
from lms.learning.views import blueprint
from lms.learning.views.events import answers_to, derived_id
from lms.learning.views.faults import FAULTS
from lms.programmes.models import CohortTrainer
from lms.web import assets, preferences
from lms.web.access import public
from lms.web.pages import site
from lms.web.people import asking_or_none


@dataclass
class Answered:
    """What a trainee did with one step of a lesson so far."""

    events: list[Event]
    done: bool
    event_id: str

    @property
    def last(self) -> Event | None:
        """The newest answer."""
        return self.events[-1] if self.events else None

    @property
    def chosen(self) -> list[int]:
        """The options chosen in the newest answer."""
        return self.last.body.get("chosen", []) if self.last else []


@dataclass
class LessonPage:
    """Everything that the template draws."""

    standing: looking.Standing
    lesson: Lesson
    lang: str

    @cached_property
    def content(self) -> pages.Content:
        """The rendered lesson."""
        return pages.content(self.standing.version, self.lesson.key, self.lang)

    @cached_property
    def answers(self) -> dict[str, list[Event]]:
        """Stored answers by step."""
        return answers_to(self.standing.enrolment, self.lesson.key) if self.standing.enrolment else {}

    def answered(self, step_key: str) -> Answered:
        """What was done with a step, and the event id that its form carries."""
        events = self.answers.get(step_key, [])
        enrolment = self.standing.enrolment
        event_id = derived_id(enrolment, step_key, len(events)) if enrolment else ""
        return Answered(events, step_key in self.standing.done, event_id)

    @property
    def may_answer(self) -> bool:
        """Whether answers of this reader are stored."""
        return self.standing.enrolment is not None

    @property
    def answer_to(self) -> str:
        """Where the forms of this lesson send an answer without a script."""
        return url_for("learning.answer", slug=self.standing.course.slug, lesson_key=self.lesson.key)

    @property
    def events_to(self) -> str:
        """Where the phone's queue sends answers."""
        return url_for("learning.events", slug=self.standing.course.slug)

    @property
    def words(self) -> dict[str, str]:
        """What the queue says, in the reader's language."""
        return spoken()

    @property
    def faults(self) -> list[tuple[str, Any]]:
        """What may be wrong with a lesson."""
        return list(FAULTS.items())

    @property
    def whom_to_ring(self) -> str:
        """Whom to ask to read the lesson out, when the phone cannot."""
        name = self.trainer.name if self.trainer else site().help_name
        phone = self.trainer.phone if self.trainer else site().help_phone
        return _("Ring %(name)s: %(phone)s.", name=name, phone=phone) if phone else ""

    @property
    def position(self) -> int:
        """Which lesson of the course this is, from 1."""
        return self.lesson.position

    def neighbour(self, distance: int) -> Lesson | None:
        """The lesson so many places further, if this person may open it."""
        wanted = [one for one in self.standing.lessons if one.position == self.lesson.position + distance]
        return wanted[0] if wanted and self.standing.opens(wanted[0]) else None

    @property
    def resume_at(self) -> str:
        """The part at which the trainee stopped in this lesson, or nothing."""
        place = self.standing.place
        return place.anchor if place and place.lesson_key == self.lesson.key else ""

    @property
    def has_quiz(self) -> bool:
        """Whether the foot leads to a quiz."""
        return any(step.key == f"{self.lesson.key}/quiz" for step in self.standing.version.steps)

    @property
    def quiz_passed(self) -> bool:
        """Whether the quiz is passed already."""
        return f"{self.lesson.key}/quiz" in self.standing.done

    @cached_property
    def trainer(self) -> Person | None:
        """Whom to ring when neither a recording nor a voice can read the lesson."""
        if not self.standing.enrolment:
            return None
        row = (
            CohortTrainer.select(CohortTrainer, Person)
            .join(Person)
            .where(CohortTrainer.cohort == self.standing.enrolment.cohort_id)
            .order_by(CohortTrainer.id)
            .first()
        )
        return row.person if row else None


@blueprint.get("/courses/<slug>/<lesson_key>")
@public
def lesson(slug: str, lesson_key: str) -> Any:
    """A lesson. The ETag is known before anything is rendered, so that an unchanged page costs next to nothing."""
    standing = looking.standing(slug, asking_or_none())
    found_lesson = standing.lesson(lesson_key)
    if not standing.opens(found_lesson):
        return render_template("learning/closed.html", standing=standing, lesson=found_lesson)
    messages = get_flashed_messages(with_categories=True)
    response = make_response()
    if not messages:
        response.set_etag(fingerprint(standing, found_lesson))
        if response.make_conditional(request).status_code == 304:
            return response
    page = LessonPage(standing, found_lesson, language())
    response.set_data(render_template("learning/lesson.html", page=page, standing=standing, messages=messages))
    return response


def fingerprint(standing: looking.Standing, lesson: Lesson) -> str:
    """What the page's bytes depend on: content, progress, session, language, looks, the installation's words,
    assets."""
    enrolment = standing.enrolment
    newest_event = 0
    place = ""
    if enrolment:
        newest_event = Event.select(Event.id).where(Event.enrolment == enrolment).order_by(Event.id.desc()).scalar()
        place = standing.place.anchor if standing.place else ""
    parts = (
        assets.tree_digest(), standing.version.digest, standing.version.id, lesson.key, enrolment and enrolment.id,
        newest_event, place, language(), preferences.read(), session.get("csrf"), site(), standing.looks_in,
        utc_now().date(),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def spoken() -> dict[str, str]:
    """What the phone says of an answer on its way."""
    return {
        "choose": _("Choose an answer first."),
        "kept": _("Kept on this phone; it goes off when there is network."),
        "sent": _("Stored."),
        "right": _("Yes, that's it."),
        "nearly": _("Nearly. Think of it so."),
    }
