"""Where answers arrive: one form without JavaScript, or a list from the phone's own queue."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from flask import flash, jsonify, redirect, request, url_for

from lms.catalogue import pages
from lms.catalogue.models import CourseVersion, Lesson
from lms.db import Prepared, found, utc_now
from lms.errors import FieldcastError, NotFound, Refused
from lms.i18n import _, language
from lms.learning import judging, keys, looking, progress
from lms.learning.models import Enrolment, Event, Place
from lms.learning.views import answering, blueprint
from lms.learning.views.ways import onward
from lms.web.access import signed_in
from lms.web.addresses import row_number
from lms.web.people import asking, settings

MOST_AT_ONCE = 200


@blueprint.post("/courses/<slug>/<lesson_key>/answers")
@signed_in
def answer(slug: str, lesson_key: str) -> Any:
    """One answer by a plain form: store it, and come back to where it was given."""
    enrolment = own_enrolment(slug)
    if not has_lesson(enrolment, lesson_key):
        return to_path(slug)
    deed = deed_of_form(lesson_key)
    try:
        recorded = progress.record(enrolment, deed, now=utc_now(), zone=settings().zone)
    except Refused as refusal:
        flash(str(refusal), "err")
        return redirect(back(slug, lesson_key, deed))
    if deed.kind == "check":
        return redirect(back(slug, lesson_key, deed))
    flash(_("Stored."), "ok") if recorded.step_done and deed.kind == "try" else None
    return redirect(after(slug, enrolment, deed))


def own_enrolment(slug: str) -> Enrolment:
    """The asking person's enrolment in this course, or NotFound."""
    enrolment = looking.current_enrolment(slug, asking())
    if enrolment is None:
        raise NotFound
    return enrolment


def lesson_of(enrolment: Enrolment, key: str) -> Lesson:
    """A lesson of the version that the enrolment is pinned to, or NotFound."""
    return found(Lesson.select().where((Lesson.version == enrolment.version_id) & (Lesson.key == key)))


def has_lesson(enrolment: Enrolment, key: str) -> bool:
    """Whether the enrolment's version has this lesson. Raises NotFound when no version of the course ever had it."""
    versions = CourseVersion.select(CourseVersion.id).where(CourseVersion.course == enrolment.course_id)
    found(Lesson.select().where(Lesson.version.in_(versions) & (Lesson.key == key)))
    return Lesson.select().where((Lesson.version == enrolment.version_id) & (Lesson.key == key)).exists()


def to_path(slug: str) -> Any:
    """The way on for whoever comes to a lesson that their own version does not have: left out since, or new."""
    flash(_("The version that you learn does not have this page. All you did is kept. Go on here."), "warn")
    return redirect(url_for("learning.path", slug=slug), 303)


def deed_of_form(lesson_key: str) -> progress.Deed:
    """The deed that a form of ours sends."""
    kind = request.form.get("kind", "")
    body: dict[str, Any] = {"by": request.form.get("by", "button")}
    if kind == "try":
        body = {"by": "self"}
    if kind in ("check", "quiz"):
        body = answering.body_of(request.form)
    if kind == "quiz":
        body |= {"attempt": request.form.get("attempt", 0, type=int), "question": request.form.get("question", "")}
    return progress.Deed(
        client_id=request.form.get("event", ""),
        lesson_key=lesson_key,
        step_key=request.form.get("step", ""),
        kind=kind,
        body=body,
        version_id=version_of(request.form.get("version")),
    )


def back(slug: str, lesson_key: str, deed: progress.Deed) -> str:
    """The lesson, at the question that was answered."""
    anchor = deed.step_key.partition("/")[2].replace(":", "-") or None
    return url_for("learning.lesson", slug=slug, lesson_key=lesson_key, _anchor=anchor)


def after(slug: str, enrolment: Enrolment, deed: progress.Deed) -> str:
    """Where one goes on after reading or trying: to the quiz if there is one to pass, else to the path."""
    quiz_key = f"{deed.lesson_key}/quiz"
    standing = looking.standing(slug, asking())
    has_quiz = any(step.key == quiz_key for step in standing.required)
    if deed.kind == "read" and has_quiz and not progress.is_done(enrolment, quiz_key):
        return url_for("learning.quiz", slug=slug, lesson_key=deed.lesson_key)
    if deed.kind == "read":
        return onward(slug)
    return back(slug, deed.lesson_key, deed)


@blueprint.post("/courses/<slug>/events")
@signed_in
def events(slug: str) -> Any:
    """Events from the phone's queue, as JSON [{id, lesson, step, kind, body, at, version}], each answered by itself.

    {"stored": [ids], "refused": {id: why}, "mend": [ids], "done": [step keys], "right": {id: bool}, "say": {id: text}}:
    an id under `stored` is in the database; one under `refused` will never be, and the phone tells why; one under
    `mend` was written in a way that its person may put right on the same page. `say` is what the author wrote for the
    chosen answer.
    """
    enrolment = own_enrolment(slug)
    sent = request.get_json(silent=True)
    if not isinstance(sent, list) or len(sent) > MOST_AT_ONCE:
        raise Refused(_("This answer could not be read. Open the page again and send once more."))
    stored: list[str] = []
    refused: dict[str, str] = {}
    mend: list[str] = []
    right: dict[str, bool | None] = {}
    say: dict[str, str] = {}
    for item in sent:
        try:
            deed = deed_of_json(item)
            event = progress.record(enrolment, deed, now=utc_now(), zone=settings().zone).event
            stored.append(deed.client_id)
            # An answer that was sent before counts by the keys that were put right since.
            is_right = right[deed.client_id] = event.right if event.right is None else keys.counts_right(event)
            say[deed.client_id] = pages.feedback(event.version_id, event.step_key, event.body, is_right, language())
        except FieldcastError as refusal:
            number = str(item.get("id", "")) if isinstance(item, dict) else ""
            refused[number] = str(refusal)
            mend += [number] if isinstance(refusal, judging.Mistaken) else []
    done = [row.step_key for row in enrolment.steps_done]
    return jsonify(stored=stored, refused=refused, mend=mend, right=right, say=say, done=done)


def deed_of_json(item: Any) -> progress.Deed:
    """One deed as the phone's queue writes it, or Refused."""
    texts = [item.get(name) for name in ("id", "lesson", "step", "kind")] if isinstance(item, dict) else [None]
    readable = all(isinstance(text, str) and text.isprintable() for text in texts)
    if not readable or not isinstance(item.get("body"), dict):
        raise Refused(_("This answer could not be read. Open the page again and send once more."))
    client_id, lesson_key, step_key, kind = texts
    return progress.Deed(
        client_id, lesson_key, step_key, kind, item["body"], moment_of(item.get("at")), version_of(item.get("version"))
    )


def version_of(sent: Any) -> int:
    """The version whose page was answered, or 0 where a phone says nothing that could be one."""
    try:
        return row_number(sent)
    except ValueError:
        return 0


def moment_of(text: Any) -> datetime | None:
    """A phone's ISO moment, or None if it makes no sense."""
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


@blueprint.post("/courses/<slug>/place")
@signed_in
def place(slug: str) -> Any:
    """Keep where the trainee is, so that another phone opens there."""
    enrolment = own_enrolment(slug)
    sent = request.get_json(silent=True)
    lesson_key, anchor = (text_of(sent, name) for name in ("lesson", "anchor"))
    if not lesson_key:
        raise Refused(_("This answer could not be read. Open the page again and send once more."))
    lesson = lesson_of(enrolment, lesson_key)
    now = utc_now()
    Place.insert(enrolment=enrolment, lesson_key=lesson.key, anchor=anchor, seen_at=now).on_conflict(
        conflict_target=[Place.enrolment],
        update={Place.lesson_key: lesson.key, Place.anchor: anchor, Place.seen_at: now},
    ).execute()
    return "", 204


def text_of(sent: Any, name: str) -> str:
    """A short text of a JSON object; empty when there is none, or one that no database takes (NUL, lone surrogates)."""
    text = sent.get(name) if isinstance(sent, dict) else None
    return text[:64] if isinstance(text, str) and text.isprintable() else ""


def derived_id(enrolment: Enrolment, step_key: str, *facts: object) -> str:
    """The event id that a form carries when there is no JavaScript: the same each time the same page is drawn, so that
    pressing twice sends one answer, and nobody else can make it. `facts` tell one go from the next."""
    text = "/".join(map(str, (enrolment.id, step_key, *facts)))
    return "form-" + hmac.new(settings().secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def answers_to(enrolment: Enrolment, lesson_key: str) -> dict[str, list[Event]]:
    """This person's stored answers in a lesson, oldest first, by step."""
    answers: dict[str, list[Event]] = {}
    for event in ANSWERS.rows(enrolment.id, lesson_key):
        answers.setdefault(event.step_key, []).append(event)
    return answers


ANSWERS = Prepared(
    lambda enrolment_id, lesson_key: (
        Event.select(Event.id, Event.version, Event.step_key, Event.kind, Event.body, Event.right)
        .where((Event.enrolment == enrolment_id) & (Event.lesson_key == lesson_key))
        .order_by(Event.id)
    ),
    -1,
    "lesson",
)
