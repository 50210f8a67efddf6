"""Sound and video from a trainer's phone, turned by a job into what village networks carry: 360p, sound only, a poster.

While it waits, a recording lies in the draft as `<name>.raw`; the lint misses the file that the page names, so that
nothing half-done is published. What cannot be turned becomes `<name>.broken`, with its bytes. Without ffmpeg
(`lms.ffmpeg`) a recording is kept as it came, and the page says so.
"""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lms import ffmpeg, jobs
from lms.authoring.desk import BROKEN, WAITING
from lms.catalogue import drafts, store
from lms.catalogue.models import DraftFile
from lms.db import database, utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.web import log

JOB = "authoring.turn"
MOST_SECONDS = 90
MOST_BYTES = 60 * 1024 * 1024

# The first bytes that tell a container, at an offset (as in the WHATWG MIME Sniffing Standard, section 6.2).
SIGNATURES = (
    (4, b"ftypM4A", ".m4a"),
    (4, b"ftyp", ".mp4"),
    (0, b"\x1aE\xdf\xa3", ".webm"),
    (0, b"OggS", ".ogg"),
    (0, b"ID3", ".mp3"),
    (0, b"\xff\xfb", ".mp3"),
    (0, b"\xff\xf3", ".mp3"),
)


@dataclass(frozen=True)
class Found:
    """What a recording is: the ending that fits, and its length in seconds (0: not known)."""

    suffix: str
    seconds: float


def can_turn() -> bool:
    """Whether this machine has ffmpeg."""
    return ffmpeg.is_there()


def refuse_large(content: bytes) -> None:
    """Raise Refused for more than 60 MB."""
    if len(content) > MOST_BYTES:
        size = round(len(content) / 1024 / 1024)
        raise Refused(_("The video is %(size)d MB. The most is 60 MB: film a shorter one.", size=size))


def look(content: bytes, *, sound: bool) -> Found:
    """What a recording is; `sound`: said to be sound alone. Raises Refused for anything else, and for what only ffmpeg
    could make of use where there is none."""
    suffix = next((end for offset, sign, end in SIGNATURES if content[offset : offset + len(sign)] == sign), None)
    if suffix is None:
        raise Refused(_("This is neither a sound nor a video that can be used. Send MP4, WebM, M4A or MP3."))
    if sound and suffix == ".mp4":
        suffix = ".m4a"  # the same container
    if sound and suffix == ".webm" and not can_turn():
        raise Refused(_("This server has no ffmpeg, so sound must come as M4A or MP3."))
    return Found(suffix, seconds_of(content) if can_turn() else 0)


def seconds_of(content: bytes) -> float:
    """The length that ffmpeg finds; 0 when it finds none (a browser's own recordings do not say)."""
    with tempfile.NamedTemporaryFile(prefix="fieldcast-") as file:
        file.write(content)
        file.flush()
        return ffmpeg.seconds(ffmpeg.told(Path(file.name)))


def later(row: DraftFile) -> None:
    """Let a job turn the recording."""
    jobs.later(JOB, row.course_id, row.path)


def turn(course_id: int, path: str) -> None:
    """Turn a waiting recording; twice, or for one that is gone, does nothing."""
    row = DraftFile.get_or_none((DraftFile.course == course_id) & (DraftFile.path == path))
    if row is None or not path.endswith(WAITING):
        return
    with tempfile.TemporaryDirectory(prefix="fieldcast-") as place:
        made = turned(store.media.get(row.digest), Path(place))
    put(row, made)


def turned(content: bytes, place: Path) -> dict[str, bytes]:
    """Ending → bytes: .mp4 (360p), .m4a and .webp of a video; .m4a of a sound. Empty when ffmpeg cannot read it."""
    raw = place / "raw"
    raw.write_bytes(content)
    film = ffmpeg.has_pictures(ffmpeg.told(raw))
    wanted = {".mp4": VIDEO, ".m4a": [*SOUND, "32k"], ".webp": POSTER} if film else {".m4a": [*SOUND, "48k"]}
    made = ffmpeg.make(raw, {place / f"made{suffix}": options for suffix, options in wanted.items()})
    files = {path.suffix: path.read_bytes() for path in made}
    # A clip without any sound has no sound-only version; without pictures it would be no clip.
    return files if not film or ".mp4" in files else {}


# 360 lines at most 25 a second, some 220 kbit/s; the index first, so that it plays while it comes.
VIDEO = shlex.split(
    r"-vf scale=-2:min(360\\,ih),fps=25 -c:v libx264 -profile:v main -preset medium -crf 30 -maxrate 260k "
    "-bufsize 520k -pix_fmt yuv420p -c:a aac -ac 1 -b:a 40k -movflags +faststart -map_metadata -1 -t 95"
)
SOUND = shlex.split("-vn -c:a aac -ac 1 -movflags +faststart -map_metadata -1 -b:a")
POSTER = shlex.split(r"-ss 0.5 -frames:v 1 -vf scale=-2:min(240\\,ih) -c:v libwebp -quality 40 -map_metadata -1")


def put(row: DraftFile, files: dict[str, bytes]) -> None:
    """Put what was made in the place of the waiting recording, unless somebody replaced or removed that meanwhile."""
    stem = row.path.removesuffix(WAITING)
    with database.atomic():
        drafts.first_revision(row.course)  # locks the course, so that nobody saves in between
        waiting = (DraftFile.id == row.id) & (DraftFile.digest == row.digest)
        if not files:
            log.failure("recording_not_turned", course=row.course_id, path=row.path)
            DraftFile.update(path=stem + BROKEN).where(waiting).execute()
            return
        if DraftFile.delete().where(waiting).execute():
            made = {stem + suffix: content for suffix, content in files.items()}
            drafts.overwrite(row.course, made, by=row.edited_by, now=utc_now())


def again(row: DraftFile) -> None:
    """Try once more to turn a recording that could not be, as after ffmpeg was installed."""
    path = str(PurePosixPath(row.path).with_suffix(WAITING))
    DraftFile.update(path=path).where(DraftFile.id == row.id).execute()
    jobs.later(JOB, row.course_id, path)
