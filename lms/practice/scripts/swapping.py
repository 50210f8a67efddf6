"""Putting a lawful way to say it in the place of the words that were found, for pages without script.

A rewrite adds no fact of its own: its blanks are filled in by the seller, who confirms that they are true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.errors import Refused
from lms.i18n import _
from lms.practice.scripts.looking import Checked, Numbered, filled
from lms.web.forms import tidy

LONGEST_FACT = 20


@dataclass(frozen=True)
class Wanted:
    """Which way to say which finding, as a button names it: `<number>.<rewrite>.<words>`."""

    number: int
    rewrite: int
    words: str

    @classmethod
    def read(cls, value: str) -> Wanted:
        """Read a button's value, or raise Refused."""
        number, _dot, rest = value.partition(".")
        rewrite, _dot, words = rest.partition(".")
        if not (number.isdecimal() and rewrite.isdecimal()):
            raise Refused(_("This could not be read. Open the page again and send once more."))
        return cls(int(number), int(rewrite), words)


def swapped(checked: Checked, wanted: Wanted, form: Mapping[str, str]) -> str:
    """The text with the rewrite in place. Raises Refused where the words are gone, a blank is empty, or the facts were
    not confirmed."""
    one = the_finding(checked, wanted)
    rewrite = one.rewrites[wanted.rewrite]
    named = f"{wanted.number}-{wanted.rewrite}"
    facts = [tidy(form.get(f"blank-{named}-{place}"))[:LONGEST_FACT] for place in range(rewrite.blanks)]
    if not all(facts):
        raise Refused(_("Fill in every gap of “%(words)s” first.", words=rewrite.words))
    if facts and form.get(f"true-{named}") != "yes":
        raise Refused(_("Tick that it is true first. What is not true must not be said."))
    return checked.text[: one.finding.start] + filled(rewrite, facts) + checked.text[one.finding.end :]


def the_finding(checked: Checked, wanted: Wanted) -> Numbered:
    """The finding that a button means; the text may have changed since it was drawn."""
    same = [one for one in checked.findings if one.finding.words == wanted.words]
    exactly = [one for one in same if one.number == wanted.number]
    found = (exactly or same)[:1]
    if not found or wanted.rewrite >= len(found[0].rewrites):
        raise Refused(_("These words are no longer in the text. Look once more."))
    return found[0]
