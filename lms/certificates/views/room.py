"""Where the pages about certificates are hung, and which of them somebody may open."""

from __future__ import annotations

from datetime import date

import peewee
from flask import Blueprint

from lms.accounts.models import Person
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort
from lms.web.people import settings

blueprint = Blueprint("certificates", __name__)


def owned_by(person: Person) -> peewee.ModelSelect:
    """The certificates that a person holds or held."""
    return Certificate.select(Certificate, Enrolment).join(Enrolment).where(Enrolment.person == person)


def seen_by(person: Person) -> peewee.ModelSelect:
    """The certificates that a person may open: own ones, those of cohorts they look after."""
    cohorts = Cohort.supervised_by(person).select(Cohort.id)
    query = Certificate.select(Certificate, Enrolment, Person).join(Enrolment).join(Person)
    return query.where((Enrolment.person == person) | Enrolment.cohort.in_(cohorts))


def today() -> date:
    """The day it is where the installation is."""
    return utc_now().astimezone(settings().zone).date()
