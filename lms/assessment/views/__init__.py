"""Pages of judging, by resource: the queue, a work on its rubric, quick phrases, how judges agree, voices; a trainee's
feedback; stickers among fellow trainees; the questions of a course, and keys put right."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("assessment", __name__)

from lms.assessment.views import (  # noqa: E402, F401  (routes)
    agreement,
    feedback,
    peers,
    phrases,
    questions,
    queue,
    regrades,
    voices,
    works,
)
