"""Pictures, recordings and other files of a lesson."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request, url_for

from lms.authoring import attaching, recordings
from lms.authoring.desk import BROKEN, WAITING
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
    file = chosen_file()
    row = attaching.add_picture(
        draft, draft.lesson(key), file.read(), file.filename or "", by=asking().id, now=utc_now()
    )
    return added(row, slug, key)


@blueprint.post("/courses/<slug>/lessons/<key>/recordings")
@trainers
def add_recording(slug: str, key: str) -> Any:
    """A voice or a short video from the trainer's phone; `reading`: the language of the page that it reads aloud."""
    draft = own_draft(slug)
    file = chosen_file()
    reading = request.form.get("reading", "")
    clip = attaching.Clip(file.read(), file.filename or "", sound=(file.mimetype or "").startswith("audio/"))
    row = attaching.add_recording(
        draft,
        draft.lesson(key),
        clip,
        reading=reading if reading in LANGUAGES else "",
        by=asking().id,
        now=utc_now(),
    )
    return added(row, slug, key, ".m4a" if clip.sound or reading else ".mp4")


def chosen_file() -> Any:
    """The file of the form, or Refused."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(_("Choose a file first."))
    return file


def added(row: DraftFile, slug: str, key: str, suffix: str = "") -> Any:
    """For a script what to write into the page; for a form the way back. `suffix`: what a waiting recording will be."""
    name = row.path.removeprefix(f"{key}/")
    waiting = name.endswith(WAITING)
    shown = name.removesuffix(WAITING) + suffix if waiting else name
    if request.accept_mimetypes.best == "application/json":
        return jsonify(name=shown, size=row.size, weight=weight(row.size), waiting=waiting)
    flash(_("The file %(name)s is there: %(weight)s.", name=shown, weight=weight(row.size)), "ok")
    return back(slug, key)


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
        raise Refused(_("This file needs no turning."))
    recordings.again(drafts.file(draft.course, f"{draft.lesson(key)}/{name}"))
    flash(_("It is being turned. Come back in a minute."), "ok")
    return back(slug, key)
