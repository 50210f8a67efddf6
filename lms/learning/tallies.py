"""Stored counts by area, cohort and course, so that a dashboard costs the same for 500 people as for 500,000.

They move only when an enrolment or a membership changes state, never per answer. What a `transaction` adds is
written once, at its end and in the order of keys, so that nobody who holds a tally waits for anything but the next
tally, and two at once cannot wait for each other in a circle. `recount` proves them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import peewee

from lms.db import database, in_chunks
from lms.learning.models import Enrolment, Tally
from lms.lib import areas
from lms.programmes.models import Membership

Key = tuple[str, int, str]

# What the transaction around has added so far; None outside of one.
gathered: ContextVar[Counter[Key] | None] = ContextVar("gathered", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """A transaction that writes the tallies last; inside another one a savepoint, whose tallies go with it when it is
    rolled back."""
    own: Counter[Key] = Counter()
    with database.atomic():
        token = gathered.set(own)
        try:
            yield
        finally:
            gathered.reset(token)
        add(own)


def move(row: Enrolment | Membership, changes: Mapping[str, int]) -> None:
    """Add `changes` (measure → ±n) in every scope that the row belongs to: its area and all above, its cohort, all."""
    add({(scope, course_of(row), measure): n for scope in scopes(row) for measure, n in changes.items()})


def scopes(row: Enrolment | Membership) -> list[str]:
    """`all`, the area and each area above it, and the cohort."""
    places = [f"area:{code}" for code in areas.lineage(row.area_code)]
    return ["all", f"cohort:{row.cohort_id}", *places]


def course_of(row: Enrolment | Membership) -> int:
    """The course whose tally a row moves; 0 is the programme."""
    return row.course_id if isinstance(row, Enrolment) else 0


def add(amounts: Mapping[Key, int]) -> None:
    """Add to the tallies, making those that are not there yet: at the end of the `transaction` around, or now."""
    around = gathered.get()
    write(amounts) if around is None else around.update(amounts)


def write(amounts: Mapping[Key, int]) -> None:
    """Write to the tallies, in the order of keys."""
    rows = [
        {"scope": scope, "course_id": course, "measure": measure, "count": amount}
        for (scope, course, measure), amount in sorted(amounts.items())
        if amount
    ]
    with database.atomic():
        for chunk in in_chunks(rows, 100):
            Tally.insert_many(chunk).on_conflict(
                conflict_target=[Tally.scope, Tally.course_id, Tally.measure],
                update={Tally.count: Tally.count + peewee.EXCLUDED.count},
            ).execute()


def read(scopes: Iterable[str], measures: Iterable[str] | None = None) -> dict[Key, int]:
    """The counts of these scopes, as (scope, course id, measure) → count. What is not there is 0."""
    wanted = Tally.scope.in_(list(scopes))
    if measures is not None:
        wanted &= Tally.measure.in_(list(measures))
    rows = Tally.select(Tally.scope, Tally.course_id, Tally.measure, Tally.count).where(wanted)
    return Counter({(scope, course, measure): count for scope, course, measure, count in rows.tuples()})
