"""Moving a trainee to another class. What is under way goes along with all that was learnt; what is completed stays
where it was completed, because the certificate says so."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from lms import audit
from lms.administration import uniting
from lms.errors import Refused
from lms.i18n import _
from lms.learning import enrolling, recount, tallies
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse, Membership


def transfer(membership: Membership, to: Cohort, *, by: int, now: datetime, zone: ZoneInfo) -> Membership:
    """Move the member to another cohort; the new membership. Courses that the new class does not take stay behind.

    Raises Refused when the cohort is closed or the same, or the member has left already.
    """
    if to.id == membership.cohort_id or membership.left_at:
        raise Refused(_("Choose another class, and somebody who has not left this one."))
    with tallies.transaction():
        enrolling.hold_courses([to.id])
        new = memberships.join(to, membership.person, now=now, how="transfer", by=by)
        with uniting.counting(membership, new):
            united = [carry(enrolment, new) for enrolment in under_way(membership, to)]
            new.seen_at = uniting.latest([new.seen_at, membership.seen_at])
            for one in (membership, new):
                uniting.settle(one, zone=zone, now=now)
        memberships.leave(membership, now=now, by=by)
        enrolling.leave(membership, now=now)
        enrolling.enrol(new, now=now)
        for enrolment in united:
            recount.repair(enrolment, now=now)
        detail = {"from": membership.cohort_id, "to": to.id, "courses": len(united)}
        audit.record("membership.transferred", new, by=by, person=new.person_id, detail=detail, now=now)
    return new


def under_way(membership: Membership, to: Cohort) -> list[Enrolment]:
    """The member's enrolments that are not completed, in courses that the new cohort takes too."""
    taken = CohortCourse.select(CohortCourse.course).where(CohortCourse.cohort == to)
    open_ones = uniting.enrolments_of(membership).where(Enrolment.completed_at.is_null())
    return list(open_ones.where(Enrolment.course.in_(taken)))


def carry(enrolment: Enrolment, new: Membership) -> Enrolment:
    """The enrolment on its new membership, united with one that was there from an earlier time in that class."""
    there = uniting.enrolments_of(new).where(Enrolment.course == enrolment.course_id).first()
    if there is None:
        uniting.move(enrolment, new)
        return enrolment
    return uniting.combine(there, enrolment)
