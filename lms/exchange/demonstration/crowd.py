"""A synthetic county of any size, for measuring: everybody beyond the story, by bulk inserts.

The rows are those that the product's verbs would have written, so that `progress recount` finds no difference: every
step done has its event, every completed course its certificate, every tally its rows. The same seed makes the same
county.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lms.accounts import notice
from lms.accounts.models import Consent, Person
from lms.catalogue.models import CourseVersion, Step
from lms.certificates.models import Certificate
from lms.db import database
from lms.exchange import bulk
from lms.exchange.demonstration import fates, people, places
from lms.exchange.demonstration.certifying import Certifier
from lms.exchange.demonstration.lessons import CoursePlan, StoredDeed
from lms.exchange.demonstration.story import PLATFORMS, WEEKS
from lms.learning import tallies
from lms.learning.models import ActiveWeek, Enrolment, Event, StepDone
from lms.lib import areas
from lms.outcomes.models import LiveReport
from lms.programmes import cohorts
from lms.programmes.models import Area, Cohort, Membership

CLASS_SIZE = 250
AT_ONCE = 5_000  # people between two commits
WENT_LIVE = 0.22  # of those who completed a course
FAILED_GOES = 3

COLUMNS = {
    Person: ("id", "name", "phone", "age_band", "group", "area_code", "language", "theme", "text_size", "saver",
             "created_at", "notice_accepted_at"),
    Consent: ("person_id", "kind", "version", "given_at", "given_by"),
    Membership: ("id", "cohort_id", "person_id", "area_code", "group", "joined_at", "started_at", "completed_at",
                 "certified_at", "first_live_on", "seen_at"),
    Enrolment: ("id", "membership_id", "person_id", "cohort_id", "course_id", "version_id", "area_code", "group",
                "enrolled_at", "started_at", "completed_at", "certified_at"),
    Event: ("id", "person_id", "client_id", "digest", "enrolment_id", "version_id", "lesson_key", "step_key", "kind",
            "body", "right", "happened_at", "stored_at"),
    StepDone: ("enrolment_id", "step_key", "event_id", "done_at"),
    ActiveWeek: ("membership_id", "monday"),
    LiveReport: ("person_id", "client_id", "went_on", "platform", "minutes", "proof", "reported_at"),
    Certificate: ("enrolment_id", "sequence", "number", "issued_at", "expires_on", "snapshot", "revoked_reason"),
}  # fmt: skip


@dataclass
class Counters:
    """The next free id of each table."""

    person: int
    membership: int
    enrolment: int
    event: int


@dataclass
class Batch:
    """Rows that wait to be written together, and what they count: (area, cohort, course, measure) → number."""

    rows: dict[type, list[tuple]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    counts: Counter[tuple[str, int, int, str]] = field(default_factory=Counter)

    def write(self) -> None:
        """Write the rows, parents first, and move the tallies, in one transaction."""
        with database.atomic():
            for table, columns in COLUMNS.items():
                bulk.insert(table, columns, self.rows[table])
            tallies.add(self.by_scope())

    def by_scope(self) -> Counter[tallies.Key]:
        """The counts in every scope in which they hold, as `tallies.scopes` names them."""
        spread: Counter[tallies.Key] = Counter()
        for (area, cohort, course, measure), count in self.counts.items():
            for scope in ("all", f"cohort:{cohort}", *(f"area:{code}" for code in areas.lineage(area))):
                spread[scope, course, measure] += count
        return spread


@dataclass
class Crowd:
    """What making a crowd needs: the courses, chance, the zone, the moment at which it ends, and phone numbers."""

    courses: list[CourseVersion]
    rng: random.Random
    zone: ZoneInfo
    now: datetime
    phone: Callable[[int], str]
    first_phone: int

    def __post_init__(self) -> None:
        self.plans = [CoursePlan(version) for version in self.courses]
        self.certifier = Certifier(self.courses, self.rng, self.zone)
        self.begin = (self.now - timedelta(weeks=WEEKS)).timestamp()
        self.mondays: dict[int, str] = {}

    def gather(self, count: int, *, by: int | None, progress: Callable[[int], object]) -> None:
        """Make so many people, in classes of their townships. `progress` is told how many were added."""
        self.ids = Counters(*(bulk.next_id(table) for table in (Person, Membership, Enrolment, Event)))
        self.first_person = self.ids.person
        batch = Batch()
        bulk.make_room()
        for cohort, members in self.classes(count, by=by):
            for village in members:
                self.add(batch, cohort, village)
            if len(batch.rows[Person]) >= AT_ONCE:
                batch.write()
                progress(len(batch.rows[Person]))
                batch = Batch()
        batch.write()
        progress(len(batch.rows[Person]))
        bulk.keep_counting(Person, Membership, Enrolment, Event)

    def classes(self, count: int, *, by: int | None) -> Iterator[tuple[Cohort, list[str]]]:
        """Each class with the villages of its members."""
        villages = places.villages()
        townships = places.townships()
        number = 0
        for index, township in enumerate(townships):
            left = count * (index + 1) // len(townships) - count * index // len(townships)
            near = [village for village in villages if areas.contains(township, village)]
            while left > 0:
                size = min(CLASS_SIZE, left)
                number += 1
                yield self.new_class(number, township, by=by), [self.rng.choice(near) for _member in range(size)]
                left -= size

    def new_class(self, number: int, township: str, *, by: int | None) -> Cohort:
        """A class of that township, which requires the first course and offers the others."""
        begin = datetime.fromtimestamp(self.begin, self.zone)
        place = Area.get_by_id(township)
        details = cohorts.CohortDetails(
            name=f"{place.name_zh}第 {number} 班", area=place, starts_on=begin.date(), class_number=f"HT-{number:04}"
        )
        cohort = cohorts.create(details, by=by, now=begin)
        for place_in_class, version in enumerate(self.courses):
            cohorts.add_course(cohort, version.course, by=by, now=begin, required=place_in_class == 0)
        return cohort

    def add(self, batch: Batch, cohort: Cohort, village: str) -> None:
        """One person with a membership, enrolments and everything that was learnt."""
        person, membership = self.ids.person, self.ids.membership
        self.ids.person, self.ids.membership = person + 1, membership + 1
        group = self.rng.choice(people.GROUPS)
        fate = fates.draw(self.rng, len(self.plans), self.begin, self.now.timestamp())
        name = people.name(self.rng)
        phone = self.phone(self.first_phone + person - self.first_person)
        known = bulk.moment(fate.joined)
        batch.rows[Person].append((person, name, phone, "18+", group, village, "", "", "", "", known, known))
        batch.rows[Consent].append((person, "notice", notice.VERSION, known, ""))
        member = Member(person, membership, cohort, village, group, fate.joined, name, pace=self.pace(fate))
        for plan, share in zip(self.plans, fate.shares, strict=True):
            self.enrol(batch, member, plan, share, stuck=fate.stuck and share > 0)
        self.finish(batch, member)

    def pace(self, fate: fates.Fate) -> float:
        """The seconds between two steps, so that the last one is done when this person was here last."""
        done = sum(len(plan.first(share)) for plan, share in zip(self.plans, fate.shares, strict=True) if share)
        return (fate.until - fate.joined) / max(1, done)

    def enrol(self, batch: Batch, member: Member, plan: CoursePlan, share: float, *, stuck: bool) -> None:
        """One enrolment with its events, steps and, when all is done, its certificate."""
        enrolment = self.ids.enrolment
        self.ids.enrolment += 1
        done_until = self.learn(batch, member, plan, enrolment, share) if share else None
        if stuck:
            self.fail(batch, member, plan, enrolment, share)
        completed = done_until if share == 1 and plan.complete else None
        states = (member.started if share else None, completed, completed)
        version = plan.version
        batch.rows[Enrolment].append(
            (enrolment, member.membership, member.person, member.cohort.id, version.course_id, version.id,
             member.village, member.group, bulk.moment(member.joined),
             *(moment and bulk.moment(moment) for moment in states))
        )  # fmt: skip
        member.count(batch, version.course_id, ("enrolled", True), ("started", share), ("completed", completed),
                     ("certified", completed))  # fmt: skip
        if completed:
            member.completed.append(completed)
            facts = (enrolment, version, member.cohort, member.name, member.started, completed)
            batch.rows[Certificate].append(self.certifier.row(*facts))

    def learn(self, batch: Batch, member: Member, plan: CoursePlan, enrolment: int, share: float) -> float:
        """Do the first steps of a course; when the last was done."""
        steps = plan.first(share)
        at = member.free_from
        member.started = at + member.pace
        for step in steps:
            at += member.pace
            stored = bulk.moment(at)
            for deed in plan.deeds(step, enrolment):
                event = self.store(batch, member, plan, enrolment, step, deed, stored)
            batch.rows[StepDone].append((enrolment, step.key, event, stored))
            member.weeks.add(self.monday(at))
        member.free_from = at
        member.first_step = min(member.first_step or member.started, member.started)
        member.seen = at
        return at

    def fail(self, batch: Batch, member: Member, plan: CoursePlan, enrolment: int, share: float) -> None:
        """Answer the next quiz wrong three times, at the last visit."""
        quiz = plan.next_quiz(share)
        stored = bulk.moment(member.free_from)
        for go in range(FAILED_GOES if quiz else 0):
            for deed in plan.wrong_deeds(quiz, enrolment, go + 1):
                self.store(batch, member, plan, enrolment, quiz, deed, stored)

    def store(
        self, batch: Batch, member: Member, plan: CoursePlan, enrolment: int, step: Step, deed: StoredDeed, stored: str
    ) -> int:
        """One event; its id."""
        event = self.ids.event
        self.ids.event += 1
        batch.rows[Event].append(
            (event, member.person, f"crowd-{event}", deed.digest, enrolment, plan.version.id, step.lesson_key,
             step.key, deed.kind, deed.body, deed.right, stored, stored)
        )  # fmt: skip
        return event

    def monday(self, at: float) -> str:
        """The Monday of a moment's week in the installation's zone. Zones differ by quarters of an hour at least."""
        quarter = int(at) // 900
        if quarter not in self.mondays:
            day = datetime.fromtimestamp(at, self.zone).date()
            self.mondays[quarter] = (day - timedelta(days=day.weekday())).isoformat()
        return self.mondays[quarter]

    def finish(self, batch: Batch, member: Member) -> None:
        """The membership with its own states, which follow from the first course, the active weeks and the lives."""
        all_done = member.completed[0] if member.completed else None
        live = self.live(batch, member) if member.completed and self.rng.random() < WENT_LIVE else None
        moments = (member.joined, member.first_step, all_done, all_done)
        batch.rows[Membership].append(
            (member.membership, member.cohort.id, member.person, member.village, member.group,
             *(moment and bulk.moment(moment) for moment in moments), live, member.seen and bulk.moment(member.seen))
        )  # fmt: skip
        batch.rows[ActiveWeek].extend((member.membership, monday) for monday in sorted(member.weeks))
        member.count(batch, 0, ("enrolled", True), ("started", member.first_step), ("completed", all_done))
        member.count(batch, 0, ("certified", all_done), ("live", live))
        member.count(batch, 0, *((f"active:{monday}", True) for monday in member.weeks))

    def live(self, batch: Batch, member: Member) -> str:
        """A first live, reported on its day; the day."""
        day: date = datetime.fromtimestamp(member.completed[0], self.zone).date()
        platform, minutes = self.rng.choice(PLATFORMS), self.rng.choice([30, 60, 90])
        told = bulk.moment(member.completed[0])
        batch.rows[LiveReport].append(
            (member.person, f"crowd-{member.person}", day.isoformat(), platform, minutes, "P0", told)
        )
        return day.isoformat()


@dataclass
class Member:
    """One person of the crowd while their rows are being made. Moments are seconds since 1970."""

    person: int
    membership: int
    cohort: Cohort
    village: str
    group: str
    joined: float
    name: str
    pace: float = 0.0
    started: float = 0.0
    first_step: float | None = None
    seen: float | None = None
    weeks: set[str] = field(default_factory=set)
    completed: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.free_from = self.joined

    def count(self, batch: Batch, course: int, *measures: tuple[str, object]) -> None:
        """Count what holds."""
        for measure, holds in measures:
            if holds:
                batch.counts[self.village, self.cohort.id, course, measure] += 1
