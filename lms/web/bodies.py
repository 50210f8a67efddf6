"""JSON as others send it: what is nested deeper than the parser can follow is bad input like any other."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider


class Bounded(DefaultJSONProvider):
    """Flask's own, which tells of bad JSON by ValueError alone."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The object that a text describes. Raises ValueError."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as problem:
            raise ValueError("nested too deep") from problem


def init_app(app: Flask) -> None:
    """Read every request's JSON so."""
    app.json = Bounded(app)
