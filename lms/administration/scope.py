"""What a colleague at a desk may see and change: an admin everything, a manager their areas and all below them."""

from __future__ import annotations

from dataclasses import dataclass

import peewee

from lms.accounts import roles
from lms.accounts.models import Person, Role
from lms.db import found
from lms.errors import Forbidden, NotFound
from lms.lib import areas as codes
from lms.programmes import areas
from lms.programmes.models import Area, Cohort, Membership
from lms.programmes.places import Places

EVERYWHERE = ("",)


@dataclass(frozen=True)
class Scope:
    """The reach of one colleague. `areas`: 12-digit codes; `""` is everywhere."""

    person: Person
    areas: tuple[str, ...]

    @classmethod
    def of(cls, person: Person) -> Scope:
        """The scope of this colleague's roles."""
        return cls(person, EVERYWHERE if person.has_role("admin") else tuple(person.areas_as("manager")))

    @property
    def is_whole(self) -> bool:
        """Whether nothing lies outside."""
        return "" in self.areas

    def people(self) -> peewee.ModelSelect:
        """The people who live within, and those who are now in a class within, wherever they live."""
        visible = roles.people_visible_to(self.person)
        if self.is_whole:
            return visible
        learners = self.members().select(Membership.person)
        there = Person.select().where(Person.deleted_at.is_null())
        return there.where(Person.id.in_(visible.select(Person.id)) | Person.id.in_(learners))

    def find_person(self, person_id: int) -> Person:
        """Somebody within, or NotFound."""
        return found(self.people().where(Person.id == person_id))

    def sees(self, person: Person) -> bool:
        """Whether the person is within."""
        return self.people().where(Person.id == person.id).exists()

    def members(self) -> peewee.ModelSelect:
        """The memberships in classes within whose people have not left."""
        within = Membership.cohort.in_(self.cohorts().select(Cohort.id))
        return Membership.select().where(Membership.left_at.is_null() & within)

    def person_to_change(self, person_id: int) -> Person:
        """Somebody within whose account this colleague may change. Raises Forbidden for all others."""
        person = self.find_person(person_id)
        if not self.may_change(person):
            raise Forbidden
        return person

    def person_to_reset(self, person_id: int) -> Person:
        """Somebody within whom this colleague may give a new secret. Raises Forbidden for all others."""
        person = self.find_person(person_id)
        if not self.may_reset(person):
            raise Forbidden
        return person

    def may_change(self, person: Person) -> bool:
        """An admin anybody; a manager who lives within: trainees, and trainers who teach nowhere else. Learning in a
        class within is not enough: the account goes on elsewhere when the class is over."""
        return self.outranks(person) and self.holds(person.area_code)

    def may_reset(self, person: Person) -> bool:
        """Whom one may change, and trainees who are now in a class within: whoever stands before them helps them in."""
        if self.may_change(person):
            return True
        return not person.is_staff and self.members().where(Membership.person == person).exists()

    def outranks(self, person: Person) -> bool:
        """Whether the person has no role but a trainer's within; an admin stands above all."""
        if self.person.has_role("admin"):
            return True
        return all(role.kind == "trainer" and self.holds(role.area_code) for role in person.roles)

    def may_grant(self, kind: str, area_code: str) -> bool:
        """An admin any role; a manager the trainer's, within their areas."""
        return self.person.has_role("admin") or (kind == "trainer" and self.holds(area_code))

    def role_to_revoke(self, person: Person, role_id: int) -> Role:
        """One of the person's roles that this colleague could have given, or NotFound."""
        role = found(Role.select().where((Role.person == person) & (Role.id == role_id)))
        if not self.may_grant(role.kind, role.area_code):
            raise Forbidden
        return role

    def holds(self, area_code: str) -> bool:
        """Whether an area lies within. No area (everywhere) lies only within everything."""
        if self.is_whole:
            return True
        return bool(area_code) and any(codes.contains(area, area_code) for area in self.areas)

    def cohorts(self) -> peewee.ModelSelect:
        """The cohorts within."""
        return Cohort.within(self.areas)

    def find_cohort(self, cohort_id: int) -> Cohort:
        """A cohort within, or NotFound."""
        return found(self.cohorts().where(Cohort.id == cohort_id))

    def find_membership(self, person: Person, membership_id: int) -> Membership:
        """The person's membership in a cohort within, or NotFound."""
        within = Membership.cohort.in_(self.cohorts().select(Cohort.id))
        own = (Membership.person == person) & (Membership.id == membership_id)
        return found(Membership.select().where(own & within))

    def find_area(self, code: str) -> Area:
        """An area within, or NotFound."""
        area = areas.find(self.areas, code)
        if area is None:
            raise NotFound
        return area

    def places(self) -> Places:
        """What finds a typed place within."""
        return Places(self.areas)
