"""The forty trainees of the demonstration and their twelve weeks, lived through the product's verbs at dated moments.

Nothing is written past a verb: what the pages and the dashboard show here was made as it is made in a real county.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lms.accounts import notice, people
from lms.accounts.models import Person
from lms.catalogue import answers, reading
from lms.catalogue.models import Lesson, Step
from lms.exchange.demonstration.people import GROUPS, Character
from lms.learning import enrolling, progress, quizzes
from lms.learning.models import Enrolment
from lms.learning.progress import Deed
from lms.outcomes import lives
from lms.programmes import memberships
from lms.programmes.models import Cohort, Membership

WEEKS = 12
PLATFORMS = ("douyin", "kuaishou", "channels", "taobao")


@dataclass
class Teller:
    """What telling the story needs: the class, where chance comes from, the zone, and the moment at which it ends."""

    cohort: Cohort
    rng: random.Random
    zone: ZoneInfo
    now: datetime
    deeds: int = 0

    @property
    def begin(self) -> datetime:
        """When the class began."""
        return self.now - timedelta(weeks=WEEKS)

    def evening(self, week: float) -> datetime:
        """An evening in that week of the class, never later than now."""
        moment = self.begin + timedelta(weeks=week, hours=self.rng.uniform(0, 14))
        return min(moment, self.now - timedelta(minutes=self.rng.randint(3, 90)))


def tell(teller: Teller, character: Character, phone: str, area_code: str) -> Person:
    """One trainee's weeks, from the roster to today."""
    started = teller.now - timedelta(days=4) if character.fate == "new" else teller.begin
    person = people.create(character.name, phone, by=None, now=started, area_code=area_code)
    membership = memberships.join(teller.cohort, person, now=started, how="roster")
    if character.fate == "invited":
        return person
    arrive(teller, person, started)
    enrolments = enrolling.enrol(Membership.get_by_id(membership.id), now=started + timedelta(minutes=9))
    for enrolment, share, weeks in plan(teller, character.fate, enrolments):
        learn(teller, enrolment, share, weeks, stuck=character.fate == "stuck")
    if character.fate == "left":
        membership = Membership.get_by_id(membership.id)
        memberships.leave(membership, now=teller.evening(5), by=person.id)
        enrolling.leave(membership, now=teller.evening(5))
    if character.fate in ("all", "2", "1") and teller.rng.random() < 0.75:
        go_live(teller, person, character.fate)
    return person


def arrive(teller: Teller, person: Person, started: datetime) -> None:
    """The first sign-in: the notice, the age band, and the group from those who want to say it."""
    notice.accept(person, "18+", now=started + timedelta(minutes=5))
    group = teller.rng.choice(GROUPS)
    if group:
        notice.say_group(person, group, now=started + timedelta(minutes=7))


Part = tuple[Enrolment, float, tuple[float, float]]


def plan(teller: Teller, fate: str, enrolments: list[Enrolment]) -> Iterator[Part]:
    """Which share of which course is learnt in which weeks."""
    if fate == "never":
        return
    whole = {"all": len(enrolments), "1": 1, "2": 2}.get(fate, 0)
    each = (WEEKS - 0.5) / max(1, whole + (fate in ("1", "2")))
    for number in range(whole):
        yield enrolments[number], 1.0, (number * each, (number + 1) * each)
    if fate in ("1", "2") and whole < len(enrolments):
        yield enrolments[whole], teller.rng.uniform(0.1, 0.7), (whole * each, WEEKS)
    parts = {"half": (0.5, (0.5, WEEKS)), "new": (0.12, (WEEKS - 0.5, WEEKS)), "stuck": (0.45, (1, WEEKS)),
             "away": (0.4, (0.5, 8)), "left": (0.25, (0.5, 4))}  # fmt: skip
    if fate in parts:
        share, weeks = parts[fate]
        yield enrolments[0], share, weeks


def learn(teller: Teller, enrolment: Enrolment, share: float, weeks: tuple[float, float], *, stuck: bool) -> None:
    """Do the first steps of a course, spread over these weeks; who is stuck fails the next quiz three times."""
    steps = steps_of(enrolment)
    done = steps[: max(1, round(len(steps) * share))]
    quiz = next((step for step in steps[len(done) :] if step.kind == "quiz"), None) if stuck else None
    for number, step in enumerate(done):
        week = weeks[0] + (weeks[1] - weeks[0]) * number / max(1, len(done))
        do(teller, enrolment, step, teller.evening(week))
    for go in range(3 if quiz else 0):
        answer_quiz(teller, enrolment, quiz, teller.evening(WEEKS - 1.5 + go * 0.4), wrong=99)


def steps_of(enrolment: Enrolment) -> list[Step]:
    """The steps of the pinned version that this installation can judge, in the course's order."""
    order = {lesson.key: lesson.position for lesson in Lesson.select().where(Lesson.version == enrolment.version_id)}
    steps = Step.select().where((Step.version == enrolment.version_id) & (Step.kind != "task"))
    return sorted(steps, key=lambda step: (order.get(step.lesson_key, 999), step.position))


def do(teller: Teller, enrolment: Enrolment, step: Step, now: datetime) -> None:
    """Do one step as a trainee would: one in four checks is wrong at first, one in six quizzes needs a second go."""
    if step.kind == "read":
        record(teller, enrolment, step, "read", {"by": teller.rng.choice(["end", "end", "sound", "button"])}, now)
    elif step.kind == "try":
        record(teller, enrolment, step, "try", {"by": "self"}, now)
    elif step.kind == "check":
        answer_check(teller, enrolment, step, now)
    else:
        if teller.rng.random() < 1 / 6:
            answer_quiz(teller, enrolment, step, now - timedelta(minutes=8), wrong=99)
        answer_quiz(teller, enrolment, step, now, wrong=0)


def answer_check(teller: Teller, enrolment: Enrolment, step: Step, now: datetime) -> None:
    """Answer a question in the text, right in the end."""
    question = reading.lesson(enrolment.version_id, step.lesson_key).check(step.key)
    if teller.rng.random() < 0.25:
        record(teller, enrolment, step, "check", answers.wrong_answer(question), now - timedelta(minutes=2))
    record(teller, enrolment, step, "check", answers.right_answer(question), now)


def answer_quiz(teller: Teller, enrolment: Enrolment, step: Step, now: datetime, *, wrong: int) -> None:
    """One go at a quiz, its first `wrong` questions answered wrong."""
    go = quizzes.state(enrolment, step.key).current
    for number, question in enumerate(go.questions):
        facts = answers.right_answer(question) if number >= wrong else answers.wrong_answer(question)
        body = {"attempt": go.number, "question": question.id, **facts}
        record(teller, enrolment, step, "quiz", body, now + timedelta(seconds=20 * number))


def record(teller: Teller, enrolment: Enrolment, step: Step, kind: str, body: dict[str, Any], now: datetime) -> None:
    """Send it, as a phone would."""
    teller.deeds += 1
    deed = Deed(f"demonstration-{teller.deeds}", step.lesson_key, step.key, kind, body)
    progress.record(enrolment, deed, now=min(now, teller.now), zone=teller.zone)


def go_live(teller: Teller, person: Person, fate: str) -> None:
    """Report a first real live, or two."""
    for number in range(2 if fate == "all" else 1):
        told_at = teller.evening(7 + number * 2 + teller.rng.random())
        told = lives.Told(
            client_id=f"demonstration-live-{person.id}-{number}",
            went_on=told_at.astimezone(teller.zone).date(),
            platform=teller.rng.choice(PLATFORMS),
            minutes=teller.rng.choice([25, 40, 60, 90, 120]),
        )
        lives.report(person, told, now=told_at)
