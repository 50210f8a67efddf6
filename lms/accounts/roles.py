"""Who has which role where. Rows are written here; who may give roles is the caller's question."""

from __future__ import annotations

from datetime import datetime

import peewee

from lms import audit
from lms.accounts import sessions
from lms.accounts.models import ROLES, Person, Role
from lms.db import database, insert_once
from lms.errors import Refused
from lms.i18n import _
from lms.lib import areas
from lms.web import log


def grant(person: Person, kind: str, area_code: str = "", *, by: int | None, now: datetime) -> Role:
    """Give the role within an area (12-digit code; empty: everywhere); twice is harmless. An administrator is one of
    the whole installation, whatever area is said.

    The first role turns a PIN into a password: whatever is signed in with six digits is signed out.
    """
    if kind not in ROLES:
        raise ValueError(f"no role {kind!r}")
    area_code = "" if kind == "admin" else area_code
    with database.atomic():
        first = not Role.select().where(Role.person == person).exists()
        made = insert_once(lambda: Role.create(person=person, kind=kind, area_code=area_code, given_at=now))
        if made:
            audit.record("role.granted", made, by=by, person=person.id, detail=told(kind, area_code), now=now)
            log.security("role_granted", person=person.id, role=kind, area=area_code, by=by)
        if made and first:
            sessions.end_all(person, by=by, now=now)
    person.__dict__.pop("roles", None)
    return made or Role.get((Role.person == person) & (Role.kind == kind) & (Role.area_code == area_code))


def revoke(role: Role, *, by: int | None, now: datetime) -> None:
    """Take the role away. Raises Refused for the last administrator: somebody must be able to let others in."""
    if role.kind == "admin" and not other_admin_role(role):
        refuse_last_admin(role.person_id)
    with database.atomic():
        audit.record(
            "role.revoked", role, by=by, person=role.person_id, detail=told(role.kind, role.area_code), now=now
        )
        role.delete_instance()
    log.security("role_revoked", person=role.person_id, role=role.kind, area=role.area_code, by=by)


def other_admin_role(role: Role) -> bool:
    """Whether the person stays an administrator by another row, as rows of before could name an area. It says nothing:
    every administrator is one of the whole installation."""
    same = (Role.person == role.person_id) & (Role.kind == "admin") & (Role.id != role.id)
    return Role.select().where(same).exists()


def refuse_last_admin(person_id: int) -> None:
    """Raise Refused when no other administrator could sign in without this person."""
    admins = holders("admin")
    if admins.where(Person.id == person_id).exists() and not admins.where(Person.id != person_id).exists():
        raise Refused(_("This is the last administrator. Make somebody else one first."))


def holders(kind: str) -> peewee.ModelSelect:
    """The people who have the role anywhere and may sign in."""
    return active().where(Person.id.in_(Role.select(Role.person).where(Role.kind == kind)))


def active() -> peewee.ModelSelect:
    """The people who may sign in."""
    return Person.select().where(Person.deactivated_at.is_null() & Person.deleted_at.is_null())


def people_visible_to(person: Person) -> peewee.ModelSelect:
    """The people whom a manager (own areas and all below them) or an admin (everybody) may look up.

    Who has been deleted is nobody's any more. A trainer's people follow from cohorts, see `lms.programmes`.
    """
    there = Person.select().where(Person.deleted_at.is_null())
    if person.has_role("admin"):
        return there
    within = peewee.Value(1) == peewee.Value(0)
    for code in person.areas_as("manager"):
        within |= Person.area_code.between(*areas.code_range(code)) if code else Person.id.is_null(False)
    return there.where(within)


def told(kind: str, area_code: str) -> dict[str, str]:
    """What the trail says of a role."""
    return {"role": kind, "area": area_code}
