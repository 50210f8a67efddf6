"""A trainer's quick phrases: written by themselves, or learned from what they say again."""

from __future__ import annotations

import re
from collections.abc import Collection

from lms.accounts.models import Person
from lms.assessment.models import Judgement, Phrase
from lms.db import database, found, insert_once
from lms.errors import Refused
from lms.i18n import _

MOST_OWN_SHOWN = 6
# As many as there are keys from 1 on.
MOST_SHOWN = 9
MOST_KEPT = 40
SHORTEST, LONGEST = 3, 40
# A sentence that was said in so many of the last judgements becomes a phrase.
SAID_BEFORE = 2
LOOKED_BACK = 20
SENTENCE = re.compile(r"[^。！？!?；;.\n]+[。！？!?；;.]?")


def of(person: Person) -> list[Phrase]:
    """All of them, the most used first."""
    return list(Phrase.select().where(Phrase.person == person).order_by(Phrase.used.desc(), Phrase.id))


def shown(person: Person, kinds: Collection[str]) -> list[str]:
    """What the rubric page offers for a work of pieces of these kinds: one's own first, then ours."""
    own = [phrase.words for phrase in of(person)[:MOST_OWN_SHOWN]]
    return [*own, *(one for one in starters(kinds) if one not in own)][:MOST_SHOWN]


def starters(kinds: Collection[str]) -> list[str]:
    """Phrases to begin with, for what can be seen, heard or read."""
    if {"photo", "video"} & set(kinds):
        moving = [_("Turn your back to the wind."), _("Hold each shot for 3 seconds.")] if "video" in kinds else []
        return [_("The light is much better."), _("Come a little closer."), *moving]
    if "audio" in kinds:
        return [_("Clear and friendly."), _("Speak a little slower."), _("Turn your back to the wind.")]
    return [_("Short and clear, well done."), _("Say the weight and the price."), _("Leave out what you cannot prove."),
            _("Begin with what makes people stay.")]  # fmt: skip


def add(person: Person, words: str) -> None:
    """A phrase of one's own; twice is harmless. Raises Refused for an empty or long one, or one too many."""
    words = tidy(words)
    if Phrase.select().where(Phrase.person == person).count() >= MOST_KEPT:
        raise Refused(_("You have %(most)d quick phrases. Delete one first.", most=MOST_KEPT))
    insert_once(lambda: Phrase.create(person=person, words=words))


def change(person: Person, number: int, words: str) -> None:
    """Other words for one's own; what another one says already is one phrase then. Raises Refused as `add` does,
    NotFound for what is not there."""
    phrase, words = found(Phrase.select().where(Phrase.person == person, Phrase.id == number)), tidy(words)
    with database.atomic():
        Phrase.delete().where(Phrase.person == person, Phrase.words == words, Phrase.id != number).execute()
        Phrase.update(words=words).where(Phrase.id == phrase.id).execute()


def tidy(words: str) -> str:
    """The words without needless spaces. Raises Refused for none, or too many."""
    words = " ".join(words.split())
    if not words:
        raise Refused(_("Write the phrase first."))
    if len(words) > LONGEST:
        told = _("That is %(number)d characters; a quick phrase has up to %(most)d.", number=len(words), most=LONGEST)
        raise Refused(told)
    return words


def remove(person: Person, number: int) -> None:
    """Delete one's own; twice is harmless."""
    Phrase.delete().where((Phrase.person == person) & (Phrase.id == number)).execute()


def learn(person: Person, words: str) -> None:
    """Count the phrases that were used, and keep a sentence that this judge says again and again."""
    said = sentences(words)
    for phrase in of(person):
        if phrase.words.strip("。.!！") in words:
            Phrase.update(used=Phrase.used + 1).where(Phrase.id == phrase.id).execute()
    known = {phrase.words for phrase in of(person)}
    recent = [row.words for row in
              Judgement.select(Judgement.words).where(Judgement.judge == person)
              .order_by(Judgement.id.desc()).limit(LOOKED_BACK)]  # fmt: skip
    for sentence in said - known:
        if len(known) < MOST_KEPT and sum(sentence in sentences(before) for before in recent) > SAID_BEFORE:
            insert_once(lambda sentence=sentence: Phrase.create(person=person, words=sentence, used=SAID_BEFORE))


def sentences(words: str) -> set[str]:
    """The sentences of some words that are short enough for a phrase."""
    found = {one.strip() for one in SENTENCE.findall(words)}
    return {one for one in found if SHORTEST <= len(one) <= LONGEST}
