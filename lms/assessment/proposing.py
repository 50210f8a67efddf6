"""What somebody says is right of a question, as a `Regrade` keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lms.catalogue import answers, placing
from lms.catalogue.parsed import CHOSEN, TYPED, Option, Question
from lms.catalogue.problems import Problem
from lms.errors import Refused
from lms.i18n import _
from lms.learning import keys

LONGEST = 100


def of_options(question: Question, chosen: Iterable[int]) -> list[Any]:
    """The options that are right, instead of those that were. Raises Refused where none is chosen."""
    right = sorted({place for place in chosen if 0 <= place < len(question.options)})
    if not right:
        raise Refused(_("Choose what is right."))
    return right


def of_placing(question: Question, chosen: list[int], before: list[Any] | None) -> list[Any]:
    """One more order, or one more way to pair, that is right too. `before`: what a regrade said already. Raises Refused
    for one that is not whole, or right already."""
    if not chosen or not answers.positions_fit(question, chosen):
        raise Refused(_("Give each its own place: two have the same, or one has none."))
    if answers.is_right(keys.with_key(question, before or []), {"chosen": chosen}):
        raise Refused(_("That is right already. Put it as it should count too."))
    return [*(before or []), chosen]


def of_words(question: Question, text: str, before: list[Any] | None) -> list[Any]:
    """One more answer to type that is right too, as an author writes it. Raises Refused for one that cannot be read."""
    problems: list[Problem] = []
    option = placing.option("", question.kind, 0, Option(text, True), problems.append)
    if problems or not text:
        raise Refused(refusal(question))
    if question.kind == "number" and option.amount and option.amount.unit not in (question.units or ("",)):
        raise Refused(_("Write it in a unit that the question offers: %(units)s.", units=_(", ").join(question.units)))
    if text in (before or []):
        raise Refused(_("That is right already. Put it as it should count too."))
    return [*(before or []), text]


def refusal(question: Question) -> str:
    """What to do with an answer that cannot be read."""
    if question.kind == "number":
        return _("Write a number and its unit, such as 32 元 or 2.5 ± 0.1 米.")
    return _("Write the answer that is right too; several ways to write it with / between them.")


def told(question: Question, right: list[Any]) -> list[str]:
    """A key in words."""
    if question.kind in CHOSEN:
        return [answers.named(question.options[place]) for place in right if place < len(question.options)]
    if question.kind in TYPED:
        return [str(way) for way in right]
    return [" · ".join(answers.in_words(question, {"chosen": placed})) for placed in right]
