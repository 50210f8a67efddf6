"""A brake for public look-ups: so many free in a while for one address, then the rest of that while to wait.

Kept in memory for each worker: several workers together allow that many times more, which is still far from enough to
try numbers out (there are 2^40). Sign-in has its own, stricter brake in the database.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

MOST_KEYS = 50_000

_taken: OrderedDict[str, tuple[datetime, int]] = OrderedDict()


def take(key: str, *, free: int, per_seconds: int, now: datetime) -> int:
    """Count one look-up. 0 if it is free, else the seconds until the next one is."""
    began, count = _taken.get(key, (now, 0))
    if now - began >= timedelta(seconds=per_seconds):
        began, count = now, 0
    _taken[key] = (began, count + 1)
    _taken.move_to_end(key)
    while len(_taken) > MOST_KEYS:
        _taken.popitem(last=False)
    if count < free:
        return 0
    return max(1, per_seconds - int((now - began).total_seconds()))
