"""Sending what phones play and look at. A thread of the server waits for each answer until the phone has nearly all of
it, minutes on a slow link; only up to about a megabyte does it leave the answer to the server and the kernel. So few
answers at a time may be larger; a player that asks by Range, as all do, gets a megabyte meanwhile and asks for the
next."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator

from flask import Response, make_response, request
from werkzeug.http import is_resource_modified

from lms.errors import Busy
from lms.i18n import lazy
from lms.media import MediaStore
from lms.web.links import watch_links

PART = 1024 * 1024
# For each worker process of eight threads (lms/serving.py), of which five may read what phones send.
AT_ONCE = 2


class Places:
    """Who is sent a large answer at this moment: so many at most, and nobody twice."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken: set[object] = set()
        self.lock = threading.Lock()

    def take(self, who: object) -> bool:
        """A place, if there is one for them."""
        with self.lock:
            free = len(self.taken) < self.most and who not in self.taken
            if free:
                self.taken.add(who)
            return free

    def leave(self, who: object) -> None:
        """The place is free again; twice is harmless."""
        with self.lock:
            self.taken.discard(who)


places = Places(AT_ONCE)


class Held:
    """The blocks of an answer that has a place, which is free again when it is closed or forgotten, sent or not."""

    def __init__(self, blocks: Iterator[bytes], who: object) -> None:
        self.blocks = blocks
        self.close = weakref.finalize(self, places.leave, who)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self.blocks)


def kept(media: MediaStore, digest: str, mime: str, who: object) -> Response:
    """The bytes of a digest, whole or the part that was asked for (RFC 9110, section 14), or word that they have not
    changed. `who`: the person or address. Raises NotFound."""
    if is_resource_modified(request.environ, etag=digest):
        response = part_of(media, digest, who)
    else:
        response = Response(status=304)
    response.headers["Content-Type"] = mime
    response.direct_passthrough = True  # nothing looks into it, or packs it anew, on the way
    response.headers["Accept-Ranges"] = "bytes"
    response.set_etag(digest)
    return response


def part_of(media: MediaStore, digest: str, who: object) -> Response:
    """All of it, or the part that was asked for; less of that where too many are being sent large ones. A client has to
    look at what a part holds (section 15.3.7). Raises Busy for a large whole then."""
    size = media.size(digest)
    wanted = request.range if request.if_range.etag in (None, digest) else None
    span = wanted.range_for_length(size) if wanted else None
    if wanted and len(wanted.ranges) == 1 and span is None:
        response = make_response("", 416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    start, end = span or (0, size)
    who = who if span else object()  # who asks for the whole is often a page that asks for parts at once
    has_place = end - start > PART and places.take(who)
    if span and not has_place:
        end = min(end, start + PART)
    elif end - start > PART and not has_place:
        raise Busy(lazy("Many are watching just now. Open it again in a moment."))
    pieces = media.stream(digest, start, end)
    response = Response(held(pieces, who) if has_place else b"".join(pieces), 206 if span else 200)
    response.headers["Content-Length"] = str(end - start)
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def held(pieces: Iterator[bytes], who: object) -> Held:
    """A large answer, piece by piece, on the place of `who`."""
    watch_links()
    return Held(pieces, who)
