"""Numbers as people type them: a comma for the point, a Unicode minus, full-width digits."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping

from lms.practice.shots.thresholds import Signal


def number(text: str) -> float | None:
    """The number that was meant, or None."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def read(signal: Signal, typed: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """The bounds of a signal as they were sent, and those that are no numbers."""
    values = {bound: number(typed.get(bound, "")) for bound in signal.every}
    return (
        {bound: value for bound, value in values.items() if value is not None},
        [bound for bound, value in values.items() if value is None],
    )
