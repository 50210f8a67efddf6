"""Spoken comments: short sounds as a browser recorded them, looked at before they are kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from lms.accounts.models import Person
from lms.catalogue import store
from lms.db import found
from lms.errors import NotFound, Refused
from lms.i18n import _
from lms.lib import filetypes
from lms.submissions import uploads
from lms.submissions.models import Upload

LONGEST = 60  # seconds, of a trainer
LONGEST_OF_PEERS = 20
# A browser's own choice of quality is far below this.
MOST_BYTES = 1024 * 1024
# A recorder's container may hold video; what we recorded holds sound alone.
HEARD = {"video/webm": "audio/webm", "video/ogg": "audio/ogg", "video/mp4": "audio/mp4"}


def keep(content: bytes, seconds: float, most: float = LONGEST) -> str:
    """The digest of a voice that is kept now, or nothing for none. Call inside `freeing.keeping()`.

    Raises Refused for what is no sound, or too long.
    """
    if not content:
        return ""
    refuse_unfit(content, seconds, most)
    return store.media.put(content)


def refuse_unfit(content: bytes, seconds: float, most: float) -> None:
    """Raise Refused for what is no sound, or too long."""
    if len(content) > MOST_BYTES or seconds > most + 2:
        raise Refused(_("The recording is too long. Speak for at most %(most)d seconds.", most=int(most)))
    told = filetypes.told(content[:64])
    if told is None or told.family == "picture":
        raise Refused(_("This is no sound recording. Record it again."))


def put_by(person: Person, content: bytes, seconds: float, *, now: datetime) -> str:
    """The token of a voice that waits for its form to be sent again, so that nobody has to speak twice; empty where
    there is none, where it is what was wrong, or where there is no room. It goes after a week like any upload."""
    if not content:
        return ""
    with suppress(Refused):
        refuse_unfit(content, seconds, LONGEST)
        upload = uploads.begin(person, len(content), name=_("A spoken comment"), kind="", most_mb=1, now=now)
        uploads.append(upload, 0, [content], now=now)
        return upload.token
    return ""


def find(person: Person, token: str) -> Upload:
    """What the person put by, or NotFound."""
    small = Upload.finished_at.is_null(False) & (Upload.size <= MOST_BYTES)
    return found(Upload.select().where(Upload.person == person, Upload.token == token, small))


def waiting(person: Person, token: str) -> bytes:
    """Its bytes; nothing where there is none any more."""
    with suppress(NotFound):
        return store.media.get(find(person, token).digest)
    return b""


def let_go(person: Person, token: str) -> None:
    """It is not needed any more: what a judgement names of it stays."""
    with suppress(NotFound):
        uploads.remove(find(person, token))


def heard(digest: str) -> tuple[bytes, str]:
    """A voice and its type, or NotFound."""
    content = store.media.get(digest)
    told = filetypes.told(content[:64])
    mime = told.mime if told else "application/octet-stream"
    return content, HEARD.get(mime, mime)
