"""The sheet of cards: eight to an A4, each with its name, its PIN in cells and its code."""

from __future__ import annotations

from flask import Flask, render_template

from lms.accounts import cards, people
from lms.db import utc_now
from tests.browser import Inspector
from tests.cast import Cast


def sheet(app: Flask, made: list[cards.Card]) -> str:
    with app.test_request_context("/"):
        return render_template("accounts/cards.html", cards=made, back="/back")


def test_a_card_shows_name_pin_and_code(app: Flask, cast: Cast):
    newcomer = people.create("赵玉梅", "13812340066", by=None, now=utc_now())
    (card,) = cards.cards([newcomer], by=None, now=utc_now(), home="http://localhost")

    html = sheet(app, [card])

    assert "赵玉梅" in html and "13812340066" not in html
    assert f"密码：{card.pin}" in html and html.count('class="cell') == 6
    assert card.qr in html and 'href="/back"' in html


def test_a_card_of_somebody_with_a_pin_of_their_own_shows_none(app: Flask, cast: Cast):
    html = sheet(app, cards.cards([cast.trainee], by=None, now=utc_now(), home="http://localhost"))

    assert "再输你自己定的密码" in html and 'class="cell' not in html


def test_a_name_cannot_bring_markup_onto_the_sheet(app: Flask, cast: Cast):
    cast.trainee.name = "<b onclick=x>"
    html = sheet(app, cards.cards([cast.trainee], by=None, now=utc_now(), home="http://localhost"))
    inspector = Inspector()
    inspector.feed(html)

    assert not any("onclick" in attributes for _tag, attributes in inspector.tags)
