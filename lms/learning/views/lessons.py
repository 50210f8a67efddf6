"""The lesson page: words first, complete without script, 14 KB, and 304 when nothing has changed."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import get_flashed_messages, make_response, render_template, request, url_for
from markupsafe import Markup, escape

from lms.accounts.models import Person
from lms.catalogue import glossary, pages, reading
from lms.catalogue.models import Lesson
from lms.db import Prepared, utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.learning import judging, keys, looking
from lms.learning.models import Event
from lms.learning.views import answering, blueprint
from lms.learning.views.events import answers_to, derived_id, has_lesson, to_path
from lms.learning.views.faults import FAULTS
from lms.lib import phones
from lms.lib.kept import Kept
from lms.web import assets, caching, csrf, preferences
from lms.web.access import public
from lms.web.pages import site
from lms.web.people import asking_or_none

# Pages drawn once for all readers who stand alike: the same lesson, language and looks, the same answers so far.
# What is one reader's own (the session's token, the ids of events, who they are) is put in afterwards, in place of
# marks that nobody outside this process can write.
drawn: Kept[str] = Kept(3600.0, most=500)
MARK = secrets.token_hex(8)
OWN = re.compile(rf"@{MARK}:(\w+)(?::([^@]*))?@")


def mark(kind: str, argument: str = "") -> str:
    """A mark to be filled in for each reader."""
    return f"@{MARK}:{kind}:{argument}@" if argument else f"@{MARK}:{kind}@"


@dataclass
class Answered:
    """What a trainee did with one step of a lesson so far."""

    events: list[Event]
    done: bool
    event_id: str
    changed: bool = False

    @property
    def last(self) -> Event | None:
        """The newest answer, unless the question has changed since: it says nothing about these options."""
        return self.events[-1] if self.events and not self.changed else None

    @property
    def body(self) -> dict[str, Any]:
        """The newest answer."""
        return self.last.body if self.last else {}

    @property
    def right(self) -> bool:
        """Whether the newest answer counts as right."""
        if self.last is None or isinstance(self.last, Tried):
            return bool(self.last and self.last.right)
        return keys.counts_right(self.last)


@dataclass(frozen=True)
class Tried:
    """An answer of somebody who only looks in: judged and shown, and stored nowhere."""

    version_id: int
    body: dict[str, Any]
    right: bool
    kind: str = "check"


def tried(standing: looking.Standing, lesson: Lesson) -> dict[str, list[Any]]:
    """What a reader without an enrolment tries in this very request, by step; nothing when it is no answer here."""
    step_key = request.args.get("step", "")
    if standing.enrolment or not step_key:
        return {}
    body = answering.body_of(request.args)
    try:
        question = reading.lesson(standing.version.id, lesson.key).check(step_key)
        question = keys.keyed(standing.version.id, step_key, question)
        right = judging.answered_right(question, body)
    except (KeyError, Refused):
        return {}
    return {step_key: [Tried(standing.version.id, body, right)]}


@dataclass
class LessonPage:
    """Everything that the template draws. `tries`: answers that are shown and not stored, of who is not enrolled."""

    standing: looking.Standing
    lesson: Lesson
    lang: str
    tries: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def content(self) -> pages.Content:
        """The rendered lesson."""
        return pages.content(self.standing.version, self.lesson.key, self.lang)

    @cached_property
    def answers(self) -> dict[str, list[Event]]:
        """Stored answers by step."""
        return answers_to(self.standing.enrolment, self.lesson.key) if self.standing.enrolment else self.tries

    def answered(self, step_key: str) -> Answered:
        """What was done with a step, and the mark of the event id that its form carries."""
        events = self.answers.get(step_key, [])
        return Answered(events, step_key in self.standing.done, mark("event", step_key), self.changed(step_key, events))

    def changed(self, step_key: str, events: list[Event]) -> bool:
        """Whether the newest answer chose among other options than the question has now."""
        if not events or events[-1].kind != "check" or events[-1].version_id == self.standing.version.id:
            return False
        versions = (self.standing.version.id, events[-1].version_id)
        try:
            now, then = (reading.lesson(version, self.lesson.key).check(step_key) for version in versions)
        except KeyError:  # the question is gone, and nothing draws it
            return False
        return now.choices != then.choices

    @property
    def token(self) -> str:
        """The mark of the session's token."""
        return mark("token")

    @property
    def reader(self) -> str:
        """The mark of who reads, by which the phone keeps its queue."""
        return mark("reader")

    def own(self, found: re.Match[str]) -> str:
        """What stands in place of a mark for this reader."""
        if found[1] == "token":
            return csrf.token()
        if found[1] == "reader":
            return str(self.standing.enrolment.person_id)
        work = self.standing.works.get(found[2])
        facts = (work.number,) if work else ()
        return derived_id(self.standing.enrolment, found[2], len(self.answers.get(found[2], [])), *facts)

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the page's looks depend on, without what is the reader's own."""
        answers = [
            (key, events[-1].body, self.answered(key).right, self.changed(key, events))
            for key, events in sorted(self.answers.items())
        ]
        mine = (self.may_answer, self.standing.looks_in, self.standing.states, self.resume_at, sorted(self.done_here))
        words = (self.lang, preferences.read(), site(), self.whom_to_ring, self.trainer and self.trainer.name)
        works = self.standing.works_of(self.lesson)
        content = (self.standing.version.id, self.standing.version.digest, self.lesson.key, glossary.current().digest)
        return (*content, words, mine, answers, works)

    @property
    def done_here(self) -> set[str]:
        """The steps of this lesson that are done."""
        return {key for key in self.standing.done if key.startswith(f"{self.lesson.key}/")}

    def html(self) -> str:
        """The page for this reader."""
        shape = repr(self.shape)
        page = drawn.get(shape, lambda: render_template("learning/lesson.html", page=self, messages=[]))
        return OWN.sub(self.own, page)

    def with_messages(self, messages: list[tuple[str, str]]) -> str:
        """The page with what the last answer had to say."""
        return OWN.sub(self.own, render_template("learning/lesson.html", page=self, messages=messages))

    @property
    def may_answer(self) -> bool:
        """Whether answers of this reader are stored."""
        return self.standing.enrolment is not None

    @property
    def may_try(self) -> bool:
        """Whether whoever is not enrolled may answer questions for the sake of it."""
        return not self.may_answer

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
        return whom_to_ring(self.trainer)

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
        return any(step.key == f"{self.lesson.key}/quiz" for step in reading.steps(self.standing.version))

    @property
    def quiz_passed(self) -> bool:
        """Whether the quiz is passed already."""
        return f"{self.lesson.key}/quiz" in self.standing.done

    @cached_property
    def trainer(self) -> Person | None:
        """Whom to ring when neither a recording nor a voice can read the lesson."""
        return looking.trainer_of(self.standing.enrolment.cohort_id) if self.standing.enrolment else None


@blueprint.get("/courses/<slug>/<lesson_key>")
@public
def lesson(slug: str, lesson_key: str) -> Any:
    """A lesson. The ETag is known before anything is rendered, so that an unchanged page costs next to nothing."""
    standing = looking.standing(slug, asking_or_none())
    if standing.enrolment and not any(one.key == lesson_key for one in standing.lessons):
        has_lesson(standing.enrolment, lesson_key)
        return to_path(slug)
    found_lesson = standing.lesson(lesson_key)
    if not standing.opens(found_lesson):
        return render_template("learning/closed.html", standing=standing, lesson=found_lesson)
    messages = get_flashed_messages(with_categories=True)
    tries = tried(standing, found_lesson)
    response = make_response()
    if not messages and not tries:
        response.set_etag(fingerprint(standing, found_lesson))
        if caching.phone_has(response):
            return response
    page = LessonPage(standing, found_lesson, language(), tries)
    response.set_data(page.html() if not messages else page.with_messages(messages))
    return response


NEWEST = Prepared(
    lambda enrolment_id: (
        Event.select(Event.id).where(Event.enrolment == enrolment_id).order_by(Event.id.desc()).limit(1)
    ),
    -1,
)


def fingerprint(standing: looking.Standing, lesson: Lesson) -> str:
    """What the page's bytes depend on: content, progress, session, language, looks, the installation's words,
    assets."""
    enrolment = standing.enrolment
    newest_event = 0
    place = trainer = None
    if enrolment:
        newest_event = NEWEST.first(enrolment.id)
        newest_event = newest_event and newest_event.id
        place = standing.place and (standing.place.lesson_key, standing.place.anchor)
        trainer = looking.trainer_of(enrolment.cohort_id)
    parts = (
        assets.tree_digest(), standing.version.digest, standing.version.id, lesson.key, enrolment and enrolment.id,
        newest_event, place, trainer and (trainer.name, trainer.phone),
        language(), preferences.read(), enrolment and csrf.token(), site(), standing.looks_in,
        utc_now().date(), standing.works_of(lesson), keys.known(standing.version.id), glossary.current().digest,
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def whom_to_ring(trainer: Person | None) -> str:
    """Whom to ask to read aloud: the class's trainer, else the installation's help. A number that rings is a link; one
    of the demonstration does not ring."""
    name = trainer.name if trainer else site().help_name
    phone = trainer.phone if trainer else site().help_phone
    if not phone:
        return ""
    number = phones.display(phone)
    shown = number if site().demo else Markup('<a class="nowrap" href="tel:{}">{}</a>').format(phone, number)
    return Markup(_("Ring %(name)s: %(phone)s.", name=escape(name), phone=escape(shown)))


def spoken() -> dict[str, str]:
    """What the phone says of an answer on its way."""
    return {
        "choose": _("Choose an answer first."),
        "kept": _("Kept on this phone; it goes off when there is network."),
        "sent": _("Stored."),
        "right": _("Yes, that's it."),
        "nearly": _("Nearly. Think of it so."),
        "again": _("Open this page again"),
    }
