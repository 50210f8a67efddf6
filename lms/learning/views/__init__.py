"""Pages of learning, by resource. All are drawn for whoever asks: a visitor, a trainee, or a trainer looking in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("learning", __name__)

from lms.learning.views import courses, events, faults, lessons, printing, quizzes, ways  # noqa: E402, F401  (their routes)
