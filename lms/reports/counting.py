"""How many need help where there are very many people: counted by the job process, so that no manager waits for it and
no other page goes slower meanwhile. What was counted last lies in a file that any worker reads."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from lms import jobs
from lms.db import utc_now
from lms.reports import help as helping
from lms.reports.cuts import Cut

JOB = "reports.count_help"
LIVE_UP_TO = 2_000
KEPT_FOR = timedelta(minutes=10)
TOLD_FOR = timedelta(hours=1)
ASK_AGAIN = timedelta(minutes=2)

Areas = tuple[str, ...]

# When this process asked last for the count of these areas.
asked: dict[Areas, datetime] = {}


class Place:
    """Where counts are kept, and the zone in which days are counted. Set in the factory."""

    folder: Path
    zone: ZoneInfo


def roughly_now(cut: Cut, enrolled: int, *, now: datetime) -> int | None:
    """How many need help: counted now for up to LIVE_UP_TO enrolled people and with any filter; above that some ten
    minutes ago and never over an hour, or None where no such count is there: a number opens a list of today's rows. So
    an overview costs the same for 500 people as for 500,000."""
    if cut.filtered or enrolled <= LIVE_UP_TO:
        return helping.how_many(cut, now=now)
    at, number = last(cut.areas)
    age = now - at if at else TOLD_FOR
    if not timedelta(0) <= age < KEPT_FOR:
        ask(cut.areas, now)
    return number if timedelta(0) <= age < TOLD_FOR else None


def ask(areas: Areas, now: datetime) -> None:
    """Have the job process count, unless this process asked a moment ago."""
    if areas not in asked or not timedelta(0) <= now - asked[areas] < ASK_AGAIN:
        asked[areas] = now
        jobs.later(JOB, *areas)


def count(*areas: str) -> None:
    """The job: count, and keep the number."""
    now = utc_now()
    number = helping.how_many(Cut(areas, Place.zone), now=now)
    Place.folder.mkdir(parents=True, exist_ok=True)
    path = file_of(areas)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([now.isoformat(), number]))
    os.replace(fresh, path)


def last(areas: Areas) -> tuple[datetime | None, int | None]:
    """What was counted last, and when."""
    try:
        moment, number = json.loads(file_of(areas).read_text())
    except FileNotFoundError:
        return None, None
    return datetime.fromisoformat(moment), number


def file_of(areas: Areas) -> Path:
    """Where the count of these areas is kept."""
    return Place.folder / f"{hashlib.sha256(' '.join(areas).encode()).hexdigest()[:32]}.json"
