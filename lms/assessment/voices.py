"""Spoken comments: short sounds as a browser recorded them, looked at before they are kept."""

from __future__ import annotations

from lms.catalogue import store
from lms.errors import Refused
from lms.i18n import _
from lms.lib import filetypes

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
    if len(content) > MOST_BYTES or seconds > most + 2:
        raise Refused(_("The recording is too long. Speak for at most %(most)d seconds.", most=int(most)))
    told = filetypes.told(content[:64])
    if told is None or told.family == "picture":
        raise Refused(_("This is no sound recording. Record it again."))
    return store.media.put(content)


def heard(digest: str) -> tuple[bytes, str]:
    """A voice and its type, or NotFound."""
    content = store.media.get(digest)
    told = filetypes.told(content[:64])
    mime = told.mime if told else "application/octet-stream"
    return content, HEARD.get(mime, mime)
