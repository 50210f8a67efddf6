"""Wide tables in prose, made so that a narrow phone can show each row as a card: every cell says which column it is of.

Pure: HTML in, HTML out, of the shape that our Markdown library writes (no table within a table).
"""

from __future__ import annotations

import re

from markupsafe import Markup

# With fewer columns a table fits a phone as it is.
WIDE = 4
TABLE = re.compile(r"<table\b.*?</table>", re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
CELL = re.compile(r"<td\b([^>]*)>")


def carded(html: str) -> Markup:
    """The same HTML; its wide tables have the class `carded`, and their cells the name of their column."""
    return Markup(TABLE.sub(lambda found: labelled(found[0]), html))


def labelled(table: str) -> str:
    """One table."""
    heads = [Markup(head).striptags() for head in HEAD.findall(table)]
    if len(heads) < WIDE:
        return table
    rows = ROW.sub(lambda row: row_of(row[0], heads), table)
    return rows.replace("<table", '<table class="carded"', 1)


def row_of(row: str, heads: list[str]) -> str:
    """One row: each cell beside its column's name."""
    names = iter(heads)
    return CELL.sub(lambda cell: Markup('<td data-label="{}"').format(next(names, "")) + Markup(f"{cell[1]}>"), row)
