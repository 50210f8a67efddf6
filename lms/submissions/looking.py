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
    """A piece that may be kept. `facts`: its columns beside kind, text, name and verdicts; `contents`: the columns of
    bytes that are not in the media store yet (`put`)."""

    kind: str
    text: str = ""
    name: str = ""
    verdicts: dict[str, Any] = field(default_factory=dict)
    upload: Upload | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)

    def put(self) -> None:
        """Put its bytes into the media store."""
        self.facts |= {name: store.media.put(content) for name, content in self.contents.items()}

    @property
    def digests(self) -> list[str]:
        """Bytes that nothing names where it was not kept: what came, and what was made of it."""
        made = [self.facts.get(name, "") for name in ("digest", "poster")]
        return [*made, self.upload.digest] if self.upload else made

    def columns(self) -> dict[str, Any]:
        """The columns of its row."""
        plain = {"kind": self.kind, "text": self.text, "name": self.name[:200], "verdicts": self.verdicts}
        return plain | self.facts


def look(person: Person, piece: Any, asked: Asked, *, now: datetime) -> Looked:
    """The piece as it is kept. Raises Refused, naming the file, for what it is not, or cannot be shown."""
    if piece.kind not in FILMED:
        if not piece.text.strip():
            raise Refused(_("Write something first."))
        return Looked(piece.kind, piece.text, piece.name, piece.verdicts)
    upload = uploads.whole(person, piece.upload, now=now)
    with uploads.naming(piece.name or upload.name):
        return looked_at(upload, piece, asked)


def looked_at(upload: Upload, piece: Any, asked: Asked) -> Looked:
    """A file that came whole, as it is kept."""
    if upload.size > uploads.megabytes(asked.most_mb):
        raise uploads.too_large(upload.size, asked.most_mb)
    name = piece.name or upload.name
    told = filetypes.told(first_bytes(upload))
    if told is None:
        raise uploads.not_taken()
    if told.family == "picture":
        refuse_other(asked, "photo")
        return Looked("photo", "", name, piece.verdicts, upload, *photo(upload))
    kind, facts = facts_of(upload, told, piece.kind, asked)
    return Looked(kind, "", name, piece.verdicts, upload, facts)


def facts_of(upload: Upload, told: filetypes.Told, said: str, asked: Asked) -> tuple[str, dict[str, Any]]:
    """What a clip or sound is, and the columns that say so."""
    if not ffmpeg.is_there():
        kind = "audio" if told.family == "sound" or said == "audio" else "video"
        refuse_other(asked, kind)
        facts = {"digest": upload.digest, "size": upload.size, "mime": playable(told, kind)}
        return kind, facts | {"why": "as_it_came"}
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


def photo(upload: Upload) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The columns of a photo made small, and its bytes. Raises Refused for one that cannot be shown."""
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
    facts = {"size": len(kept.content), "mime": "image/webp", "width": kept.width, "height": kept.height}
    return facts, {"digest": kept.content, "poster": kept.small}


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
