"""The draft of a course: what authors work on between two publishes. Two who edit the same page meet a conflict."""

from __future__ import annotations

from datetime import datetime

from lms.catalogue import store
from lms.catalogue.models import Course, CourseVersion, DraftFile, VersionFile
from lms.catalogue.reading import Files
from lms.db import database, found, in_chunks, insert_once
from lms.errors import Conflict
from lms.i18n import _


class Edited(Conflict):
    """Somebody saved meanwhile. `theirs` is what stands there now; nothing of yours is lost on your side."""

    def __init__(self, row: DraftFile, theirs: str) -> None:
        super().__init__(_("Somebody else saved this page meanwhile. Compare both and choose."))
        self.row = row
        self.theirs = theirs


def files_of(course: Course) -> Files:
    """The draft's files."""
    return Files({row.path: row.digest for row in DraftFile.select().where(DraftFile.course == course)})


def file(course: Course, path: str) -> DraftFile:
    """A file of the draft, or NotFound."""
    return found(DraftFile.select().where((DraftFile.course == course) & (DraftFile.path == path)))


def text(row: DraftFile) -> str:
    """The content of a text file."""
    return store.media.get(row.digest).decode("utf-8-sig")


def save(course: Course, path: str, content: bytes, *, base: int, by: int, now: datetime) -> DraftFile:
    """Save a file that was read at revision `base` (0: it was not there). Raises Edited when it changed since.

    The same content again changes nothing, so a resend is harmless.
    """
    digest = store.media.put(content)
    if base == 0:
        made = insert_once(
            lambda: DraftFile.create(
                course=course, path=path, digest=digest, size=len(content), edited_at=now, edited_by=by
            )
        )
        if made:
            return made
    with database.atomic():
        changed = (
            DraftFile.update(
                digest=digest, size=len(content), revision=DraftFile.revision + 1, edited_at=now, edited_by=by
            )
            .where(
                (DraftFile.course == course)
                & (DraftFile.path == path)
                & (DraftFile.revision == base)
                & (DraftFile.digest != digest)
            )
            .execute()
        )
        row = file(course, path)
    if not changed and row.digest != digest:
        raise Edited(row, text(row))
    return row


def remove(course: Course, path: str) -> None:
    """Take a file out of the draft; published versions keep theirs."""
    DraftFile.delete().where((DraftFile.course == course) & (DraftFile.path == path)).execute()


def restore(course: Course, version: CourseVersion, *, by: int, now: datetime) -> None:
    """Make the draft what a version was."""
    with database.atomic():
        wanted = {row.path: row for row in VersionFile.select().where(VersionFile.version == version)}
        for row in DraftFile.select().where(DraftFile.course == course):
            source = wanted.pop(row.path, None)
            if source is None:
                row.delete_instance()
            elif source.digest != row.digest:
                row.digest, row.size = source.digest, source.size
                row.revision, row.edited_at, row.edited_by = row.revision + 1, now, by
                row.save()
        rows = [
            {"course": course, "path": path, "digest": row.digest, "size": row.size, "edited_at": now, "edited_by": by}
            for path, row in wanted.items()
        ]
        for chunk in in_chunks(rows, 100):
            DraftFile.insert_many(chunk).execute()


def is_changed(course: Course) -> bool:
    """Whether the draft differs from the newest version."""
    newest = course.versions.order_by(CourseVersion.number.desc()).first()
    if newest is None:
        return True
    published = {(row.path, row.digest) for row in newest.files}
    return published != {(row.path, row.digest) for row in DraftFile.select().where(DraftFile.course == course)}
