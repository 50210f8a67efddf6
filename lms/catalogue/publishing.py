"""From files to a published version: loading a folder, keeping a draft, publishing, exporting.

A publish makes an immutable, numbered version with ids that last. Loading the same files twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from lms import audit
from lms.catalogue import drafts, facts, lint, problems, search, store
from lms.catalogue.models import Course, CourseVersion, DraftFile, KeptDraft, Lesson, Step, VersionFile
from lms.catalogue.parsed import ParsedCourse
from lms.db import database, in_chunks, insert_once, lock
from lms.errors import Refused
from lms.i18n import _

# The kinds of step that this installation can judge.
JUDGED = {"read", "check", "try", "quiz", "task"}


class NotPublishable(Refused):
    """The draft has errors; `problems` lists them, each with its file and line."""

    def __init__(self, found: list[problems.Problem]) -> None:
        super().__init__(_("The course has mistakes that have to be fixed first."))
        self.problems = found


@dataclass(frozen=True)
class Published:
    """What a publish or load did. `new` is False when the content was the newest version already."""

    course: Course
    version: CourseVersion
    new: bool
    warnings: list[problems.Problem] = field(default_factory=list)


def load(slug: str, files: Mapping[str, bytes], *, by: int | None, now: datetime, note: str = "") -> Published:
    """Make `files` the course's draft and publish it. Raises NotPublishable. Twice changes nothing, and takes no longer
    than reading the files."""
    if there := unchanged(slug, files):
        return there
    parsed, found = checked(files)
    with database.atomic():
        course = course_for(slug, by=by, now=now)
        put_draft(course, files, by=by, now=now)
        return publish_parsed(course, parsed, found, by=by, now=now, note=note)


def unchanged(slug: str, files: Mapping[str, bytes]) -> Published | None:
    """The newest version of the course, when it and the draft hold these very files; they were checked when it was
    published."""
    course = Course.get_or_none(Course.slug == slug)
    newest = course.versions.order_by(CourseVersion.number.desc()).first() if course else None
    if course is None or newest is None:
        return None
    rows = [DraftFile(path=path, digest=sha256(content).hexdigest()) for path, content in sorted(files.items())]
    draft = DraftFile.select().where(DraftFile.course == course).order_by(DraftFile.path)
    same = drafts.content_digest(rows) == newest.digest == drafts.content_digest(draft)
    return Published(course, newest, new=False) if same else None


def publish(course: Course, *, by: int | None, now: datetime, note: str = "") -> Published:
    """Publish the draft as the next version. Raises NotPublishable."""
    parsed, found = checked(drafts.files_of(course))
    with database.atomic():
        return publish_parsed(course, parsed, found, by=by, now=now, note=note)


def checked(files: Mapping[str, bytes]) -> tuple[ParsedCourse, list[problems.Problem]]:
    """The parsed course and what might be better about it; NotPublishable when something must be mended."""
    parsed, found = lint.checked(files)
    errors = [problem for problem in found if problem.severity == "error"]
    if parsed is None or errors:
        raise NotPublishable(errors or found)
    unjudged = set(parsed.requires) - JUDGED
    if unjudged:
        raise Refused(
            _("This installation cannot judge %(kinds)s yet. Take it out of requires.", kinds=", ".join(unjudged))
        )
    return parsed, found


def course_for(slug: str, *, by: int | None, now: datetime) -> Course:
    """The course of this slug, made now if there is none."""
    made = insert_once(lambda: Course.create(slug=slug, author_id=by, created_at=now))
    if made:
        audit.record("course.created", made, by=by, now=now, detail={"slug": slug})
    return made or Course.get(Course.slug == slug)


def put_draft(course: Course, files: Mapping[str, bytes], *, by: int | None, now: datetime) -> KeptDraft | None:
    """Replace the whole draft, as `drafts.replace` does; what was kept because it would have been lost."""
    wanted = {path: (store.media.put(content), len(content)) for path, content in files.items()}
    return drafts.replace(course, wanted, by=by, now=now)


def publish_parsed(
    course: Course, parsed: ParsedCourse, found: list[problems.Problem], *, by: int | None, now: datetime, note: str
) -> Published:
    """The next version from the draft's rows, or the newest one when it has the same content."""
    course = lock(course)
    draft = list(DraftFile.select().where(DraftFile.course == course).order_by(DraftFile.path))
    digest = drafts.content_digest(draft)
    newest = course.versions.order_by(CourseVersion.number.desc()).first()
    if newest and newest.digest == digest:
        return Published(course, newest, new=False, warnings=found)
    version = CourseVersion.create(
        course=course,
        number=newest.number + 1 if newest else 1,
        published_at=now,
        published_by=by,
        note=note,
        digest=digest,
        **described(parsed),
    )
    keep_files(version, draft)
    keep_lessons(version, parsed, {row.path: row.digest for row in draft})
    search.index(version, parsed)
    detail = {"version": version.number, "note": note}
    audit.record("course.published", course, by=by, now=now, detail=detail)
    return Published(course, version, new=True, warnings=found)


def described(parsed: ParsedCourse) -> dict[str, object]:
    """What the version's row says of the course."""
    return {
        "title_zh": parsed.title.get("zh", ""),
        "title_en": parsed.title.get("en", ""),
        "summary_zh": parsed.summary.get("zh", ""),
        "summary_en": parsed.summary.get("en", ""),
        "icon": parsed.icon,
        "position": parsed.order,
        "complete": parsed.complete,
        "requires": list(parsed.requires),
        "class_hours": parsed.class_hours,
        "valid_months": parsed.valid_months,
    }


def keep_files(version: CourseVersion, draft: list[DraftFile]) -> None:
    """The files of the version are those of the draft at this moment."""
    rows = [{"version": version, "path": row.path, "digest": row.digest, "size": row.size} for row in draft]
    for chunk in in_chunks(rows, 100):
        VersionFile.insert_many(chunk).execute()


def keep_lessons(version: CourseVersion, parsed: ParsedCourse, digests: Mapping[str, str]) -> None:
    """Lessons and steps as rows, so that lists and completion need no parsing."""
    for position, lesson in enumerate(parsed.lessons, start=1):
        Lesson.create(
            version=version,
            key=lesson.id,
            position=position,
            title_zh=lesson.title.get("zh", ""),
            title_en=lesson.title.get("en", ""),
            summary_zh=lesson.summary.get("zh", ""),
            summary_en=lesson.summary.get("en", ""),
            minutes=lesson.minutes,
            facts=facts.of_lesson(parsed, lesson, digests),
        )
    steps = [(lesson.id, step.key, step.kind) for lesson in parsed.lessons for step in lesson.steps]
    if parsed.exam:
        steps.append(("", "exam", "exam"))
    rows = [
        {"version": version, "lesson_key": lesson, "key": key, "kind": kind, "position": position}
        for position, (lesson, key, kind) in enumerate(steps)
    ]
    for chunk in in_chunks(rows, 100):
        Step.insert_many(chunk).execute()
