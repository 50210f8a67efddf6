"""The same work at two desks: /admin for whoever looks after the installation, /manage for whoever looks after an area.

A view is written once and takes its reach from the person who asks; each desk gives it an address and a mark of its
own, so that a manager who opens /admin is told that this is not their work. In a template, `url_for('.person')` stays
at the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint

from lms.lib import phones
from lms.web import exports, navigation
from lms.web.access import allow

READ, CHANGE, FORM = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """An address below the desk's, its name, its view and its methods."""

    rule: str
    name: str
    view: Callable[..., Any]
    methods: tuple[str, ...] = READ


def desk(name: str, prefix: str, roles: tuple[str, ...], routes: Iterable[Route]) -> Blueprint:
    """A blueprint with these routes, open to these roles."""
    blueprint = Blueprint(name, __name__, url_prefix=prefix)
    for route in routes:
        # A partial is a view of its own, so that the mark of one desk does not become that of the other.
        view = allow(*roles)(partial(route.view))
        blueprint.add_url_rule(route.rule, route.name, view, methods=list(route.methods))
    blueprint.add_app_template_filter(lambda digits: phones.mask(digits or ""), "masked")
    blueprint.add_app_template_filter(lambda digits: phones.display(digits or ""), "spaced")
    blueprint.add_app_template_global(exports.address, "list_address")
    blueprint.add_app_template_global(navigation.desk_nav, "desk_nav")
    return blueprint
