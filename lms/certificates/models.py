"""Certificates and their history. One enrolment has one certificate at a time; a replacement draws the next."""

from __future__ import annotations

import peewee

from lms.certificates.snapshot import Snapshot
from lms.db import JSONField, Model, MomentField
from lms.learning.models import Enrolment


class Certificate(Model):
    """A certificate as issued. `snapshot` holds every printed fact; changing a person later changes nothing here.

    `sequence` counts from 1 within the enrolment: the unique index lets fifty clicks at once make one certificate.
    """

    enrolment = peewee.ForeignKeyField(Enrolment, backref="certificates", on_delete="RESTRICT")
    sequence = peewee.IntegerField()
    number = peewee.CharField(14, unique=True)
    issued_at = MomentField()
    expires_on = peewee.DateField(null=True)
    snapshot = peewee.TextField()
    corrected_at = MomentField(null=True)
    replaced_by = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="replaces")
    revoked_at = MomentField(null=True)
    revoked_reason = peewee.CharField(24, default="")

    class Meta:
        indexes = ((("enrolment", "sequence"), True),)

    @property
    def facts(self) -> Snapshot:
        """What is printed."""
        return Snapshot.from_json(self.snapshot)


class CertificateChange(Model):
    """What happened to a certificate after it was issued: corrected, replaced, revoked. Never altered."""

    certificate = peewee.ForeignKeyField(Certificate, backref="changes", on_delete="RESTRICT")
    kind = peewee.CharField(16)
    at = MomentField()
    by_id = peewee.IntegerField(null=True)
    before = JSONField()
    after = JSONField()
    reason = peewee.CharField(200, default="")


MODELS = [Certificate, CertificateChange]
