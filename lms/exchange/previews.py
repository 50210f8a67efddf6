"""Between looking and importing: the uploaded bytes wait in the media store, and a sealed word says which they are, so
that what is confirmed is exactly what was shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lms.accounts import keys
from lms.catalogue import store
from lms.errors import Refused
from lms.i18n import _

PURPOSE = "roster preview"
LASTS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Shown:
    """What was previewed: the file, the class, and by whom."""

    digest: str
    filename: str
    cohort_id: int
    person_id: int


def keep(content: bytes, filename: str, cohort_id: int, person_id: int) -> str:
    """Keep the bytes; the sealed word that the confirmation sends back."""
    facts = [store.media.put(content), filename[:200], cohort_id, person_id]
    return keys.seal(PURPOSE, json.dumps(facts))


def shown(sealed: str, person_id: int) -> tuple[Shown, bytes]:
    """What was previewed by this person, and its bytes. Raises Refused for a word that is not ours, or too old."""
    text = keys.unseal(PURPOSE, sealed, seconds=LASTS)
    facts = Shown(*json.loads(text)) if text else None
    if facts is None or facts.person_id != person_id:
        raise Refused(_("This preview is from another day. Choose the file again."))
    return facts, store.media.get(facts.digest)
