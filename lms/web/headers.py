"""Headers on every answer: a strict Content-Security-Policy, no sniffing, no framing, caching, 304."""

from __future__ import annotations

import re

from flask import Flask, Response, request, session

from lms.web import assets

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' '{style}'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'none'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# Pages on which something is filmed, recorded or scanned: practice, lessons with their tasks, the desks of who judges
# and teaches, the check of a certificate. No other page, and nothing framed in it, gets at camera or microphone.
FILMING = re.compile(r"/(?:practice/|courses/[^/]+/[^/]+|work/|teach/|verify)")
NOTHING = "camera=(), microphone=(), geolocation=()"
DEVICES = "camera=(self), microphone=(self), accelerometer=(self), gyroscope=(self), geolocation=()"


def init_app(app: Flask) -> None:
    """Write the headers last, when the body is known."""
    app.after_request(write)


def write(response: Response) -> Response:
    """The headers that fit this answer. A page made for framing by ourselves says so by X-Frame-Options."""
    framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    response.headers.setdefault(
        "Content-Security-Policy",
        POLICY.format(style=assets.critical_css_hash(), ancestors="'self'" if framed else "'none'"),
    )
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = DEVICES if FILMING.match(request.path) else NOTHING
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return cached(response)


def cached(response: Response) -> Response:
    """Pages are the reader's own and asked for again each time, but an unchanged one costs only a 304."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache" if session else "no-cache"
    if request.method == "GET" and response.status_code == 200 and not response.is_streamed:
        if not response.get_etag()[0]:
            response.add_etag()
        response.make_conditional(request)
    return response
