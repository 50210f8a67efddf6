"""Joining, leaving and coming back. What a membership brings in learning (enrolments, tallies) is done by
`lms.learning`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from lms import audit
from lms.accounts.models import Person
from lms.db import database, in_chunks, insert_once
from lms.errors import Refused
from lms.i18n import _
from lms.lib import areas
from lms.programmes.models import Cohort, Membership

COUNTY = 3  # province, city, county


def join(cohort: Cohort, person: Person, *, now: datetime, how: str, by: int | None = None) -> Membership:
    """Make the person a member, or bring back one who left; twice is harmless. The area is the person's own if it is
    known and lies in the cohort's area, else the cohort's. `how`: code, self, roster, trainer.

    Raises Refused when the cohort is closed.
    """
    if cohort.closed_at:
        raise Refused(_("This class is closed. Ask your trainer for the code of the next one."))
    with database.atomic():
        made = insert_once(
            lambda: Membership.create(
                cohort=cohort,
                person=person,
                area_code=person.area_code or cohort.area_id,
                group=person.group,
                joined_at=now,
            )
        )
        membership = made or Membership.get((Membership.cohort == cohort) & (Membership.person == person))
        came_back = not made and membership.left_at is not None
        if came_back:
            membership.left_at = None
            membership.save()
        if made or came_back:
            audit.record(
                "membership.joined", membership, by=by or person.id, person=person.id, detail={"how": how}, now=now
            )
    return membership


def leave(membership: Membership, *, now: datetime, by: int) -> None:
    """Note that the person left the cohort. What was learnt stays; coming back goes on from there."""
    if membership.left_at:
        return
    with database.atomic():
        membership.left_at = now
        membership.save()
        audit.record("membership.left", membership, by=by, person=membership.person_id, now=now)


def county_of(cohort: Cohort) -> str:
    """The county in which the cohort lies; its own area where that is larger."""
    return areas.lineage(cohort.area_id)[:COUNTY][-1]


def elsewhere(person_ids: Iterable[int], cohort: Cohort) -> set[int]:
    """Those of these people who live or learn somewhere, but not in the cohort's county. They come by the class's code,
    for whoever has somebody in a class may give them a new PIN."""
    homes: dict[int, set[str]] = defaultdict(set)
    for chunk in in_chunks(list(person_ids)):
        at_home = Person.select(Person.id, Person.area_code).where(Person.id.in_(chunk) & (Person.area_code != ""))
        in_class = Membership.select(Membership.person, Cohort.area).join(Cohort).where(Membership.person.in_(chunk))
        for person_id, code in (*at_home.tuples(), *in_class.tuples()):
            homes[person_id].add(code)
    county = county_of(cohort)
    return {one for one, codes in homes.items() if not any(areas.contains(county, code) for code in codes)}
