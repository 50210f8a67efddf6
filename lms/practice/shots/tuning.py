"""Bounds as this installation has set them: read by the coach's page, changed by trainers, kept in the audit trail."""

from __future__ import annotations

from datetime import datetime

from lms import audit
from lms.db import database
from lms.practice.shots.models import Threshold
from lms.practice.shots.thresholds import BY_NAME, SIGNALS, Signal


def current() -> dict[str, dict[str, float]]:
    """Signal → bound → value: as shipped, but for what was tuned. Rows of signals that are gone are passed over."""
    bounds = {signal.name: dict(signal.every) for signal in SIGNALS}
    for row in Threshold.select():
        if row.bound in bounds.get(row.signal, {}):
            bounds[row.signal][row.bound] = row.value
    return bounds


def tuned() -> dict[str, Threshold]:
    """Signal → its row that was changed last, for who and when."""
    rows = Threshold.select().order_by(Threshold.changed_at)
    return {row.signal: row for row in rows if row.signal in BY_NAME}


def tune(signal: Signal, values: dict[str, float], *, by: int, now: datetime) -> None:
    """Set the bounds of a signal. A value that is the shipped one again leaves no row."""
    with database.atomic():
        before = current()[signal.name]
        changed = {bound: [before[bound], value] for bound, value in values.items() if before[bound] != value}
        for bound in changed:
            write(signal, bound, values[bound], by=by, now=now)
        if changed:
            subject = Threshold(id=0, signal=signal.name)
            audit.record("threshold.changed", subject, by=by, detail={"signal": signal.name, **changed}, now=now)


def write(signal: Signal, bound: str, value: float, *, by: int, now: datetime) -> None:
    """The row of one bound: at most one, none for the shipped value."""
    Threshold.delete().where((Threshold.signal == signal.name) & (Threshold.bound == bound)).execute()
    if value != signal.every[bound]:
        Threshold.create(signal=signal.name, bound=bound, value=value, changed_by=by, changed_at=now)


def reset(signal: Signal, *, by: int, now: datetime) -> None:
    """Back to the shipped bounds."""
    tune(signal, signal.every, by=by, now=now)
