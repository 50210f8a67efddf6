"""Counting everything again from the events, and comparing with what is stored (promise 1).

What follows from events: steps done; started and completed of enrolments and memberships; active weeks; every tally.
`certified` follows from certificates and `live` from live reports, which belong to higher rooms: those rooms hand in
their truth (`certified_ids`, `first_lives`) through the lists below, filled in the factory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lms.audit import AuditEntry
from lms.catalogue import reading
from lms.catalogue.models import Course, CourseVersion
from lms.db import database, in_chunks, is_postgresql, lock, utc_now
from lms.learning import completion, keys, quizzes, tallies
from lms.learning.models import ActiveWeek, Enrolment, Event, StepDone, Tally
from lms.learning.progress import week_of
from lms.programmes.models import CohortCourse, Membership

# Filled in the factory: the ids of enrolments with a valid certificate, and the days of first reported lives by member.
certified_ids: list[Callable[[datetime], set[int]]] = []
first_lives: list[Callable[[], dict[int, date]]] = []


# What the trail writes when the required courses of a class change → whether the course was required before.
REQUIRED_BEFORE = {"cohort.course_added": False, "cohort.course_required": False, "cohort.course_optional": True}


@dataclass(frozen=True)
class Change:
    """A course of a class became required or ceased to be. `before`: whether it was."""

    at: datetime
    course: int
    before: bool


@dataclass(frozen=True)
class Difference:
    """One thing that is stored otherwise than it follows from the events."""

    what: str
    where: str
    stored: object
    counted: object


def differences(
    zone: ZoneInfo, progress: Callable[[int], object] = lambda n: None, *, now: datetime | None = None
) -> Iterator[Difference]:
    """Every difference in the installation as it is `now` (None: at this moment). `progress` is told the number of
    enrolments looked at."""
    weeks: set[tuple[int, date]] = set()
    for enrolment, events in enrolments_with_events():
        yield from compare_enrolment(enrolment, events)
        weeks |= {(enrolment.membership_id, week_of(event.stored_at, zone)) for event in events if event.kind != "task"}
        progress(1)
    yield from compare_weeks(weeks)
    yield from compare_certified(now or utc_now())
    yield from compare_memberships()
    yield from compare_tallies()


def enrolments_with_events() -> Iterator[tuple[Enrolment, list[Event]]]:
    """Every enrolment with its events in stored order, in chunks that fit in memory."""
    ids = [row.id for row in Enrolment.select(Enrolment.id).order_by(Enrolment.id)]
    for chunk in in_chunks(ids):
        events: dict[int, list[Event]] = defaultdict(list)
        for event in Event.select().where(Event.enrolment.in_(chunk)).order_by(Event.id):
            events[event.enrolment_id].append(event)
        for enrolment in Enrolment.select().where(Enrolment.id.in_(chunk)).order_by(Enrolment.id):
            yield enrolment, events[enrolment.id]


def steps_from(enrolment: Enrolment, events: Iterable[Event]) -> dict[str, Event]:
    """The steps that these events do, each with the event that did it first."""
    done: dict[str, Event] = {}
    answers: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind == "quiz":
            answers[event.step_key].append(event)
        if event.step_key not in done and does_step(enrolment.id, event, answers[event.step_key]):
            done[event.step_key] = event
    return done


def does_step(enrolment_id: int, event: Event, answers: list[Event]) -> bool:
    """Whether the step is done with this event. `answers`: those to its quiz so far, this one last.

    A quiz is folded by the version that judged this answer: a go begun before a change is finished under the new rules.
    """
    if event.kind in ("read", "try"):
        return True
    if event.kind in ("check", "task"):
        return keys.counts_right(event)
    quiz = reading.quiz(event.version_id, event.step_key)
    return quizzes.fold(enrolment_id, event.step_key, quiz, answers).passed


def compare_enrolment(enrolment: Enrolment, events: list[Event]) -> Iterator[Difference]:
    """Steps done, started and completed of one enrolment."""
    where = f"enrolment {enrolment.id}"
    counted = set(steps_from(enrolment, events))
    stored = {row.step_key for row in enrolment.steps_done}
    if counted != stored:
        yield Difference("steps done", where, sorted(stored), sorted(counted))
    if bool(enrolment.started_at) != bool(counted):
        yield Difference("started", where, bool(enrolment.started_at), bool(counted))
    complete = is_complete(enrolment.version_id, counted)
    if bool(enrolment.completed_at) != complete:
        yield Difference("completed", where, bool(enrolment.completed_at), complete)


def is_complete(version_id: int, done: set[str]) -> bool:
    """Whether these steps complete this version."""
    version = CourseVersion.get_by_id(version_id)
    return version.complete and {step.key for step in completion.required_steps(version)} <= done


def compare_weeks(counted: set[tuple[int, date]]) -> Iterator[Difference]:
    """Active weeks of memberships."""
    stored = {(row.membership_id, row.monday) for row in ActiveWeek.select()}
    for membership, monday in sorted(stored ^ counted):
        here = (membership, monday)
        yield Difference("active week", f"membership {membership}, {monday}", here in stored, here in counted)


def compare_certified(now: datetime) -> Iterator[Difference]:
    """Enrolments that hold a valid certificate."""
    stored = {row.id for row in Enrolment.select(Enrolment.id).where(Enrolment.certified_at.is_null(False))}
    counted = certified_now(now)
    for enrolment in sorted(stored ^ counted):
        yield Difference("certified", f"enrolment {enrolment}", enrolment in stored, enrolment in counted)


def certified_now(now: datetime) -> set[int]:
    """The enrolments that hold a certificate which counts."""
    return set().union(*(source(now) for source in certified_ids))


def compare_memberships() -> Iterator[Difference]:
    """Started, completed and certified of the programme, and the first live."""
    for member, column, value in wrong_in_memberships():
        stored = getattr(member, column)
        of_state = column.endswith("_at")
        what = column.rpartition("_")[0].replace("_", " ")
        shown = (bool(stored), bool(value)) if of_state else (stored, value)
        yield Difference(what, f"membership {member.id}", *shown)


def wrong_in_memberships() -> Iterator[tuple[Membership, str, Any]]:
    """Each column of a membership that is not what it should be, and what it should be."""
    lives = {member: day for source in first_lives for member, day in source().items()}
    required, changes = required_courses(), requirement_changes()
    by_member: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in Enrolment.select():
        by_member[enrolment.membership_id].append(enrolment)
    for member in Membership.select().order_by(Membership.id):
        courses = by_member[member.id]
        started = min((course.started_at for course in courses if course.started_at), default=None)
        if bool(member.started_at) != bool(started):
            yield member, "started_at", started
        for column in ("completed_at", "certified_at"):
            reached = {course.course_id: getattr(course, column) for course in courses if getattr(course, column)}
            moment = getattr(member, column)
            needed = required[member.cohort_id]
            then = required_then(needed, changes[member.cohort_id], moment) if moment else needed
            holds = any(courses and courses <= reached.keys() for courses in (needed, then))
            if bool(moment) != holds:
                yield member, column, max(reached[course] for course in needed) if holds else None
        if member.first_live_on != lives.get(member.id):
            yield member, "first_live_on", lives.get(member.id)


def required_courses() -> dict[int, set[int]]:
    """Cohort id → its required courses."""
    required: dict[int, set[int]] = defaultdict(set)
    for row in CohortCourse.select().where(CohortCourse.required):
        required[row.cohort_id].add(row.course_id)
    return required


def requirement_changes() -> dict[int, list[Change]]:
    """Cohort id → what changed in its required courses, the last first, as far as the trail tells."""
    ids = dict(Course.select(Course.slug, Course.id).tuples())
    changes: dict[int, list[Change]] = defaultdict(list)
    entries = AuditEntry.select().where(AuditEntry.action.in_(list(REQUIRED_BEFORE)))
    for entry in entries.order_by(AuditEntry.id.desc()):
        if entry.detail.get("course") in ids:
            change = Change(entry.at, ids[entry.detail["course"]], REQUIRED_BEFORE[entry.action])
            changes[int(entry.subject_id)].append(change)
    return changes


def required_then(required: set[int], changes: Iterable[Change], moment: datetime) -> set[int]:
    """The courses that were required at this moment, from those that are and what changed since (the last first). One
    that was added or made required later takes no state away."""
    then = set(required)
    for change in changes:
        if change.at > moment:
            (then.add if change.before else then.discard)(change.course)
    return then


def compare_tallies() -> Iterator[Difference]:
    """Every tally against a count of the rows."""
    counted = counted_tallies()
    stored = {(row.scope, row.course_id, row.measure): row.count for row in Tally.select()}
    for key in sorted(counted.keys() | stored.keys()):
        if counted.get(key, 0) != stored.get(key, 0):
            yield Difference("tally", "/".join(map(str, key)), stored.get(key, 0), counted.get(key, 0))


def counted_tallies() -> Counter[tallies.Key]:
    """All tallies, counted from enrolments, memberships and active weeks."""
    counts: Counter[tallies.Key] = Counter()
    enrolled_members = set()
    for row in Enrolment.select().iterator():
        enrolled_members.add(row.membership_id)
        note(counts, row, {"enrolled": True, **states(row)})
    weeks = defaultdict(list)
    for week in ActiveWeek.select():
        weeks[week.membership_id].append(f"active:{week.monday}")
    for row in Membership.select().iterator():
        measures = {"enrolled": row.id in enrolled_members, "live": row.first_live_on, **states(row)}
        note(counts, row, measures | dict.fromkeys(weeks[row.id], True))
    return counts


def states(row: Enrolment | Membership) -> dict[str, object]:
    """The states that both kinds of row have."""
    return {"started": row.started_at, "completed": row.completed_at, "certified": row.certified_at}


def note(counts: Counter[tallies.Key], row: Enrolment | Membership, measures: dict[str, object]) -> None:
    """Count a row in all its scopes."""
    for scope in tallies.scopes(row):
        for measure, holds in measures.items():
            if holds:
                counts[scope, tallies.course_of(row), measure] += 1


def repair(enrolment: Enrolment, *, now: datetime) -> None:
    """Bring one enrolment's stored steps and states to what its events say, and the tallies along with it."""
    with tallies.transaction():
        enrolment = lock(enrolment)
        events = list(Event.select().where(Event.enrolment == enrolment).order_by(Event.id))
        counted = steps_from(enrolment, events)
        StepDone.delete().where(
            (StepDone.enrolment == enrolment) & StepDone.step_key.not_in(list(counted) or [""])
        ).execute()
        stored = {row.step_key for row in enrolment.steps_done}
        for step_key, event in counted.items():
            if step_key not in stored:
                StepDone.create(enrolment=enrolment, step_key=step_key, event=event, done_at=event.happened_at)
        if enrolment.started_at and not counted:
            enrolment.started_at = None
            enrolment.save()
            tallies.move(enrolment, {"started": -1})
        if enrolment.completed_at and not is_complete(enrolment.version_id, set(counted)):
            enrolment.completed_at = None
            enrolment.save()
            tallies.move(enrolment, {"completed": -1})
        completion.follow(enrolment, now=now)


def repair_all(zone: ZoneInfo, *, now: datetime) -> None:
    """Repair every enrolment, active week and membership, then write every tally anew."""
    for enrolment, _events in enrolments_with_events():
        repair(enrolment, now=now)
    repair_certified(now)
    repair_weeks(zone)
    repair_memberships()
    repair_tallies()


def repair_certified(now: datetime) -> None:
    """Bring what enrolments say of their certificates to what the certificates say."""
    stored = {row.id for row in Enrolment.select(Enrolment.id).where(Enrolment.certified_at.is_null(False))}
    for enrolment in Enrolment.select().where(Enrolment.id.in_(stored ^ certified_now(now))).order_by(Enrolment.id):
        if enrolment.certified_at:
            completion.no_longer_certified(enrolment)
        else:
            completion.certified(enrolment, now=now)


def repair_weeks(zone: ZoneInfo) -> None:
    """Make the active weeks that are missing, and take away those in which nothing was stored."""
    with database.atomic():
        stored = {(row.membership_id, row.monday): row.id for row in ActiveWeek.select()}
        counted = {
            (event.enrolment.membership_id, week_of(event.stored_at, zone))
            for event in Event.select(Event, Enrolment).join(Enrolment).where(Event.kind != "task")
        }
        for chunk in in_chunks([stored[week] for week in stored.keys() - counted]):
            ActiveWeek.delete().where(ActiveWeek.id.in_(chunk)).execute()
        for chunk in in_chunks(sorted(counted - stored.keys())):
            rows = ActiveWeek.insert_many(chunk, fields=[ActiveWeek.membership, ActiveWeek.monday])
            rows.on_conflict_ignore().execute()


def repair_memberships() -> None:
    """Bring what memberships say of the programme, and of the first live, to what their courses and the reports say."""
    with database.atomic():
        wrong = list(wrong_in_memberships())
        for member, column, value in wrong:
            Membership.update({column: value}).where(Membership.id == member.id).execute()


def repair_tallies() -> None:
    """Write every tally anew, while nobody else can."""
    with database.atomic():
        if is_postgresql():
            database.execute_sql('LOCK TABLE "tally" IN EXCLUSIVE MODE')
        Tally.delete().execute()
        tallies.write(counted_tallies())
