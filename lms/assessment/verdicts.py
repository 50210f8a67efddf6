"""What the answers to a question say of it, in words: the verdict first, then what to do."""

from __future__ import annotations

from typing import Any

from lms.assessment.items import EASY, FEW, FEWEST_TO_JUDGE, GOOD, HARD, KEY, WEAK, Item
from lms.i18n import _, ngettext
from lms.i18n import lazy as _l

# Verdict → its words, and the kind and icon of its tag.
VERDICTS = {
    KEY: (_l("Is the key right?"), "err", "alert"),
    HARD: (_l("Too hard"), "warn", "alert"),
    WEAK: (_l("Tells little"), "warn", "question"),
    EASY: (_l("Too easy"), "", "info"),
    GOOD: (_l("Good"), "ok", "check"),
    FEW: (_l("Too few answers yet"), "", "timer"),
}
PARTS = {"check": _l("Question in the text"), "quiz": _l("Quiz"), "exam": _l("Exam")}


def sentence(item: Item, words: str) -> str:
    """What it means. `words`: the wrong answer that speaks most against the key."""
    right = {"right": item.right, "all": item.people}
    if item.verdict == KEY and item.compares:
        return _("Many of the best learners choose “%(answer)s”: is the key right?", answer=words)
    said = {
        KEY: lambda: _("More people choose “%(answer)s” than what is called right: is the key right?", answer=words),
        HARD: lambda: _("Only %(right)d of %(all)d were right at the first go. Explain it better, or ask more simply.",
                        **right),
        WEAK: lambda: _("Who knows the rest well is hardly more often right here. Can it be read in two ways?"),
        EASY: lambda: _("Nearly everybody is right at the first go. Ask something that makes them think."),
        GOOD: lambda: good(item, right),
        FEW: lambda: few(item),
    }  # fmt: skip
    return said[item.verdict]()


def good(item: Item, right: dict[str, int]) -> str:
    """What is good about it."""
    if item.compares:
        return _("It tells who knows from who guesses; %(right)d of %(all)d were right at the first go.", **right)
    return _("%(right)d of %(all)d were right at the first go.", **right)


def few(item: Item) -> str:
    """How many there are, and how many it takes."""
    if not item.people:
        return _("Nobody in your classes has answered it yet.")
    answered = ngettext("%(num)d person has answered.", "%(num)d people have answered.", item.people)
    return f"{answered} {_('From %(number)d on we say what it means.', number=FEWEST_TO_JUDGE)}"


def figures(item: Item) -> list[Any]:
    """The numbers of a question for a file; nothing but how many people where they are fewer than five."""
    difficulty, index = item.difficulty, item.discrimination
    return [
        item.people,
        None if difficulty is None else round(100 * difficulty),
        None if index is None else round(index, 2),
    ]
