"""A token against forged posts, constant for a session.

Constant, so that the same page has the same bytes and a phone that has it gets 304. (The library's token
is signed anew for every page; see DECISIONS.) The session cookie is signed, HttpOnly and SameSite=Lax.
"""

from __future__ import annotations

import hmac
import secrets

from flask import Flask, request, session
from markupsafe import Markup

from lms.errors import Refused
from lms.i18n import _
from lms.web import log
from lms.web.access import is_signed_out

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def init_app(app: Flask) -> None:
    """Check every change; give templates `csrf_field()` and `csrf_token()`."""
    app.before_request(protect)
    app.jinja_env.globals.update(csrf_field=field, csrf_token=token)


def token() -> str:
    """This session's token, made at first use."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return session["csrf"]


def field() -> Markup:
    """The hidden input that every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token())


def protect() -> None:
    """Refuse a change that does not carry the session's token in its form or in X-CSRF-Token."""
    if request.method not in CHANGES:
        return
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(given.encode(), session.get("csrf", "").encode()) or not given:
        log.security("forged_post", endpoint=request.endpoint)
        if is_signed_out():
            raise Refused(_("You are no longer signed in here. Sign in, then send once more."))
        raise Refused(_("This page was open for too long. Open it again and send once more."))
