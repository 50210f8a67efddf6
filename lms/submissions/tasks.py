"""What a step asks to be handed in: a task by its own rules, or a question that is answered by voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms.catalogue import reading
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.programmes.models import DueDate
from lms.submissions.models import Submission

VOICE_MB = 20
WRITTEN = ("text", "script")
FILMED = ("photo", "video", "audio")


@dataclass(frozen=True)
class Asked:
    """`kinds`: what it takes, of photo, video, audio, text and script; `most_mb`: the largest file; `peers`: whether
    fellow trainees look at it too; `live`: whether it is done on air, for which the law sets an age."""

    kinds: tuple[str, ...]
    most_mb: int
    peers: bool = False
    live: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The kinds that are files."""
        return tuple(kind for kind in self.kinds if kind in FILMED)

    @property
    def written(self) -> str:
        """The kind that is written, or nothing."""
        return next((kind for kind in self.kinds if kind in WRITTEN), "")


def asked(version_id: int, step_key: str) -> Asked:
    """What a step of a version asks for. Raises NotFound when nothing is handed in there."""
    lesson_key, _, step = step_key.partition("/")
    if step.startswith("task:"):
        rules = reading.task(version_id, step_key).task
        return Asked(tuple(rules.kinds), rules.most_mb, rules.peers, rules.live)
    if step.startswith("check:"):
        try:
            question = reading.lesson(version_id, lesson_key).check(step_key)
        except KeyError:
            raise NotFound from None
        if getattr(question, "kind", "") == "voice":
            return Asked(("audio",), VOICE_MB)
    raise NotFound


def is_still_asked(work: Submission) -> bool:
    """Whether the version by which its owner learns now still has the step: an author may have taken it out since."""
    try:
        asked(work.enrolment.version_id, work.step_key)
    except NotFound:
        return False
    return True


def due_on(enrolment: Enrolment, lesson_key: str) -> date | None:
    """The day by which the class is to hand in, or None."""
    row = DueDate.get_or_none(
        (DueDate.cohort == enrolment.cohort_id)
        & (DueDate.course == enrolment.course_id)
        & (DueDate.lesson_key == lesson_key)
    )
    return row.due_on if row else None


def is_late(enrolment: Enrolment, lesson_key: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the day has passed, by the server's clock and the installation's zone."""
    due = due_on(enrolment, lesson_key)
    return due is not None and now.astimezone(zone).date() > due
