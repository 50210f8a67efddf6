"""The details of the audit trail in words: what each deed wrote down, by its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lms.accounts.models import GROUPS, ROLES
from lms.administration.finding import KINDS, STATES
from lms.administration.forms import POLICY_WORDS
from lms.administration.published import titles
from lms.audit import AuditEntry
from lms.certificates.issuing import REASONS
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.learning.measures import MEASURES
from lms.practice.shots.thresholds import BOUND_NAMES
from lms.practice.shots.thresholds import BY_NAME as SIGNALS
from lms.programmes.models import Area, Cohort

# Columns of a class and settings of the installation, as somebody would call them.
COLUMNS = {
    "name": _l("name"),
    "area": _l("Area"),
    "class_number": _l("class number"),
    "starts_on": _l("first day"),
    "ends_on": _l("last day"),
    "self_study": _l("open for self-study"),
    "update_policy": _l("when a course changes"),
    "issuer_zh": _l("issuer in Chinese"),
    "issuer_en": _l("issuer in English"),
    "help_name": _l("who helps"),
    "help_phone": _l("help number"),
    **BOUND_NAMES,
}
WAYS = {
    "code": _l("by the class code"),
    "desk": _l("entered at the desk"),
    "roster": _l("from a list"),
    "trainer": _l("taken in by the trainer"),
    "transfer": _l("from another class"),
    "self": _l("by self-study"),
}
CONSENTS = {
    "notice": _l("to the privacy notice"),
    "group": _l("to telling the group"),
    "guardian": _l("of the guardian"),
}


@dataclass(frozen=True)
class Names:
    """What the ids, codes and slugs in details are called."""

    courses: dict[str, str] = field(default_factory=dict)
    classes: dict[int, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[AuditEntry]) -> Names:
        """The names that these entries need, in at most three queries."""
        details = [entry.detail for entry in entries]
        slugs = {one["course"] for one in details if "course" in one}
        ids = {int(one[end]) for one in details for end in ("from", "to", "cohort") if str(one.get(end)).isdigit()}
        return cls(titles(slugs, language()), class_names(ids), area_names(details))


def class_names(ids: Iterable[int]) -> dict[int, str]:
    """Class id → name."""
    return {row.id: row.name for row in Cohort.select().where(Cohort.id.in_(list(ids) or [0]))}


def area_names(details: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Code → name, for every area that stands in details."""
    named = (code for one in details for code in (*listed(one.get("area")), *one.get("areas", ())))
    said = {code for code in named if isinstance(code, str)}
    return {row.code: row.name(language()) for row in Area.select().where(Area.code.in_(list(said) or [""]))}


def listed(value: Any) -> list[Any]:
    """A value that may stand alone, or as what it was and what it became."""
    return value if isinstance(value, list) else [value]


def in_words(entry: AuditEntry, names: Names) -> str:
    """The details of an entry in the reader's language."""
    said = [phrase(key, value, names) for key, value in scored(entry.detail).items() if value not in (None, "")]
    return _("; ").join(words for words in said if words)


def scored(detail: dict[str, Any]) -> dict[str, Any]:
    """The same with a judgement's points and what they are out of as one detail."""
    return {**detail, "points": [detail["points"], detail["most"]]} if {"points", "most"} <= detail.keys() else detail


def phrase(key: str, value: Any, names: Names) -> str:
    """One detail. What was and what became of it stands as a list of two; a key that is not known by its own name."""
    if key in PHRASES:
        return PHRASES[key](value, names)
    if key in COUNTS and isinstance(value, int):
        return str(COUNTS[key]) % {"num": value} if value else ""
    word = str(COLUMNS.get(key, key))
    if isinstance(value, list) and len(value) == 2:
        before, after = (readable(key, one, names) or "–" for one in value)
        return _("%(what)s: %(before)s → %(after)s", what=word, before=before, after=after)
    return _("%(what)s: %(value)s", what=word, value=readable(key, value, names))


def readable(key: str, value: Any, names: Names) -> str:
    """A value of a column."""
    if value is True or value is False or value in ("True", "False"):
        return _("yes") if str(value) == "True" else _("no")
    if key == "area":
        return names.areas.get(value, value)
    if key == "update_policy":
        return str(POLICY_WORDS.get(value, value))
    return str(value if value is not None else "")


def course(value: Any, names: Names) -> str:
    """A course by its title."""
    return _("“%(title)s”", title=names.courses.get(value, value))


def place(value: Any, names: Names) -> str:
    """An area, alone or before and after; everywhere for none."""
    return phrase_of_change("area", value, names) if isinstance(value, list) else names.areas.get(value, value)


def places(codes: list[str], names: Names) -> str:
    """Several areas; all for the one without a code."""
    return _(", ").join(names.areas.get(code, code) or _("All areas") for code in codes)


def measure(value: Any, _names: Names) -> str:
    """Whose list it was."""
    return str(MEASURES[value].title) if value in MEASURES else _("Whom to help")


def phrase_of_change(key: str, value: list[Any], names: Names) -> str:
    """What it was, and what it became."""
    before, after = (readable(key, one, names) or "–" for one in value)
    return _("%(what)s: %(before)s → %(after)s", what=str(COLUMNS[key]), before=before, after=after)


def reason(value: Any, _names: Names) -> str:
    """Why: of the closed list, or as it was typed."""
    return _("why: %(reason)s", reason=str(REASONS.get(value, value)))


Phrase = Callable[[Any, Names], str]
PHRASES: dict[str, Phrase] = {
    "what": lambda _columns, _names: "",  # the deed says it
    "course": course,
    "slug": lambda _slug, _names: "",  # of the course that the entry is about
    "area": place,
    "areas": places,
    "cohort": lambda value, names: _("class %(name)s", name=names.classes.get(int(value), value)),
    "measure": measure,
    "week": lambda value, _names: _("week from %(day)s", day=value),
    "group": lambda value, _names: str(GROUPS.get(value, _("Not said"))),
    "since": lambda value, _names: _("enrolled from %(day)s", day=value),
    "until": lambda value, _names: _("enrolled until %(day)s", day=value),
    "here": lambda _value, _names: _("township not known"),
    "people": lambda value, _names: str(KINDS.get(value, value)),
    "state": lambda value, _names: str(STATES.get(value, value)),
    "searched": lambda _value, _names: _("searched by a name or number"),
    "reason": reason,
    "role": lambda value, _names: str(ROLES.get(value, value)),
    "how": lambda value, _names: str(WAYS.get(value, value)),
    "kind": lambda value, _names: str(CONSENTS.get(value, value)),
    "pin": lambda value, _names: _("with a new PIN") if value else _("the code alone"),
    "first": lambda value, _names: _("the first one") if value else "",
    "number": lambda value, _names: str(value),
    "new_number": lambda value, _names: _("new number %(number)s", number=value),
    "note": lambda value, _names: _("note: %(note)s", note=value),
    "version": lambda value, _names: _("version %(number)s", number=value),
    "draft": lambda value, _names: _("from what was kept unpublished"),
    "kept": lambda value, _names: _("what was unpublished is kept"),
    "lesson": lambda value, _names: _("lesson %(name)s", name=value),
    "due_on": lambda value, _names: _("due on %(day)s", day=value),
    "policy": lambda value, _names: str(POLICY_WORDS.get(value, value)),
    "from": lambda value, names: _("from %(place)s", place=names.classes.get(value, value)),
    "to": lambda value, names: _("to %(place)s", place=names.classes.get(value, value)),
    "seed": lambda value, _names: "",
    "question": lambda value, _names: _("question %(name)s", name=value),
    "step": lambda value, _names: _("at %(step)s", step=value),
    "points": lambda value, _names: _("%(points)s of %(most)s points", points=value[0], most=value[1]),
    "most": lambda _value, _names: "",  # stands beside the points
    "passed": lambda value, _names: _("passed") if value else _("not passed yet"),
    "signal": lambda value, _names: str(SIGNALS[value].label) if value in SIGNALS else str(value),
}
COUNTS = {
    "rows": _l("%(num)d rows"),
    "files": _l("%(num)d files"),
    "phones": _l("%(num)d phones"),
    "courses": _l("%(num)d courses along"),
    "new": _l("%(num)d new"),
    "joining": _l("%(num)d joined"),
    "changed": _l("%(num)d changed"),
    "known": _l("%(num)d known before"),
    "not_started": _l("%(num)d had not begun"),
    "caught_up": _l("%(num)d under way moved on"),
    "completed": _l("%(num)d completed by it"),
    "answers": _l("%(num)d answers became right"),
    "steps": _l("%(num)d gained a question"),
    "passes": _l("%(num)d passed"),
}
