"""How many need help where there are very many people: counted beside the pages, so that no manager waits for it."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from lms import db
from lms.reports import help as helping
from lms.reports.cuts import Cut
from lms.web import log

LIVE_UP_TO = 2_000
KEPT_FOR = timedelta(minutes=10)

Areas = tuple[str, ...]


class Counter:
    """The numbers of this process: areas → (moment, number). One count at a time, each in a thread of its own."""

    def __init__(self) -> None:
        self.known: dict[Areas, tuple[datetime, int]] = {}
        self.under_way: dict[Areas, threading.Thread] = {}
        self.one_by_one = threading.Lock()

    def number(self, cut: Cut, *, now: datetime) -> int | None:
        """The number as it is known, counted anew meanwhile when it is old; None as long as there is none."""
        at, number = self.known.get(cut.areas, (None, None))
        if (at is None or not timedelta(0) <= now - at < KEPT_FOR) and cut.areas not in self.under_way:
            thread = threading.Thread(target=self.count, args=(cut, now), daemon=True)
            self.under_way[cut.areas] = thread
            thread.start()
        return number

    def count(self, cut: Cut, now: datetime) -> None:
        """Count, and keep the number. A failure is logged, and the next one who asks has it counted again."""
        try:
            with self.one_by_one, db.opened():
                self.known[cut.areas] = (now, helping.how_many(cut, now=now))
        except Exception:
            log.failure("counting_whom_to_help_failed")
        finally:
            del self.under_way[cut.areas]


counter = Counter()


def roughly_now(cut: Cut, enrolled: int, *, now: datetime) -> int | None:
    """How many need help: counted now for up to LIVE_UP_TO enrolled people and with any filter; above that some ten
    minutes ago, or None before the first count is done. So an overview costs the same for 500 people as for 500,000."""
    if cut.filtered or enrolled <= LIVE_UP_TO:
        return helping.how_many(cut, now=now)
    return counter.number(cut, now=now)
