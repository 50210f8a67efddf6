"""Everybody before every door of the product: two counties, all their people signed in, every address filled in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.db import database
from lms.web import throttle
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.entrances import ENTRANCES
from tests.neighbours import County, hetian, zhuxi


def rules(app: Flask) -> list[Rule]:
    """Every route."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def filled(county: County, rule: Rule) -> dict[str, object]:
    """The parts of an address."""
    parts = ENTRANCES[rule.endpoint].parts if rule.arguments else {}
    return {name: county.address(parts[name]) for name in rule.arguments}


@dataclass
class Stage:
    """Two counties and everybody in them, signed in."""

    app: Flask
    own: County
    foreign: County
    browsers: dict[str, Browser]

    def ask(self, who: str, rule: Rule, method: str, parts: dict[str, object], **sent: Any) -> str:
        """What the answer says: open, closed, forbidden, sign in, or its number when it is none of these."""
        return said(self.answer(who, rule, method, parts, **sent))

    def answer(self, who: str, rule: Rule, method: str, parts: dict[str, object], **sent: Any) -> TestResponse:
        """The answer itself, closed; nothing of what was asked lasts."""
        throttle._taken.clear()
        browser = self.browsers[who]
        token, session = browser.token(), browser.client.get_cookie("session").value
        address = self.app.url_map.bind("localhost").build(rule.endpoint, parts, method=method)
        with nothing_lasts():
            answer = browser.client.open(address, method=method, headers={"X-CSRF-Token": token}, **sent)
            answer.close()
        browser.client.set_cookie("session", session)
        return answer


def said(answer: TestResponse) -> str:
    """An answer in a word."""
    if answer.status_code in (302, 303) and answer.headers["Location"].startswith("/sign-in"):
        return "sign in"
    words = {403: "forbidden", 404: "closed"} | dict.fromkeys((400, 409, 412, 422), "refused")
    return words.get(answer.status_code, "open" if answer.status_code < 400 else str(answer.status_code))


@contextmanager
def nothing_lasts() -> Iterator[None]:
    """Whatever a request does is undone: all of it happens in one transaction on the test's own connection."""
    bound = database.obj
    bound.connect(reuse_if_open=True)
    bound.close = lambda: False  # the end of a request would close it
    try:
        with database.atomic() as transaction:
            yield
            transaction.rollback()
    finally:
        del bound.close


def raise_stage(app: Flask, cast: Cast) -> Stage:
    """Everybody, before the doors."""
    own, foreign = hetian(cast), zhuxi(cast)
    browsers = {name: signed_in(app, one) for name, one in everybody(cast, foreign).items()}
    return Stage(app, own, foreign, {"visitor": Browser(app), **browsers})


def everybody(cast: Cast, foreign: County) -> dict[str, Person]:
    """Who signs in, by the names of `neighbours.EVERYBODY`."""
    return {
        "trainee": cast.trainee,
        "trainer": cast.trainer,
        "manager": cast.manager,
        "admin": cast.admin,
        "stranger": foreign.trainee,
        "strange_trainer": foreign.trainer,
        "strange_manager": cast.outsider,
    }
