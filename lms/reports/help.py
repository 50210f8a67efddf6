"""Whom to help, and why, by what is recorded. Reasons in rank: a quiz not passed in three tries or more; a work sent
back twice or more; fourteen days away; a picture or a sound of a lesson that the phone does not show or play.

Only candidates are ever loaded: those with wrong answers in a quiz that they have not passed, those to whom the newest
try at a task came back, those whose last visit lies before the day, those who reported a fault that is still open. Who
has completed, left, or whose class is over, is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import peewee

from lms.accounts.models import Person
from lms.catalogue import reading
from lms.catalogue.models import CourseVersion
from lms.db import in_chunks
from lms.errors import NotFound
from lms.learning import quizzes
from lms.learning.measures import enrolment_exists
from lms.learning.models import Enrolment, Event, LessonFault, StepDone
from lms.programmes.models import Cohort, Membership
from lms.reports.cuts import Cut
from lms.submissions import states
from lms.submissions.models import Submission

FAILED_TRIES = 3
SENT_BACK = 2
DAYS_AWAY = 14
PHONE_FAULTS = ("sound", "picture")
# The kinds of step that are answered in tries.
TRIED = ("quiz", "exam")

QUIZ, AGAIN, AWAY, NEVER, PHONE = "quiz", "again", "away", "never", "phone"
RANK = {QUIZ: 0, AGAIN: 1, AWAY: 2, NEVER: 2, PHONE: 3}


@dataclass(frozen=True)
class Need:
    """A reason to help a member. `number`: tries not passed, times sent back, or days away. `step_key` with
    `enrolment_id`, or `lesson_key` with `course_id` and `fault`, say where."""

    member_id: int
    reason: str
    since: datetime
    number: int = 0
    enrolment_id: int = 0
    step_key: str = ""
    fault: str = ""

    @property
    def lesson_key(self) -> str:
        """The lesson in question; `exam` for the course's exam."""
        return self.step_key.partition("/")[0]


def needs(cut: Cut, *, now: datetime) -> list[Need]:
    """Each member of the cut who needs help, once, with the reason that ranks first; within a reason, the latest
    first."""
    first: dict[int, Need] = {}
    for need in [*stuck(cut, now), *away(cut, now), *with_phone_trouble(cut, now)]:
        first.setdefault(need.member_id, need)
    return sorted(first.values(), key=lambda need: (RANK[need.reason], -need.since.timestamp(), need.member_id))


def stuck(cut: Cut, now: datetime) -> list[Need]:
    """Members who do not get on by themselves, whatever they try."""
    return [*stuck_in_quizzes(cut, now), *sent_back(cut, now)]


def learning_now(cut: Cut, now: datetime) -> peewee.Expression:
    """The enrolled members of a cut who are under way in a class that runs today."""
    today = now.astimezone(cut.zone).date()
    running = Cohort.select(Cohort.id).where(
        (Cohort.starts_on <= today) & (Cohort.ends_on.is_null() | (Cohort.ends_on >= today))
    )
    open_account = Person.deactivated_at.is_null() & Person.deleted_at.is_null()
    account = Person.select(peewee.SQL("1")).where((Person.id == Membership.person) & open_account)
    under_way = Membership.left_at.is_null() & Membership.completed_at.is_null()
    return cut.members() & under_way & Membership.cohort.in_(running) & peewee.fn.EXISTS(account) & enrolment_exists()


def stuck_in_quizzes(cut: Cut, now: datetime) -> list[Need]:
    """Members with three finished tries or more below the pass mark of a quiz that they have not passed."""
    found = []
    for chunk in in_chunks(likely(candidates(cut, now))):
        answers = answers_of(chunk)
        needs_of_chunk = (failed(one, answers[one.enrolment_id, one.step_key]) for one in chunk)
        found += [need for need in needs_of_chunk if need]
    return found


class Candidate(NamedTuple):
    """Somebody with wrong answers in a quiz that is not passed."""

    member_id: int
    enrolment_id: int
    version_id: int
    course_id: int
    step_key: str
    wrong: int


def candidates(cut: Cut, now: datetime) -> list[Candidate]:
    """Those with as many wrong answers as three failed tries have at least. (`~right` rather than `right = false`: a
    condition without parameters, so that SQLite takes the partial index on wrong answers.)

    Answers that a key put right since makes good are among them, so these are too many rather than too few; `failed`
    counts by today's key."""
    passed = StepDone.select(peewee.SQL("1")).where(
        (StepDone.enrolment == Event.enrolment) & (StepDone.step_key == Event.step_key)
    )
    wrong = Event.kind.in_(TRIED) & ~Event.right & ~peewee.fn.EXISTS(passed)
    where = [Enrolment.membership, Enrolment.id, Enrolment.version, Enrolment.course, Event.step_key]
    rows = (
        Event.select(*where, peewee.fn.COUNT(Event.id))
        .join(Enrolment)
        .join(Membership)
        .where(learning_now(cut, now) & Enrolment.completed_at.is_null() & Enrolment.left_at.is_null() & wrong)
        .group_by(*where)
        .having(peewee.fn.COUNT(Event.id) >= FAILED_TRIES)
    )
    return [Candidate(*row) for row in rows.tuples()]


def likely(found: list[Candidate]) -> list[Candidate]:
    """Those whose wrong answers suffice for three failed tries, in whichever version of the course they were made. A
    quiz that the pinned version no longer has needs nobody."""
    if not found:
        return []
    versions = defaultdict(list)
    for version in CourseVersion.select().where(CourseVersion.course.in_({one.course_id for one in found})):
        versions[version.course_id].append(version.id)
    fewest = {
        key: min((wrong for version in versions[key[0]] if (wrong := to_fail(version, key[1]))), default=1)
        for key in {(one.course_id, one.step_key) for one in found}
    }
    enough = [one for one in found if one.wrong >= FAILED_TRIES * fewest[one.course_id, one.step_key]]
    return [one for one in enough if to_fail(one.version_id, one.step_key)]


def to_fail(version_id: int, step_key: str) -> int:
    """How many wrong answers fail a try of a quiz; 0 when the version has no such quiz."""
    try:
        quiz = reading.quiz(version_id, step_key)
    except NotFound:
        return 0
    return max(1, (quiz.draw or len(quiz.questions)) - quiz.pass_mark + 1)


def answers_of(chunk: Iterable[Candidate]) -> dict[tuple[int, str], list[Event]]:
    """(enrolment, quiz) → its answers in stored order, with what folding needs of them."""
    answers = defaultdict(list)
    of_these = Event.enrolment.in_({one.enrolment_id for one in chunk}) & Event.kind.in_(TRIED)
    asked = of_these & Event.step_key.in_({one.step_key for one in chunk})
    keys = (Event.enrolment.alias("enrolment_id"), Event.version.alias("version_id"))
    columns = (*keys, Event.step_key, Event.body, Event.right, Event.stored_at)
    for event in Event.select(*columns).where(asked).order_by(Event.id).namedtuples():
        answers[event.enrolment_id, event.step_key].append(event)
    return answers


def failed(one: Candidate, answers: list[Event]) -> Need | None:
    """The need that these answers show, or None."""
    quiz = reading.quiz(one.version_id, one.step_key)
    state = quizzes.fold(one.enrolment_id, one.step_key, quiz, answers)
    tries = [attempt for attempt in state.attempts if attempt.finished]
    if state.passed or len(tries) < FAILED_TRIES:
        return None
    return Need(one.member_id, QUIZ, answers[-1].stored_at, len(tries), one.enrolment_id, one.step_key)


def sent_back(cut: Cut, now: datetime) -> list[Need]:
    """Members to whom a task came back twice or more. Whoever passed it, or handed in again since, waits for nobody but
    the trainer."""
    another = Submission.alias()
    settled_otherwise = another.select(peewee.SQL("1")).where(
        (another.enrolment == Submission.enrolment)
        & (another.step_key == Submission.step_key)
        & another.state.not_in((states.AGAIN, states.WITHDRAWN))
    )
    columns = (Enrolment.membership, Enrolment.id, Submission.step_key)
    rows = (
        Submission.select(*columns, peewee.fn.COUNT(Submission.id), peewee.fn.MAX(Submission.settled_at))
        .join(Enrolment)
        .join(Membership)
        .where(Submission.state == states.AGAIN, learning_now(cut, now), Enrolment.left_at.is_null())
        .where(~peewee.fn.EXISTS(settled_otherwise))
        .group_by(*columns)
        .having(peewee.fn.COUNT(Submission.id) >= SENT_BACK)
    )
    return [
        Need(member, AGAIN, moment, times, enrolment, step_key)
        for member, enrolment, step_key, times, moment in rows.tuples()
    ]


def away(cut: Cut, now: datetime) -> list[Need]:
    """Members who were not here for fourteen days, and those who never were since their class began."""
    rows = Membership.select(Membership.id, Membership.seen_at, Membership.joined_at).where(
        learning_now(cut, now) & long_ago(cut, now)
    )
    return [away_since(member, seen, joined, now, cut) for member, seen, joined in rows.tuples()]


def long_ago(cut: Cut, now: datetime) -> peewee.Expression:
    """Whether a member's last visit, or the joining where there was none, lies fourteen days back or more."""
    before = cut.beginning_of(now.astimezone(cut.zone).date() - timedelta(days=DAYS_AWAY - 1))
    begun = Cohort.select(Cohort.id).where(Cohort.starts_on < before.date())
    never = Membership.seen_at.is_null() & (Membership.joined_at < before) & Membership.cohort.in_(begun)
    return (Membership.seen_at < before) | never


def away_since(member: int, seen: datetime | None, joined: datetime, now: datetime, cut: Cut) -> Need:
    """The need of somebody who is away."""
    since = seen or joined
    return Need(member, AWAY if seen else NEVER, since, days_between(since, now, cut))


def days_between(then: datetime, now: datetime, cut: Cut) -> int:
    """How many nights lie between two moments, where the installation is."""
    return (now.astimezone(cut.zone).date() - then.astimezone(cut.zone).date()).days


def with_phone_trouble(cut: Cut, now: datetime) -> list[Need]:
    """Members whose phone did not show a picture or play a sound, as long as the report is open. The few reports come
    first, and only then the people: the other way round a database would look at everybody."""
    open_ones = LessonFault.select().where(LessonFault.kind.in_(PHONE_FAULTS) & LessonFault.closed_at.is_null())
    faults = {(fault.person_id, fault.course_id): fault for fault in open_ones.order_by(LessonFault.reported_at)}
    found = []
    for chunk in in_chunks(sorted({person for person, _course in faults})):
        for enrolment in enrolments_under_way(cut, now).where(Enrolment.person.in_(chunk)):
            fault = faults.get((enrolment.person_id, enrolment.course_id))
            found += [of_fault(fault, enrolment)] if fault else []
    return found


def enrolments_under_way(cut: Cut, now: datetime) -> peewee.ModelSelect:
    """The enrolments of those who are learning now."""
    return Enrolment.select().join(Membership).where(learning_now(cut, now))


def of_fault(fault: LessonFault, enrolment: Enrolment) -> Need:
    """The need that a report of a fault shows."""
    member = enrolment.membership_id
    return Need(member, PHONE, fault.reported_at, 0, enrolment.id, fault.lesson_key, fault.kind)


def how_many(cut: Cut, *, now: datetime) -> int:
    """The number of members in `needs`; of those who are only away nothing but ids is loaded."""
    others = {need.member_id for need in [*stuck(cut, now), *with_phone_trouble(cut, now)]}
    gone = Membership.select(Membership.id).where(learning_now(cut, now) & long_ago(cut, now))
    return len(others.union(member for (member,) in gone.tuples()))
