"""How many people a class has, by the same words as every report (`measures`): whoever is enrolled stays counted after
leaving; who is only invited is not enrolled yet, and stands apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import peewee

from lms.accounts.models import Person
from lms.learning.measures import MEASURES
from lms.programmes.models import Membership


@dataclass(frozen=True)
class Headcount:
    """People of a class. `left` are among the enrolled; `invited` have not accepted the notice and are in no rate."""

    enrolled: int = 0
    started: int = 0
    completed: int = 0
    left: int = 0
    invited: int = 0


def of_classes(cohort_ids: Iterable[int]) -> dict[int, Headcount]:
    """Class id → its headcount, for every class asked for, in one query."""
    ids = list(cohort_ids)
    enrolled, started, completed = (MEASURES[key].of_members(date.min) for key in ("enrolled", "started", "completed"))
    gone = Membership.left_at.is_null(False)
    invited = ~gone & ~enrolled & Person.notice_accepted_at.is_null()
    sums = [how_many(condition) for condition in (enrolled, started, completed, enrolled & gone, invited)]
    rows = Membership.select(Membership.cohort, *sums).join(Person).where(Membership.cohort.in_(ids))
    found = {cohort: Headcount(*map(int, numbers)) for cohort, *numbers in rows.group_by(Membership.cohort).tuples()}
    return {cohort: found.get(cohort, Headcount()) for cohort in ids}


def how_many(condition: peewee.Expression) -> peewee.Function:
    """The number of rows of a group that fulfil a condition."""
    return peewee.fn.SUM(peewee.Case(None, [(condition, 1)], 0))
