"""The blueprint of the accounts pages, and what must be true before any other page opens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, session, url_for
from flask_login import current_user

from lms.errors import Forbidden

blueprint = Blueprint("accounts", __name__)

BEFORE_THE_NOTICE = {f"accounts.{name}" for name in ("welcome", "notice", "sign_out", "preferences")} | {
    "health.healthz"
}


@blueprint.before_app_request
def notice_first() -> Any:
    """Who was entered by somebody else, or took the consent back, sees the notice before anything else."""
    if request.endpoint is None or request.endpoint in BEFORE_THE_NOTICE:
        return None
    if current_user.is_authenticated and current_user.is_invited:
        if request.accept_mimetypes.best == "application/json":
            raise Forbidden  # a script would take the page behind a redirect for an answer
        return redirect(url_for("accounts.welcome", next=asked_for()), 303)
    return None


@blueprint.before_app_request
def own_pin_at_the_second_visit() -> Any:
    """Who comes back with the PIN that we made is asked once, on the way to Today, to choose one."""
    if session.get("first_pin") not in ("later", "ask") or not current_user.is_authenticated:
        return None
    if current_user.came_back:
        session["first_pin"] = "ask"
    if session["first_pin"] == "ask" and request.path == "/today":
        session["first_pin"] = "asked"
        return redirect(url_for("accounts.pin", next=asked_for()), 303)
    return None


def asked_for() -> str | None:
    """The page that was asked for, to come back to (never a form's target)."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
