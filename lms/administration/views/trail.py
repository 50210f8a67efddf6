"""Who did what: the audit trail."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from lms.administration import trail
from lms.i18n import _
from lms.web import exports, paging
from lms.web.pages import moment
from lms.web.people import settings

MOST_ROWS = 100_000


def listing() -> Any:
    """The entries, the newest first, narrowed by what is asked for; or the same as a file."""
    zone = settings().zone
    search = trail.Search.of(request.args)
    entries = search.entries(zone)
    if exports.asked():
        header = [_("When"), _("Who"), _("Deed"), _("On whom"), _("About what"), _("From where"), _("Details")]
        return exports.table_response(_("trail"), header, map(cells, trail.lines(entries.limit(MOST_ROWS))))
    page = paging.page(entries)
    return render_template(
        "administration/trail.html", page=page, lines=trail.lines(page.rows), search=search, kinds=trail.KINDS
    )


def cells(line: trail.Line) -> list[str]:
    """One row of the file."""
    entry = line.entry
    return [moment(entry.at), line.actor, line.deed, line.person, line.subject, line.origin, line.detail]
