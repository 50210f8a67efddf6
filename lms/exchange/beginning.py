"""The beginning of an installation: database, provinces, and the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lms import db, migrations
from lms.accounts import credentials, people, roles
from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.programmes import areas


@dataclass(frozen=True)
class FirstAdmin:
    """Who lets everybody else in. `phone` is national digits."""

    name: str
    phone: str
    password: str


def prepare(backups: Path, *, now: datetime) -> tuple[list[str], int]:
    """Bring the database up to date and make the provinces; (migrations run, provinces made). Twice is harmless."""
    done, _backup = migrations.upgrade(backups, now=now)
    with db.opened(), db.database.atomic():
        return done, areas.load_provinces()


def first_admin(admin: FirstAdmin, *, now: datetime) -> Person:
    """Make the first administrator, who signs in with number and password. Raises Refused for a weak password."""
    with db.database.atomic():
        person = people.create(admin.name, admin.phone, by=None, now=now)
        roles.grant(person, "admin", by=None, now=now)
        credentials.set_password(person, admin.password, by=None, now=now)
    return person


def has_admin() -> bool:
    """Whether somebody can already let others in."""
    return roles.holders("admin").exists()


def is_empty() -> bool:
    """Whether nothing would be lost: no tables, or neither people nor courses in them."""
    with db.opened():
        present = set(db.database.obj.get_tables())
        return not any(table._meta.table_name in present and table.select().exists() for table in (Person, Course))
