"""Faults that trainees reported in my courses: found, mended, closed with a tap."""

from __future__ import annotations

from typing import Any

import peewee
from flask import flash, redirect, render_template, request, url_for

from lms import audit
from lms.accounts.models import Person
from lms.authoring import desk
from lms.authoring.views.room import blueprint, trainers
from lms.catalogue import reading
from lms.catalogue.models import Course, CourseVersion
from lms.db import database, found, utc_now
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.learning.models import LessonFault
from lms.learning.views.faults import FAULTS
from lms.web import exports
from lms.web.paging import page
from lms.web.people import asking

HEADER = (
    _l("Course"),
    _l("Lesson"),
    _l("Version"),
    _l("What is wrong"),
    _l("In their words"),
    _l("Reported"),
    _l("Closed on"),
)


def faults_of(person: Person) -> peewee.ModelSelect:
    """The reports about courses that this person may write. Who reported stays out of it: a fault is nobody's."""
    mine = desk.courses_of(person).select(Course.id)
    query = LessonFault.select(LessonFault, Course, CourseVersion).join(Course).switch(LessonFault)
    return query.join(CourseVersion, on=(LessonFault.version == CourseVersion.id)).where(LessonFault.course.in_(mine))


@blueprint.get("/faults")
@trainers
def faults() -> Any:
    """Open reports by lesson, the oldest first; `?closed=1` shows what is done with."""
    closed = request.args.get("closed") == "1"
    query = faults_of(asking()).where(LessonFault.closed_at.is_null(not closed))
    words = request.args.get("q", "").strip()
    if words:
        query = query.where(LessonFault.words.contains(words) | Course.slug.contains(words))
    query = query.order_by(Course.slug, LessonFault.lesson_key, LessonFault.id)
    if exports.asked():
        return exports.table_response(_("Faults"), HEADER, map(row, query))
    listed = page(query)
    titles = {fault.id: lesson_title(fault) for fault in listed.rows}
    return render_template(
        "authoring/faults.html", page=listed, titles=titles, closed=closed, words=words, kinds=FAULTS
    )


def lesson_title(fault: LessonFault) -> str:
    """The lesson's title in the version in which the fault was met."""
    lessons = reading.lessons(fault.version)
    return next((one.title(language()) for one in lessons if one.key == fault.lesson_key), fault.lesson_key)


def row(fault: LessonFault) -> tuple[Any, ...]:
    """A report as a line of the file."""
    return (
        fault.version.title(language()),
        lesson_title(fault),
        fault.version.number,
        FAULTS.get(fault.kind, fault.kind),
        fault.words,
        fault.reported_at,
        fault.closed_at,
    )


@blueprint.post("/faults/<int:fault_id>/closing")
@trainers
def close_fault(fault_id: int) -> Any:
    """Mended. Twice is harmless."""
    person, now = asking(), utc_now()
    fault = found(faults_of(person).where(LessonFault.id == fault_id))
    with database.atomic():
        open_still = (LessonFault.id == fault.id) & LessonFault.closed_at.is_null()
        if LessonFault.update(closed_at=now, closed_by=person.id).where(open_still).execute():
            audit.record("fault.closed", fault, by=person.id, now=now)
    flash(_("Closed."), "ok")
    return redirect(url_for("authoring.faults"), 303)
