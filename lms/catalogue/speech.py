"""What of a lesson is said aloud: its sentences, and the recordings of them, which are called tracks.

Beside a page lie `zh.m4a`, its reading, and `zh.timings.json`, where each sentence is in it: {"name": [begins, ends]}
in seconds, by the names of `lms.lib.sentences`. A reading of the same sentences in a dialect or another language has a
name of its own: `zh.皖北话.m4a`, `zh.皖北话.timings.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from lms.catalogue import rendering
from lms.catalogue.linking import MediaRef, Resolve
from lms.catalogue.parsed import ParsedLesson
from lms.catalogue.problems import Problem, warning
from lms.i18n import lazy as _l
from lms.lib import sentences
from lms.lib.sentences import Sentence

SOUNDS = (".m4a", ".mp3")
TIMINGS = ".timings.json"
LONGEST_NAME = 16
# Of a track: words of any script, so that a village finds its own.
NAME = re.compile(rf"[\w·-]{{1,{LONGEST_NAME}}}")
TIMES = re.compile(r"(?P<stem>(?P<lang>zh|en)(?:\.[^./]+)?)\.timings\.json")

Spans = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Track:
    """A recording of a lesson as its page plays it. `name`: empty for the reading in the page's own language; `spans`:
    where each sentence is, as JSON, an empty object where nobody measured."""

    name: str
    sound: MediaRef
    spans: str


def script(lesson: ParsedLesson, lang: str) -> tuple[Sentence, ...]:
    """The sentences of a lesson in their order, the title first; one that comes again stands once."""
    made = rendering.lesson_html(lesson, lang, somewhere)
    title = lesson.title.get(made.lang) or lesson.title.get(lesson.leading, "")
    both = [*sentences.said(escape(title)), *made.sentences]
    return tuple({one.id: one for one in both}.values())


def somewhere(name: str) -> MediaRef:
    """Every picture is there: what is shown is not said."""
    return MediaRef(name, 0)


def stem(lang: str, track: str) -> str:
    """The name of a track's files without their endings."""
    return f"{lang}.{track}" if track else lang


def tracks(lesson_id: str, lang: str, files: Mapping[str, bytes], resolve: Resolve) -> tuple[Track, ...]:
    """The recordings of a page, its own language first, then by name. `files` of the whole course."""
    found = []
    for name in sorted(names(lesson_id, lang, files)):
        sound = next(media for ending in SOUNDS if (media := resolve(stem(lang, name) + ending)))
        timed = files.get(f"{lesson_id}/{stem(lang, name)}{TIMINGS}")
        found.append(Track(name, sound, json.dumps(spans(timed) or {}) if timed else "{}"))
    return tuple(found)


def names(lesson_id: str, lang: str, paths: Iterable[str]) -> set[str]:
    """The names of the tracks of a page that have a recording."""
    heard = re.compile(rf"{re.escape(lesson_id)}/{lang}(?:\.([^./]+))?(?:{'|'.join(map(re.escape, SOUNDS))})")
    return {match[1] or "" for path in paths if (match := heard.fullmatch(path))}


def spans(raw: bytes) -> Spans | None:
    """Where each sentence is in a recording, in seconds; None for what says no such thing."""
    try:
        told = json.loads(raw)
        read = {str(name): (float(begins), float(ends)) for name, (begins, ends) in told.items()}
    except (ValueError, TypeError, AttributeError):
        return None
    return read if all(0 <= begins < ends < math.inf for begins, ends in read.values()) else None


def written(spans: Spans) -> bytes:
    """The file that says it."""
    rows = (f"  {json.dumps(name)}: [{begins:.2f}, {ends:.2f}]" for name, (begins, ends) in spans.items())
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()


def recorded(lesson: ParsedLesson, lang: str, files: Mapping[str, bytes]) -> int:
    """How many of the sentences of a page its own reading says; all, where there is a reading that nobody measured."""
    said = script(lesson, lang)
    if "" not in names(lesson.id, lang, files):
        return 0
    timed = spans(files.get(f"{lesson.id}/{lang}{TIMINGS}", b""))
    return len(said) if timed is None else sum(one.id in timed for one in said)


def lint(lesson: ParsedLesson, lang: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is wrong with the timings of a page's recordings. What is yet to be recorded is no mistake."""
    for path in files:
        name = path.removeprefix(f"{lesson.id}/")
        match = TIMES.fullmatch(name)
        if not match or match["lang"] != lang or not path.startswith(f"{lesson.id}/"):
            continue
        if not any(path.removesuffix(TIMINGS) + ending in files for ending in SOUNDS):
            what = _l("these timings have no recording beside them")
            yield warning(path, 0, "no_track", what, _l("add %(name)s.m4a, or delete this file", name=match["stem"]))
        elif spans(files[path]) is None:
            what = _l("the timings cannot be read, so that no sentence is marked while it is heard")
            yield warning(path, 0, "timings", what, _l('write {"name": [begins, ends]}, in seconds'))
