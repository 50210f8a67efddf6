"""What the teleprompter may show: this person's own scripts, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.practice.scripts.models import Script, ScriptVersion

MOST = 12


@dataclass(frozen=True)
class Prompt:
    """A script to read from. `must`: how much of it must not be said."""

    script_id: int
    title: str
    text: str
    must: int


def prompts(person: Person) -> list[Prompt]:
    """The scripts that this person worked on last, the newest first; titles of covers are no scripts."""
    scripts = Script.of(person).where(Script.kind != "title")
    return [
        Prompt(one.script_id, one.script.goods or one.first_line, one.text, one.must)
        for one in ScriptVersion.newest_of(scripts).limit(MOST)
        if one.text.strip()
    ]
