"""What waits to be judged, for whom, and for how long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import peewee

from lms.accounts.models import Person
from lms.assessment import settling
from lms.assessment.models import Judgement
from lms.catalogue.models import Course, CourseVersion
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort
from lms.submissions import states
from lms.submissions.models import Piece, Submission

TABS = ("waiting", "again", "done")
# What waits for longer is told, here and to managers.
LONG = timedelta(hours=48)
# Somebody who opened a work and was silent for so long has left it.
AT_IT = timedelta(minutes=10)


@dataclass(frozen=True)
class Asked:
    """Which of the works. `tab`: waiting, again or done; `cohort` 0 and `task` "" mean all; `words`: a part of the
    trainee's name or number; `long`: only what has waited for more than two days."""

    tab: str = "waiting"
    cohort: int = 0
    task: str = ""
    words: str = ""
    long: bool = False


@dataclass
class Queue:
    """The works that a colleague may look at. Who only reads sees all that waits; a trainer, what waits for them."""

    person: Person
    asked: Asked

    @cached_property
    def scope(self) -> peewee.ModelSelect:
        """All of them, before any filter."""
        return Submission.gradable_by(self.person)

    def of(self, tab: str) -> peewee.ModelSelect:
        """Those of a tab, with the filters."""
        query = self.narrowed(self.scope)
        if tab == "waiting":
            return query.where(Submission.state == states.WAITING, Submission.id.not_in(judged_by(self.person)))
        going_back = (Submission.state == states.JUDGED) & ~said(passed=True)
        if tab == "again":
            return query.where(going_back | ((Submission.state == states.AGAIN) & ~newer_try()))
        return query.where(
            ((Submission.state == states.JUDGED) & said(passed=True)) | (Submission.state == states.PASSED)
        )

    def narrowed(self, query: peewee.ModelSelect) -> peewee.ModelSelect:
        """The same with the class, the task and the words that were asked for."""
        asked = self.asked
        if asked.cohort:
            query = query.where(Enrolment.cohort == asked.cohort)
        if asked.task:
            slug, _slash, step_key = asked.task.partition("/")
            courses = Course.select(Course.id).where(Course.slug == slug)
            query = query.where(Enrolment.course.in_(courses), Submission.step_key == step_key)
        if asked.long:
            query = query.where(Submission.handed_in_at < utc_now() - LONG)
        if asked.words:
            found = Person.name.contains(asked.words) | Person.phone.contains(asked.words)
            query = query.where(Submission.person.in_(Person.select(Person.id).where(found)))
        return query

    @cached_property
    def counts(self) -> dict[str, int]:
        """Tab → how many."""
        return {tab: self.of(tab).count() for tab in TABS}

    @cached_property
    def rows(self) -> peewee.ModelSelect:
        """The open tab's: what waits longest first, of the others the newest."""
        query = self.of(self.asked.tab).select(Submission, Enrolment, Person, CourseVersion)
        query = query.join(Person, on=(Enrolment.person == Person.id)).switch(Submission).join(CourseVersion)
        order = Submission.handed_in_at if self.asked.tab == "waiting" else Submission.handed_in_at.desc()
        return query.order_by(order, Submission.id)

    @cached_property
    def oldest(self) -> Submission | None:
        """What has waited longest."""
        return self.of("waiting").order_by(Submission.handed_in_at, Submission.id).first()

    @cached_property
    def divided(self) -> list[Submission]:
        """The works on whose passing two judges disagree, and that do not count yet."""
        both = self.scope.where(Submission.state == states.JUDGED, said(passed=True), said(passed=False))
        return [one for one in both.order_by(Submission.id) if settling.is_divided(standing_of(one))]

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """The classes from which anything came."""
        ids = self.scope.select(Enrolment.cohort).distinct()
        return list(Cohort.select().where(Cohort.id.in_(ids)).order_by(Cohort.name, Cohort.id))

    @cached_property
    def tasks(self) -> list[tuple[str, int, str]]:
        """The tasks to which anything was handed in: `course/step`, the newest version concerned, the lesson's key."""
        query = self.scope.select(
            Course.slug, Submission.step_key, peewee.fn.MAX(Submission.version), Submission.lesson_key
        )
        query = query.join(Course, on=(Enrolment.course == Course.id))
        grouped = query.group_by(Course.slug, Submission.step_key, Submission.lesson_key)
        found = grouped.order_by(Course.slug, Submission.step_key).tuples()
        return [(f"{slug}/{step}", version, lesson) for slug, step, version, lesson in found]


def said(*, passed: bool) -> peewee.Expression:
    """Whether a judgement that stands says so."""
    given = Judgement.standing().where(Judgement.submission == Submission.id, Judgement.passed == passed)
    return peewee.fn.EXISTS(given)


def standing_of(work: Submission) -> list[Judgement]:
    """The judgements of a work that stand."""
    return list(Judgement.standing().where(Judgement.submission == work))


def judged_by(person: Person) -> peewee.ModelSelect:
    """The submissions of which this person gave a judgement that stands."""
    return Judgement.standing().where(Judgement.judge == person).select(Judgement.submission)


def newer_try() -> peewee.Expression:
    """Whether its trainee handed in again since."""
    newer = Submission.alias()
    return peewee.fn.EXISTS(
        newer.select(newer.id).where(
            (newer.enrolment == Submission.enrolment)
            & (newer.step_key == Submission.step_key)
            & (newer.number > Submission.number)
            & (newer.state != states.WITHDRAWN)
        )
    )


def waiting_for(person: Person) -> peewee.ModelSelect:
    """What waits for a trainer's own judgement."""
    return Submission.judged_by(person).where(
        Submission.state == states.WAITING, Submission.id.not_in(judged_by(person))
    )


def count_waiting(person: Person) -> int:
    """How many, for the navigation."""
    return waiting_for(person).count()


def count_long(person: Person) -> int:
    """How many of those whom this colleague looks after have waited for more than two days; the rows behind the number
    are the queue's, asked in the same way."""
    return Queue(person, Asked(long=True)).of("waiting").count()


def next_for(person: Person, after: Submission | None = None) -> Submission | None:
    """The next work to judge: the one that came after this one, or else the oldest; never this one itself."""
    waiting = waiting_for(person).order_by(Submission.handed_in_at, Submission.id)
    if after is None:
        return waiting.first()
    others = waiting.where(Submission.id != after.id)
    behind = (Submission.handed_in_at > after.handed_in_at) | (
        (Submission.handed_in_at == after.handed_in_at) & (Submission.id > after.id)
    )
    return others.where(behind).first() or others.first()


def can_be_undone(person: Person, *, now: datetime) -> Judgement | None:
    """The newest judgement of this person that does not count yet."""
    given = Judgement.standing().join(Submission).where(Judgement.judge == person, Judgement.settled_at.is_null())
    fresh = given.where(Judgement.settles_at > now, Submission.state.in_((states.WAITING, states.JUDGED)))
    return fresh.order_by(Judgement.id.desc()).first()


def somebody_at(submission: Submission, person: Person, *, now: datetime) -> Person | None:
    """The other trainer who has it open now, or None."""
    since = submission.looked_at_since
    if submission.looked_at_by_id in (None, person.id) or since is None or since < now - AT_IT:
        return None
    return submission.looked_at_by


def sit_down(submission: Submission, person: Person, *, now: datetime) -> Person | None:
    """Note that this trainer has it open, unless another one does: whom that is."""
    other = somebody_at(submission, person, now=now)
    if other is None:
        Submission.update(looked_at_by=person, looked_at_since=now).where(Submission.id == submission.id).execute()
    return other


def stand_up(submission: Submission, person: Person) -> None:
    """This trainer has done with it."""
    Submission.update(looked_at_by=None, looked_at_since=None).where(
        (Submission.id == submission.id) & (Submission.looked_at_by == person)
    ).execute()


def with_pieces(rows: list[Submission]) -> list[Submission]:
    """The same works with their pieces read in one question."""
    pieces: dict[int, list[Any]] = defaultdict(list)
    for piece in Piece.select().where(Piece.submission.in_([row.id for row in rows])):
        pieces[piece.submission_id].append(piece)
    for row in rows:
        row.pieces = pieces[row.id]
    return rows
