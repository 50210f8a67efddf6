"""Pages of a list: a query cut into pieces, with links that keep the search words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list. Numbers count from 1."""

    rows: list[Any]
    number: int
    total: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 in an empty list."""
        return min(self.total, (self.number - 1) * self.per_page + 1)

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.total, self.number * self.per_page)

    def url_for(self, number: int) -> str:
        """This list's page `number`, with the same search and filters."""
        kept = {name: value for name, value in request.args.items() if name != "page"}
        return url_for(request.endpoint or "", **(request.view_args or {}), **kept, page=number)


def page(query: Any, per_page: int = PER_PAGE) -> Page:
    """The page of a Peewee query, or of a list, that `?page=` asks for; beyond the end, the last one."""
    total = len(query) if isinstance(query, list) else query.count()
    asked = request.args.get("page", 1, type=int)
    number = min(max(1, asked), max(1, -(-total // per_page)))
    start = (number - 1) * per_page
    rows = query[start : start + per_page] if isinstance(query, list) else list(query.limit(per_page).offset(start))
    return Page(rows=rows, number=number, total=total, per_page=per_page)
