"""Certificates for the crowd: the facts that the product prints, filled in by the thousand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from lms import installation
from lms.catalogue.models import CourseVersion, Lesson
from lms.certificates import issuing
from lms.certificates.models import Certificate
from lms.certificates.snapshot import Snapshot
from lms.exchange import bulk
from lms.lib import certificate_numbers
from lms.programmes.models import Cohort

Row = tuple[int, int, str, str, str | None, str, str]


class Certifier:
    """Draws numbers and writes snapshots."""

    def __init__(self, versions: list[CourseVersion], rng: random.Random, zone: ZoneInfo) -> None:
        self.rng, self.zone = rng, zone
        self.taken = {row.number for row in Certificate.select(Certificate.number)}
        self.patterns = {version.id: pattern(version, zone) for version in versions}

    def row(
        self, enrolment: int, version: CourseVersion, cohort: Cohort, name: str, started: float, completed: float
    ) -> Row:
        """A certificate as the columns enrolment, sequence, number, issued_at, expires_on, snapshot, revoked_reason."""
        number = self.number()
        issued = datetime.fromtimestamp(completed, self.zone).date()
        expires = issuing.months_later(issued, version.valid_months)
        facts = replace(
            self.patterns[version.id],
            number=number,
            name=name,
            cohort=cohort.name,
            class_number=cohort.class_number,
            started_on=datetime.fromtimestamp(started, self.zone).date(),
            completed_on=issued,
            issued_on=issued,
            expires_on=expires,
            verify_url=f"{issuing.place.public_url}/v/{number}",
        )
        return enrolment, 1, number, bulk.moment(completed), expires and expires.isoformat(), facts.to_json(), ""

    def number(self) -> str:
        """A number that nobody has."""
        while (number := certificate_numbers.draw(self.rng)) in self.taken:
            pass
        self.taken.add(number)
        return number


def pattern(version: CourseVersion, zone: ZoneInfo) -> Snapshot:
    """The facts that are the same for everybody."""
    site = installation.read()
    today = datetime.now(zone).date()
    return Snapshot(
        number="",
        name="",
        course_slug=version.course.slug,
        course_title_zh=version.title_zh,
        course_title_en=version.title_en,
        version=version.number,
        lessons=max(1, Lesson.select().where(Lesson.version == version).count()),
        kinds=issuing.required_kinds(version),
        planned_class_hours=version.class_hours,
        verified_class_hours=None,
        class_number="",
        cohort="",
        started_on=today,
        completed_on=today,
        issued_on=today,
        expires_on=None,
        issuer_zh=site.issuer_zh,
        issuer_en=site.issuer_en,
        trainer="",
        verify_url="",
        demo=True,
    )
