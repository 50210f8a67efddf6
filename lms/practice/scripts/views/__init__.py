"""Pages of the copy coach, by resource. Without script everything is posted and seen; with it the same answers come as
fragments."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("scripts", __name__)

from lms.practice.scripts.views import coach, proofs, sheets, versions  # noqa: E402, F401  (their routes)
