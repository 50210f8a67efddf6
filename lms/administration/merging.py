"""Making one person of two accounts. Nothing that was learnt is lost; what both did is united and counted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.accounts import people
from lms.accounts.models import Person
from lms.administration import uniting
from lms.assessment import keeping as judged
from lms.certificates.models import Certificate
from lms.errors import Refused
from lms.i18n import _
from lms.learning import recount, tallies
from lms.learning.models import ActiveWeek, Enrolment, LessonFault
from lms.outcomes.models import LiveReport
from lms.practice.rehearsal import keeping as rehearsals
from lms.practice.scripts import keeping as scripts
from lms.programmes.models import Membership
from lms.submissions.models import Upload


@dataclass(frozen=True)
class Overlap:
    """What a merge would do: memberships that move as they are, and pairs in one cohort that become one."""

    moving: list[Membership]
    pairs: list[tuple[Membership, Membership]]


def overlap(kept: Person, duplicate: Person) -> Overlap:
    """The memberships of the duplicate, each alone or beside the one of the kept person in the same cohort."""
    own = {row.cohort_id: row for row in Membership.select().where(Membership.person == kept)}
    theirs = list(Membership.select().where(Membership.person == duplicate).order_by(Membership.id))
    return Overlap(
        moving=[row for row in theirs if row.cohort_id not in own],
        pairs=[(own[row.cohort_id], row) for row in theirs if row.cohort_id in own],
    )


def merge(kept: Person, duplicate: Person, *, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Move everything from the duplicate to the kept person; the duplicate's number becomes free.

    Raises Refused, having changed nothing, when both have had a certificate for the same course in the same cohort, and
    as `accounts.people.merge` does.
    """
    with tallies.transaction():
        both = overlap(kept, duplicate)
        for pair in both.pairs:
            refuse_two_certificates(*pair)
        hand_over_reports(kept, duplicate)
        united = [enrolment for own, other in both.pairs for enrolment in make_one(own, other, zone=zone, now=now)]
        for membership in both.moving:
            hand_over(membership, kept)
        for membership in Membership.select().where(Membership.person == kept):
            with uniting.counting(membership):
                uniting.settle(membership, zone=zone, now=now)
        for enrolment in united:
            recount.repair(enrolment, now=now)
        Upload.update(person=kept).where(Upload.person == duplicate).execute()
        for practice in (judged, scripts, rehearsals):
            practice.hand_over(duplicate, kept)
        people.merge(duplicate, kept, by=by, now=now)


def refuse_two_certificates(own: Membership, other: Membership) -> None:
    """Raise Refused when each membership has had a certificate for one course: no number may lose its holder."""
    held = [
        {row.course_id for row in Enrolment.select().join(Certificate).where(Enrolment.membership == membership)}
        for membership in (own, other)
    ]
    if held[0] & held[1]:
        raise Refused(
            _("Both accounts have a certificate for the same course in the same class, so they cannot be made one.")
        )


def hand_over_reports(kept: Person, duplicate: Person) -> None:
    """Lives and faults that the duplicate reported are the kept person's."""
    used = {row.client_id for row in LiveReport.select().where(LiveReport.person == kept)}
    for report in LiveReport.select().where(LiveReport.person == duplicate):
        if report.client_id in used:
            report.client_id = f"merged-{report.id}"
        report.person = kept
        report.save()
    LessonFault.update(person=kept).where(LessonFault.person == duplicate).execute()


def make_one(own: Membership, other: Membership, *, zone: ZoneInfo, now: datetime) -> list[Enrolment]:
    """Make one membership of two in a cohort, and one enrolment of two in a course; the enrolments that came over."""
    with uniting.counting(own, other):
        moved = [bring(enrolment, own) for enrolment in uniting.enrolments_of(other)]
        own.joined_at = min(own.joined_at, other.joined_at)
        own.left_at = None if None in (own.left_at, other.left_at) else max(own.left_at, other.left_at)
        own.seen_at = uniting.latest([own.seen_at, other.seen_at])
        own.completed_at = uniting.earliest([own.completed_at, other.completed_at])
        own.certified_at = uniting.earliest([own.certified_at, other.certified_at])
        ActiveWeek.delete().where(ActiveWeek.membership == other).execute()
        other.delete_instance()
        uniting.settle(own, zone=zone, now=now)
    return moved


def bring(enrolment: Enrolment, own: Membership) -> Enrolment:
    """The enrolment on the kept membership, made one with the one that was there."""
    there = uniting.enrolments_of(own).where(Enrolment.course == enrolment.course_id).first()
    if there:
        return uniting.combine(there, enrolment)
    uniting.move(enrolment, own)
    return enrolment


def hand_over(membership: Membership, kept: Person) -> None:
    """Give a whole membership to the kept person."""
    membership.person = kept
    membership.save()
    for enrolment in uniting.enrolments_of(membership):
        uniting.move(enrolment, membership)
