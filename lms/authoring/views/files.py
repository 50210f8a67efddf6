"""Pictures, recordings and other files of a lesson."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, request, url_for

from lms.authoring import attaching, recordings, writing
from lms.authoring.desk import BROKEN, WAITING, Draft
from lms.authoring.views import editing
from lms.authoring.views.room import blueprint, own_draft, trainers
from lms.catalogue import drafts
from lms.catalogue.models import DraftFile
from lms.catalogue.parsed import LANGUAGES
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.web.pages import weight
from lms.web.people import asking


@blueprint.post("/courses/<slug>/lessons/<key>/pictures")
@trainers
def add_picture(slug: str, key: str) -> Any:
    """A picture, pasted, dropped or chosen; redrawn for phones without what the camera wrote into it."""
    draft = own_draft(slug)
    draft.lesson(key)

    def add() -> DraftFile:
        file = chosen_file("picture")
        return attaching.add_picture(draft, key, file.read(), file.filename, by=asking().id, now=utc_now())

    return added(draft, key, add)


@blueprint.post("/courses/<slug>/lessons/<key>/recordings")
@trainers
def add_recording(slug: str, key: str) -> Any:
    """A voice or a short video from the trainer's phone; `reading`: the language of the page that it reads aloud."""
    draft = own_draft(slug)
    draft.lesson(key)
    reading = request.form.get("reading", "")
    reading = reading if reading in LANGUAGES else ""

    def add() -> DraftFile:
        file = chosen_file("recording")
        clip = attaching.Clip(file.read(), file.filename, sound=is_sound(file))
        return attaching.add_recording(draft, key, clip, reading=reading, by=asking().id, now=utc_now())

    return added(draft, key, add)


def is_sound(file: Any) -> bool:
    """Whether the browser calls it sound alone."""
    return (file.mimetype or "").startswith("audio/")


def chosen_file(field: str) -> Any:
    """The file that a script sends as `file` and the form as `field`, or Refused."""
    file = request.files.get("file") or request.files.get(field)
    if file is None or not file.filename:
        raise Refused(_("Choose a file first."))
    return file


def added(draft: Draft, key: str, add: Callable[[], DraftFile]) -> Any:
    """Add a file. A script is told what to write into the page.

    The plain form brings along the text that is being written, so that it stays whatever becomes of the file.
    """
    if request.accept_mimetypes.best == "application/json":
        row = add()
        name = shown_name(row, key)
        waiting = row.path.endswith(WAITING)
        return jsonify(name=name, size=row.size, weight=weight(row.size), waiting=waiting)
    name = request.form.get("page", "zh")
    before = writing.page(draft, key, name).text
    text = editing.posted_text() if "text" in request.form else before
    try:
        row = add()
    except Refused as problem:
        return editing.stay(draft, key, name, text, problem)
    flash(_("The file %(name)s is there: %(weight)s.", name=shown_name(row, key), weight=weight(row.size)), "ok")
    not_saved = editing.save(own_draft(draft.course.slug), key, name, text) if text != before else None
    return not_saved or back(draft.course.slug, key)


def shown_name(row: DraftFile, key: str) -> str:
    """A file's name in its lesson; of a recording that waits, the one that it will have."""
    name = row.path.removeprefix(f"{key}/")
    if not name.endswith(WAITING):
        return name
    file = request.files.get("file") or request.files.get("recording")
    return name.removesuffix(WAITING) + (".m4a" if is_sound(file) or request.form.get("reading") else ".mp4")


def back(slug: str, key: str) -> Any:
    """To the editor's list of files."""
    name = request.form.get("page", "zh")
    return redirect(url_for("authoring.edit", slug=slug, key=key, name=name, _anchor="files"), 303)


@blueprint.post("/courses/<slug>/lessons/<key>/files/<path:name>/removal")
@trainers
def remove_file(slug: str, key: str, name: str) -> Any:
    """Take a file out of the draft."""
    draft = own_draft(slug)
    attaching.remove(draft, draft.lesson(key), name)
    flash(_("The file %(name)s is out of the draft.", name=name), "ok")
    return back(slug, key)


@blueprint.post("/courses/<slug>/lessons/<key>/files/<path:name>/turning")
@trainers
def turn_again(slug: str, key: str, name: str) -> Any:
    """Try once more to turn a recording."""
    draft = own_draft(slug)
    if not name.endswith((WAITING, BROKEN)):
        raise Refused(_("This file is small already."))
    recordings.again(drafts.file(draft.course, f"{draft.lesson(key)}/{name}"))
    flash(_("It is being made small. Come back in a minute."), "ok")
    return back(slug, key)
