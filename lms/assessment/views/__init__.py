"""Pages of judging, by resource: the queue, a work on its rubric, quick phrases, how judges agree, voices; a trainee's
feedback; stickers among fellow trainees."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("assessment", __name__)

from lms.assessment.views import agreement, feedback, peers, phrases, queue, voices, works  # noqa: E402, F401  (routes)
