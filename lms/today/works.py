"""What Today says of works: what a trainer said and the trainee has not seen, what is to be done again, what waits,
and, last of all, what classmates show."""

from __future__ import annotations

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.assessment import peers
from lms.catalogue.models import Lesson
from lms.db import Prepared
from lms.learning.models import Enrolment
from lms.submissions import states, tasks
from lms.submissions.models import Submission
from lms.submissions.views.works import titles_of

MOST = 3
WAITS = (states.PREPARING, states.WAITING, states.JUDGED)


@dataclass(frozen=True)
class Told:
    """A work with its lesson. `news`: its owner has not seen what was said of it."""

    work: Submission
    lesson: Lesson

    @property
    def news(self) -> bool:
        """Whether something was said that the owner has not seen."""
        return self.work.seen_at is None

    @property
    def is_to_do(self) -> bool:
        """Whether it asks for another try."""
        return is_to_do(self.work)


@dataclass(frozen=True)
class Shown:
    """What classmates show at one task and wait to hear of: so many works, the newest of them, and its lesson."""

    count: int
    newest: Submission
    lesson: Lesson


@dataclass(frozen=True)
class Works:
    """`told`: news first, then what is to be done again; `waiting`: how many wait for a trainer; `shown`: what
    classmates show at the task where that is newest."""

    told: list[Told]
    waiting: int
    shown: Shown | None


def of(person: Person) -> Works:
    """The newest try of each task, as far as Today has something to say of it. A judgement that does not count yet is
    told as waiting."""
    newest: dict[tuple[int, str], Submission] = {}
    for work in MINE.rows(person.id, states.WITHDRAWN):
        newest[work.enrolment_id, work.step_key] = work
    open_ones = [work for work in newest.values() if says_something(work)]
    shown = sorted(open_ones, key=lambda work: (work.seen_at is not None, -work.settled_at.timestamp()))[:MOST]
    lessons = titles_of(shown) if shown else {}
    told = [Told(work, lessons[work.id]) for work in shown]
    return Works(told, sum(work.state in WAITS for work in newest.values()), shown_to(person))


def shown_to(person: Person) -> Shown | None:
    """What classmates show, as long as this person has not said what pleases in it."""
    works = peers.unpraised(person)
    if not works:
        return None
    newest = works[0]
    at_task = [one for one in works if (one.version_id, one.step_key) == (newest.version_id, newest.step_key)]
    return Shown(len(at_task), newest, titles_of([newest])[newest.id])


def says_something(work: Submission) -> bool:
    """Whether a work brings news, or asks for another try."""
    return work.state in states.SETTLED and (work.seen_at is None or is_to_do(work))


def is_to_do(work: Submission) -> bool:
    """Whether it was sent back, and its task has not been taken out of the course since."""
    return work.state == states.AGAIN and tasks.is_still_asked(work)


MINE = Prepared(
    lambda person_id, withdrawn: (
        Submission.select()
        .join(Enrolment)
        .where((Submission.person == person_id) & (Submission.state != withdrawn) & Enrolment.left_at.is_null())
        .order_by(Submission.number)
    ),
    -1,
    states.WITHDRAWN,
)
