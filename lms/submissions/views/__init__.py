"""Pages of handing in, by resource: uploads (tus), a task with its hand-ins, one's own works, and their files."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("submissions", __name__)

from lms.submissions.views import files, handing_in, tus, works  # noqa: E402, F401  (their routes)
