"""People: made, renamed, moved, let out and in again, and forgotten. Names and numbers never enter the audit trail,
for what is deleted here must be gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from lms import audit
from lms.accounts import roles, sessions, tries
from lms.accounts.models import Consent, Credential, KnownPhone, Person, Role, SignedIn
from lms.db import database, insert_once
from lms.errors import Conflict, Refused
from lms.i18n import _
from lms.web import log

OWN_FACTS = ("name", "group", "age_band", "area_code", "language", "theme", "text_size", "saver")

# Filled in the factory: what keeps something of a person that must go with them. Called inside the transaction.
when_erased: list[Callable[[Person, datetime], None]] = []


def by_number(number: str) -> Person | None:
    """Whose mobile number this is (national digits)."""
    return Person.get_or_none(Person.phone == number) if number else None


def create(name: str, phone: str, *, by: int | None, now: datetime, area_code: str = "", language: str = "") -> Person:
    """A new person, invited: nothing is recorded of them until they accept the notice. `by` None: they came themselves.

    Raises Conflict when the number is somebody's already; the database says so, not a look beforehand.
    """
    with database.atomic():
        person = insert_once(
            lambda: Person.create(name=name, phone=phone, area_code=area_code, language=language, created_at=now)
        )
        if person is None:
            raise Conflict(taken())
        audit.record("person.created", person, by=by or person.id, person=person.id, now=now)
    return person


def rename(person: Person, name: str, *, by: int, now: datetime) -> None:
    """Write the person's name anew. Certificates keep the name that they were issued with, until they are corrected."""
    change(person, "renamed", by, now, name=name)


def change_phone(person: Person, phone: str, *, by: int, now: datetime) -> None:
    """Give the person another number to sign in with. Raises Conflict when it is somebody's already."""
    with database.atomic():
        if not insert_once(lambda: Person.update(phone=phone).where(Person.id == person.id).execute()):
            raise Conflict(taken())
        tries.forgive(phone, person.id)
        audit.record("person.phone_changed", person, by=by, person=person.id, now=now)
    person.phone = phone


def move(person: Person, area_code: str, *, by: int, now: datetime) -> None:
    """Note that the person lives elsewhere now. Enrolments keep the area of their day."""
    change(person, "moved", by, now, area_code=area_code)


def deactivate(person: Person, *, by: int, now: datetime) -> None:
    """Let the person in no more; all that was learnt stays. Raises Refused for the last administrator."""
    if person.deactivated_at:
        return
    roles.refuse_last_admin(person.id)
    with database.atomic():
        change(person, "deactivated", by, now, deactivated_at=now)
        sessions.end_all(person, by=by, now=now)
    log.security("person_deactivated", person=person.id, by=by)


def reactivate(person: Person, *, by: int, now: datetime) -> None:
    """Let the person in again."""
    if person.deactivated_at:
        change(person, "reactivated", by, now, deactivated_at=None)


def erase(person: Person, *, by: int | None, now: datetime) -> None:
    """Forget who this was: name, number, group, age, how they signed in. Twice is harmless.

    The row stays, nameless, because what was counted stays counted; certificates stay with what is printed on them
    (told in the notice).

    Right to deletion: PIPL article 47. Raises Refused for the last administrator.
    """
    if person.deleted_at:
        return
    roles.refuse_last_admin(person.id)
    with database.atomic():
        sessions.end_all(person, by=by, now=now, forget_phones=True)
        for table in (Credential, KnownPhone, SignedIn, Role):
            table.delete().where(table.person == person).execute()
        Consent.update(given_by="", relation="", withdrawn_at=now).where(Consent.person == person).execute()
        tries.forgive(person.phone or "", person.id)
        change(person, "erased", by, now, phone=None, deleted_at=now, **dict.fromkeys(OWN_FACTS, ""))
        for hook in when_erased:
            hook(person, now)
    log.security("person_erased", person=person.id, by=by)


def merge(duplicate: Person, kept: Person, *, by: int, now: datetime) -> None:
    """Close the second account of one human being. The caller has moved over what was learnt; here its number, name and
    ways in go, and the row says where they went. Raises Refused for a colleague: roles are taken away first."""
    if duplicate == kept or duplicate.deleted_at or kept.deleted_at:
        raise Refused(_("Choose two accounts that are both in use."))
    if duplicate.is_staff:
        raise Refused(_("Take away the roles of the second account first."))
    with database.atomic():
        sessions.end_all(duplicate, by=by, now=now, forget_phones=True)
        Credential.delete().where(Credential.person == duplicate).execute()
        Consent.update(given_by="", relation="", withdrawn_at=now).where(Consent.person == duplicate).execute()
        gone = dict.fromkeys(OWN_FACTS, "")
        change(duplicate, "merged", by, now, phone=None, merged_into=kept, deleted_at=now, **gone)


def change(person: Person, deed: str, by: int | None, now: datetime, **values: object) -> None:
    """Write these columns and the line in the trail, both or neither."""
    with database.atomic():
        for name, value in values.items():
            setattr(person, name, value)
        person.save()
        audit.record(f"person.{deed}", person, by=by, person=person.id, detail={"what": sorted(values)}, now=now)


def taken() -> str:
    """What to say when a number is somebody's already."""
    return _("This number belongs to somebody here already. Look the person up by it.")
