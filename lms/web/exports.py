"""Lists as files: CSV in UTF-8 with a byte order mark, so that Excel reads Chinese, and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, request

from lms.lib import spreadsheets

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
