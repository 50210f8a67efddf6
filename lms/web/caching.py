"""304 before anything is rendered: for pages that know from a few facts what their bytes will be."""

from __future__ import annotations

from flask import Response, request

# What the compression appends to an ETag, so that each encoding has its own (RFC 9110, section 8.8.3.3).
ENCODINGS = (":br", ":gzip", ":zstd", ":deflate")


def phone_has(response: Response) -> bool:
    """Whether the asking phone has this very page already, in any encoding; the response is 304 then."""
    etag = response.get_etag()[0]
    for known in request.if_none_match.as_set(include_weak=True):
        if known == etag or any(known == f"{etag}{encoding}" for encoding in ENCODINGS):
            response.set_etag(known)
            response.status_code = 304
            response.set_data(b"")
            return True
    return False
