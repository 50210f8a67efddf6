"""Moving enrolments from one membership to another, and making one of two, so that events, steps and counts stay true.

Rows change inside `counting`, which moves the tallies by what the rows say before and after. What follows from events
is then counted again by `lms.learning.recount`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import peewee

from lms.db import in_chunks, lock_all
from lms.learning import completion, quizzes, recount, tallies
from lms.learning.models import ActiveWeek, Enrolment, Event, Place, StepDone
from lms.learning.progress import week_of
from lms.outcomes import lives
from lms.programmes.models import Membership
from lms.submissions import mine as works


@contextmanager
def counting(*memberships: Membership) -> Iterator[None]:
    """Let the tallies follow what the block does to these memberships and their enrolments, in one transaction."""
    ids = [membership.id for membership in memberships]
    with tallies.transaction():
        hold(ids)
        before = counted(ids)
        yield
        after = counted(ids)
        after.subtract(before)
        tallies.add(after)


def hold(membership_ids: list[int]) -> None:
    """Let no answer come in between: an answer holds its enrolment first and then the membership, and so do we."""
    of = {Enrolment: Enrolment.membership, Membership: Membership.id}
    for table, column in of.items():
        lock_all(table.select(table.id).where(column.in_(membership_ids)))


def counted(membership_ids: Iterable[int]) -> Counter[tallies.Key]:
    """What these memberships and their enrolments add to the tallies."""
    ids = list(membership_ids)
    counts: Counter[tallies.Key] = Counter()
    with_courses = set()
    for enrolment in Enrolment.select().where(Enrolment.membership.in_(ids)):
        with_courses.add(enrolment.membership_id)
        recount.note(counts, enrolment, {"enrolled": True, **recount.states(enrolment)})
    weeks: dict[int, list[str]] = defaultdict(list)
    for week in ActiveWeek.select().where(ActiveWeek.membership.in_(ids)):
        weeks[week.membership_id].append(f"active:{week.monday}")
    for member in Membership.select().where(Membership.id.in_(ids)):
        measures = {"enrolled": member.id in with_courses, "live": member.first_live_on, **recount.states(member)}
        recount.note(counts, member, measures | dict.fromkeys(weeks[member.id], True))
    return counts


def move(enrolment: Enrolment, to: Membership) -> None:
    """Hang an enrolment, with all that was learnt in it, on another membership. Version, area and group stay those of
    the day of enrolment."""
    if enrolment.person_id != to.person_id:
        hand_over_events(enrolment, to.person_id)
    enrolment.membership, enrolment.person, enrolment.cohort = to.id, to.person_id, to.cohort_id
    enrolment.left_at = to.left_at
    enrolment.save()


def hand_over_events(enrolment: Enrolment, person_id: int) -> None:
    """Give an enrolment's events to another person. An id of a phone that this person has used too is made new."""
    theirs = Event.alias()
    used = theirs.select(theirs.client_id).where(theirs.person == person_id)
    for event in Event.select().where((Event.enrolment == enrolment) & Event.client_id.in_(used)):
        event.client_id = f"merged-{event.id}"
        event.save()
    Event.update(person=person_id).where(Event.enrolment == enrolment).execute()
    works.hand_over(enrolment, person_id)


def combine(own: Enrolment, other: Enrolment) -> Enrolment:
    """One enrolment of two in the same course, on the membership of `own`. The one that got further keeps its version,
    its quizzes and its certificate, and takes in the other. At most one of them has had a certificate: the caller made
    sure. Call `recount.repair` on the result when the tallies have followed."""
    membership = own.membership
    kept, other = sorted([own, other], key=how_far, reverse=True)
    take_in(kept, other)
    if kept.membership_id != membership.id:
        move(kept, membership)
    return kept


def how_far(enrolment: Enrolment) -> tuple[bool, bool, int]:
    """How far an enrolment got, for comparing: certificate, completed, steps done."""
    return enrolment.certificates.exists(), enrolment.completed_at is not None, enrolment.steps_done.count()


def take_in(kept: Enrolment, other: Enrolment) -> None:
    """Put what was done in `other` into `kept`, and remove `other`."""
    hand_over_events(other, kept.person_id)
    after_the_last_attempt(kept, other)
    StepDone.delete().where(StepDone.enrolment == other).execute()
    Event.update(enrolment=kept).where(Event.enrolment == other).execute()
    works.unite(kept, other)
    Place.delete().where(Place.enrolment == other).execute()
    kept.enrolled_at = min(kept.enrolled_at, other.enrolled_at)
    kept.started_at = earliest([kept.started_at, other.started_at])
    kept.save()
    other.delete_instance()


def after_the_last_attempt(kept: Enrolment, other: Enrolment) -> None:
    """Number the other's goes at a quiz after those of `kept`, so that no two goes are taken for one; each keeps the
    questions that were drawn for it."""
    quiz = Event.kind == "quiz"
    last: Counter[str] = Counter()
    for event in Event.select().where((Event.enrolment == kept) & quiz):
        last[event.step_key] = max(last[event.step_key], event.body["attempt"])
    for event in Event.select().where((Event.enrolment == other) & quiz):
        number = event.body["attempt"]
        drawn_for = {quizzes.DRAWN_FOR: quizzes.seed(other.id, event.step_key, number)}
        event.body = {**drawn_for, **event.body, "attempt": number + last[event.step_key]}
        event.save()


def settle(membership: Membership, *, zone: ZoneInfo, now: datetime) -> None:
    """Bring a membership's own states, first live and active weeks to what its enrolments and reports say now."""
    courses = list(Enrolment.select().where(Enrolment.membership == membership))
    membership.started_at = earliest(course.started_at for course in courses)
    for state, column in (("completed_at", Enrolment.completed_at), ("certified_at", Enrolment.certified_at)):
        if courses and getattr(membership, state) is None and completion.programme_holds(courses[0], column):
            setattr(membership, state, now)
    membership.first_live_on = lives.first_day(membership)
    membership.save()
    rebuild_weeks(membership, zone)


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of these moments, if there is any."""
    return min((moment for moment in moments if moment), default=None)


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    """The last of these moments, if there is any."""
    return max((moment for moment in moments if moment), default=None)


def rebuild_weeks(membership: Membership, zone: ZoneInfo) -> None:
    """The weeks in which something of this membership's enrolments was stored."""
    stored = (
        Event.select(Event.stored_at).join(Enrolment).where(Enrolment.membership == membership, Event.kind != "task")
    )
    mondays = sorted({week_of(event.stored_at, zone) for event in stored})
    ActiveWeek.delete().where(ActiveWeek.membership == membership).execute()
    for chunk in in_chunks([(membership.id, monday) for monday in mondays]):
        ActiveWeek.insert_many(chunk, fields=[ActiveWeek.membership, ActiveWeek.monday]).execute()


def enrolments_of(membership: Membership) -> peewee.ModelSelect:
    """The membership's enrolments."""
    return Enrolment.select().where(Enrolment.membership == membership).order_by(Enrolment.id)
