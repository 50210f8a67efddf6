"""Names that become part of addresses and step ids: courses, lessons, questions, files. Once given, they last."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

from lms.errors import Refused
from lms.i18n import _

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
# Addresses below /courses/<course>/ and /teach/courses/ that mean something else.
TAKEN = {"exam", "events", "place", "answers", "new", "load", "quiz"}


def slug(text: str) -> str:
    """A name for an address from a text: lower case, ASCII letters and digits, hyphens; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


def chosen(typed: str, *titles: str) -> str:
    """The name that was typed, else one made from the first title that gives one. Raises Refused, saying what does."""
    name = typed.strip().lower() or next((made for title in titles if (made := slug(title))), "")
    if not SLUG.fullmatch(name) or name in TAKEN:
        raise Refused(_("Type a short name for the address: letters a to z, digits and hyphens, like light-2."))
    return name


def free(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` and so on: the first that is not taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def new_id(taken: Container[str]) -> str:
    """A short id for a question or exercise that nobody has typed: drawn by chance, so that two who insert at the
    same time in two languages or two drafts do not meet."""
    while (made := f"q-{secrets.token_hex(3)}") in taken:
        pass
    return made


def file_name(original: str, suffix: str, taken: Container[str]) -> str:
    """A free name for an uploaded file: from its own name where that says something, with our suffix."""
    stem = slug(PurePosixPath(original.replace("\\", "/")).stem)
    stem = (
        stem if stem not in ("", "image", "blob", "unknown") else "picture" if suffix in (".webp", ".svg") else "clip"
    )
    stems = {PurePosixPath(name).stem for name in taken}  # type: ignore[attr-defined]
    return free(stem, stems) + suffix
