"""A folder or an archive from the browser becomes a draft: taken as on the command line, published by its author."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from lms import audit
from lms.accounts.models import Person
from lms.authoring import desk, naming
from lms.catalogue import course as parsing
from lms.catalogue import drafts, folder, publishing, reading, store
from lms.catalogue.models import Course, CourseVersion
from lms.catalogue.parsed import LANGUAGES, ParsedCourse
from lms.catalogue.problems import Problem, warning
from lms.db import database, found
from lms.errors import Conflict, Refused
from lms.i18n import _, language

MOST_FILES = 2_000


class Upload(Protocol):
    """A file as the form sends it."""

    filename: str | None

    def save(self, dst: str) -> None:
        """Write it to a path."""


@dataclass(frozen=True)
class Loaded:
    """What was taken. `left_out`: what could not be, by name."""

    course: Course
    files: int
    left_out: list[Problem]


def taken(archive: Upload | None, files: Iterable[Upload]) -> folder.CourseFiles:
    """The files of an uploaded archive, or of an uploaded folder. Raises Refused, saying why, and keeps nothing."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-") as place:
        if archive and archive.filename:
            name = PurePosixPath(archive.filename.replace("\\", "/")).name
            path = Path(place) / "upload.zip"
            archive.save(str(path))
            return folder.read(path, naming.slug(PurePosixPath(name).stem) or "course")
        name = laid_out(Path(place), [file for file in files if file.filename])
        return folder.read(Path(place) / "folder", naming.slug(name) or "course")


def laid_out(place: Path, files: list[Upload]) -> str:
    """Write an uploaded folder below `place`/folder; its name. Paths that lead elsewhere are refused."""
    if not files:
        raise Refused(_("Choose a folder, or a .zip file."))
    if len(files) > MOST_FILES:
        raise Refused(_("These are too many files. The most is %(most)d.", most=MOST_FILES))
    names = set()
    for file in files:
        parts = PurePosixPath((file.filename or "").replace("\\", "/")).parts
        if not parts or ".." in parts or parts[0] == "/":
            raise Refused(_("The file %(name)s lies outside the folder.", name=file.filename))
        names.add(parts[0] if len(parts) > 1 else "")
        inner = parts[1:] if len(parts) > 1 else parts
        target = place.joinpath("folder", *inner)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            file.save(str(target))
        except (OSError, ValueError):
            raise Refused(_("The file %(name)s has a name that cannot be used.", name=file.filename)) from None
    return names.pop() if len(names) == 1 else ""


def alike(person: Person, slug: str, files: folder.CourseFiles) -> list[desk.Listed]:
    """The courses of this person that have the address `slug`, or a title of the course in these files.

    Raises Refused when there is no course in them.
    """
    titles = set(course_in(files).title.values())
    own = desk.courses_of(person).order_by(Course.slug)
    named = {row.course.id for lang in LANGUAGES for row in desk.listed(own, lang) if row.title in titles}
    return desk.listed(own.where((Course.slug == slug) | Course.id.in_(named)), language())


def course_in(files: folder.CourseFiles) -> ParsedCourse:
    """The course in these files, or Refused."""
    parsed = parsing.parse(files)[0]
    if parsed is None:
        raise Refused(_("No course was found in these files: there is no text in Markdown."))
    return parsed


def put_by(files: folder.CourseFiles) -> str:
    """Keep files until their author has said what is to become of them; the name by which `put_by_as` gives them."""
    told = [[one.path, one.line, one.code, str(one.what), str(one.todo)] for one in files.left_out]
    listed = {path: store.media.put(content) for path, content in files.items()}
    return store.media.put(json.dumps({"slug": files.slug, "files": listed, "left_out": told}).encode())


def put_by_as(name: str) -> folder.CourseFiles:
    """The files that were put by under this name, which no browser may make up: see `views.courses`."""
    said = json.loads(store.media.get(name))
    files = {path: store.media.get(digest) for path, digest in said["files"].items()}
    return folder.CourseFiles(files, said["slug"], [warning(*one) for one in said["left_out"]])


def load(person: Person, slug: str, files: folder.CourseFiles, *, replace: bool, now: datetime) -> Loaded:
    """Make the files the draft of the course `slug`: of one that is there with `replace`, else of a new one.

    Raises Refused when there is no course in them, NotFound when the course to replace is not this person's, Conflict
    when the address of a new one is taken.
    """
    course_in(files)
    with database.atomic():
        course = desk.course(person, slug) if replace else new_course(slug, by=person.id, now=now)
        publishing.put_draft(course, files, by=person.id, now=now)
        audit.record("course.loaded", course, by=person.id, detail={"files": len(files)}, now=now)
    return Loaded(course, len(files), files.left_out)


def new_course(slug: str, *, by: int, now: datetime) -> Course:
    """A course with this address, or Conflict."""
    if Course.select().where(Course.slug == slug).exists():
        raise Conflict(_("There is a course with the address name %(slug)s. Choose another.", slug=slug))
    return publishing.course_for(slug, by=by, now=now)


def archive_of(course: Course, number: int | None) -> bytes:
    """The draft as a .zip, or the version with this number, byte for byte as the files were loaded."""
    files = drafts.files_of(course)
    if number is not None:
        files = reading.files(found(course.versions.where(CourseVersion.number == number)).id)
    with tempfile.TemporaryDirectory(prefix="fieldcast-") as place:
        path = Path(place) / "course.zip"
        folder.write(files, path)
        return path.read_bytes()
