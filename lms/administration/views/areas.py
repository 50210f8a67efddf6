"""Areas: looking through them, and loading more from a table."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.administration.scope import Scope
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language, ngettext
from lms.lib import areas as codes
from lms.programmes import areas
from lms.programmes.models import Area
from lms.web import exports, paging, uploads
from lms.web.people import asking

LEVELS = 5
HEADER = ("code", "name_zh", "name_en")


def listing() -> Any:
    """The areas one level below the one that is open, or those whose name is looked for; or all as a file."""
    scope = Scope.of(asking())
    within, words = request.args.get("in", ""), request.args.get("q", "").strip()[:60]
    above = scope.find_area(within) if within else None
    query = areas.within([above.code] if above else scope.areas)
    if exports.asked():
        return exports.table_response(_("areas"), HEADER, ((row.code, row.name_zh, row.name_en) for row in query))
    if words:
        query = query.where(Area.name_zh.contains(words) | Area.name_en.contains(words) | Area.code.startswith(words))
    else:
        query = query.where(Area.level == (above.level + 1 if above else 1))
    return shown(query, above, words)


def shown(query: Any, above: Area | None, words: str, problems: list[areas.BadRow] | None = None) -> Any:
    """The page."""
    lineage = [Area.get_or_none(Area.code == code) for code in codes.lineage(above.code)] if above else []
    return render_template(
        "administration/areas.html",
        page=paging.page(query),
        above=above,
        lineage=[(area.name(language()), area.code) for area in lineage if area],
        words=words,
        problems=problems or [],
        deepest=LEVELS,
    )


def load() -> Any:
    """Load a table of areas, all of it or nothing."""
    upload = uploads.sent("table")
    if upload is None:
        raise Refused(_("Choose a file first."))
    table = uploads.table(upload)
    planned = areas.plan(table)
    if planned.bad:
        provinces = areas.within([""]).where(Area.level == 1)
        return shown(provinces, None, "", sorted(planned.bad, key=lambda bad: bad.line)), 422
    areas.load(table, by=asking().id, now=utc_now())
    new = ngettext("%(num)d new area.", "%(num)d new areas.", len(planned.new))
    changed = ngettext("%(num)d changed.", "%(num)d changed.", len(planned.changed))
    known = ngettext("%(num)d was here already.", "%(num)d were here already.", planned.known)
    flash(" ".join((new, changed, known)), "ok")
    return redirect(url_for(".areas"), 303)
