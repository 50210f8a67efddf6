"""Several tries at one task: which is the one before, which is the newest, whose points count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import peewee

from lms.accounts.models import Person
from lms.assessment.models import Judgement
from lms.catalogue.models import Lesson
from lms.i18n import _
from lms.learning.models import Enrolment
from lms.submissions import states
from lms.submissions.models import Submission
from lms.submissions.views.works import titles_of


def tries(enrolment: Enrolment | int, step_key: str) -> peewee.ModelSelect:
    """All tries of an enrolment at a step that were not taken back."""
    return Submission.select().where(
        Submission.enrolment == enrolment, Submission.step_key == step_key, Submission.state != states.WITHDRAWN
    )


def counting(enrolment: Enrolment | int, step_key: str, counts: str) -> Submission | None:
    """The try whose points count: the best one, the earlier of two alike, or the last that was judged. None before.

    A step that was passed once stays done whatever comes later; this is about the points that are shown.
    """
    settled = tries(enrolment, step_key).where(Submission.state.in_(states.SETTLED))
    if counts == "last":
        return settled.order_by(Submission.number.desc()).first()
    passed = Submission.state == states.PASSED
    return settled.order_by(passed.desc(), Submission.points.desc(), Submission.number).first()


def before(work: Submission) -> Submission | None:
    """The try before this one that was judged."""
    settled = tries(work.enrolment_id, work.step_key).where(
        Submission.number < work.number, Submission.state.in_(states.SETTLED)
    )
    return settled.order_by(Submission.number.desc()).first()


def newest(work: Submission) -> Submission:
    """The newest try at the same step, which may be this one."""
    return tries(work.enrolment_id, work.step_key).order_by(Submission.number.desc()).first() or work


@dataclass(frozen=True)
class Told:
    """A try at a task, for those who look after its trainee. `judges`: whose word it was, once that counts."""

    work: Submission
    lesson: Lesson
    judges: list[str]


def of_enrolment(enrolment: Enrolment) -> list[Told]:
    """What was handed in and not taken back, the newest first."""
    tries = Submission.select().where(Submission.enrolment == enrolment, Submission.state != states.WITHDRAWN)
    works = list(tries.order_by(Submission.id.desc()))
    if not works:
        return []
    lessons, judges = titles_of(works), defaultdict(list)
    given = Judgement.standing().select(Judgement, Person).join(Person)
    for one in given.where(Judgement.submission.in_(works), Judgement.settled_at.is_null(False)).order_by(Judgement.id):
        judges[one.submission_id].append(one.judge.name or _("Deleted account"))
    return [Told(work, lessons[work.id], judges[work.id]) for work in works]


def open_to(person: Person, enrolments: list[Enrolment]) -> set[int]:
    """The works of these enrolments that a colleague may open, by number."""
    works = Submission.gradable_by(person).where(Submission.enrolment.in_(enrolments))
    return {work.id for work in works}
