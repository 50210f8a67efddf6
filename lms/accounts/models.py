"""Rows about people. Personal data is little: a name, a phone, an age band, and a group only by consent."""

from __future__ import annotations

from functools import cached_property

import peewee
from flask_login import UserMixin

from lms.db import Model, MomentField
from lms.i18n import lazy as _l

AGE_BANDS = {"14-15": _l("14 or 15"), "16-17": _l("16 or 17"), "18+": _l("18 or older")}
GROUPS = {
    "migrant": _l("Returning migrant worker"),
    "graduate": _l("Graduate"),
    "veteran": _l("Ex-serviceman or woman"),
    "other": _l("Other"),
}
RELATIONS = {
    "mother": _l("Mother"),
    "father": _l("Father"),
    "grandparent": _l("Grandparent"),
    "other": _l("Another guardian"),
}
ROLES = {
    "trainer": _l("Trainer"),
    "manager": _l("Manager"),
    "admin": _l("Administrator"),
}


class Person(Model, UserMixin):
    """One human being. `phone` is national digits; none after the account was deleted or merged into another.

    `group` is empty (未说明) until the person says it with a consent of its own. `session_token` is set by the
    session loader, so that Flask-Login's cookie names a session that can be ended, not the person; `came_back` by it
    too, on the first request after an hour away. (Model stands first: people are equal by id, not by session.)
    """

    name = peewee.CharField(40)
    phone = peewee.CharField(16, null=True, unique=True)
    age_band = peewee.CharField(8, default="")
    group = peewee.CharField(16, default="")
    area_code = peewee.CharField(12, default="", index=True)
    language = peewee.CharField(2, default="")
    theme = peewee.CharField(5, default="")
    text_size = peewee.CharField(6, default="")
    saver = peewee.CharField(3, default="")
    created_at = MomentField()
    notice_accepted_at = MomentField(null=True)
    deactivated_at = MomentField(null=True)
    deleted_at = MomentField(null=True)
    merged_into = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL", backref="duplicates")

    session_token: str = ""
    came_back: bool = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the revocable token of this session."""
        return self.session_token

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person may sign in."""
        return self.deactivated_at is None and self.deleted_at is None

    @property
    def is_invited(self) -> bool:
        """Imported by somebody else and has not accepted the notice yet."""
        return self.notice_accepted_at is None

    @cached_property
    def roles(self) -> list[Role]:
        """This person's roles, read once."""
        return list(Role.select().where(Role.person == self))

    def has_role(self, kind: str) -> bool:
        """Whether this person has the role anywhere."""
        return any(role.kind == kind for role in self.roles)

    def areas_as(self, kind: str) -> list[str]:
        """The 12-digit codes in which this person has the role; `""` means everywhere."""
        return [role.area_code for role in self.roles if role.kind == kind]

    @property
    def is_staff(self) -> bool:
        """Signs in with a password instead of a PIN."""
        return bool(self.roles)


class Role(Model):
    """A role within an area (12-digit code; empty for the whole installation)."""

    person = peewee.ForeignKeyField(Person, backref="role_rows", on_delete="CASCADE")
    kind = peewee.CharField(16)
    area_code = peewee.CharField(12, default="")
    given_at = MomentField()

    class Meta:
        indexes = ((("person", "kind", "area_code"), True),)


class Consent(Model):
    """What a person agreed to: `notice` (privacy), `group` (say my group), `guardian` (a minor's guardian agrees:
    `given_by` is their name, `relation` a key of RELATIONS). `noted_by`: whoever noted it for somebody else."""

    person = peewee.ForeignKeyField(Person, backref="consents", on_delete="CASCADE")
    kind = peewee.CharField(16)
    version = peewee.CharField(16)
    given_at = MomentField()
    withdrawn_at = MomentField(null=True)
    given_by = peewee.CharField(40, default="")
    relation = peewee.CharField(16, default="")
    noted_by = peewee.IntegerField(null=True)


class Credential(Model):
    """`pin` and `password` as argon2 hashes, `totp` encrypted. `first`: made by us, not chosen by the person yet."""

    person = peewee.ForeignKeyField(Person, backref="credentials", on_delete="CASCADE")
    kind = peewee.CharField(16)
    secret = peewee.CharField(255)
    first = peewee.BooleanField(default=False)
    made_at = MomentField()
    used_at = MomentField(null=True)

    class Meta:
        indexes = ((("person", "kind"), True),)


class SignedIn(Model):
    """A session on one phone. Only the hash of its token is kept; ending it signs that phone out."""

    person = peewee.ForeignKeyField(Person, backref="sessions", on_delete="CASCADE")
    token_hash = peewee.CharField(64, unique=True)
    began_at = MomentField()
    seen_at = MomentField()
    ended_at = MomentField(null=True)


class KnownPhone(Model):
    """A phone that has signed this person in: strangers' guesses elsewhere never make it wait."""

    person = peewee.ForeignKeyField(Person, backref="known_phones", on_delete="CASCADE")
    token_hash = peewee.CharField(64)
    first_at = MomentField()
    last_at = MomentField()

    class Meta:
        indexes = ((("token_hash", "person"), True),)


class FailedTries(Model):
    """Wrong tries in a row for one number, one address or one known phone, and when the next try counts."""

    key = peewee.CharField(80, primary_key=True)
    failures = peewee.IntegerField()
    last_at = MomentField(index=True)
    wait_until = MomentField()


MODELS = [Person, Role, Consent, Credential, SignedIn, KnownPhone, FailedTries]
