"""What authors keep beside a draft: a lesson's sentences as somebody spoke them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from lms.catalogue.models import Course
from lms.db import Model, MomentField


class Take(Model):
    """A sentence of a lesson as it was spoken last. `sentence` is its name (`lms.lib.sentences`), `text` what it said
    then; `track` is empty for the page's own language, else the name of a dialect; `seconds` without the silence.

    The bytes are AAC in MP4, 64 kbit/s: enough to make the reading of them that trainees get.
    """

    if TYPE_CHECKING:
        course_id: int

    course = peewee.ForeignKeyField(Course, backref="takes", on_delete="CASCADE")
    lesson_key = peewee.CharField(64)
    lang = peewee.CharField(2)
    track = peewee.CharField(16, default="")
    sentence = peewee.CharField(8)
    text = peewee.TextField()
    digest = peewee.CharField(64, index=True)
    seconds = peewee.FloatField()
    spoken_by = peewee.IntegerField(null=True, index=True)
    spoken_at = MomentField()

    class Meta:
        indexes = ((("course", "lesson_key", "lang", "track", "sentence"), True),)


MODELS = [Take]
