"""Importing a roster into a cohort: a plan that says what would happen to each row, and the deed, in one transaction.

A person is known by their number. No PIN is made here (that is when a card is printed), so ten thousand people take
seconds. Whoever is entered like this is invited, and is enrolled when they have accepted the notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import peewee

from lms import audit
from lms.accounts.models import Person
from lms.db import in_chunks, lock
from lms.errors import Conflict, Refused
from lms.exchange import faults
from lms.i18n import _
from lms.learning import enrolling, tallies
from lms.lib.rosters import BadRow, Roster, Row
from lms.programmes import memberships
from lms.programmes.models import Cohort, Membership
from lms.programmes.places import Places, with_township

NEW, JOINING, CHANGED, KNOWN = KINDS = ("new", "joining", "changed", "known")
MEANINGS_NAMED = 3


@dataclass
class Entry:
    """What would happen to one row. `what`: new person, joining (known here, new in this cohort), changed (an invited
    person's name or place), known (nothing to do). `person`: who has this number already."""

    row: Row
    area_code: str
    what: str
    person: Person | None = None
    joins: bool = True


@dataclass
class Plan:
    """What importing would do, row by row, and which rows cannot be taken."""

    cohort: Cohort
    entries: list[Entry] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many rows of each kind."""
        return Counter(entry.what for entry in self.entries)

    @property
    def changes(self) -> bool:
        """Whether importing would change anything."""
        return any(entry.what != KNOWN for entry in self.entries)


def plan(roster: Roster, cohort: Cohort) -> Plan:
    """What importing the roster into the cohort would do. Reads only."""
    planned = Plan(cohort, bad=[faults.in_words(fault) for fault in roster.faults], ignored=list(roster.ignored))
    known = people_by_number(row.phone for row in roster.rows)
    members = {row.person_id: row for row in Membership.select().where(Membership.cohort == cohort)}
    strangers = memberships.elsewhere((person.id for person in known.values()), cohort)
    places = Places([memberships.county_of(cohort)], near=cohort.area_id)
    for row in roster.rows:
        person = known.get(row.phone)
        area_code = places.find(row.place)
        problem = misplaced(row, area_code, places) or misfit(row, person, strangers, cohort)
        if problem:
            planned.bad.append(BadRow(row.line, *problem))
            continue
        planned.entries.append(entry(row, area_code or "", person, members.get(person.id) if person else None))
    planned.bad.sort(key=lambda bad: bad.line)
    return planned


def people_by_number(numbers: Iterable[str]) -> dict[str, Person]:
    """Number → person, for those whom we know."""
    known = {}
    for chunk in in_chunks(list(numbers)):
        known.update({person.phone: person for person in Person.select().where(Person.phone.in_(chunk))})
    return known


def misplaced(row: Row, area_code: str | None, places: Places) -> tuple[str, str] | None:
    """Reason and fix for a place that we do not know, or that could be several."""
    if area_code is not None:
        return None
    meant = places.meanings("".join(row.place.split()))[:MEANINGS_NAMED]
    if meant:
        return (
            _("There is more than one “%(place)s” here.", place=row.place),
            _("Put the township before the village: %(names)s.", names=_(", ").join(map(with_township, meant))),
        )
    return (
        _("“%(place)s” is no place in this class's county.", place=row.place),
        _("Write township and village as one, like 藕塘镇莲子村, or the township alone, or leave the cell empty."),
    )


def misfit(row: Row, person: Person | None, strangers: set[int], cohort: Cohort) -> tuple[str, str] | None:
    """Reason and fix for a number that is somebody else's, of another county, or of a closed account."""
    if person is None:
        return None
    if person.id in strangers:
        return (
            _("This person has an account in another county, so a list cannot put them into this class."),
            _("Take the row out and give them the class code %(code)s: they join with it.", code=cohort.join_code),
        )
    if person.deactivated_at:
        return (
            _("The account with this number is closed."),
            _("Open it again on the person's page, then import once more."),
        )
    if person.name != row.name and not person.is_invited:
        return (
            _("This number belongs to somebody with another name."),
            _("Check the number; if the name was written wrong, correct it on the person's page."),
        )
    return None


def entry(row: Row, area_code: str, person: Person | None, membership: Membership | None) -> Entry:
    """What would happen to a row that can be taken."""
    if person is None:
        return Entry(row, area_code, NEW)
    joins = membership is None or membership.left_at is not None
    differs = person.name != row.name or (row.place and person.area_code != area_code)
    if person.is_invited and differs:
        return Entry(row, area_code, CHANGED, person, joins)
    return Entry(row, area_code, JOINING if joins else KNOWN, person, joins)


def import_roster(roster: Roster, cohort: Cohort, *, by: int | None, now: datetime) -> Plan:
    """Do what the plan says, all of it or nothing; the plan. Twice changes nothing.

    Raises Refused when a row cannot be taken or the cohort is closed, Conflict when somebody else entered one of these
    people at the same moment.
    """
    try:
        with tallies.transaction():
            enrolling.hold_courses([cohort.id])
            cohort = lock(cohort)
            planned = plan(roster, cohort)
            refuse_unfit(planned)
            carry_out(planned, by=by, now=now)
    except peewee.IntegrityError as problem:
        raise Conflict(_("Somebody entered one of these people just now. Look at the preview again.")) from problem
    return planned


def refuse_unfit(planned: Plan) -> None:
    """Raise Refused for a plan that cannot be carried out as a whole."""
    if planned.bad:
        raise Refused(_("Mend the rows named below, then choose the file again. Nothing was imported."))
    if planned.cohort.closed_at:
        raise Refused(_("This class is closed. Open it again, then import."))


def carry_out(planned: Plan, *, by: int | None, now: datetime) -> None:
    """Write everything, and what was done in the trail."""
    new = [one for one in planned.entries if one.what == NEW]
    insert_people(new, now)
    for one in planned.entries:
        if one.what == CHANGED:
            one.person.name, one.person.area_code = one.row.name, one.area_code or one.person.area_code
            one.person.save()
    joined = join([one for one in planned.entries if one.joins], planned.cohort, now)
    if not planned.changes:
        return
    audit.record("roster.imported", planned.cohort, by=by, detail=dict(planned.counts), now=now)
    audit.record_many("person.created", Person, ids(new), by=by, now=now)
    changed = [one for one in planned.entries if one.what == CHANGED]
    audit.record_many("person.renamed", Person, ids(changed), by=by, now=now)
    told = [(membership.id, membership.person_id) for membership in joined]
    audit.record_many("membership.joined", Membership, told, by=by, detail={"how": "roster"}, now=now)


def ids(entries: list[Entry]) -> list[tuple[int, int]]:
    """The people of these entries, as subject and as whom it concerns."""
    return [(one.person.id, one.person.id) for one in entries]


def insert_people(entries: list[Entry], now: datetime) -> None:
    """Make the new people, and note on each entry who they are."""
    rows = [(one.row.name, one.row.phone, one.area_code, now) for one in entries]
    for chunk in in_chunks(rows, 2_000):
        Person.insert_many(chunk, fields=[Person.name, Person.phone, Person.area_code, Person.created_at]).execute()
    made = people_by_number(one.row.phone for one in entries)
    for one in entries:
        one.person = made[one.row.phone]


def join(entries: list[Entry], cohort: Cohort, now: datetime) -> list[Membership]:
    """Make them members, bring back those who had left, and enrol those who have accepted the notice."""
    before = {row.person_id: row for row in Membership.select().where(Membership.cohort == cohort)}
    back = [before[one.person.id] for one in entries if one.person.id in before]
    fresh = [one.person for one in entries if one.person.id not in before]
    rows = [(cohort.id, one.id, one.area_code or cohort.area_id, one.group, now) for one in fresh]
    fields = [Membership.cohort, Membership.person, Membership.area_code, Membership.group, Membership.joined_at]
    for chunk in in_chunks(rows, 2_000):
        Membership.insert_many(chunk, fields=fields).execute()
    made = memberships_of(fresh, cohort)
    accepted = {one.id for one in fresh if not one.is_invited}
    enrolling.enrol_many([member for member in made if member.person_id in accepted], now=now)
    for membership in back:
        come_back(membership, now)
    return made + back


def memberships_of(people: list[Person], cohort: Cohort) -> list[Membership]:
    """The memberships of these people in the cohort."""
    found: list[Membership] = []
    for chunk in in_chunks([person.id for person in people]):
        found.extend(Membership.select().where((Membership.cohort == cohort) & Membership.person.in_(chunk)))
    return found


def come_back(membership: Membership, now: datetime) -> None:
    """Bring back one who had left, with what was learnt."""
    membership.left_at = None
    membership.save()
    if not membership.person.is_invited:
        enrolling.enrol(membership, now=now)
