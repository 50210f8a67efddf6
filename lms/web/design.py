"""The living page, /design: every component in every state, in both languages. In development only.

Each part is a template under templates/design/ that calls the macros with words in the language at hand; the page sets
both side by side. `?look=dark` and `?text=large` show the other looks.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from lms.i18n import HTML_LANG, LANGUAGES, in_language
from lms.i18n import lazy as _l
from lms.web.access import public
from lms.web.forms import Form, in_words, required

blueprint = Blueprint("design", __name__)

PARTS = (
    "colours", "icons", "buttons", "cells", "listen", "video", "lesson", "questions", "fields", "banners",
    "states", "lists", "tables", "desk", "charts",
)  # fmt: skip


class SampleForm(Form):
    """One field of each kind, of which some do not hold."""

    phone = StringField(_l("Phone number"))
    pin = PasswordField(_l("6-digit PIN"))
    wrong_phone = StringField(_l("Phone number"), [required(_l("Type your phone number."))])
    wrong_pin = PasswordField(_l("6-digit PIN"), [required(_l("Type the 6 digits."))])
    note = TextAreaField(_l("Summary"))
    course = SelectField(_l("Course"), choices=in_words([("light", "1"), ("sound", "2")]))
    pace = RadioField(
        _l("Letters"), choices=in_words([("normal", _l("Normal")), ("large", _l("Large"))]), default="large"
    )
    agree = BooleanField(_l("I have read or heard this, and I agree"), default=True)


@blueprint.get("/design")
@public
def page() -> Any:
    """All components."""
    look = "dark" if request.args.get("look") == "dark" else "light"
    text = "large" if request.args.get("text") == "large" else "normal"
    columns = {lang: {part: drawn(part, lang) for part in PARTS} for lang in LANGUAGES}
    return render_template(
        "design/page.html", columns=columns, parts=PARTS, html_langs=HTML_LANG, theme=look, text_size=text
    )


def drawn(part: str, lang: str) -> str:
    """One part in one language. Ids begin with the language, for both stand on one page."""
    with in_language(lang):
        form = SampleForm(prefix=f"{lang}-", phone="154 0000 0042")
        form.wrong_phone.errors, form.wrong_pin.errors = (
            [str(_l("Type your phone number."))],
            [str(_l("Type the 6 digits."))],
        )
        return render_template(f"design/_{part}.html", lang=lang, form=form)
