"""The audit trail as people read it: who, when, what, on whom, from where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

import peewee

from lms.accounts.models import Person
from lms.administration import detail_words
from lms.administration.deed_words import DEEDS, in_words
from lms.administration.detail_words import Names, class_names
from lms.administration.published import titles
from lms.audit import AuditEntry
from lms.catalogue.models import Course, Lesson
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.lib import phones
from lms.programmes.models import Cohort, Membership
from lms.submissions.models import Submission

COMMAND_LINE = "command line"
# The first half of an action says what kind of thing it is about; some kinds take in several.
KINDS = {
    "person": _l("People and accounts"),
    "role": _l("Roles"),
    "consent": _l("Consents"),
    "membership": _l("Who is in which class"),
    "cohort": _l("Classes"),
    "course": _l("Courses"),
    "work": _l("Works and judging"),
    "practice": _l("Practice tools"),
    "certificate": _l("Certificates"),
    "roster": _l("Imported lists"),
    "areas": _l("Areas"),
    "settings": _l("Settings"),
}
ALSO = {
    "person": ("people",),
    "cohort": ("live",),
    "course": ("lesson", "fault", "questions", "regrade"),
    "work": ("judgement", "peer_review"),
    "practice": ("audience_line", "threshold"),
    "settings": ("demonstration",),
}


@dataclass(frozen=True)
class Search:
    """What the trail is narrowed by. `words`: a name, a number or an action; `first`, `last`: days."""

    words: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Search:
        """The search in an address; what is unknown narrows nothing."""
        return cls(
            words=asked.get("q", "").strip()[:60],
            kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
            first=day(asked.get("from", "")),
            last=day(asked.get("to", "")),
        )

    def entries(self, zone: ZoneInfo) -> peewee.ModelSelect:
        """The entries found, the newest first by when they were done."""
        query = AuditEntry.select().order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        if self.kind:
            query = query.where(self.by_kind())
        if self.first:
            query = query.where(AuditEntry.at >= datetime.combine(self.first, time.min, zone))
        if self.last:
            query = query.where(AuditEntry.at < datetime.combine(self.last + timedelta(days=1), time.min, zone))
        return query.where(self.by_words()) if self.words else query

    def by_kind(self) -> peewee.Expression:
        """About one of the things that the kind takes in."""
        taken_in = (self.kind, *ALSO.get(self.kind, ()))
        return reduce(or_, (AuditEntry.action.startswith(f"{noun}.") for noun in taken_in))

    def by_words(self) -> peewee.Expression:
        """By whom or on whom, or which action."""
        number = phones.parse(self.words)
        named = Person.phone == number if number else Person.name.contains(self.words)
        ids = Person.select(Person.id).where(named)
        meant = [action for action, words in DEEDS.items() if self.words in (action, str(words))]
        return AuditEntry.actor_id.in_(ids) | AuditEntry.person_id.in_(ids) | AuditEntry.action.in_(meant)


def day(text: str) -> date | None:
    """A day in an address, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Line:
    """An entry with the names of its people. `subject`: the class, the course or the thing that it was done to."""

    entry: AuditEntry
    deed: str
    actor: str
    person: str
    subject: str
    detail: str

    @property
    def origin(self) -> str:
        """From which address, or by the command line."""
        return _("command line") if self.entry.origin == COMMAND_LINE else self.entry.origin


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """The entries with names, in a handful of queries whatever their number."""
    entries = list(entries)
    ids = {entry.actor_id for entry in entries} | {entry.person_id for entry in entries}
    people = {row.id: row.name or _("deleted (%(id)d)", id=row.id) for row in Person.select().where(Person.id.in_(ids))}
    subjects, names = subjects_of(entries), Names.of(entries)
    return [
        Line(
            entry,
            in_words(entry.action),
            people.get(entry.actor_id, "") or _("the system"),
            people.get(entry.person_id, ""),
            subjects.get((entry.subject_kind, entry.subject_id), ""),
            detail_words.in_words(entry, names),
        )
        for entry in entries
    ]


def subjects_of(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    """(kind, id) → the title of the course or of a work's lesson, the name of the class, for what entries are about."""
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_kind in ("course", "cohort", "membership", "submission") and entry.subject_id.isdigit():
            ids[entry.subject_kind].add(int(entry.subject_id))
    slugs = {row.id: row.slug for row in Course.select().where(Course.id.in_(list(ids["course"]) or [0]))}
    called = titles(slugs.values(), language())
    members = (
        Membership.select(Membership, Cohort).join(Cohort).where(Membership.id.in_(list(ids["membership"]) or [0]))
    )
    return {
        **{("course", str(key)): called.get(slug, slug) for key, slug in slugs.items()},
        **{("cohort", str(key)): name for key, name in class_names(ids["cohort"]).items()},
        **{("membership", str(member.id)): member.cohort.name for member in members},
        **{("submission", str(work)): title for work, title in lessons_of(ids["submission"]).items()},
    }


def lessons_of(works: Iterable[int]) -> dict[int, str]:
    """Work → the title of the lesson to which it was handed in."""
    here = (Lesson.version == Submission.version) & (Lesson.key == Submission.lesson_key)
    found = Lesson.select(Lesson, Submission.id.alias("work")).join(Submission, on=here)
    return {row.work: row.title(language()) for row in found.where(Submission.id.in_(list(works) or [0])).objects()}
