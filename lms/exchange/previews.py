"""Between looking and importing: the uploaded list waits for at most a day in a folder of its own, outside media store
and backups, and a sealed word says which it is, so that what is confirmed is exactly what was shown.

A list holds names and numbers of people who have agreed to nothing yet, so it is deleted after a day, when the next one
is looked at or confirmed. Until then confirming twice does no harm.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from lms.accounts import keys
from lms.errors import Refused
from lms.i18n import _

PURPOSE = "roster preview"
LASTS = 24 * 3600  # seconds
NAME = re.compile(r"[0-9a-f]{32}")

# Set in the factory.
folder = Path("var/previews")


@dataclass(frozen=True)
class Shown:
    """What was previewed: the file, the class, and by whom."""

    name: str
    filename: str
    cohort_id: int
    person_id: int


def keep(content: bytes, filename: str, cohort_id: int, person_id: int) -> str:
    """Keep the bytes; the sealed word that the confirmation sends back."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    delete_old()
    name = secrets.token_hex(16)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return keys.seal(PURPOSE, json.dumps([name, filename[:200], cohort_id, person_id]))


def shown(sealed: str, person_id: int) -> tuple[Shown, bytes]:
    """What was previewed by this person, and its bytes. Raises Refused for a word that is not ours, or too old."""
    text = keys.unseal(PURPOSE, sealed, seconds=LASTS)
    facts = Shown(*json.loads(text)) if text else None
    if facts is None or facts.person_id != person_id or not NAME.fullmatch(facts.name):
        raise too_old()
    delete_old()
    try:
        return facts, (folder / facts.name).read_bytes()
    except FileNotFoundError:
        raise too_old() from None


def delete_old() -> None:
    """Delete the lists that nobody can confirm any more."""
    for path in folder.glob("*"):
        if time.time() - path.stat().st_mtime > LASTS:
            path.unlink(missing_ok=True)


def too_old() -> Refused:
    """The list is not here any more."""
    return Refused(_("This preview is from another day. Choose the file again."))
