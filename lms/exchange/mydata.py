"""What the installation keeps of one person, in words that they can read; and its end, when they delete their account.

Seeing and copying: PIPL article 45; deletion: article 47.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lms import audit
from lms.accounts.models import Consent, KnownPhone, Person, SignedIn
from lms.assessment import keeping as judged
from lms.catalogue.models import Course
from lms.certificates.models import Certificate
from lms.db import database
from lms.i18n import lazy as _l
from lms.learning import enrolling
from lms.learning.models import ActiveWeek, Enrolment, Event, LessonFault, StepDone
from lms.outcomes.models import LiveReport
from lms.practice.rehearsal import keeping as rehearsals
from lms.practice.scripts import keeping as scripts
from lms.programmes import memberships
from lms.programmes.models import Cohort, Membership
from lms.submissions import mine as works

ANSWER_COLUMNS = ("when", "stored", "class", "course", "lesson", "step", "kind", "answer", "right")
# The headings of the table, in the reader's language.
ANSWER_HEADINGS = (
    _l("Answered at (UTC)"),
    _l("Stored at (UTC)"),
    _l("Class"),
    _l("Course"),
    _l("Lesson"),
    _l("Step"),
    _l("Kind of step"),
    _l("Answer"),
    _l("Right"),
)


def everything(person: Person) -> dict[str, Any]:
    """All that is kept of the person, ready for JSON. Hashes of PINs and sessions are left out: they tell nothing."""
    return {
        "account": account(person),
        "consents": [consent(row) for row in Consent.select().where(Consent.person == person)],
        "phones": [
            {"first used": told(row.first_at), "last used": told(row.last_at)}
            for row in KnownPhone.select().where(KnownPhone.person == person)
        ],
        "signed in": [
            {"from": told(row.began_at), "last seen": told(row.seen_at), "signed out": told(row.ended_at)}
            for row in SignedIn.select().where(SignedIn.person == person)
        ],
        "classes": [class_of(row) for row in Membership.select().where(Membership.person == person)],
        "answers": list(answers(person)),
        "certificates": certificates(person),
        "lives": [live(row) for row in LiveReport.select().where(LiveReport.person == person)],
        "faults reported": [fault(row) for row in LessonFault.select().where(LessonFault.person == person)],
        "works": works.told(person),
        "files on their way": works.unfinished(person),
        "judgements of your works": judged.of_works(person),
        "judgements that you gave": judged.given(person),
        "stickers that you gave": judged.stickers(person),
        "stickers that your works got": judged.stickers_got(person),
        "quick phrases": judged.phrases(person),
        "scripts": scripts.everything(person),
        "rehearsals": rehearsals.everything(person),
        "comments for the rehearsal room": rehearsals.lines(person),
        "changes noted": changes(person),
    }


def account(person: Person) -> dict[str, Any]:
    """Who the person is here."""
    return {
        "name": person.name,
        "phone": person.phone,
        "age": person.age_band,
        "group": person.group,
        "area": person.area_code,
        "language": person.language,
        "roles": [{"role": role.kind, "area": role.area_code} for role in person.roles],
        "since": told(person.created_at),
        "accepted the notice": told(person.notice_accepted_at),
    }


def consent(row: Consent) -> dict[str, Any]:
    """What was agreed to."""
    return {
        "to": row.kind,
        "version": row.version,
        "given": told(row.given_at),
        "by": row.given_by or None,
        "who is": row.relation or None,
        "noted by somebody else": row.noted_by is not None,
        "taken back": told(row.withdrawn_at),
    }


def class_of(membership: Membership) -> dict[str, Any]:
    """A class with its courses and how far the person got."""
    weeks = ActiveWeek.select().where(ActiveWeek.membership == membership).order_by(ActiveWeek.monday)
    return {
        "class": membership.cohort.name,
        "area": membership.area_code,
        "group": membership.group,
        "joined": told(membership.joined_at),
        "left": told(membership.left_at),
        "last seen": told(membership.seen_at),
        "weeks with an answer, by their Monday": [row.monday.isoformat() for row in weeks],
        "courses": [course_of(row) for row in Enrolment.select().where(Enrolment.membership == membership)],
    }


def course_of(enrolment: Enrolment) -> dict[str, Any]:
    """A course with its states and the steps done."""
    steps = StepDone.select().where(StepDone.enrolment == enrolment).order_by(StepDone.id)
    return {
        "course": enrolment.version.title("zh"),
        "version": enrolment.version.number,
        "enrolled": told(enrolment.enrolled_at),
        "started": told(enrolment.started_at),
        "completed": told(enrolment.completed_at),
        "certified": told(enrolment.certified_at),
        "steps done": [{"step": row.step_key, "when": told(row.done_at)} for row in steps],
    }


def answers(person: Person) -> Iterator[dict[str, Any]]:
    """Everything that the person did in lessons, in the order in which it was stored; keys as ANSWER_COLUMNS."""
    rows = (
        Event.select(Event, Enrolment, Course, Cohort)
        .join(Enrolment)
        .join(Course)
        .switch(Enrolment)
        .join(Cohort)
        .where(Event.person == person)
        .order_by(Event.id)
    )
    for row in rows:
        values = (
            told(row.happened_at), told(row.stored_at), row.enrolment.cohort.name, row.enrolment.course.slug,
            row.lesson_key, row.step_key, row.kind, row.body, row.right,
        )  # fmt: skip
        yield dict(zip(ANSWER_COLUMNS, values, strict=True))


def certificates(person: Person) -> list[dict[str, Any]]:
    """The certificates with every printed fact, which stay after a deletion so that others can check them."""
    rows = Certificate.select().join(Enrolment).where(Enrolment.person == person).order_by(Certificate.id)
    return [
        {
            "number": row.number,
            "name": row.facts.name,
            "course": row.facts.course_title_zh,
            "class": row.facts.cohort,
            "issued": told(row.issued_at),
            "revoked": told(row.revoked_at),
        }
        for row in rows
    ]


def live(row: LiveReport) -> dict[str, Any]:
    """A live that the person reported."""
    return {
        "on": row.went_on.isoformat(),
        "platform": row.platform,
        "minutes": row.minutes,
        "told": told(row.reported_at),
    }


def fault(row: LessonFault) -> dict[str, Any]:
    """A fault in a lesson that the person reported."""
    return {"lesson": row.lesson_key, "what": row.kind, "words": row.words, "when": told(row.reported_at)}


def changes(person: Person) -> list[dict[str, Any]]:
    """What the audit trail has on the person: what and when, and whether it was they who did it."""
    rows = audit.AuditEntry.select().where(audit.AuditEntry.person_id == person.id).order_by(audit.AuditEntry.id)
    return [
        {"when": told(row.at), "what": row.action, "by yourself": row.actor_id == person.id, "details": row.detail}
        for row in rows
    ]


def told(moment: datetime | None) -> str | None:
    """A moment as text, in UTC."""
    return moment.isoformat(timespec="seconds") if moment else None


def forget(person: Person, now: datetime) -> None:
    """What goes with an erased person (a hook of `accounts.people`): their classes go on without them, and the group,
    which they had told us with a consent of its own, is nowhere any more; works lose their files and words. No tally
    changes."""
    with database.atomic():
        judged.forget(person, now)
        works.forget(person, now)
        for membership in Membership.select().where((Membership.person == person) & Membership.left_at.is_null()):
            enrolling.leave(membership, now=now)
            memberships.leave(membership, now=now, by=person.id)
        Membership.update(group="").where(Membership.person == person).execute()
        Enrolment.update(group="").where(Enrolment.person == person).execute()
        LessonFault.update(words="").where(LessonFault.person == person).execute()
        scripts.forget(person, now)
        rehearsals.forget(person)
