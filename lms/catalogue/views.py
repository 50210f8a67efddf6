"""Files of lessons: pictures, sound and video, under names that say what they hold, so that phones keep them. And what
stands beside the lessons for everybody: the glossary and the cards."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file
from flask_login import current_user

from lms.catalogue import glossary, leaflets, reading, store
from lms.catalogue.models import Course, DraftFile, VersionFile
from lms.catalogue.pictures import BadPicture
from lms.catalogue.sandbox import TooHeavy
from lms.errors import NotFound
from lms.i18n import language
from lms.web import sending
from lms.web.access import public

blueprint = Blueprint("catalogue", __name__)

# What a browser may be given; anything else in a course folder is the author's own business.
TYPES = {
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "ogg": "audio/ogg",
}


@blueprint.get("/media/<digest>.<suffix>")
@public
def file(digest: str, suffix: str) -> Any:
    """A file that a published version holds, or a draft of the asking author's. Parts can be asked for by Range."""
    if suffix not in TYPES or not may_have(digest):
        raise NotFound
    who = current_user.id if current_user.is_authenticated else request.remote_addr
    return for_ever(sending.kept(store.media, digest, TYPES[suffix], who))


@blueprint.get("/media/<digest>/phone.webp")
@public
def phone_picture(digest: str) -> Any:
    """A large picture of such a file, made small for phones."""
    if not may_have(digest):
        raise NotFound
    try:
        small = store.for_phone(digest)
    except (BadPicture, TooHeavy):
        raise NotFound from None
    content = io.BytesIO(small.content)
    return for_ever(send_file(content, mimetype=TYPES["webp"], conditional=True, etag=f"{digest}-phone"))


def for_ever(response: Response) -> Response:
    """An answer that browsers keep, and in which nothing can run."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def may_have(digest: str) -> bool:
    """Whether the file is published, or in a draft of a course that the asking person authors (admins: any)."""
    if VersionFile.select().where(VersionFile.digest == digest).exists():
        return True
    if not current_user.is_authenticated:
        return False
    drafts = DraftFile.select().join(Course).where(DraftFile.digest == digest)
    if not current_user.has_role("admin"):
        drafts = drafts.where(Course.author_id == current_user.id)
    return drafts.exists()


@blueprint.get("/glossary")
@public
def words() -> Any:
    """The words of the trade, all or those that hold what was searched for."""
    wanted, lang = request.args.get("q", "").strip()[:40], language()
    terms = [term for term in glossary.current().in_order(lang) if term.says(wanted)]
    return render_template("catalogue/glossary.html", terms=terms, words=wanted, taught=reading.taught())


@blueprint.get("/cards")
@public
def cards() -> Any:
    """All cards."""
    return render_template("catalogue/cards.html", cards=leaflets.current().values())


@blueprint.get("/cards/<name>")
@public
def card(name: str) -> Any:
    """One card, to read or to print."""
    found = leaflets.find(name)
    return render_template("catalogue/card.html", card=found, html=found.html(language()))
