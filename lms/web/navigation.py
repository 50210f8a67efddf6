"""What stands at the side of a desk: the pages that this colleague works with, among those that this product has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request

from lms.i18n import lazy as _l

# Role → (endpoint, icon, label), in the order in which they are drawn.
PAGES = {
    "trainer": [
        ("authoring.home", "book", _l("My courses")),
        ("authoring.cohorts", "people", _l("My classes")),
    ],
    "manager": [
        ("reports.home", "chart", _l("Overview")),
        ("management.people", "people", _l("People")),
        ("management.cohorts", "calendar", _l("Classes")),
        ("area_rosters.upload", "download", _l("Import a list")),
        ("certificates.register", "certificate", _l("Certificates")),
    ],
    "admin": [
        ("administration.people", "people", _l("People")),
        ("administration.cohorts", "calendar", _l("Classes")),
        ("rosters.upload", "download", _l("Import a list")),
        ("administration.areas", "pin", _l("Areas")),
        ("administration.audit", "clock", _l("Who did what")),
        ("administration.settings", "settings", _l("Settings")),
    ],
}


@dataclass(frozen=True)
class Entry:
    """A line of the navigation. `here`: the page that is open lies behind it. `count`: how many wait there, or None."""

    endpoint: str
    icon: str
    label: str
    here: bool
    count: int | None = None


def init_app(app: Flask) -> None:
    """Give templates `desk_nav(person)`."""
    app.jinja_env.globals.update(desk_nav=desk_nav)


def desk_nav(person: Any) -> list[Entry]:
    """The lines for this person's roles; no link to a page that this product does not have."""
    role_pages = [page for kind in PAGES if person.has_role(kind) for page in PAGES[kind]]
    known = [page for page in role_pages if page[0] in current_app.view_functions]
    here = open_page([endpoint for endpoint, _icon, _label in known])
    return [Entry(endpoint, icon, str(label), endpoint == here) for endpoint, icon, label in known]


def open_page(endpoints: list[str]) -> str | None:
    """The line behind which the open page lies: its own, else the one with the longest address that begins its own."""
    if request.endpoint in endpoints:
        return request.endpoint
    adapter = current_app.url_map.bind("")
    beginning = [endpoint for endpoint in endpoints if request.path.startswith(adapter.build(endpoint))]
    return max(beginning, key=lambda endpoint: len(adapter.build(endpoint)), default=None)
