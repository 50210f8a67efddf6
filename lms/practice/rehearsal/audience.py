"""Lines that trainers add to the bank: who writes them, and in whose room they are said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lms import audit
from lms.accounts.models import Person, Role
from lms.catalogue.models import Course, CourseVersion
from lms.db import database
from lms.learning.enrolling import latest_versions
from lms.learning.models import Enrolment
from lms.practice.rehearsal.bank import bank
from lms.practice.rehearsal.models import AudienceLine
from lms.programmes.models import CohortCourse, CohortTrainer, Membership

# Said in nobody's room twice as often because somebody wrote many.
MOST_IN_A_ROOM = 200


def for_room(person: Person, goods: str, lang: str) -> list[dict[str, Any]]:
    """What this person's trainers, and the installation's admins, add to a room with these goods, in one language."""
    fitting = AudienceLine.goods.in_([*bank().goods[goods].covers, ""])
    query = heard_by(person).where(fitting & (getattr(AudienceLine, lang) != ""))
    return [
        {"kind": line.kind, "text": getattr(line, lang), "answer": getattr(line, f"answer_{lang}"), "added": True}
        for line in query.limit(MOST_IN_A_ROOM)
    ]


def heard_by(person: Person) -> Any:
    """The standing lines of this person's trainers, of admins, and their own; those for a course if they take it."""
    cohorts = Membership.select(Membership.cohort).where((Membership.person == person) & Membership.left_at.is_null())
    trainers = CohortTrainer.select(CohortTrainer.person).where(CohortTrainer.cohort.in_(cohorts))
    admins = Role.select(Role.person).where(Role.kind == "admin")
    courses = Enrolment.select(Enrolment.course).where((Enrolment.person == person) & Enrolment.left_at.is_null())
    by_whom = AudienceLine.author.in_(trainers) | AudienceLine.author.in_(admins) | (AudienceLine.author == person)
    for_whom = AudienceLine.course.is_null() | AudienceLine.course.in_(courses) | (AudienceLine.author == person)
    return AudienceLine.standing().where(by_whom & for_whom)


def add(author: Person, told: dict[str, Any], *, now: datetime) -> AudienceLine:
    """Keep a line. `told`: kind, goods, zh, en, answer_zh, answer_en, course."""
    with database.atomic():
        line = AudienceLine.create(author=author, added_at=now, **told)
        audit.record("audience_line.added", line, by=author.id, now=now)
    return line


def remove(line: AudienceLine, *, by: Person, now: datetime) -> None:
    """It is said in no room any more; twice does no harm."""
    with database.atomic():
        standing = (AudienceLine.id == line.id) & AudienceLine.removed_at.is_null()
        if AudienceLine.update(removed_at=now).where(standing).execute():
            audit.record("audience_line.removed", line, by=by.id, person=line.author_id, now=now)


def courses_of(person: Person) -> list[CourseVersion]:
    """The newest version of each course that this colleague's classes take; of every course for an admin."""
    newest = latest_versions()
    query = (
        CourseVersion.select(CourseVersion, Course)
        .join(Course)
        .switch(CourseVersion)
        .join(newest, on=(CourseVersion.id == newest.c.id))
    )
    if not person.has_role("admin"):
        taught = CohortTrainer.select(CohortTrainer.cohort).where(CohortTrainer.person == person)
        taken = CohortCourse.select(CohortCourse.course).where(CohortCourse.cohort.in_(taught))
        query = query.where(CourseVersion.course.in_(taken))
    return list(query.order_by(CourseVersion.position, CourseVersion.id))
