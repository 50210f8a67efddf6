"""How far the judges of the same works agree, by course: a check on the rubric, not on the judges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lms.accounts.models import Person
from lms.assessment.models import Judgement
from lms.catalogue.models import Course
from lms.learning.models import Enrolment
from lms.lib import agreement
from lms.submissions import states
from lms.submissions.models import Submission

LEVELS = 4
# Below so many works kappa says more of chance than of judges.
ENOUGH = 10


@dataclass(frozen=True)
class Agreement:
    """Of a course: works judged twice, rows of them within 1 point (0 to 1), works on which both said the same of
    passing, and Cohen's weighted kappa over the rows where there are enough works."""

    course: Course
    works: int
    within_one: float
    same_verdict: float
    kappa: float | None


def by_course(person: Person) -> list[Agreement]:
    """The courses in which works that this colleague looks after were judged by two, whose judgements count."""
    told: dict[int, list[Judgement]] = defaultdict(list)
    mine = Submission.gradable_by(person).where(Submission.state.in_(states.SETTLED)).select(Submission.id)
    for one in Judgement.select().where(Judgement.submission.in_(mine)).order_by(Judgement.given_at, Judgement.id):
        told[one.submission_id].append(one)
    pairs = {key: pair for key, given in told.items() if len(pair := blind(given)) == 2}
    courses = course_of(list(pairs))
    by: dict[Course, list[list[Judgement]]] = defaultdict(list)
    for key, given in pairs.items():
        by[courses[key]].append(given)
    return [measured(course, works) for course, works in sorted(by.items(), key=lambda pair: pair[0].slug)]


def blind(given: list[Judgement]) -> list[Judgement]:
    """Of all that was given of one work, in order, taken back or not: what the first two judges said last before they
    could see each other. What is changed after that agrees easily, and measures nothing."""
    first: dict[int, Judgement] = {}
    for one in given:
        first.setdefault(one.judge_id, one)
    judges = list(first)[:2]
    if len(judges) < 2:
        return []
    seen_from = first[judges[1]].given_at
    return [[one for one in given if one.judge_id == judge and one.given_at <= seen_from][-1] for judge in judges]


def course_of(numbers: list[int]) -> dict[int, Course]:
    """Submission → its course."""
    query = Submission.select(Submission.id, Enrolment, Course).join(Enrolment).join(Course)
    return {row.id: row.enrolment.course for row in query.where(Submission.id.in_(numbers))}


def measured(course: Course, works: list[list[Judgement]]) -> Agreement:
    """The figures of a course: the first two judges of each work, row by row."""
    rows = [pair for given in works for pair in zip(given[0].points, given[1].points, strict=True)]
    same = sum(given[0].passed == given[1].passed for given in works) / len(works)
    kappa = agreement.weighted_kappa(rows, LEVELS) if len(works) >= ENOUGH else None
    return Agreement(course, len(works), agreement.share_within(rows) or 0, same, kappa)
