"""Judging, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any

from lms.i18n import _, lazy, ngettext
from lms.submissions.models import Piece, Submission
from lms.web.pages import lasting, weight

STATES = {
    "preparing": lazy("being made ready"),
    "waiting": lazy("To judge"),
    "judged": lazy("Judged, can still be changed"),
    "passed": lazy("Passed"),
    "again": lazy("To do again"),
    "withdrawn": lazy("taken back"),
}
STAMPS = {"good": lazy("Good"), "look": lazy("Look here"), "fault": lazy("Mend this")}
STAMP_ICONS = {"good": "check", "look": "search", "fault": "alert"}


GRADES = {"green": "ok", "amber": "warn", "red": "err"}

# Filled in the factory: what a practice tool saw in a piece, in its own words: (words, grade, icon). Empty for what
# another tool saw.
measured_by: list[Callable[[dict[str, Any]], list[tuple[str, str, str]]]] = []


def was_read(piece: Piece) -> bool:
    """Whether a tool read words, rather than measured a picture or sound."""
    return "findings" in piece.verdicts


def measured(piece: Piece) -> list[tuple[str, str, str]]:
    """What a tool saw in a piece: words, kind and icon of a tag."""
    told = [one for tool in measured_by for one in tool(piece.verdicts)]
    return [(words, GRADES.get(grade, ""), icon) for words, grade, icon in told]


def state_of(work: Submission) -> str:
    """How a work stands, for trainers."""
    return str(STATES[work.state])


def waited(time: timedelta) -> str:
    """How long somebody has waited: minutes, hours below a day, half days above."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    if minutes < 24 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    days, half = divmod(minutes // 720, 2)
    if half:
        return ngettext("%(num)d day and a half", "%(num)d days and a half", days)
    return ngettext("%(num)d day", "%(num)d days", days)


def came(work: Submission) -> str:
    """What was handed in: kinds, how long, how large."""
    by_kind = sorted(work.in_order(), key=lambda piece: piece.kind)
    told = [one_kind(kind, list(pieces)) for kind, pieces in groupby(by_kind, key=lambda piece: piece.kind)]
    return " · ".join(told)


def one_kind(kind: str, pieces: list[Piece]) -> str:
    """The pieces of a kind, in words."""
    if kind in ("text", "script"):
        letters = sum(len(piece.text) for piece in pieces)
        return ngettext("Words, %(num)d character", "Words, %(num)d characters", letters)
    if kind == "photo":
        return ngettext("%(num)d photo", "%(num)d photos", len(pieces))
    name = _("Video") if kind == "video" else _("Sound")
    return " ".join(filled([name, length(pieces), weight(sum(piece.size for piece in pieces))]))


def length(pieces: list[Piece]) -> str:
    """How long clips are together, or nothing where that is not known."""
    seconds = round(sum(piece.seconds for piece in pieces))
    return lasting(seconds) if seconds else ""


def filled(words: Iterable[str]) -> list[str]:
    """Those that say something."""
    return [word for word in words if word]


def clock(second: float) -> str:
    """A second of a clip as players write it: 0:07, 12:05."""
    minutes, rest = divmod(int(second), 60)
    return f"{minutes}:{rest:02}"
