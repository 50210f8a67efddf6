"""What the review before a broadcast asks: form → review → signature. Articles are those of Order 117 of 2025
(直播电商监督管理办法, in force since 2026-02-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from lms.i18n import lazy as _l
from lms.web.forms import Form, at_most, in_words, required, tidy
from lms.web.pages import day

WHOSE = [("own", _l("My own harvest or make")), ("bought", _l("From a supplier"))]

# What is looked at, with its article: ticked one by one by whoever signs.
CHECKS = {
    "account": (_l("Account name, picture, title and cover are true and mislead nobody."), 29),
    "shown": (_l("The live page shows all the time who sells, with address and telephone number."), 26),
    "identity": (_l("I have seen the host's identity card today; the host is 16 or older."), 28),
    "papers": (_l("I have seen the papers of the goods and of who supplies them, and keep copies."), 27),
    "wording": (_l("I have read the whole script. Nothing in it is untrue, and the proofs are at hand."), 30),
    "room": (_l("Clothes, room, props and music are decent and lawful; nothing misleads."), 30),
    "price": (_l("The price card shows name, unit and price; where I compare, with what."), 32),
    "slips": (_l("Whoever says something wrong corrects it at once, aloud, and it is written down."), 31),
}


def line(label: Any, longest: int, wanted: bool = True) -> StringField:
    """A line of words."""
    return StringField(label, filters=[tidy], validators=[required() if wanted else Optional(), at_most(longest)])


def tick(name: str) -> BooleanField:
    """A box that has to be ticked."""
    return BooleanField(CHECKS[name][0], validators=[InputRequired(_l("Look at this too, then tick it."))])


class SheetForm(Form):
    """Who sells, whose goods, who speaks, at what price, and what happens when something is said wrong."""

    live_on = DateField(_l("Day of the live"), validators=[required()])
    account = line(_l("Platform and name of the account"), 60)
    seller = line(_l("Who sells (name on the licence, or your own)"), 60)
    seller_code = line(_l("Number of the licence, if there is one"), 40, wanted=False)
    seller_address = line(_l("Address where you do business"), 100)
    seller_contact = line(_l("Telephone number for buyers"), 40)
    whose = RadioField(_l("Whose goods are they?"), default="own")
    supplier = line(_l("Supplier's name"), 60, wanted=False)
    supplier_code = line(_l("Supplier's licence number"), 40, wanted=False)
    supplier_contact = line(_l("Supplier's address and telephone number"), 120, wanted=False)
    goods_papers = line(_l("Papers of the goods, with their numbers"), 200)
    host = line(_l("Who speaks"), 40)
    goods = line(_l("Name of the goods, with origin"), 60)
    unit = line(_l("Weight, number and grade in one parcel"), 60)
    price = line(_l("Price"), 30)
    compared = line(_l("If you compare: with which price, of which days"), 100, wanted=False)
    correction_by = line(_l("Who watches for slips and writes them down"), 40)
    correction = TextAreaField(_l("What is said then"), filters=[tidy], validators=[required(), at_most(200)])

    checked_account = tick("account")
    checked_shown = tick("shown")
    checked_identity = tick("identity")
    checked_papers = tick("papers")
    checked_wording = tick("wording")
    checked_room = tick("room")
    checked_price = tick("price")
    checked_slips = tick("slips")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.whose.choices = in_words(WHOSE)

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Goods that were bought have a supplier with name, licence and address."""
        holds = super().validate(*arguments, **options)
        if self.whose.data != "bought":
            return holds
        for field in (self.supplier, self.supplier_code, self.supplier_contact):
            if not field.data:
                field.errors = [*field.errors, _l("Write this down when the goods are bought (article 27).")]
                holds = False
        return holds

    def rows(self, answers: dict[str, str]) -> list[tuple[str, str]]:
        """Questions and answers in words, in the order of the form; kept answers have lost theirs."""
        whose = {value: str(words) for value, words in WHOSE}
        told = day(date.fromisoformat(answers["live_on"])) if answers.get("live_on") else ""
        shown = {**answers, "whose": whose.get(answers.get("whose", ""), ""), "live_on": told}
        return [(str(field.label.text), shown[field.name]) for field in self if shown.get(field.name)]

    @property
    def ticks(self) -> list[Any]:
        """The boxes, in order."""
        return [self[f"checked_{name}"] for name in CHECKS]

    @property
    def answers(self) -> dict[str, str]:
        """What was written, as plain texts, without the boxes."""
        return {
            field.name: field.data.isoformat() if field.name == "live_on" else field.data or ""
            for field in self
            if not isinstance(field, BooleanField)
        }
