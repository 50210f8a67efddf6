"""What stands at the side of a desk: the pages that this colleague works with, among those that this product has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from lms.i18n import lazy as _l

# Role → (endpoint, icon, label), in the order in which they are drawn.
PAGES = {
    "trainer": [
        ("assessment.queue", "script", _l("Work to judge")),
        ("authoring.home", "course", _l("My courses")),
        ("authoring.cohorts", "people", _l("My classes")),
        ("authoring.faults", "comment", _l("Reported faults")),
        ("shots.table", "camera", _l("Shot coach")),
        ("rehearsal.table", "live", _l("Rehearsal room")),
    ],
    "manager": [
        ("reports.home", "chart", _l("Overview")),
        ("management.people", "people", _l("People and accounts")),
        ("management.cohorts", "calendar", _l("Classes")),
        ("assessment.queue", "script", _l("Work handed in")),
        ("area_rosters.upload", "upload", _l("Import a list")),
        ("certificates.register", "cert", _l("Certificates")),
    ],
    "admin": [
        ("reports.home", "chart", _l("Overview")),
        ("administration.people", "people", _l("People and accounts")),
        ("administration.cohorts", "calendar", _l("Classes")),
        ("rosters.upload", "upload", _l("Import a list")),
        ("administration.areas", "place", _l("Areas")),
        ("assessment.queue", "script", _l("Work handed in")),
        ("authoring.home", "course", _l("All courses")),
        ("authoring.faults", "comment", _l("Reported faults")),
        ("certificates.register", "cert", _l("Certificates")),
        ("administration.audit", "history", _l("Who did what")),
        ("administration.settings", "settings", _l("Settings")),
    ],
}
# Who has the whole installation does not need the same pages for an area.
INSTEAD = {
    "management.people": "administration.people",
    "management.cohorts": "administration.cohorts",
    "area_rosters.upload": "rosters.upload",
}

# Pages whose address does not begin with that of the page from which one comes to them.
BEHIND = {
    "/teach/agreement": "assessment.queue",
    "/teach/phrases": "assessment.queue",
    "/teach/stickers": "assessment.queue",
}

# Filled in the factory: endpoint → how many wait there for this person.
waiting: dict[str, Callable[[Any], int]] = {}


@dataclass(frozen=True)
class Entry:
    """A line of the navigation. `here`: the page that is open lies behind it. `count`: how many wait there, or None."""

    endpoint: str
    icon: str
    label: str
    here: bool
    count: int | None = None


def desk_nav(person: Any) -> list[Entry]:
    """The lines for this person's roles, each page once; no link to a page that this product does not have."""
    roles = [role for role in PAGES if person is not None and person.has_role(role)]
    shown: dict[str, tuple[str, Any]] = {}
    for endpoint, icon, label in (page for role in roles for page in PAGES[role]):
        endpoint = INSTEAD.get(endpoint, endpoint) if "admin" in roles else endpoint
        if endpoint in current_app.view_functions:
            shown.setdefault(endpoint, (icon, label))
    here = open_page(list(shown))
    return [
        Entry(endpoint, icon, str(label), endpoint == here, count(endpoint, person))
        for endpoint, (icon, label) in shown.items()
    ]


def count(endpoint: str, person: Any) -> int | None:
    """How many wait behind a line, or None."""
    return waiting[endpoint](person) or None if endpoint in waiting else None


def open_page(endpoints: list[str]) -> str | None:
    """The line behind which the open page lies: its own, else the one with the longest address that begins its own."""
    if request.endpoint in endpoints:
        return request.endpoint
    others = {address: endpoint for address, endpoint in BEHIND.items() if endpoint in endpoints}
    beginning = {url_for(endpoint): endpoint for endpoint in endpoints} | others
    fitting = [address for address in beginning if f"{request.path}/".startswith(f"{address}/")]
    return beginning[max(fitting, key=len)] if fitting else None
