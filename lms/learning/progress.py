"""Recording what a trainee did, exactly once, and what follows from it at once: steps done, started, completed.

Promise 1 (progress cannot lie): an event's id is made on the phone and unique per person. The same event again changes
nothing; the same id with other content is refused. Everything here happens in one transaction, under a lock on the one
enrolment, so that a person's answers come one after the other and nobody else's wait. Where PostgreSQL sends the
transaction away all the same, it is done again.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lms.accounts.models import Person
from lms.db import again, insert_once, lock
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.learning import completion, judging, tallies
from lms.learning.models import ActiveWeek, Enrolment, Event, StepDone
from lms.programmes.models import Membership

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
CLOCK_SKEW = timedelta(minutes=5)
LONGEST_AWAY = timedelta(days=60)
# Events that follow from a judgement begin so; no phone may use such an id up.
OF_JUDGES = "judged-"


@dataclass(frozen=True)
class Deed:
    """What a phone says was done. `body` as in `Event.body`; `version_id`: the version whose page asked, 0 where the
    phone does not say. It is no part of the content: the same answer sent again from a newer page is the same."""

    client_id: str
    lesson_key: str
    step_key: str
    kind: str
    body: dict[str, Any]
    happened_at: datetime | None = None
    version_id: int = 0

    def digest(self) -> str:
        """A fingerprint of the content, to tell a resend from something else under the same id."""
        content = [self.lesson_key, self.step_key, self.kind, self.body]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Recorded:
    """The stored event, whether it was new, and whether its step is done now."""

    event: Event
    new: bool
    step_done: bool


def record(enrolment: Enrolment, deed: Deed, *, now: datetime, zone: ZoneInfo) -> Recorded:
    """Store a deed and what follows from it.

    Raises Conflict when the id was used with other content, Refused when the deed does not fit the lesson.
    """
    if not CLIENT_ID.fullmatch(deed.client_id) or deed.client_id.startswith(OF_JUDGES):
        raise Refused(_("This answer came without its number. Open the page again and send once more."))
    return again(lambda: record_once(enrolment, deed, now=now, zone=zone))


def record_once(enrolment: Enrolment, deed: Deed, *, now: datetime, zone: ZoneInfo) -> Recorded:
    """Store a deed and what follows from it, in one transaction."""
    with tallies.transaction():
        enrolment = lock(enrolment)
        known = stored(enrolment.person, deed)
        if known:
            return Recorded(known, new=False, step_done=is_done(enrolment, known.step_key))
        verdict = judging.judge(enrolment, deed)
        event = insert_once(lambda: keep(enrolment, deed, verdict.right, now))
        if event is None:  # the same id a moment ago, for another of this person's enrolments
            return Recorded(stored(enrolment.person, deed), new=False, step_done=False)
        if verdict.done:
            step_done(enrolment, event, now)
        seen(enrolment, event, now=now, zone=zone)
    return Recorded(event, new=True, step_done=is_done(enrolment, deed.step_key))


def task_passed(enrolment: Enrolment, step_key: str, event_id: str, body: dict[str, Any], *, now: datetime) -> Recorded:
    """Store that a work at a step passed, and what follows from it; twice is harmless. The server alone calls this, in
    the transaction that settles the judgement. It is no activity of the trainee's, so it makes no active week."""
    deed = Deed(event_id, step_key.partition("/")[0], step_key, "task", body)
    with tallies.transaction():
        enrolment = lock(enrolment)
        known = stored(enrolment.person, deed)
        event = known or keep(enrolment, deed, True, now)
        if not known:
            step_done(enrolment, event, now)
    return Recorded(event, new=not known, step_done=is_done(enrolment, step_key))


def stored(person: Person, deed: Deed) -> Event | None:
    """The event that this deed made before, or None. Conflict when its id stands for something else."""
    event = Event.get_or_none((Event.person == person) & (Event.client_id == deed.client_id))
    if event and event.digest != deed.digest():
        raise Conflict(_("This number already stands for another answer. Open the page again and answer once more."))
    return event


def keep(enrolment: Enrolment, deed: Deed, right: bool | None, now: datetime) -> Event:
    """The event's row. A phone's clock is believed only within reason: never the future, never long before
    enrolment."""
    happened = deed.happened_at or now
    if happened > now + CLOCK_SKEW or happened < now - LONGEST_AWAY:
        happened = now
    return Event.create(
        person=enrolment.person_id,
        client_id=deed.client_id,
        digest=deed.digest(),
        enrolment=enrolment,
        version=enrolment.version_id,
        lesson_key=deed.lesson_key,
        step_key=deed.step_key,
        kind=deed.kind,
        body=deed.body,
        right=right,
        happened_at=min(happened, now),
        stored_at=now,
    )


def step_done(enrolment: Enrolment, event: Event, now: datetime) -> None:
    """Note that a step is done, once, and let the enrolment's state follow."""
    done = insert_once(
        lambda: StepDone.create(enrolment=enrolment, step_key=event.step_key, event=event, done_at=event.happened_at)
    )
    if done:
        completion.follow(enrolment, now=now)


def is_done(enrolment: Enrolment, step_key: str) -> bool:
    """Whether the enrolment has this step."""
    return StepDone.select().where((StepDone.enrolment == enrolment) & (StepDone.step_key == step_key)).exists()


def seen(enrolment: Enrolment, event: Event, *, now: datetime, zone: ZoneInfo) -> None:
    """Note when the member was last active, and the week once. `now`, not the phone's clock, says which week."""
    Membership.update(seen_at=now).where(Membership.id == enrolment.membership_id).execute()
    monday = week_of(event.stored_at, zone)
    active = insert_once(lambda: ActiveWeek.create(membership=enrolment.membership_id, monday=monday))
    if active:
        tallies.move(enrolment.membership, {f"active:{monday}": 1})


def week_of(moment: datetime, zone: ZoneInfo) -> date:
    """The Monday of the moment's week in the installation's zone."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
