"""What a certificate says, as it was on the day of issue; the row keeps it as JSON and it never changes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

VERSION = 1
KINDS = ("read", "check", "try", "quiz", "task", "exam")
DATES = ("started_on", "completed_on", "issued_on", "expires_on")


class BadSnapshot(ValueError):
    """The facts contradict each other, or the JSON is not one of our snapshots; the message says which."""


@dataclass(frozen=True)
class Snapshot:
    """Dates are days in the installation's zone. Class hours are of 45 minutes and may be broken (1.5).

    `kinds` holds only the kinds of step that the pinned version really required and that were really judged.
    `verified_class_hours` are the recorded ones; None or 0 says that none was recorded.
    `verify_url` is the whole address that the QR code opens; the number stands in it.
    """

    number: str
    name: str
    course_slug: str
    course_title_zh: str
    course_title_en: str
    version: int
    lessons: int
    kinds: tuple[str, ...]
    planned_class_hours: float
    verified_class_hours: float | None
    class_number: str
    cohort: str
    started_on: date
    completed_on: date
    issued_on: date
    expires_on: date | None
    issuer_zh: str
    issuer_en: str
    trainer: str
    verify_url: str
    demo: bool

    def __post_init__(self) -> None:
        if unknown := set(self.kinds) - set(KINDS):
            raise BadSnapshot(f"Unknown kinds of step: {', '.join(sorted(unknown))}.")
        if self.lessons < 1:
            raise BadSnapshot("A certificate needs a course with at least one lesson.")
        if not self.started_on <= self.completed_on <= self.issued_on:
            raise BadSnapshot("Started, completed, issued: the days must follow each other.")
        if self.expires_on is not None and self.expires_on < self.issued_on:
            raise BadSnapshot("A certificate cannot expire before it is issued.")

    def course_title(self, lang: str) -> str:
        """The course's name in `lang`, or in the language that it has."""
        return (self.course_title_en or self.course_title_zh) if lang == "en" else self.course_title_zh

    def to_json(self) -> str:
        """The same text for the same facts, keys in order."""
        facts = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}
        return json.dumps({"snapshot": VERSION, **facts}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read what `to_json` of this or an earlier version of Fieldcast wrote; raises BadSnapshot."""
        facts = parsed(text)
        if facts.pop("snapshot", None) != VERSION:
            raise BadSnapshot("This snapshot was written by a newer version of Fieldcast.")
        if facts.keys() != {field.name for field in fields(cls)}:
            raise BadSnapshot(f"Missing or unknown facts: {sorted(facts.keys() ^ {f.name for f in fields(cls)})}.")
        days = {key: date.fromisoformat(facts[key]) for key in DATES if facts[key] is not None}
        return cls(**{**facts, **days, "kinds": tuple(facts["kinds"])})


def parsed(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadSnapshot(f"Not JSON: {error}.") from error
    if not isinstance(facts, dict):
        raise BadSnapshot("A snapshot is a JSON object.")
    return facts
