"""Courses as rows: what was published (immutable versions), and the draft that authors work on.

Original bytes lie in the media store; rows name them by path and digest, so that an export is byte-identical.
An author is a plain id, for this floor knows no people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.db import JSONField, Model, MomentField


class Course(Model):
    """A course's lasting identity. Its words, order and rules belong to its versions.

    `draft_revision` is the highest revision that a file removed from the draft has had: one that comes anew goes on
    from there, so that whoever still has the old one open cannot save over it.
    """

    if TYPE_CHECKING:
        versions: peewee.ModelSelect
        kept: peewee.ModelSelect

    slug = peewee.CharField(64, unique=True)
    author_id = peewee.IntegerField(null=True, index=True)
    created_at = MomentField()
    archived_at = MomentField(null=True)
    draft_revision = peewee.IntegerField(default=0)


class CourseVersion(Model):
    """What one publish made. Never changed afterwards. `digest` is of all paths and contents together."""

    if TYPE_CHECKING:
        lessons: peewee.ModelSelect
        files: peewee.ModelSelect

    course = peewee.ForeignKeyField(Course, backref="versions", on_delete="CASCADE")
    number = peewee.IntegerField()
    published_at = MomentField()
    published_by = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    digest = peewee.CharField(64)
    title_zh = peewee.CharField(120)
    title_en = peewee.CharField(120)
    summary_zh = peewee.TextField(default="")
    summary_en = peewee.TextField(default="")
    icon = peewee.CharField(24, default="course")
    position = peewee.IntegerField(default=0)
    complete = peewee.BooleanField(default=False)
    requires = JSONField()
    class_hours = peewee.FloatField(default=0)
    valid_months = peewee.IntegerField(null=True)

    class Meta:
        indexes = ((("course", "number"), True),)

    def title(self, lang: str) -> str:
        """The course's name in `lang`, or in the other language when it has only that."""
        return (self.title_en or self.title_zh) if lang == "en" else (self.title_zh or self.title_en)

    def summary(self, lang: str) -> str:
        """One line about the course."""
        return (self.summary_en or self.summary_zh) if lang == "en" else (self.summary_zh or self.summary_en)


class Lesson(Model):
    """A lesson of a version. `key` is the folder's name: stable across versions, never a position.

    `facts` holds what lists show without parsing: page weights in bytes by language, media weights, whether there is
    a recorded reading by language, seconds to read aloud.
    """

    if TYPE_CHECKING:
        version_id: int

    version = peewee.ForeignKeyField(CourseVersion, backref="lessons", on_delete="CASCADE")
    key = peewee.CharField(64)
    position = peewee.IntegerField()
    title_zh = peewee.CharField(120)
    title_en = peewee.CharField(120)
    summary_zh = peewee.TextField(default="")
    summary_en = peewee.TextField(default="")
    minutes = peewee.IntegerField()
    facts = JSONField(default=dict)

    class Meta:
        indexes = ((("version", "key"), True), (("version", "position"), True))

    def title(self, lang: str) -> str:
        """The lesson's name in `lang`, or in the other language when it has only that."""
        return (self.title_en or self.title_zh) if lang == "en" else (self.title_zh or self.title_en)

    def summary(self, lang: str) -> str:
        """One line about the lesson."""
        return (self.summary_en or self.summary_zh) if lang == "en" else (self.summary_zh or self.summary_en)

    def page_bytes(self, lang: str) -> int:
        """What words and pictures weigh on the way to a phone in `lang`, or in the language that there is; 0 when it
        was not measured, as in versions published before that was done."""
        return in_language(self.facts.get("page", {}), lang)

    @property
    def takes(self) -> float:
        """Minutes with exercises, questions and tasks; in versions older than that figure, of reading alone."""
        return self.facts.get("takes", self.minutes)

    def video_bytes(self, lang: str) -> int:
        """What the films weigh that the lesson shows in `lang`. Versions published before that was told apart hold one
        number for all."""
        measured = self.facts.get("video", 0)
        return measured if isinstance(measured, int) else in_language(measured, lang)


def in_language(measured: dict[str, int], lang: str) -> int:
    """What was measured in a language, or in the one that there is; 0 without any."""
    return measured.get(lang, next(iter(measured.values()), 0))


class Step(Model):
    """A step of a lesson: `light/read`, `light/check:sun-side`, `light/try:turn-around`, `light/quiz`, or `exam`."""

    version = peewee.ForeignKeyField(CourseVersion, backref="steps", on_delete="CASCADE")
    lesson_key = peewee.CharField(64)
    key = peewee.CharField(160)
    kind = peewee.CharField(8)
    position = peewee.IntegerField()

    class Meta:
        indexes = ((("version", "key"), True),)


class VersionFile(Model):
    """A file of a version: its path in the folder, and the digest of its bytes in the media store."""

    version = peewee.ForeignKeyField(CourseVersion, backref="files", on_delete="CASCADE")
    path = peewee.CharField(255)
    digest = peewee.CharField(64)
    size = peewee.IntegerField()

    class Meta:
        indexes = ((("version", "path"), True),)


class DraftFile(Model):
    """A file of the draft. `revision` grows with each save; a save that starts from an older one is a conflict."""

    course = peewee.ForeignKeyField(Course, backref="draft", on_delete="CASCADE")
    path = peewee.CharField(255)
    digest = peewee.CharField(64)
    size = peewee.IntegerField()
    revision = peewee.IntegerField(default=1)
    edited_at = MomentField()
    edited_by = peewee.IntegerField(null=True)

    class Meta:
        indexes = ((("course", "path"), True),)


class KeptDraft(Model):
    """A draft with changes that no version has, kept when something else took its place. `digest` as of a version."""

    if TYPE_CHECKING:
        files: peewee.ModelSelect

    course = peewee.ForeignKeyField(Course, backref="kept", on_delete="CASCADE")
    digest = peewee.CharField(64)
    kept_at = MomentField()
    kept_by = peewee.IntegerField(null=True)

    class Meta:
        indexes = ((("course", "digest"), True),)


class KeptFile(Model):
    """A file of a kept draft."""

    kept = peewee.ForeignKeyField(KeptDraft, backref="files", on_delete="CASCADE")
    path = peewee.CharField(255)
    digest = peewee.CharField(64)
    size = peewee.IntegerField()

    class Meta:
        indexes = ((("kept", "path"), True),)


MODELS = [Course, CourseVersion, Lesson, Step, VersionFile, DraftFile, KeptDraft, KeptFile]
