"""The versions of a course: who, when, what about, what changed, and making one the draft again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.authoring import releasing
from lms.authoring.desk import Draft
from lms.authoring.views.room import blueprint, local_day, own_draft, trainers
from lms.catalogue import reading
from lms.catalogue.models import CourseVersion, KeptDraft
from lms.db import found, utc_now
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.learning.models import Enrolment
from lms.learning.repinning import by_version
from lms.web import exports
from lms.web.addresses import row_number
from lms.web.paging import page
from lms.web.people import asking

HEADER = (_l("Version"), _l("When"), _l("What about"))


def line(row: CourseVersion) -> tuple[Any, ...]:
    """A version as a line of the file."""
    return row.number, local_day(row.published_at), row.note


@blueprint.get("/courses/<slug>/versions")
@trainers
def versions(slug: str) -> Any:
    """All versions, the newest first, and how many learn by each."""
    draft = own_draft(slug)
    words = request.args.get("q", "").strip()
    query = draft.course.versions.where(CourseVersion.note.contains(words)).order_by(CourseVersion.number.desc())
    if exports.asked():
        return exports.table_response(f"{_('Versions')} {slug}", HEADER, map(line, query))
    listed = page(query)
    kept = list(draft.course.kept.order_by(KeptDraft.kept_at.desc(), KeptDraft.id.desc()))
    writers = {row.published_by for row in listed.rows} | {row.kept_by for row in kept}
    authors = Person.select().where(Person.id.in_(writers - {None}))
    return render_template(
        "authoring/versions.html",
        draft=draft,
        page=listed,
        words=words,
        kept=kept,
        authors={person.id: person.name for person in authors},
        learning=by_version(Enrolment.course == draft.course),
    )


def version(draft: Draft, number: int) -> CourseVersion:
    """A version of this course, or NotFound."""
    return found(draft.course.versions.where(CourseVersion.number == number))


@blueprint.get("/courses/<slug>/versions/<int:number>/changes")
@trainers
def changes(slug: str, number: int) -> Any:
    """What a version changed, compared with the one before, or with `?from=`; 0 is nothing at all."""
    draft = own_draft(slug)
    later = version(draft, number)
    earlier = request.args.get("from", number - 1, type=row_number)
    before = reading.files(version(draft, earlier).id) if earlier else {}
    return render_template(
        "authoring/changes.html",
        draft=draft,
        later=later,
        earlier=earlier,
        numbers=[row.number for row in draft.course.versions.order_by(CourseVersion.number)],
        changes=releasing.changes(before, reading.files(later.id)),
    )


@blueprint.post("/courses/<slug>/versions/<int:number>/restoration")
@trainers
def restore(slug: str, number: int) -> Any:
    """Make the draft what this version was."""
    draft = own_draft(slug)
    kept = releasing.restore(draft.course, version(draft, number), by=asking().id, now=utc_now())
    flash(_("The draft is version %(number)d again. Trainees see it once you publish.", number=number), "ok")
    return restored(slug, kept)


@blueprint.post("/courses/<slug>/kept-drafts/<int:kept_id>/restoration")
@trainers
def bring_draft_back(slug: str, kept_id: int) -> Any:
    """Make the draft what this kept draft was."""
    draft = own_draft(slug)
    source = found(draft.course.kept.where(KeptDraft.id == kept_id))
    kept = releasing.restore(draft.course, source, by=asking().id, now=utc_now())
    flash(_("The kept draft is the draft again. Trainees see it once you publish."), "ok")
    return restored(slug, kept)


def restored(slug: str, kept: KeptDraft | None) -> Any:
    """Back to the course, or where what was there before is kept now."""
    if kept is None:
        return redirect(url_for("authoring.course", slug=slug), 303)
    flash(_("What was in the draft before is kept. You can bring it back below."), "ok")
    return redirect(url_for("authoring.versions", slug=slug, _anchor="kept-drafts"), 303)
