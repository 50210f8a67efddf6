"""Reporting real lives, and what is known of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

import peewee

from lms import audit
from lms.accounts import ages
from lms.accounts.models import Person
from lms.db import Prepared, insert_once, lock
from lms.errors import Conflict
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.learning import tallies
from lms.outcomes.models import LiveReport
from lms.programmes.models import Membership

PLATFORMS = {
    "douyin": _l("Douyin"),
    "kuaishou": _l("Kuaishou"),
    "taobao": _l("Taobao Live"),
    "channels": _l("WeChat Channels"),
    "pinduoduo": _l("Pinduoduo"),
    "other": _l("Another one"),
}


@dataclass(frozen=True)
class Told:
    """What a host tells of a live. `minutes` it lasted."""

    client_id: str
    went_on: date
    platform: str
    minutes: int


def new_id() -> str:
    """An id for a form, so that sending twice reports once."""
    return secrets.token_urlsafe(16)


def report(person: Person, told: Told, *, now: datetime) -> LiveReport:
    """Keep a report; the same id again changes nothing. The first one moves the tally `live` of each membership.

    Raises Refused for whoever is too young to go live (`ages`), Conflict when the id was used for another live.
    """
    ages.refuse_live(person)
    with tallies.transaction():
        made = insert_once(
            lambda: LiveReport.create(
                person=person,
                client_id=told.client_id,
                went_on=told.went_on,
                platform=told.platform,
                minutes=told.minutes,
                reported_at=now,
            )
        )
        if made is None:
            return same(LiveReport.get(LiveReport.person == person, LiveReport.client_id == told.client_id), told)
        audit.record("live.reported", made, by=person.id, person=person.id, now=now)
        for membership in Membership.select().where(Membership.person == person).order_by(Membership.id):
            own = lock(membership)  # two first reports at once are one first live
            note_first(own, first_day(own))
    return made


def same(known: LiveReport, told: Told) -> LiveReport:
    """The report that is known, if it tells the same."""
    if (known.went_on, known.platform, known.minutes) != (told.went_on, told.platform, told.minutes):
        raise Conflict(_("This live is noted already. Open the page again to tell of another one."))
    return known


def note_first(membership: Membership, day: date | None) -> None:
    """Keep the day of the member's first live since joining; the tally moves when there was none."""
    if day is None or membership.first_live_on == day:
        return
    if membership.first_live_on is None:
        tallies.move(membership, {"live": 1})
    membership.first_live_on = day
    membership.save()


def first_day(membership: Membership) -> date | None:
    """The day of a person's first live not before the membership began, or None. Earlier ones are not the class's
    doing, nor is what was told before it."""
    since = membership.joined_at
    of_class = (LiveReport.went_on >= since.date()) & (LiveReport.reported_at >= since)
    lives = LiveReport.select().where((LiveReport.person == membership.person_id) & of_class)
    first = lives.order_by(LiveReport.went_on).first()
    return first.went_on if first else None


def counts(one: LiveReport) -> bool:
    """Whether a report counts in the figures of any class: told since joining it, of a live since that day."""
    since = Membership.select(Membership.joined_at).where(Membership.person == one.person_id).tuples()
    return any(joined.date() <= one.went_on and joined <= one.reported_at for (joined,) in since)


def first_lives() -> dict[int, date]:
    """Membership id → day of the first live, counted from the reports: the truth that `recount` compares with."""
    rows = (
        Membership.select(Membership.id, peewee.fn.MIN(LiveReport.went_on).alias("day"))
        .join(LiveReport, on=(LiveReport.person == Membership.person))
        .where(
            (LiveReport.went_on >= peewee.fn.DATE(Membership.joined_at))
            & (LiveReport.reported_at >= Membership.joined_at)
        )
        .group_by(Membership.id)
        .tuples()
    )
    return {member: day if isinstance(day, date) else date.fromisoformat(day) for member, day in rows}


def of(person: Person) -> list[LiveReport]:
    """A person's reports, newest first."""
    return list(LiveReport.select().where(LiveReport.person == person).order_by(LiveReport.went_on.desc()))


def any_of(person: Person) -> bool:
    """Whether the person has reported a live."""
    return FIRST.first(person.id) is not None


FIRST = Prepared(lambda person_id: LiveReport.select(LiveReport.id).where(LiveReport.person == person_id).limit(1), -1)
