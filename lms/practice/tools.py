"""The practice tools, one line each. A new tool is a new folder beside this file and a line below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for

from lms.accounts.models import Person
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.practice.rehearsal.models import Rehearsal
from lms.practice.rehearsal.words import LEVELS
from lms.practice.scripts.models import Script, ScriptVersion
from lms.web.pages import lasting

MOST_RECENT = 3


@dataclass(frozen=True)
class Recent:
    """Something that somebody practised: a line that leads back to it."""

    title: str
    words: str
    moment: datetime
    href: str


def nothing(person: Person) -> Iterable[Recent]:
    """For tools that keep everything on the phone."""
    return ()


@dataclass(frozen=True)
class Tool:
    """A tool. `takes`: the kinds of hand-in that it helps with; `course`: the shipped course that teaches its craft;
    `deed`: what its button says; `recent`: what this person did with it lately, the newest first."""

    name: str
    endpoint: str
    icon: str
    title: Any
    line: Any
    deed: Any
    takes: tuple[str, ...]
    course: str
    recent: Callable[[Person], Iterable[Recent]] = nothing

    @property
    def href(self) -> str:
        """Its page."""
        return url_for(self.endpoint)


def scripts_of(person: Person) -> list[Recent]:
    """The scripts that somebody wrote lately."""
    return [
        Recent(
            title=_("Script · %(name)s", name=one.script.goods or one.first_line or _("Empty")),
            words=_("Must change: %(num)d", num=one.must) if one.must else _("Can be said"),
            moment=one.script.changed_at,
            href=url_for("scripts.coach", script_id=one.script_id),
        )
        for one in ScriptVersion.newest_of(Script.of(person)).limit(MOST_RECENT)
    ]


def rehearsals_of(person: Person) -> list[Recent]:
    """The rehearsals that somebody did lately."""
    return [
        Recent(
            title=_("Rehearsal · %(name)s", name=LEVELS[row.level][0]),
            words=lasting(row.seconds),
            moment=row.happened_at,
            href=url_for("rehearsal.report", number=row.id),
        )
        for row in Rehearsal.of(person).limit(MOST_RECENT)
    ]


TOOLS = [
    Tool(
        "shots", "shots.coach", "camera", _l("Shot coach"), _l("Point it at the goods: it tells you where to stand"),
        _l("Open the camera and practise"), ("photo", "video"), "shooting",
    ),
    Tool(
        "scripts", "scripts.home", "script", _l("Copy coach"), _l("Sees what must not be said, and what is left out"),
        _l("Write and have it looked at"), ("script",), "copywriting", scripts_of,
    ),
    Tool(
        "rehearsal", "rehearsal.home", "live", _l("Rehearsal room"), _l("A pretended live: people ask, people order"),
        _l("Start a rehearsal"), ("video", "audio"), "selling", rehearsals_of,
    ),
]  # fmt: skip


def shown() -> list[Tool]:
    """The tools that this installation has, in their order."""
    return [tool for tool in TOOLS if tool.endpoint in current_app.view_functions]


def recent(person: Person) -> list[Recent]:
    """What somebody practised lately with any of them, the newest first."""
    every = [one for tool in shown() for one in tool.recent(person)]
    return sorted(every, key=lambda one: one.moment, reverse=True)[: 2 * MOST_RECENT]
