"""Who may go live, by age: one rule for reporting lives, for the rehearsal room and for live tasks.

From 18 on; at 16 and 17 once a guardian has agreed; before that not at all (网络直播营销管理办法（试行）, article 17).
Learning is open from 14 on (`notice.py`).
"""

from __future__ import annotations

from datetime import datetime

from lms.accounts import notice
from lms.accounts.models import RELATIONS, Consent, Person
from lms.errors import Refused
from lms.i18n import _

YES, WITH_GUARDIAN, NO = "yes", "with_guardian", "no"
NEEDS_GUARDIAN = "16-17"


def may_go_live(person: Person) -> str:
    """YES, WITH_GUARDIAN (as soon as a guardian agrees) or NO. A colleague's age is not asked: they are grown up."""
    if person.age_band == NEEDS_GUARDIAN:
        return YES if guardian_of(person) else WITH_GUARDIAN
    grown_up = person.age_band == "18+" or not (person.age_band or person.is_invited)
    return YES if grown_up else NO


def refuse_live(person: Person) -> None:
    """Raise Refused, with what to do, for whoever may not go live."""
    may = may_go_live(person)
    if may == NO:
        raise Refused(_("Going live is from 16 on. Until then, learn everything else."))
    if may == WITH_GUARDIAN:
        raise Refused(_("At 16 and 17 a guardian must agree first."))


def guardian_of(person: Person) -> Consent | None:
    """The consent of the person's guardian, if it stands."""
    return notice.standing(person, notice.GUARDIAN).order_by(Consent.id.desc()).first()


def guardian_agrees(person: Person, guardian: str, relation: str, *, by: int, now: datetime) -> None:
    """Note that a guardian, by name and relation (a key of RELATIONS), agrees that the person goes live. `by`: who
    noted it, the person with the guardian beside them or a trainer with the signed paper.

    Raises Refused at any age but 16 and 17.
    """
    if person.age_band != NEEDS_GUARDIAN:
        raise Refused(_("A guardian's consent is for people of 16 and 17."))
    if relation not in RELATIONS:
        raise ValueError(f"no relation {relation!r}")
    notice.give(person, notice.GUARDIAN, now=now, by=by, given_by=guardian, relation=relation)


def guardian_withdraws(person: Person, *, by: int, now: datetime) -> None:
    """Note that the guardian no longer agrees; harmless where none did."""
    notice.take_back(person, notice.GUARDIAN, now=now, by=by)
