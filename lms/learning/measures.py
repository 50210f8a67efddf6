"""The words that every report counts by, each defined once: in words for the reader, as a condition on rows for the
list, and by the name of its tally for the figure. So a figure and the list behind it cannot disagree.

A *course* measure counts enrolments in one course; a *programme* measure counts memberships (a person in a class).
Whoever is in two classes counts in each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from lms.i18n import lazy as _l
from lms.learning.models import ActiveWeek, Enrolment
from lms.programmes.models import Membership


@dataclass(frozen=True)
class Measure:
    """One word. `of_members` and `of_enrolments` are conditions on rows; the second is None where only the programme is
    counted. `column` is the moment or day on which it came about, for lists."""

    key: str
    title: Any
    means: Any
    of_members: Callable[[date], peewee.Expression]
    of_enrolments: Callable[[], peewee.Expression] | None
    column: str = ""

    def tally(self, monday: date) -> str:
        """The name of the stored count. `monday`: the week that is counted, where weeks are counted."""
        return active_in(monday) if self.key == "active" else self.key


def active_in(monday: date) -> str:
    """The tally of members who were active in the week that begins on this Monday."""
    return f"active:{monday}"


def enrolment_exists(*conditions: peewee.Expression) -> peewee.Expression:
    """Whether a member has an enrolment, of which these conditions hold too."""
    rows = Enrolment.select(peewee.SQL("1")).where(Enrolment.membership == Membership.id, *conditions)
    return peewee.fn.EXISTS(rows)


def active_exists(monday: date) -> peewee.Expression:
    """Whether something of this member was stored in the week that begins on this Monday."""
    weeks = ActiveWeek.select(peewee.SQL("1"))
    return peewee.fn.EXISTS(weeks.where((ActiveWeek.membership == Membership.id) & (ActiveWeek.monday == monday)))


def always() -> peewee.Expression:
    """A condition that every row fulfils."""
    return peewee.Value(1) == peewee.Value(1)


MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            "enrolled",
            _l("Enrolled"),
            _l("Has an enrolment: a person in a class, for a course. Who leaves stays counted."),
            lambda monday: enrolment_exists(),
            always,
            "enrolled_at",
        ),
        Measure(
            "started",
            _l("Started"),
            _l("Has done at least one step: read a lesson, answered a question right, did an exercise, passed a quiz."),
            lambda monday: Membership.started_at.is_null(False),
            lambda: Enrolment.started_at.is_null(False),
            "started_at",
        ),
        Measure(
            "active",
            _l("Active this week"),
            _l("At least one thing done reached the server in this week, Monday to Sunday. Counted for the programme."),
            lambda monday: active_exists(monday),
            None,
            "seen_at",
        ),
        Measure(
            "completed",
            _l("Completed"),
            _l(
                "Course: every step that its version requires is done, and the exam passed where it has one. "
                "Programme: all required courses of the class are completed."
            ),
            lambda monday: Membership.completed_at.is_null(False),
            lambda: Enrolment.completed_at.is_null(False),
            "completed_at",
        ),
        Measure(
            "certified",
            _l("Certified"),
            _l(
                "Course: holds a valid certificate, not revoked and not expired. "
                "Programme: holds one for every required course of the class."
            ),
            lambda monday: Membership.certified_at.is_null(False),
            lambda: Enrolment.certified_at.is_null(False),
            "certified_at",
        ),
        Measure(
            "live",
            _l("First real live"),
            _l("Says to have gone live since joining the class. Self-reported (P0): nobody has checked it."),
            lambda monday: Membership.first_live_on.is_null(False),
            None,
            "first_live_on",
        ),
        Measure(
            "left",
            _l("Left the class"),
            _l("Left the class. Stays counted as enrolled, so that no rate rises by leaving."),
            lambda monday: Membership.left_at.is_null(False),
            lambda: Enrolment.left_at.is_null(False),
            "left_at",
        ),
    )
}
STATES = ("enrolled", "started", "completed", "certified")
RATE_MEANS = _l("Completion rate: completed ÷ enrolled. Beside it stands completed ÷ started, each with both numbers.")
