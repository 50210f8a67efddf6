"""The files of works, for those who may see them: played from any second, never read into memory as a whole."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, request
from werkzeug.http import is_resource_modified

from lms.catalogue import store
from lms.db import found
from lms.errors import NotFound
from lms.submissions.models import Piece
from lms.submissions.views import blueprint
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
    response = part_of(digest, mime) if is_new(digest) else Response(status=304)
    response.set_etag(digest)
    response.headers["Accept-Ranges"] = "bytes"
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


def is_new(digest: str) -> bool:
    """Whether the phone does not have these bytes."""
    return is_resource_modified(request.environ, etag=digest)


def part_of(digest: str, mime: str) -> Response:
    """All of it, or the one part that was asked for (RFC 9110, section 14)."""
    size = store.media.size(digest)
    wanted = request.range if request.if_range.etag in (None, digest) else None
    span = wanted.range_for_length(size) if wanted else None
    if wanted and len(wanted.ranges) == 1 and span is None:
        response = make_response("", 416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    start, end = span or (0, size)
    response = Response(store.media.stream(digest, start, end), 206 if span else 200)
    response.headers["Content-Type"] = mime if mime in PLAYED else "application/octet-stream"
    if mime not in PLAYED:
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Length"] = str(end - start)
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response
