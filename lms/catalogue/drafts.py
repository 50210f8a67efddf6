"""The draft of a course: what authors work on between two publishes. Two who edit the same page meet a conflict, and
nothing that somebody wrote goes because something else took its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

import peewee

from lms.catalogue import store
from lms.catalogue.models import Course, CourseVersion, DraftFile, KeptDraft, KeptFile, VersionFile
from lms.catalogue.reading import Files
from lms.db import database, found, in_chunks, insert_once, lock, lock_all
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
        made = create(course, path, digest, len(content), by=by, now=now)
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


def create(course: Course, path: str, digest: str, size: int, *, by: int | None, now: datetime) -> DraftFile | None:
    """A file that the draft did not have; None when it is there."""
    with database.atomic():
        first = first_revision(course)
        return insert_once(
            lambda: DraftFile.create(
                course=course, path=path, digest=digest, size=size, revision=first, edited_at=now, edited_by=by
            )
        )


def overwrite(course: Course, files: Mapping[str, bytes], *, by: int | None, now: datetime) -> None:
    """Put files into the draft, all or none, whatever was there: of those that nobody writes by hand."""
    with database.atomic():
        first = first_revision(course)
        for path, content in files.items():
            facts = {"digest": store.media.put(content), "size": len(content), "edited_at": now, "edited_by": by}
            same = (DraftFile.course == course) & (DraftFile.path == path)
            if not DraftFile.update(**facts, revision=DraftFile.revision + 1).where(same).execute():
                DraftFile.create(course=course, path=path, revision=first, **facts)


def remove(course: Course, path: str) -> None:
    """Take a file out of the draft; published versions keep theirs."""
    take_out(course, DraftFile.path == path)


def take_out(course: Course, *conditions: peewee.Expression) -> None:
    """Take the files out of the draft for which these conditions hold, and remember how far their revisions went."""
    gone = (DraftFile.course == course, *conditions)
    with database.atomic():
        before = lock(course).draft_revision
        highest = DraftFile.select(peewee.fn.MAX(DraftFile.revision)).where(*gone).scalar() or 0
        Course.update(draft_revision=max(before, highest)).where(Course.id == course.id).execute()
        DraftFile.delete().where(*gone).execute()


def first_revision(course: Course) -> int:
    """The revision with which a file comes into the draft: higher than any that has left it. In a transaction."""
    return lock(course).draft_revision + 1


def content_digest(rows: Iterable[DraftFile]) -> str:
    """A fingerprint of all paths and contents, and so of what this program derives from them. Rows in the order of
    their paths."""
    text = "\n".join(f"{row.path}\0{row.digest}" for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def restore(course: Course, source: CourseVersion | KeptDraft, *, by: int, now: datetime) -> KeptDraft | None:
    """Make the draft what a version or a kept draft was; what would be lost by it, as `replace` gives it."""
    files: Iterable[VersionFile | KeptFile] = (
        VersionFile.select().where(VersionFile.version == source)
        if isinstance(source, CourseVersion)
        else KeptFile.select().where(KeptFile.kept == source)
    )
    return replace(course, {row.path: (row.digest, row.size) for row in files}, by=by, now=now)


def replace(
    course: Course, wanted: Mapping[str, tuple[str, int]], *, by: int | None, now: datetime
) -> KeptDraft | None:
    """Make the draft these files (path → digest and size); files that are the same keep their revision.

    What was there and is in no version is kept, and given back; None where nothing would be lost.
    """
    with database.atomic():
        lock(course)
        lock_all(DraftFile.select(DraftFile.id).where(DraftFile.course == course))  # nobody saves in between
        rows = {row.path: row for row in DraftFile.select().where(DraftFile.course == course).order_by(DraftFile.path)}
        if {path: (row.digest, row.size) for path, row in rows.items()} == wanted:
            return None
        kept = keep(course, rows.values(), by=by, now=now)
        for chunk in in_chunks([row.id for path, row in rows.items() if path not in wanted]):
            take_out(course, DraftFile.id.in_(chunk))
        for path, (digest, size) in wanted.items():
            if path in rows and rows[path].digest != digest:
                change(rows[path], digest, size, by=by, now=now)
        put_in(course, {path: file for path, file in wanted.items() if path not in rows}, by=by, now=now)
    return kept


def change(row: DraftFile, digest: str, size: int, *, by: int | None, now: datetime) -> None:
    """Give a file of the draft another content."""
    row.digest, row.size = digest, size
    row.revision, row.edited_at, row.edited_by = row.revision + 1, now, by
    row.save()


def put_in(course: Course, files: Mapping[str, tuple[str, int]], *, by: int | None, now: datetime) -> None:
    """Put files into the draft that it does not have."""
    first = first_revision(course)
    rows = [(course.id, path, digest, size, first, now, by) for path, (digest, size) in files.items()]
    fields = [
        DraftFile.course, DraftFile.path, DraftFile.digest, DraftFile.size,
        DraftFile.revision, DraftFile.edited_at, DraftFile.edited_by,
    ]  # fmt: skip
    for chunk in in_chunks(rows, 100):
        DraftFile.insert_many(chunk, fields=fields).execute()


def keep(course: Course, rows: Iterable[DraftFile], *, by: int | None, now: datetime) -> KeptDraft | None:
    """Keep the draft as it stands, so that it can be restored; None where it is empty, or is a version. The same again
    is kept once, with the newer day."""
    rows = list(rows)
    digest = content_digest(rows)
    if not rows or course.versions.where(CourseVersion.digest == digest).exists():
        return None
    kept = KeptDraft.get_or_none((KeptDraft.course == course) & (KeptDraft.digest == digest))
    if kept:
        kept.kept_at, kept.kept_by = now, by
        kept.save()
        return kept
    kept = KeptDraft.create(course=course, digest=digest, kept_at=now, kept_by=by)
    files = [(kept.id, row.path, row.digest, row.size) for row in rows]
    for chunk in in_chunks(files, 100):
        KeptFile.insert_many(chunk, fields=[KeptFile.kept, KeptFile.path, KeptFile.digest, KeptFile.size]).execute()
    return kept


def is_changed(course: Course) -> bool:
    """Whether the draft differs from the newest version."""
    newest = course.versions.order_by(CourseVersion.number.desc()).first()
    if newest is None:
        return True
    published = {(row.path, row.digest) for row in newest.files}
    return published != {(row.path, row.digest) for row in DraftFile.select().where(DraftFile.course == course)}
