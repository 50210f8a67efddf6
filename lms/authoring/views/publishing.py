"""Publishing: what is to be mended, what changed, whom it concerns and how; then the deed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.authoring import classes, giving, releasing
from lms.authoring.desk import Draft
from lms.authoring.forms import PublishForm
from lms.authoring.steps_in_words import in_words
from lms.authoring.views.room import blueprint, own_draft, trainers
from lms.catalogue import reading
from lms.catalogue.publishing import NotPublishable, Published
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language, ngettext
from lms.learning import repinning
from lms.web.addresses import row_number
from lms.web.people import asking


@blueprint.get("/courses/<slug>/publish")
@trainers
def publish(slug: str) -> Any:
    """Look before the leap."""
    return shown(own_draft(slug), PublishForm())


def shown(draft: Draft, form: PublishForm, status: int = 200) -> Any:
    """The page. Nothing about people is worked out as long as the course cannot be read."""
    newest = draft.newest
    before = reading.files(newest.id) if newest else {}
    lang = language()
    steps = repinning.step_changes(draft.course, draft.parsed) if draft.parsed else None
    gone = [*steps.removed, *(before for before, _after in steps.changed)] if steps else []
    page = render_template(
        "authoring/publish.html",
        draft=draft,
        form=form,
        newest=newest,
        changes=releasing.changes(before, draft.files),
        steps=steps,
        waiting=releasing.waiting_at(draft.course, gone),
        impact=repinning.impact(draft.course, draft.parsed) if draft.parsed and newest else [],
        words=lambda key: in_words(draft.parsed, key, lang),
        old_words=lambda key: in_words(reading.parsed(newest.id), key, lang),
    )
    return page, status


@blueprint.post("/courses/<slug>/publish")
@trainers
def publish_now(slug: str) -> Any:
    """Publish, and move people as chosen. `seen` is the draft that the author looked at."""
    draft, form = own_draft(slug), PublishForm.posted()
    if not form.ok():
        return shown(draft, form, 422)
    try:
        done, moved = releasing.publish(
            draft,
            choices(),
            note=(form.note.data or "").strip(),
            seen=request.form.get("seen", ""),
            by=asking().id,
            now=utc_now(),
        )
    except NotPublishable:
        return shown(draft, form, 422)
    except Refused as problem:
        flash(str(problem), "err")
        return shown(own_draft(slug), form, problem.status)
    flash(told(done, moved), "ok")
    if done.new and done.version.number == 1:  # what comes next is a class
        return redirect(url_for("authoring.course", slug=slug, _anchor="classes"), 303)
    return redirect(url_for("authoring.versions", slug=slug), 303)


def choices() -> dict[int, str]:
    """Cohort id → keep or catch_up, as the form says."""
    words = (repinning.KEEP, repinning.CATCH_UP)
    sent = {name.removeprefix("cohort-"): value for name, value in request.form.items() if name.startswith("cohort-")}
    return {int(number): value for number, value in sent.items() if number.isdigit() and value in words}


def told(done: Published, moved: dict[int, repinning.Moved]) -> str:
    """What was done, in a sentence or two."""
    if not done.new:
        return _("Nothing had changed: version %(number)d is still the newest.", number=done.version.number)
    people = sum(one.not_started + one.caught_up for one in moved.values())
    said = _("Version %(number)d is published.", number=done.version.number)
    counted = ngettext("%(num)d person moved to it.", "%(num)d people moved to it.", people)
    return f"{said} {counted}" if people else said


@blueprint.post("/courses/<slug>/classes")
@trainers
def give(slug: str) -> Any:
    """Give the published course to a class that the asking person teaches."""
    draft, person = own_draft(slug), asking()
    chosen = request.form.get("cohort", type=row_number)
    if chosen is None:
        raise Refused(_("Choose a class."))
    cohort = classes.cohort(person, chosen)
    giving.give(draft.course, cohort, by=person.id, now=utc_now())
    flash(_("“%(name)s” takes the course now, and everybody in it is enrolled.", name=cohort.name), "ok")
    return redirect(url_for("authoring.course", slug=slug, _anchor="classes"), 303)
