"""The room in which a page is read aloud, sentence by sentence."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for

from lms.authoring import recordings, takes
from lms.authoring.takes import Spoken
from lms.authoring.views.files import chosen_file
from lms.authoring.views.room import blueprint, own_draft, trainers
from lms.authoring.views.wording import recorder_words
from lms.catalogue import speech, store
from lms.db import utc_now
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.lib.silence import Voice
from lms.web.people import asking


@blueprint.get("/courses/<slug>/lessons/<key>/reading/<any(zh, en):lang>")
@trainers
def reading(slug: str, key: str, lang: str) -> Any:
    """What there is to say, and how it was said; `?track=` names a dialect or another language."""
    page = takes.spoken(own_draft(slug), key, lang, request.args.get("track", "").strip())
    if page.waits:  # a sentence that was cut from the page may have been the last that was missing
        takes.put_together_later(page)
    made = page.draft.rows.get(page.stem + ".m4a") if page.is_made else None
    return render_template(
        "authoring/reading.html",
        page=page,
        made=store.reference(made.digest, made.path) if made else None,
        can_turn=recordings.can_turn(),
        longest_name=speech.LONGEST_NAME,
        words=recorder_words(),
    )


@blueprint.post("/courses/<slug>/lessons/<key>/reading/<any(zh, en):lang>")
@trainers
def say(slug: str, key: str, lang: str) -> Any:
    """A sentence that somebody just said, or chose as a file."""
    page = takes.spoken(own_draft(slug), key, lang, request.form.get("track", ""))
    content = chosen_file("file").read()
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        take, voice = takes.keep(page, request.form.get("sentence", ""), content, by=asking().id, now=utc_now())
    except (Refused, Conflict) as problem:
        if not by_script:
            raise
        # Only this lets the phone forget what was spoken; whatever else goes wrong, it keeps it.
        return jsonify(error=str(problem), refused=True), problem.status
    said = told(voice)
    if by_script:
        heard = url_for("authoring.take", slug=slug, number=take.id, at=take.digest[:8])
        return jsonify(sound=heard, said=said, missing=page.missing)
    flash(said or _("Kept: %(sentence)s", sentence=take.text), "warn" if said else "ok")
    return back(page)


def told(voice: Voice) -> str:
    """What to do better, if anything."""
    if voice.is_clipped:
        return _("Kept, but it crackles: hold the phone a hand further away.")
    return _("Kept, but it is soft: come nearer, or speak up.") if voice.is_soft else ""


@blueprint.get("/courses/<slug>/takes/<int:number>")
@trainers
def take(slug: str, number: int) -> Any:
    """How a sentence was said."""
    response = make_response(store.media.get(takes.take(own_draft(slug).course, number).digest))
    response.headers["Content-Type"] = "audio/mp4"
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request, accept_ranges=True, complete_length=len(response.data))


@blueprint.post("/courses/<slug>/lessons/<key>/reading/<any(zh, en):lang>/removal")
@trainers
def forget_takes(slug: str, key: str, lang: str) -> Any:
    """Begin anew: forget how the sentences of this page were said."""
    page = takes.spoken(own_draft(slug), key, lang, request.form.get("track", ""))
    takes.clear(page)
    flash(_("The sentences are gone. A reading that was made of them stays until you delete its file."), "ok")
    return back(page)


def back(page: Spoken) -> Any:
    """To the room."""
    place = {"slug": page.draft.course.slug, "key": page.lesson.id, "lang": page.lang}
    return redirect(url_for("authoring.reading", **place, track=page.track or None), 303)
