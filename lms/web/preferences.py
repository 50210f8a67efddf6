"""What a phone or a person chose: language, theme, text size, data saver, the way through the courses. Cookies, so that
the server can write the page that was asked for at the first go; the account keeps the same, but for the way, and
brings it along to the next phone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, request

from lms.i18n import LANGUAGES

YEAR = 365 * 24 * 3600
CHOICES = {
    "lang": LANGUAGES,
    "theme": ("auto", "light", "dark"),
    "text": ("normal", "large"),
    "saver": ("on", "off"),
    "way": ("fast", "full"),
}


@dataclass(frozen=True)
class Preferences:
    """The choices of this phone."""

    theme: str
    text_size: str
    saver: bool


def read() -> Preferences:
    """What the cookies say; the saver is on until somebody switches it off."""
    return Preferences(
        theme=choice("theme") or "auto", text_size=choice("text") or "normal", saver=choice("saver") != "off"
    )


def choice(name: str) -> str | None:
    """A cookie's value if it is one that we offer."""
    value = request.cookies.get(name)
    return value if value in CHOICES[name] else None


def keep(response: Response, name: str, value: str) -> Response:
    """Keep a choice on this phone; an unknown value is left alone."""
    if value in CHOICES[name]:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    return response
