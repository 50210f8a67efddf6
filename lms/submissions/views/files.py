"""The files of works, for those who may see them: played from any second, never read into memory as a whole."""

from __future__ import annotations

from typing import Any

from lms.catalogue import store
from lms.db import found
from lms.errors import NotFound
from lms.submissions.models import Piece
from lms.submissions.views import blueprint
from lms.web import sending
from lms.web.access import signed_in
from lms.web.people import asking

# What a browser may be told; anything else is a download.
PLAYED = {
    "image/webp", "video/mp4", "video/webm", "video/quicktime", "video/ogg", "audio/mp4", "audio/mpeg", "audio/webm",
    "audio/ogg", "audio/wav", "audio/aac", "audio/flac", "audio/amr",
}  # fmt: skip


@blueprint.get("/work/<int:piece_id>/<what>")
@signed_in
def work_file(piece_id: int, what: str) -> Any:
    """`show`: the photo, clip or sound; `sound`: that of a clip alone; `poster`: its picture for lists."""
    if what not in ("show", "sound", "poster"):
        raise NotFound
    piece = found(Piece.seen_by(asking()).where(Piece.id == piece_id))
    digest, mime = named(piece, what)
    response = sending.kept(store.media, digest, mime if mime in PLAYED else "application/octet-stream", asking().id)
    if mime not in PLAYED:
        response.headers["Content-Disposition"] = "attachment"
    # Asked for anew each time: leave to see it may be taken back, and phones are shared.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    return response


def named(piece: Piece, what: str) -> tuple[str, str]:
    """The bytes and their type; NotFound where there are none (yet)."""
    digest = {"show": piece.digest, "sound": piece.sound, "poster": piece.poster}[what]
    if not digest:
        raise NotFound
    return digest, {"show": piece.mime, "sound": "audio/mp4", "poster": "image/webp"}[what]
