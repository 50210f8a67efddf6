"""Arithmetic on 12-digit area codes: province 2, city 4, county 6, township 9, village 12 significant digits.

Source: the codes of the statistical divisions (统计用区划代码), which begin with those of GB/T 2260 and GB/T 10114 and
are filled with zeros on the right. Codes are texts; "in this area and all below it" is one BETWEEN on them.
"""

from __future__ import annotations

DIGITS = 12
LEVELS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code."""
    return len(text) == DIGITS and text.isascii() and text.isdigit() and not text.startswith("00")


def level(code: str) -> int:
    """1 province, 2 city, 3 county, 4 township, 5 village. Raises ValueError for what is no code."""
    if not is_code(code):
        raise ValueError(f"{code!r} is no area code")
    return next(rank for rank, digits in LEVELS.items() if not code[digits:].strip("0"))


def prefix(code: str) -> str:
    """The significant digits of a code. Raises ValueError."""
    return code[: LEVELS[level(code)]]


def code_range(code: str) -> tuple[str, str]:
    """The lowest and the highest code of the area and everything below it. Raises ValueError."""
    digits = prefix(code)
    return digits.ljust(DIGITS, "0"), digits.ljust(DIGITS, "9")


def lineage(code: str) -> list[str]:
    """The codes of the area and of all above it, province first; empty for what is no code.

    A level whose digits are zeros is not there: a county right under its province has no city above it.
    """
    if not is_code(code):
        return []
    above = [code[:digits].ljust(DIGITS, "0") for rank, digits in LEVELS.items() if rank <= level(code)]
    return list(dict.fromkeys(above))


def parent(code: str) -> str:
    """The area above; empty for a province and for what is no code."""
    return ["", "", *lineage(code)][-2]


def contains(ancestor: str, descendant: str) -> bool:
    """Whether the second area is the first one or lies below it. Raises ValueError for a bad ancestor."""
    return descendant.startswith(prefix(ancestor))
