"""What a page weighed on the way to the phone: its own bytes, compressed, and those of its style sheet."""

from __future__ import annotations

from functools import cache, lru_cache

import brotli

from lms.web import assets
from lms.web.pages import weight

# Stands in the page where the weight is told, until the page is whole and can be weighed.
MARK = "\ue000weight\ue000"
QUALITY = 4  # as pages are compressed on their way


@lru_cache(maxsize=32)
def weighed(html: str) -> str:
    """The page with its weight in place of the mark."""
    size = len(brotli.compress(html.encode(), quality=QUALITY)) + sheet_bytes()
    return html.replace(MARK, weight(size))


@cache
def sheet_bytes() -> int:
    """The weight of the style sheet that trainees and visitors get, compressed once and for all."""
    return len(brotli.compress(assets.bundle("learner").encode()))
