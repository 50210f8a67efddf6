"""Finding people at a desk: by name or number, by role, state, area and class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import peewee

from lms.accounts.models import Person, Role
from lms.administration.scope import Scope
from lms.db import by_sound
from lms.i18n import lazy as _l
from lms.lib import areas, phones
from lms.programmes.models import Area, Cohort, Membership, inside

KINDS = {
    "trainees": _l("Trainees"),
    "trainer": _l("Trainers"),
    "manager": _l("Managers"),
    "admin": _l("Administrators"),
}
STATES = {
    "invited": _l("Invited, not come yet"),
    "closed": _l("Account closed"),
    "left": _l("Has left the class"),
}


@dataclass(frozen=True)
class Search:
    """What a list of people is narrowed by; empty texts narrow nothing. `area`: a code, `cohort`: an id."""

    words: str = ""
    kind: str = ""
    state: str = ""
    area: str = ""
    cohort: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Search:
        """The search in an address; what is unknown narrows nothing."""
        cohort = asked.get("cohort", "")
        return cls(
            words=asked.get("q", "").strip()[:60],
            kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
            state=asked.get("state", "") if asked.get("state") in STATES else "",
            area=asked.get("area", "") if areas.is_code(asked.get("area", "")) else "",
            cohort=int(cohort) if cohort.isdigit() and len(cohort) < 10 else None,
        )

    def told(self) -> dict[str, Any]:
        """What narrows the list, for the trail. Not the words: they can be a name or a number."""
        areas_asked = [self.area] if self.area else []
        said = {"areas": areas_asked, "people": self.kind, "state": self.state, "cohort": self.cohort}
        return {key: value for key, value in {**said, "searched": bool(self.words)}.items() if value}

    def people(self, scope: Scope) -> peewee.ModelSelect:
        """The people within the scope whom this search finds, by name."""
        query = scope.people()
        for condition in self.conditions(scope):
            query = query.where(condition)
        return query.order_by(by_sound(Person.name), Person.id)

    def conditions(self, scope: Scope) -> list[peewee.Expression]:
        """What narrows the list."""
        found = [self.by_words(), self.by_kind(), self.by_state(), self.by_class(scope)]
        if self.area:
            found.append(inside(Person.area_code, [self.area.ljust(12, "0")]))
        return [condition for condition in found if condition is not None]

    def by_class(self, scope: Scope) -> peewee.Expression | None:
        """In this class, or, with the state `left`, no longer in it (or in any class within)."""
        has_left = self.state == "left"
        if not self.cohort and not has_left:
            return None
        there = Membership.left_at.is_null(not has_left) & Membership.cohort.in_(scope.cohorts().select(Cohort.id))
        if self.cohort:
            there &= Membership.cohort == self.cohort
        return Person.id.in_(Membership.select(Membership.person).where(there))

    def by_words(self) -> peewee.Expression | None:
        """A part of a name, or of a number."""
        if not self.words:
            return None
        digits = phones.parse(self.words) or "".join(self.words.split())
        if digits.isascii() and digits.isdigit():
            return Person.phone.contains(digits)
        return Person.name.contains(self.words)

    def by_kind(self) -> peewee.Expression | None:
        """Trainees have no role."""
        if not self.kind:
            return None
        if self.kind == "trainees":
            return Person.id.not_in(Role.select(Role.person))
        return Person.id.in_(Role.select(Role.person).where(Role.kind == self.kind))

    def by_state(self) -> peewee.Expression | None:
        """Invited, or closed."""
        if self.state == "invited":
            return Person.notice_accepted_at.is_null()
        return Person.deactivated_at.is_null(False) if self.state == "closed" else None


@dataclass(frozen=True)
class Line:
    """A person as a list shows them."""

    person: Person
    roles: list[str]
    place: str
    classes: list[str]


def lines(people: Iterable[Person], lang: str) -> list[Line]:
    """The people with their roles, places and classes, in four queries whatever their number on the page."""
    people = list(people)
    ids = [person.id for person in people]
    roles, classes = defaultdict(list), defaultdict(list)
    for role in Role.select().where(Role.person.in_(ids)):
        roles[role.person_id].append(role.kind)
    members = Membership.select(Membership, Cohort).join(Cohort)
    for member in members.where(Membership.person.in_(ids) & Membership.left_at.is_null()):
        classes[member.person_id].append(member.cohort.name)
    names = {area.code: area.name(lang) for area in Area.select().where(Area.code.in_({p.area_code for p in people}))}
    return [
        Line(person, sorted(set(roles[person.id])), names.get(person.area_code, ""), classes[person.id])
        for person in people
    ]
