"""Publishing a draft with what it means for people under way, archiving a course, and differences between versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import peewee

from lms import audit
from lms.authoring import recordings
from lms.authoring.desk import WAITING, Draft
from lms.catalogue import drafts, publishing
from lms.catalogue.models import Course, CourseVersion, DraftFile, KeptDraft
from lms.catalogue.publishing import Published
from lms.db import database
from lms.errors import Conflict
from lms.i18n import _
from lms.learning import repinning
from lms.learning.models import Enrolment
from lms.lib import diffs
from lms.submissions import states
from lms.submissions.models import Submission

TEXTS = {".md", ".toml", ".svg", ".txt", ".vtt", ".yml", ".yaml"}


def publish(
    draft: Draft, choices: Mapping[int, str], *, note: str, seen: str, by: int, now: datetime
) -> tuple[Published, dict[int, repinning.Moved]]:
    """Publish the draft and move people by `choices` (cohort id → keep or catch_up), all or nothing.

    `seen` is the `state` of the draft that the author looked at. Raises Conflict when it is another by now,
    publishing.NotPublishable when something must be mended.
    """
    unfinished = list(draft.unfinished())
    if unfinished:
        raise publishing.NotPublishable(unfinished)
    parsed, found = publishing.checked(draft.files)
    with database.atomic():
        done = publishing.publish_parsed(draft.course, parsed, found, by=by, now=now, note=note)
        # Compared with what the version is made of, not before: somebody may save while this runs.
        if not draft.state == seen == done.version.digest:
            raise Conflict(_("The draft changed since you opened this page. Look at the changes again, then publish."))
        moved = repinning.repin(done.version, choices, by=by, now=now) if done.new else {}
    return done, moved


@dataclass(frozen=True)
class FileChange:
    """What happened to a file between two states: `new`, `removed` or `changed`; `lines` for text, else the sizes."""

    path: str
    how: str
    lines: list[diffs.Line]
    before: int
    after: int


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[FileChange]:
    """Every difference between two sets of files, by path."""
    paths = sorted({*before, *after})
    return [change(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)]


def change(path: str, old: bytes | None, new: bytes | None) -> FileChange:
    """The difference of one file."""
    how = "new" if old is None else "removed" if new is None else "changed"
    lines = []
    if PurePosixPath(path).suffix.lower() in TEXTS:
        lines = diffs.lines(readable(old), readable(new))
    return FileChange(path, how, lines, len(old or b""), len(new or b""))


def readable(content: bytes | None) -> str:
    """A text file's content for comparing."""
    return (content or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")


def restore(course: Course, source: CourseVersion | KeptDraft, *, by: int, now: datetime) -> KeptDraft | None:
    """Make the draft what a version or a kept draft was. Nothing changes for anybody until it is published.

    Gives what was kept, because the draft had something that no version has; None where nothing was lost.
    """
    what = {"version": source.number} if isinstance(source, CourseVersion) else {"draft": source.id}
    with database.atomic():
        kept = drafts.restore(course, source, by=by, now=now)
        detail = {**what, "kept": kept.id} if kept else what
        audit.record("course.restored", course, by=by, detail=detail, now=now)
    for row in DraftFile.select().where((DraftFile.course == course) & DraftFile.path.endswith(WAITING)):
        recordings.later(row)
    return kept


def waiting_at(course: Course, step_keys: Iterable[str]) -> dict[str, int]:
    """Step key → how many works wait there, to be judged or for the time to undo to pass: whoever is sent back has no
    place to do it again once the step is gone."""
    open_ones = (*states.OPEN, states.JUDGED)
    counted = Submission.select(Submission.step_key, peewee.fn.COUNT(Submission.id)).join(Enrolment)
    here = (Enrolment.course == course) & Submission.step_key.in_(list(step_keys)) & Submission.state.in_(open_ones)
    return dict(counted.where(here).group_by(Submission.step_key).tuples())


@dataclass(frozen=True)
class Learners:
    """Whom a course's archiving concerns."""

    not_started: int
    under_way: int
    completed: int


def learners(course: Course) -> Learners:
    """How many enrolments a course has in each state."""
    kinds = (repinning.NOT_STARTED, repinning.UNDER_WAY, repinning.COMPLETED)
    return Learners(*(Enrolment.select().where((Enrolment.course == course) & kind).count() for kind in kinds))


def archive(course: Course, *, by: int, now: datetime) -> None:
    """Nobody new enrols, visitors see it no more; whoever is enrolled goes on. Twice is harmless."""
    set_archived(course, now, "course.archived", by=by, now=now)


def bring_back(course: Course, *, by: int, now: datetime) -> None:
    """Take a course out of the archive. Twice is harmless."""
    set_archived(course, None, "course.brought_back", by=by, now=now)


def set_archived(course: Course, moment: datetime | None, action: str, *, by: int, now: datetime) -> None:
    """Change the state once, and write who did."""
    if (course.archived_at is None) == (moment is None):
        return
    with database.atomic():
        course.archived_at = moment
        course.save()
        audit.record(action, course, by=by, now=now)
