"""The small course with a task in it, for whoever hands in, and for whoever judges."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from lms.accounts.models import Person
from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.submissions import handing_in, uploads
from lms.submissions.handing_in import HandIn, NewPiece
from lms.submissions.models import Submission
from tests.cast import CHINA, SMALL_COURSE, SPRING, Cast

TASK = """
:::task film-lotus{settings}
{words}

| {look} | 0 | 1 | 2 | 3 |
|---|---|---|---|---|
| {light} | {low} | {poor} | {fair} | {best} |
| {sound} | {low} | {poor} | {fair} | {best} |

:::
"""
NAMES = ("words", "look", "light", "sound", "low", "poor", "fair", "best")
SAID_ZH = ("顺着光拍一段 30 秒的莲藕。", "看什么", "光", "声音", "看不清", "有点暗", "亮", "又亮又匀")
SAID_EN = ("Film a lotus root with the sun behind you.", "Looked at", "Light", "Sound", "no", "poor", "fair", "good")
ZH, EN = dict(zip(NAMES, SAID_ZH, strict=True)), dict(zip(NAMES, SAID_EN, strict=True))
STEP = "sun/task:film-lotus"
PAGE = "/courses/light/sun/tasks/film-lotus"


def files(settings: str = "", requires: str = "") -> dict[str, bytes]:
    """The small course's files with the task at the end of its first lesson."""
    content = dict(folder.read(SMALL_COURSE, "light"))
    content["sun/zh.md"] += TASK.format(settings=settings, **ZH).encode()
    content["sun/en.md"] += TASK.format(settings=settings, **EN).encode()
    if requires:
        contents = content["course.toml"].replace(
            b'requires = ["read", "check", "quiz"]', f"requires = {requires}".encode()
        )
        content["course.toml"] = contents
    return content


def with_task(cast: Cast, settings: str = "", requires: str = "") -> CourseVersion:
    """The cast's course has a task from now on, and everybody is pinned to that version."""
    version = publishing.load("light", files(settings, requires), by=cast.trainer.id, now=SPRING).version
    Enrolment.update(version=version).where(Enrolment.course == version.course).execute()
    cast.version = version
    return version


def upload(person: Person, content: bytes, name: str = "he.mp4", *, now: datetime | None = None) -> str:
    """A whole upload's token."""
    now = now or utc_now()
    begun = uploads.begin(person, len(content), name=name, kind="", most_mb=200, now=now)
    uploads.append(begun, 0, [content], now=now)
    return begun.token


def hand_in(
    enrolment: Enrolment, *pieces: NewPiece, now: datetime | None = None, step_key: str = STEP, **facts: Any
) -> Submission:
    """Hand in as a phone would."""
    given = HandIn(**{"client_id": secrets.token_urlsafe(12), "others": "nobody", "pieces": pieces} | facts)
    return handing_in.hand_in(enrolment, step_key, given, now=now or utc_now(), zone=CHINA)


def written(words: str = "乡亲们，看看这藕。") -> NewPiece:
    """A piece that needs no file."""
    return NewPiece("text", text=words)
