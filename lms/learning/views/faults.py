"""A trainee reports a fault in a lesson: a tap on 哪里不对, a tap on what it is. Its author finds it under 我的课."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.learning import looking
from lms.learning.models import LessonFault
from lms.learning.views import blueprint
from lms.web.access import signed_in
from lms.web.forms import tidy
from lms.web.people import asking

FAULTS = {
    "wrong": _l("Something is wrong"),
    "unclear": _l("I do not understand it"),
    "picture": _l("The picture does not show"),
    "sound": _l("The sound does not play"),
    "other": _l("Something else"),
}
MOST_WORDS = 200


@blueprint.post("/courses/<slug>/<lesson_key>/faults")
@signed_in
def report_fault(slug: str, lesson_key: str) -> Any:
    """Store the report; the same one again the same day changes nothing."""
    person = asking()
    standing = looking.standing(slug, person)
    lesson = standing.lesson(lesson_key)
    kind = request.form.get("kind", "")
    if kind not in FAULTS:
        raise Refused(_("Choose what is wrong."))
    words = tidy(request.form.get("words"))[:MOST_WORDS]
    same = (LessonFault.person == person) & (LessonFault.course == standing.course) & (LessonFault.kind == kind)
    same &= (LessonFault.lesson_key == lesson.key) & (LessonFault.words == words) & LessonFault.closed_at.is_null()
    if not LessonFault.select().where(same).exists():
        LessonFault.create(
            course=standing.course,
            version=standing.version,
            lesson_key=lesson.key,
            person=person,
            kind=kind,
            words=words,
            reported_at=utc_now(),
        )
    flash(_("Thank you. The teacher will look at it."), "ok")
    return redirect(url_for("learning.lesson", slug=slug, lesson_key=lesson_key))
