"""Languages: zh-CN first, English second; by a person's choice, then the browser's, then zh."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext

__all__ = ["LANGUAGES", "_", "choose_language", "in_language", "init_app", "language", "lazy", "local", "ngettext"]

LANGUAGES = ("zh", "en")
HTML_LANG = {"zh": "zh-CN", "en": "en"}

_ = gettext
lazy = lazy_gettext


def init_app(app: Flask) -> None:
    """Register Flask-Babel with our catalogues and our choice of language."""
    Babel(
        app,
        locale_selector=choose_language,
        default_locale="zh",
        default_translation_directories=f"{app.root_path}/translations",
    )


def choose_language() -> str:
    """`?lang=`, then the choice kept for the person or the phone, then the browser's, then zh."""
    if not has_request_context():
        return "zh"
    if "language" not in g:
        asked = (request.args.get("lang"), request.cookies.get("lang"))
        chosen = next((lang for lang in asked if lang in LANGUAGES), None)
        g.language = chosen or request.accept_languages.best_match(LANGUAGES) or "zh"
    return g.language


def language() -> str:
    """The language of what is being written now: `zh` or `en`."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "zh"


def in_language(lang: str):
    """A context in which texts come out in `lang`, for commands, certificates and the check page."""
    return force_locale(lang)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment in the zone of the installation."""
    return moment.astimezone(zone)
