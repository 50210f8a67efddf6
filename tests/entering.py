"""Coming in by the door, as everybody of the cast does."""

from __future__ import annotations

from flask import Flask

from lms.accounts.models import Person
from tests.browser import Browser
from tests.cast import PASSWORD, PIN


def signed_in(app: Flask, person: Person, language: str = "zh") -> Browser:
    """A browser of its own in which this person has signed in, with PIN or password as it is theirs."""
    browser = Browser(app, language)
    if person.is_staff:
        browser.post("/sign-in/staff", 303, follow=False, phone=person.phone, password=PASSWORD, code="")
    else:
        browser.post("/sign-in", 303, follow=False, phone=person.phone, pin=PIN)
    return browser
