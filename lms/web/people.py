"""Who is asking, as views hand it on to the rooms below."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_login import current_user

from lms.settings import Settings


def asking() -> Any:
    """The signed-in person of this request. Views call it once and pass the person on."""
    return current_user._get_current_object()


def asking_or_none() -> Any:
    """The signed-in person, or None for a visitor."""
    return asking() if current_user.is_authenticated else None


def settings() -> Settings:
    """The settings of this application."""
    return current_app.config["SETTINGS"]
