"""What may stand in an address, or where a phone names a row: no number that no table holds, no NUL, which PostgreSQL
takes in no text."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from lms.errors import NotFound

LARGEST = 2**31 - 1  # PostgreSQL's serial


class Number(IntegerConverter):
    """A key of a row."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = LARGEST) -> None:
        super().__init__(map, fixed_digits, min, max)


def row_number(sent: Any) -> int:
    """The key of a row as a query or a form writes it (`type=row_number`), or JSON. Raises ValueError for anything
    else, and for what no table holds."""
    number = int(sent) if type(sent) in (int, str) else -1
    if not 0 <= number <= LARGEST:
        raise ValueError("no key of a row")
    return number


def init_app(app: Flask) -> None:
    """Answer such addresses with 404 before anybody looks for what they name."""
    app.url_map.converters["int"] = Number
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Nothing has a NUL in its name."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise NotFound
