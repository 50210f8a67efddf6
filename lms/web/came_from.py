"""The page on which a form stood, as its browser tells: the way back to it when the form could not be taken."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def page_of_form() -> str:
    """The address within this site of the page whose form was sent, or "" where nobody says, it is another site's, or
    cannot be opened again."""
    if request.method != "POST" or not request.referrer:
        return ""
    try:
        before = urlsplit(request.referrer)
    except ValueError:
        return ""
    if before.netloc != request.host or not can_be_opened(before.path):
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path


def can_be_opened(path: str) -> bool:
    """Whether a page of ours stands at this path, rather than only what a form is sent to."""
    try:
        current_app.url_map.bind("").match(path, "GET")
    except HTTPException:  # a redirect too: what asks for one is no page of ours
        return False
    return True
