"""What may stand in an address: no number that no table holds, no NUL, which PostgreSQL takes in no text."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from lms.errors import NotFound

LARGEST = 2**31 - 1  # PostgreSQL's serial


class Number(IntegerConverter):
    """A key of a row."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = LARGEST) -> None:
        super().__init__(map, fixed_digits, min, max)


def init_app(app: Flask) -> None:
    """Answer such addresses with 404 before anybody looks for what they name."""
    app.url_map.converters["int"] = Number
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Nothing has a NUL in its name."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise NotFound
