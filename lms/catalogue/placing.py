"""What an answer's line says beside its words, by the question's kind: a place in a picture (`@ 30,40 20×15`, or
`@ 30,40 r12` for a circle), seconds of a clip (`0:03–0:06`), an amount (`2.5 ± 0.1 米`), ways to write it (`甲 /
乙`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from lms.catalogue.parsed import Amount, Area, Option, Question, Span
from lms.catalogue.problems import Problem, error
from lms.i18n import lazy as _l

FIGURE = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)"
# `(?<!\s)`: blanks are looked at from the first of a row only, or a long row would take quadratic time.
AREA = re.compile(rf"(?<!\s)\s*[@＠]\s*{FIGURE}[,，]\s*{FIGURE}\s+(?:{FIGURE}\s*[x×*]\s*{FIGURE}|r\s*{FIGURE})$")
MOMENT = r"(?:([0-9]{1,3})[:：])?([0-9]{1,4}(?:\.[0-9])?)"
SPAN = re.compile(rf"^{MOMENT}\s*(?:[-–—~～]|到|to)\s*{MOMENT}(?![0-9])\s*")
AMOUNT = re.compile(
    r"^([-+−]?[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(?:(?:±|\+/-|\+-)\s*([0-9]{1,9}(?:\.[0-9]{1,6})?))?\s*(\D{0,20})$"
)
WAYS = re.compile(r"(?<!\s)\s+/\s+|(?<!\s)\s*／\s*")
CLIPS = (".mp4", ".webm", ".m4a", ".mp3", ".opus", ".ogg")

Tell = Callable[[Problem], None]


def option(path: str, kind: str, line: int, written: Option, tell: Tell) -> Option:
    """An option with what its line says beside its words; what is missing or cannot be understood is told."""
    read = READERS.get(kind)
    found = read(written) if read else written
    if found is None:
        tell(error(path, line, "no_place", *UNREAD[kind]))
    return found or written


def placed(written: Option) -> Option | None:
    """The place in the picture at the end of the line."""
    match = AREA.search(written.text)
    if match is None:
        return None
    x, y, width, height, radius = (float(figure or 0) for figure in match.groups())
    area = Area(x, y, width, height, radius)
    within = max(x + width, y + height, x + radius) <= 100 and min(x, y, x - radius) >= 0 and (radius or width * height)
    return replace(written, text=written.text[: match.start()].strip(), place=area) if within else None


def timed(written: Option) -> Option | None:
    """The seconds at the beginning of the line."""
    match = SPAN.match(written.text)
    if match is None:
        return None
    begins, ends = (60 * int(match[n] or 0) + float(match[n + 1]) for n in (1, 3))
    return (
        replace(written, text=written.text[match.end() :].strip(), place=Span(begins, ends)) if begins < ends else None
    )


def measured(written: Option) -> Option | None:
    """The amount that the line is."""
    match = AMOUNT.match(written.text)
    if match is None:
        return None
    return replace(written, amount=Amount(float(match[1].replace("−", "-")), float(match[2] or 0), match[3].strip()))


def said(written: Option) -> Option | None:
    """The ways to write the answer."""
    ways = tuple(way for way in WAYS.split(written.text) if way.strip())
    return replace(written, also=ways) if ways else None


READERS: dict[str, Callable[[Option], Option | None]] = {
    "hotspot": placed,
    "moment": timed,
    "tap": timed,
    "number": measured,
    "text": said,
}
SECONDS = (_l("this answer does not say from which second to which"), _l("begin it with them, such as 0:03–0:06"))
UNREAD = {
    "hotspot": (
        _l("this answer does not say where in the picture it lies"),
        _l("end it with left, top, width and height in percent, such as @ 30,40 20×15, or @ 30,40 r12 for a circle"),
    ),
    "moment": SECONDS,
    "tap": SECONDS,
    "number": (_l("this answer is no number"), _l("write a number and its unit, such as 32 元 or 2.5 ± 0.1 米")),
    "text": (_l("this answer says nothing"), _l("write it behind the brackets")),
}


def examine(path: str, found: Question, tell: Tell) -> None:
    """Tell of a picture or clip that the kind needs and that is not there."""
    clip = found.media is not None and PurePosixPath(found.media.src).suffix.lower() in CLIPS
    if found.kind == "hotspot" and (found.media is None or clip):
        todo = _l("write ![what can be seen](file) on a line of its own above the answers")
        tell(error(path, found.line, "no_media", _l("there is no picture in which to look"), todo))
    if found.kind in ("moment", "tap") and not clip:
        todo = _l("write ![what it shows](file.mp4) on a line of its own above the answers")
        tell(error(path, found.line, "no_media", _l("there is no clip in which to look"), todo))
    if found.kind == "pictures":
        for one in found.options:
            if one.picture is None:
                todo = _l("write ![what can be seen](file) behind the brackets")
                tell(error(path, found.line, "no_media", _l("an answer of this question has no picture"), todo))
