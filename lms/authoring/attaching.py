"""Files that a trainer adds to a lesson: pictures, drawings, recorded readings and clips."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from lms.authoring import naming, recordings
from lms.authoring.desk import BROKEN, WAITING, Draft
from lms.catalogue import drafts, pictures, sandbox, svg
from lms.catalogue.models import DraftFile
from lms.catalogue.parsed import LANGUAGES
from lms.catalogue.speech import TIMINGS
from lms.errors import Refused
from lms.i18n import _, ngettext

MOST_PICTURE = 20 * 1024 * 1024
SOUNDS = (".m4a", ".mp3", ".opus", ".ogg")
CLIPS = (".mp4", ".webm")
PICTURES = (".webp", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".avif")
KINDS = {**dict.fromkeys(SOUNDS, "sound"), **dict.fromkeys(CLIPS, "video"), **dict.fromkeys(PICTURES, "picture")}


@dataclass(frozen=True)
class Attached:
    """A file beside the pages of a lesson. `kind`: sound, video, picture, waiting (being turned), broken or other."""

    name: str
    kind: str
    size: int
    used: bool


def listed(draft: Draft, key: str) -> list[Attached]:
    """The files of a lesson other than its pages, by name, and whether a page names them."""
    rows = [row for path, row in draft.rows.items() if path.startswith(f"{key}/")]
    pages = [drafts.text(row) for row in rows if row.path.endswith(".md")]
    return [
        Attached(name, kind_of(name), row.size, is_used(name, pages))
        for row in rows
        if not row.path.endswith(".md") and (name := row.path.removeprefix(f"{key}/"))
    ]


def kind_of(name: str) -> str:
    """What a file is, by its ending."""
    suffix = PurePosixPath(name).suffix.lower()
    return {WAITING: "waiting", BROKEN: "broken"}.get(suffix) or KINDS.get(suffix, "other")


def is_used(name: str, pages: list[str]) -> bool:
    """Whether a page names the file, or the video that it goes with, or it is the lesson's own reading."""
    stem = PurePosixPath(name).stem
    names = [name, *(stem + suffix for suffix in CLIPS)]
    spoken = name.partition(".")[0] in LANGUAGES  # a reading, a dialect's, and their timings
    return spoken or any(f"({one}" in page for one in names for page in pages)


def add_picture(draft: Draft, key: str, content: bytes, original: str, *, by: int, now: datetime) -> DraftFile:
    """Keep a picture: drawn anew without what the camera wrote into it; a drawing with shapes and words only.

    Raises Refused for what is no picture, or too large.
    """
    if len(content) > MOST_PICTURE:
        raise Refused(_("This picture is too large. The most is 20 MB."))
    suffix, kept = prepared(content)
    name = naming.file_name(original, suffix, names_in(draft, key))
    return drafts.save(draft.course, f"{key}/{name}", kept, base=0, by=by, now=now)


def prepared(content: bytes) -> tuple[str, bytes]:
    """The ending and the bytes that are kept of a picture."""
    try:
        if b"<svg" in content[:2000].lower():
            return ".svg", etree.tostring(svg.cleaned(content), encoding="utf-8")
        return ".webp", sandbox.run(pictures.for_phone, content).content
    except svg.BadDrawing:
        raise Refused(_("This drawing cannot be shown safely. Save it as a picture, PNG or JPEG.")) from None
    except (pictures.BadPicture, sandbox.TooHeavy):
        raise Refused(_("This is not a picture that can be read. Send JPEG, PNG or WebP.")) from None


def names_in(draft: Draft, key: str) -> set[str]:
    """The names that are taken in a lesson's folder."""
    return {path.removeprefix(f"{key}/") for path in draft.rows if path.startswith(f"{key}/")}


def remove(draft: Draft, key: str, name: str) -> None:
    """Take a file out of the draft; its pages are not files in this sense."""
    if f"{key}/{name}" in draft.rows and not name.endswith(".md"):
        drafts.remove(draft.course, f"{key}/{name}")


@dataclass(frozen=True)
class Clip:
    """A recording as the browser sends it: its bytes, the name of its file, and whether it is sound alone."""

    content: bytes
    original: str
    sound: bool


def add_recording(draft: Draft, key: str, clip: Clip, *, reading: str = "", by: int, now: datetime) -> DraftFile:
    """Keep a recorded reading of a page (`reading`: its language) or a clip, to be turned by a job where that can be.

    Raises Refused for what is neither sound nor video, is longer than 90 s, or cannot be used as it is.
    """
    recordings.refuse_large(clip.content)
    found = recordings.look(clip.content, sound=clip.sound or bool(reading))
    if not reading:
        refuse_long(found.seconds)
    taken = names_in(draft, key)
    stem = reading or stem_of(clip, taken)
    if reading:
        for suffix in (*SOUNDS, WAITING, BROKEN, TIMINGS):
            drafts.remove(draft.course, f"{key}/{stem}{suffix}")
    suffix = WAITING if recordings.can_turn() else found.suffix
    row = drafts.save(draft.course, f"{key}/{stem}{suffix}", clip.content, base=0, by=by, now=now)
    if suffix == WAITING:
        recordings.later(row)
    return row


def stem_of(clip: Clip, taken: set[str]) -> str:
    """A free name; a sound named after a video that has none is that video's."""
    own = naming.slug(PurePosixPath(clip.original).stem)
    lacking = not any(f"{own}{suffix}" in taken for suffix in (*SOUNDS, WAITING, BROKEN))
    if clip.sound and lacking and any(f"{own}{suffix}" in taken for suffix in CLIPS):
        return own
    return PurePosixPath(naming.file_name(clip.original, ".mp4", taken)).stem


def refuse_long(seconds: float) -> None:
    """Raise Refused for a clip of more than 90 seconds."""
    over = round(seconds - recordings.MOST_SECONDS)
    if over > 0:
        raise Refused(
            ngettext(
                "This clip is %(num)d second too long. The most is 90 seconds.",
                "This clip is %(num)d seconds too long. The most is 90 seconds.",
                over,
            )
        )
