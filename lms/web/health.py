"""`/healthz`: whether this worker answers and its database too."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from lms.db import database
from lms.web import log
from lms.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """200 with {"database": "ok"}, or 503."""
    try:
        with database.connection_context() if database.is_closed() else database.atomic():
            database.execute_sql("SELECT 1")
    except Exception:
        log.failure("database_unreachable")
        response = jsonify(database="unreachable")
        response.status_code = 503
        return response
    return jsonify(database="ok")
