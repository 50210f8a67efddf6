"""Looking at a file before it is handed in: what it really is, whether the task takes it, whether it can be shown.

A photo is made small at once. A clip or a sound waits for its job (`turning`) where the machine has ffmpeg; without it
it is kept as it came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lms import ffmpeg
from lms.accounts.models import Person
from lms.catalogue import sandbox, store
from lms.errors import Refused
from lms.i18n import _, lazy
from lms.lib import filetypes
from lms.submissions import photos, uploads
from lms.submissions.models import Upload
from lms.submissions.tasks import FILMED, Asked

PHOTO_SECONDS = 10
WORDS = {
    "photo": lazy("a photo"),
    "video": lazy("a video"),
    "audio": lazy("a sound recording"),
    "text": lazy("words"),
    "script": lazy("a script"),
}


@dataclass
class Looked:
    """A piece that may be kept. `facts`: its columns beside kind, text, name and verdicts."""

    kind: str
    text: str = ""
    name: str = ""
    verdicts: dict[str, Any] = field(default_factory=dict)
    upload: Upload | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The columns of its row."""
        plain = {"kind": self.kind, "text": self.text, "name": self.name[:200], "verdicts": self.verdicts}
        return plain | self.facts


def look(person: Person, piece: Any, asked: Asked, *, now: datetime) -> Looked:
    """The piece as it is kept. Raises Refused for what it is not, or cannot be shown."""
    if piece.kind not in FILMED:
        if not piece.text.strip():
            raise Refused(_("Write something first."))
        return Looked(piece.kind, piece.text, piece.name, piece.verdicts)
    upload = uploads.whole(person, piece.upload, now=now)
    if upload.size > uploads.megabytes(asked.most_mb):
        raise uploads.too_large(upload.size, asked.most_mb)
    kind, facts = facts_of(upload, piece.kind, asked)
    return Looked(kind, "", piece.name or upload.name, piece.verdicts, upload, facts)


def facts_of(upload: Upload, said: str, asked: Asked) -> tuple[str, dict[str, Any]]:
    """What a file is, and the columns that say so."""
    told = filetypes.told(first_bytes(upload))
    if told is None:
        raise uploads.not_taken()
    if told.family == "picture":
        refuse_other(asked, "photo")
        return "photo", photo(upload)
    if not ffmpeg.is_there():
        kind = "audio" if told.family == "sound" or said == "audio" else "video"
        refuse_other(asked, kind)
        return kind, {"digest": upload.digest, "size": upload.size, "mime": playable(told, kind)}
    words = told_by_ffmpeg(upload)
    kind = "video" if ffmpeg.has_pictures(words) else "audio" if ffmpeg.has_sound(words) else ""
    if not kind:
        raise Refused(_("This recording is broken and cannot be played. Film it again, or choose another one."))
    refuse_other(asked, kind)
    return kind, {
        "state": "waiting",
        "original": upload.digest,
        "size": upload.size,
        "mime": playable(told, kind),
        "seconds": ffmpeg.seconds(words),
    }


def first_bytes(upload: Upload) -> bytes:
    """The first bytes of a whole file."""
    return b"".join(store.media.stream(upload.digest, 0, uploads.HEAD))


def refuse_other(asked: Asked, kind: str) -> None:
    """Raise Refused for a kind that the task does not take."""
    if kind not in asked.kinds:
        raise not_asked(asked)


def not_asked(asked: Asked) -> Refused:
    """What the task wants instead."""
    wanted = _(" or ").join(str(WORDS[kind]) for kind in asked.kinds)
    return Refused(_("This task asks for %(wanted)s.", wanted=wanted))


def playable(told: filetypes.Told, kind: str) -> str:
    """The type that a player is told: an MP4 or WebM that holds sound alone is a sound."""
    return told.mime.replace("video/", "audio/") if kind == "audio" else told.mime


def photo(upload: Upload) -> dict[str, Any]:
    """A photo made small. Raises Refused for one that cannot be shown."""
    if upload.size > photos.MOST_BYTES:
        raise uploads.too_large(upload.size, photos.MOST_BYTES // 1024 // 1024)
    try:
        kept = sandbox.run(photos.kept, store.media.get(upload.digest), seconds=PHOTO_SECONDS)
    except photos.BadPhoto as problem:
        if problem.code == "broken":
            raise Refused(_("This photo is broken, or of a kind that cannot be shown. Take it again.")) from None
        raise Refused(_("This photo has too many dots to be shown. Take a smaller one.")) from None
    except sandbox.TooHeavy:
        raise Refused(_("This photo has too many dots to be shown. Take a smaller one.")) from None
    return {
        "digest": store.media.put(kept.content),
        "poster": store.media.put(kept.small),
        "size": len(kept.content),
        "mime": "image/webp",
        "width": kept.width,
        "height": kept.height,
    }


def told_by_ffmpeg(upload: Upload) -> str:
    """What ffmpeg says of a whole file."""
    with TemporaryDirectory(prefix="fieldcast-") as place:
        return ffmpeg.told(fetched(upload.digest, Path(place)))


def fetched(digest: str, place: Path) -> Path:
    """The bytes as a file that a program can read."""
    raw = place / "raw"
    with raw.open("wb") as file:
        for block in store.media.stream(digest):
            file.write(block)
    return raw
