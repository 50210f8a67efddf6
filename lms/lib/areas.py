"""Arithmetic on 12-digit area codes: province 2, city 4, county 6, township 9, village 12 significant digits.

Source: the code of the statistical divisions (统计用区划代码), which fills shorter codes with zeros on the right.
"""

from __future__ import annotations

LEVELS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}


def level(code: str) -> int:
    """1 province, 2 city, 3 county, 4 township, 5 village."""
    return next(level for level, digits in LEVELS.items() if code[digits:].strip("0") == "")


def prefix(code: str) -> str:
    """The significant digits of a code."""
    return code[: LEVELS[level(code)]]


def code_range(code: str) -> tuple[str, str]:
    """The lowest and the highest code of the area and everything below it, for an index-friendly BETWEEN."""
    digits = prefix(code)
    return digits.ljust(12, "0"), digits.ljust(12, "9")


def lineage(code: str) -> list[str]:
    """The codes of the area and of all above it, province first; empty for no code."""
    if not code:
        return []
    return [code[:digits].ljust(12, "0") for rank, digits in LEVELS.items() if rank <= level(code)]


def contains(ancestor: str, descendant: str) -> bool:
    """Whether the second area is the first one or lies below it."""
    return descendant.startswith(prefix(ancestor))
