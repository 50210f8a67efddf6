"""Tables that somebody sends: the bytes of a form's file, and what to say of a file that is no table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from lms.errors import Refused
from lms.i18n import _, lazy
from lms.lib import spreadsheets

WORDS = {
    "empty": lazy("The file is empty. Choose the one with the list."),
    "too_large": lazy("The file is too large. Split the list into several."),
    "not_a_table": lazy("This file cannot be read as a table. Save it as XLSX or CSV and choose it again."),
    "encoding": lazy("The letters in this file cannot be read. Save it as XLSX, or as CSV in UTF-8."),
    "no_columns": lazy("The first row needs a column “name” and a column “phone” (姓名, 手机号)."),
}


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    content: bytes
    filename: str


def sent(field: str) -> Upload | None:
    """The file in a form's field, or None when none was chosen."""
    file = request.files.get(field)
    return Upload(file.read(), file.filename or "") if file and file.filename else None


def table(upload: Upload) -> list[tuple[str, ...]]:
    """The rows of a table, the heading first. Raises Refused in words."""
    try:
        return list(spreadsheets.read(upload.content, upload.filename).rows)
    except spreadsheets.Unreadable as problem:
        raise unreadable(problem) from problem


def unreadable(problem: spreadsheets.Unreadable) -> Refused:
    """What to say of a file that is no table."""
    return Refused(str(WORDS[problem.code]) or _("This file cannot be read."))
