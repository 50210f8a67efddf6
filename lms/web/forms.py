"""Forms: WTForms with our own messages. `csrf.py` guards posts, so forms carry no token of their own."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import Field, validators
from wtforms import Form as LibraryForm
from wtforms.fields import SelectChoice

from lms.i18n import _, language, lazy

INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
# What the library says by itself of a field that it cannot read, in our own words.
UNKNOWN_CHOICE = "Not a valid choice."
WORDS = {
    "Not a valid date value.": lazy("This is no day. Write it as 2026-04-02."),
    "Not a valid integer value.": lazy("Write this as a whole number."),
    UNKNOWN_CHOICE: lazy("Choose one from the list."),
    "Invalid Choice: could not coerce.": lazy("Choose one from the list."),
}


class Words:
    """What WTForms asks for its messages; all others are written with the fields."""

    def gettext(self, text: str) -> str:
        return str(WORDS.get(text, text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(UNKNOWN_CHOICE)


class Form(LibraryForm):
    """The base of every form. `MyForm.posted()` reads this request; `.ok()` says whether it holds."""

    class Meta:
        def get_translations(self, form: Any) -> Words:
            return Words()

    @classmethod
    def posted(cls, **values: Any) -> Form:
        """The form as this request sent it, or with `values` when the request only asks for it."""
        sent = request.form if request.method == "POST" else None
        return cls(sent, **values)

    def ok(self) -> bool:
        """Whether this is a post that holds."""
        return request.method == "POST" and self.validate()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(field id, message) of everything that is wrong, for the summary at the top. A message that stands there more
        than once says of which field it is."""
        wrong = [(field, str(field.errors[0])) for field in self if field.errors]
        often = Counter(message for _field, message in wrong)
        return [(field.id, named(field, message) if often[message] > 1 else message) for field, message in wrong]


def named(field: Field, message: str) -> str:
    """The message with the name of its field."""
    return _("%(field)s: %(problem)s", field=str(field.label.text).rstrip("。."), problem=message)


def tidy(text: str | None) -> str:
    """A typed line as it was meant: NFC, no invisible or control characters (NUL breaks off a row on PostgreSQL), no
    blanks at the ends or doubled inside."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text or "")
    return " ".join(unicodedata.normalize("NFC", kept).translate(INVISIBLE).split())


class Filled(validators.InputRequired):
    """Something was sent, and something is left of it when blanks are gone."""

    def __call__(self, form: Any, field: Any) -> None:
        super().__call__(form, field)
        if field.data == "":
            raise validators.StopValidation(self.message)


def required(message: Any = None) -> Filled:
    """The field must be filled in."""
    return Filled(message or lazy("Please fill this in."))


def at_most(length: int) -> validators.Length:
    """No more than so many characters. The field takes more, so that what is too long is told: a browser that is given
    the limit cuts what is pasted, and says nothing."""
    length_of = validators.Length(max=length, message=lazy("Too long. The most is %(max)d characters.", max=length))
    length_of.field_flags = {}
    return length_of


def in_words(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The choices of a list from (value, word); lazy words are settled when the page is written."""
    return [SelectChoice(value, word) for value, word in pairs]


def spoken_language() -> str:
    """The `lang` of the page being written."""
    return "zh-CN" if language() == "zh" else "en"
