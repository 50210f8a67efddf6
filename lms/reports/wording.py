"""Needs in words: why somebody needs help, what to do, when they were here last; and the words to copy for them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.accounts.models import Person
from lms.db import in_chunks
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.installation import Installation
from lms.programmes.models import Cohort, Membership
from lms.reports import help, paths, places
from lms.reports.help import Need
from lms.reports.paths import Path

ICONS = {help.QUIZ: "alert", help.AGAIN: "swap", help.AWAY: "timer", help.NEVER: "timer", help.PHONE: "phone"}
WHAT_TO_DO = {
    help.QUIZ: ("listen", _l("Call, and go through it together")),
    help.AGAIN: ("call", _l("Call, and do it together once")),
    help.AWAY: ("call", _l("Call, and ask what is in the way")),
    help.NEVER: ("call", _l("Call, and help with the first lesson")),
    "sound": ("audio", _l("Is the phone muted? Try it together")),
    "picture": ("image", _l("Try it together where there is signal")),
}


@dataclass(frozen=True)
class Helped:
    """Somebody to help, as the page shows it. `why` and `todo` are words with the name of an icon before them."""

    member: Membership
    area: str
    paths: list[Path]
    why: tuple[str, str]
    where: str
    todo: tuple[str, str]
    seen: str


def told(needs: Iterable[Need], *, now: datetime, zone: ZoneInfo, lang: str) -> list[Helped]:
    """These needs in words, in their order, with a handful of queries for all of them."""
    needs = list(needs)
    members = members_by_id([need.member_id for need in needs])
    ways = paths.of_members(members)
    areas = places.names((member.area_code for member in members.values()), lang)
    return [
        Helped(
            member=(member := members[need.member_id]),
            area=areas.get(member.area_code, ""),
            paths=ways[need.member_id],
            why=(ICONS[need.reason], reason(need, ways[need.member_id])),
            where=course_of(need, ways[need.member_id], lang),
            todo=WHAT_TO_DO[need.fault or need.reason],
            seen=last_seen(member.seen_at, now, zone),
        )
        for need in needs
    ]


def members_by_id(ids: list[int]) -> dict[int, Membership]:
    """Memberships with their people and classes."""
    rows = Membership.select(Membership, Person, Cohort).join(Person).switch(Membership).join(Cohort)
    return {member.id: member for member in rows.where(Membership.id.in_(ids))}


def reason(need: Need, ways: list[Path]) -> str:
    """Why somebody needs help."""
    if need.reason == help.AWAY:
        return _("%(days)d days away", days=need.number)
    if need.reason == help.NEVER:
        return _("Joined %(days)d days ago, not begun yet", days=need.number)
    if need.step_key == "exam":
        return _("The exam: %(tries)d tries, not passed", tries=need.number)
    lesson = lesson_of(need, ways)
    if need.reason == help.QUIZ:
        return _("Lesson %(number)d quiz: %(tries)d tries, not passed", number=lesson, tries=need.number)
    if need.reason == help.AGAIN:
        return _("Lesson %(number)d task: sent back %(times)d times", number=lesson, times=need.number)
    if need.fault == "sound":
        return _("Lesson %(number)d: the sound does not play", number=lesson)
    return _("Lesson %(number)d: the picture does not show", number=lesson)


def way_of(need: Need, ways: list[Path]) -> Path | None:
    """The course in which the need arose."""
    return next((way for way in ways if way.standing.enrolment.id == need.enrolment_id), None)


def lesson_of(need: Need, ways: list[Path]) -> int:
    """The number of the lesson in question, from 1; 0 when the course no longer has it."""
    way = way_of(need, ways)
    lesson = way.lesson(need.lesson_key) if way else None
    return lesson.position if lesson else 0


def course_of(need: Need, ways: list[Path], lang: str) -> str:
    """The name of the course in question, or nothing."""
    way = way_of(need, ways)
    return way.standing.version.title(lang) if way else ""


def last_seen(seen: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """When somebody was here last."""
    if seen is None:
        return _("Never yet")
    days = (now.astimezone(zone).date() - seen.astimezone(zone).date()).days
    if days <= 0:
        return _("Today")
    return _("Yesterday") if days == 1 else _("%(days)d days ago", days=days)


def to_copy(manager: str, site: Installation) -> str:
    """A text for everybody on the list, to be copied: it names nobody and no reason."""
    hello = _(
        "Hello, this is %(name)s. No matter if you were busy: open Fieldcast and carry on where you stopped. "
        "A lesson takes a few minutes.",
        name=manager,
    )
    stuck = _("Stuck? Call me.")
    if site.help_name and site.help_phone:
        stuck = _("Stuck? Call %(helper)s: %(phone)s.", helper=site.help_name, phone=site.help_phone)
    return ("" if language() == "zh" else " ").join([hello, stuck])


def heading() -> list[str]:
    """The first row of an export."""
    return [
        _("Name"),
        _("Phone"),
        _("Area"),
        _("Class"),
        _("Why they need it"),
        _("Course"),
        _("How to help"),
        _("Last seen"),
    ]


def table(needs: list[Need], *, now: datetime, zone: ZoneInfo, lang: str) -> Iterator[list[str]]:
    """Every need as a row, some hundred at a time."""
    for chunk in in_chunks(needs):
        for one in told(chunk, now=now, zone=zone, lang=lang):
            person, cohort = one.member.person, one.member.cohort
            why, todo = one.why[1], str(one.todo[1])
            yield [person.name, person.phone or "", one.area, cohort.name, why, one.where, todo, one.seen]
