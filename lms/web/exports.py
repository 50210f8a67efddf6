"""Lists as files: CSV in UTF-8 with a byte order mark, so that Excel reads Chinese, and XLSX.

A page that lists has `?format=csv` and `?format=xlsx` beside its filters: the same rows, all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, request, url_for

from lms.db import utc_now
from lms.errors import NotFound
from lms.lib import spreadsheets

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def asked() -> str:
    """The format that this request asks for: csv, xlsx, or empty for the page."""
    return request.args.get("format", "")


def table_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], file_format: str | None = None
) -> Response:
    """The table as a file to keep, called `name` and the day. Cells may be anything; formulas are made harmless.

    Raises NotFound for a format that we do not write.
    """
    file_format = asked() if file_format is None else file_format
    if file_format not in TYPES:
        raise NotFound
    cells = ([str(title) for title in header], ([plain(cell) for cell in row] for row in rows))
    # Joined, not streamed: the rows come from a database that is let go of when the view has answered.
    as_csv = file_format == "csv"
    body = b"".join(spreadsheets.write_csv(*cells)) if as_csv else spreadsheets.write_xlsx(*cells, title=name)
    response = Response(body, content_type=TYPES[file_format])
    today = utc_now().astimezone(current_app.config["SETTINGS"].zone).date()
    # RFC 6266 section 4.3: the name in UTF-8.
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name} {today}.{file_format}')}"
    response.headers["Cache-Control"] = "no-store"
    return response


def plain(cell: Any) -> Any:
    """Numbers stay numbers; a moment is one of the installation's zone, to the minute, as lists show it, and sorts as
    text; everything else is text, in the reader's language."""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(current_app.config['SETTINGS'].zone):%Y-%m-%d %H:%M}"
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else "" if cell is None else str(cell)


def address(file_format: str) -> str:
    """This list as a file, with the same search and filters."""
    kept = {name: value for name, value in request.args.items() if name not in ("page", "format", "lang")}
    return url_for(request.endpoint or "", **(request.view_args or {}), **kept, format=file_format)
