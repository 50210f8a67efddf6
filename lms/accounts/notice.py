"""The privacy notice, and what people agree to. Plain, short, read aloud; each purpose has a consent of its own.

Told and agreed to: PIPL articles 14 to 17; sensitive facts with a consent of their own: article 29; under 14: article
31; seeing, correcting, deleting: articles 44 to 47. Hosts under 16, and guardians: 网络直播营销管理办法, article 17.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import peewee

from lms import audit
from lms.accounts import sessions
from lms.accounts.models import AGE_BANDS, GROUPS, Consent, Person
from lms.db import database
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l

# Changes with every change of the text below, and then everybody is asked again.
VERSION = "2026-11"
NOTICE, GROUP, GUARDIAN = "notice", "group", "guardian"
UNDER_14 = "under-14"
AGE_CHOICES = {UNDER_14: _l("Under 14"), **AGE_BANDS}

# Filled in the factory: what waits for somebody's consent to begin. Called inside the transaction.
when_accepted: list[Callable[[Person, datetime], None]] = []
# Filled in the factory: what keeps a copy of the group. Called inside the transaction.
when_group_changed: list[Callable[[Person, datetime], None]] = []


class TooYoung(Refused):
    """Under 14: nothing may be kept of them here."""

    def __init__(self) -> None:
        super().__init__(
            _("You can learn here from 14 on. The open lessons are there for you now: read them with your family.")
        )


@dataclass(frozen=True)
class Part:
    """A heading and its sentences, each of which can be read aloud by itself."""

    title: str
    sentences: list[str]


def text(issuer: str, help_name: str, help_phone: str) -> list[Part]:
    """The notice in the reader's language. `issuer`: who answers for the data."""
    responsible = issuer or _("The office that runs this site")
    return [
        Part(_("What we keep"), kept(responsible)),
        Part(_("Your certificate"), certificate()),
        Part(_("How long"), how_long()),
        Part(_("Your say"), rights(help_name, help_phone)),
    ]


def kept(responsible: str) -> list[str]:
    """Who keeps what, and why."""
    return [
        _("%(issuer)s answers for your data.", issuer=responsible),
        _("We keep your name, phone number, area and age band: to sign you in and to write your certificate."),
        _("We keep what you read and answer, so that you and your trainer see how far you are."),
        _("Your trainer and the managers of your area see it, to help you and to count. Nobody else does."),
        _("We sell nothing, show no adverts, and use no foreign servers."),
    ]


def certificate() -> list[str]:
    """What the check page shows."""
    return [
        _("Whoever has your certificate's number can check it, and sees what is printed on it."),
        _("That is your name, the course, the hours, the dates and the issuer. Never your phone number."),
    ]


def how_long() -> list[str]:
    """How long it is kept."""
    return [
        _("Your account stays until you delete it."),
        _("Certificates stay after that, because others must be able to check them."),
    ]


def rights(help_name: str, help_phone: str) -> list[str]:
    """What people may ask for, and whom."""
    sentences = [
        _("Under Me you can see your data, download it and delete it. Your trainer corrects a wrong name."),
        _("You can take your consent back there at any time."),
        _("Without your consent you cannot sign in. The open lessons stay open to you."),
    ]
    if help_name and help_phone:
        sentences.append(_("Questions? Call %(name)s: %(phone)s.", name=help_name, phone=help_phone))
    return sentences


def accept(person: Person, age_band: str, *, now: datetime) -> None:
    """The person agrees to the notice. `age_band`: one of AGE_BANDS, or empty for a colleague, who is not asked.

    Raises TooYoung for a child, of whom the caller keeps nothing.
    """
    refuse_child(age_band)
    with database.atomic():
        person.age_band, person.notice_accepted_at = age_band, now
        person.save()
        give(person, NOTICE, now=now)
        for hook in when_accepted:
            hook(person, now)


def refuse_child(age_band: str) -> None:
    """Raise TooYoung for a child; any other word that is not offered is a mistake of ours."""
    if age_band == UNDER_14:
        raise TooYoung
    if age_band and age_band not in AGE_BANDS:
        raise ValueError(f"no age band {age_band!r}")


def withdraw(person: Person, *, now: datetime) -> None:
    """The person takes the consent back: signed out everywhere, and asked again before anything else opens."""
    with database.atomic():
        person.notice_accepted_at = None
        person.save()
        take_back(person, NOTICE, now=now)
        sessions.end_all(person, by=person.id, now=now)


def say_group(person: Person, group: str, *, now: datetime) -> None:
    """The person says which group they belong to, and agrees that it is kept (PIPL article 29)."""
    if group not in GROUPS:
        raise ValueError(f"no group {group!r}")
    with database.atomic():
        person.group = group
        person.save()
        give(person, GROUP, now=now)
        for hook in when_group_changed:
            hook(person, now)


def withdraw_group(person: Person, *, now: datetime) -> None:
    """The person takes that back: the group is gone, here and wherever it was copied to."""
    with database.atomic():
        person.group = ""
        person.save()
        take_back(person, GROUP, now=now)
        for hook in when_group_changed:
            hook(person, now)


def standing(person: Person, kind: str) -> peewee.ModelSelect:
    """The consents of this kind that have not been taken back."""
    return Consent.select().where((Consent.person == person) & (Consent.kind == kind) & Consent.withdrawn_at.is_null())


def give(
    person: Person, kind: str, *, now: datetime, by: int | None = None, given_by: str = "", relation: str = ""
) -> None:
    """Note a consent, in place of an earlier one of the kind, with the version of the text and the moment. `by`: who
    noted it, the person unless somebody did it for them; `given_by` and `relation`: a guardian's name and kinship."""
    actor = by or person.id
    with database.atomic():
        Consent.update(withdrawn_at=now).where(Consent.id.in_(standing(person, kind).select(Consent.id))).execute()
        consent = Consent.create(
            person=person,
            kind=kind,
            version=VERSION,
            given_at=now,
            given_by=given_by,
            relation=relation,
            noted_by=None if actor == person.id else actor,
        )
        audit.record("consent.given", consent, by=actor, person=person.id, detail={"kind": kind}, now=now)


def take_back(person: Person, kind: str, *, now: datetime, by: int | None = None) -> None:
    """Note that a consent was taken back; harmless where there is none."""
    for consent in standing(person, kind):
        consent.withdrawn_at = now
        consent.save()
        audit.record("consent.withdrawn", consent, by=by or person.id, person=person.id, detail={"kind": kind}, now=now)
