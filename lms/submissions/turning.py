"""A job that turns clips and sounds into what village networks carry: 360 lines, at most 3 MB a minute, sound alone, a
poster. The original goes when that is done; what cannot be turned is kept as it came, and told."""

from __future__ import annotations

import shlex
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from lms import ffmpeg, jobs
from lms.catalogue import store
from lms.db import database, utc_now
from lms.errors import NotFound
from lms.submissions import freeing, looking, states, uploads
from lms.submissions.models import Piece, Submission
from lms.web import log

JOB, TIDY = "submissions.turn", "submissions.tidy"
LONGEST = 1800  # seconds for one clip
# A job that was cut off with the server is done again when somebody looks at the work.
CUT_OFF = timedelta(minutes=20)

# A picture held upright or across, its short side at most so many lines. (Commas would end the filter.)
SHORT_SIDE = r"scale=if(gt(iw\\,ih)\\,-2\\,2*trunc(min(%d\\,iw)/2)):if(gt(iw\\,ih)\\,2*trunc(min(%d\\,ih)/2)\\,-2)"
# The short side is 360; at most 25 pictures a second and 340 kbit/s with the sound, 2.6 MB a minute; the index first,
# so that it plays while it comes.
VIDEO = shlex.split(
    rf"-map 0:V:0 -map 0:a:0? -vf {SHORT_SIDE % (360, 360)},fps=25 "
    "-c:v libx264 -profile:v main -preset fast -crf 29 -maxrate 290k -bufsize 580k -pix_fmt yuv420p "
    "-c:a aac -ac 1 -b:a 40k -movflags +faststart -map_metadata -1 -map_chapters -1"
)
SOUND = shlex.split("-vn -c:a aac -ac 1 -b:a 40k -movflags +faststart -map_metadata -1 -map_chapters -1")
POSTER = shlex.split(
    rf"-frames:v 1 -vf thumbnail=25,{SHORT_SIDE % (240, 240)} "
    "-c:v libwebp -quality 45 -map_metadata -1"
)


def later(submission: Submission) -> None:
    """Let jobs turn what waits."""
    for piece in waiting_of(submission):
        jobs.later(JOB, piece.id)


def waiting_of(submission: Submission) -> list[Piece]:
    """The pieces that wait to be turned."""
    return list(Piece.select().where((Piece.submission == submission) & (Piece.state == "waiting")))


def look_after(submission: Submission, *, now: datetime) -> None:
    """Begin again what was cut off long ago."""
    if submission.state == states.PREPARING and submission.handed_in_at < now - CUT_OFF:
        later(submission)


def turn(piece_id: int) -> None:
    """Turn a waiting piece; twice, or for one that is gone, does nothing."""
    piece = Piece.get_or_none((Piece.id == piece_id) & (Piece.state == "waiting"))
    if piece is None:
        return
    original = piece.original
    with TemporaryDirectory(prefix="fieldcast-") as place, suppress(NotFound):
        raw = looking.fetched(original, Path(place))
        with freeing.keeping():
            facts = turned(raw, Path(place), piece.kind)
            put(piece, facts)
    states.ready(piece.submission)
    freeing.free([original])


def turned(raw: Path, place: Path, kind: str) -> dict[str, object]:
    """The columns that name what was made of it; empty when it cannot be turned."""
    clip, sound, poster = place / "clip.mp4", place / "sound.m4a", place / "poster.webp"
    wanted = {sound: SOUND} if kind == "audio" else {clip: VIDEO, sound: SOUND, poster: POSTER}
    made = ffmpeg.make(raw, wanted, longest=LONGEST)
    shown = sound if kind == "audio" else clip
    if shown not in made:
        return {}
    words = ffmpeg.told(shown)
    width, height = ffmpeg.size(words)
    facts = {"size": shown.stat().st_size, "seconds": ffmpeg.seconds(words), "width": width, "height": height}
    if kind == "video" and sound in made:
        facts |= {"sound_size": sound.stat().st_size, "sound": store.media.put_file(sound)}
    if poster in made:
        facts["poster"] = store.media.put_file(poster)
    mime = "audio/mp4" if kind == "audio" else "video/mp4"
    return facts | {"digest": store.media.put_file(shown), "mime": mime}


def put(piece: Piece, facts: dict[str, object]) -> None:
    """Put what was made in the place of the original, unless the work was withdrawn meanwhile. What could not be turned
    is shown as it came."""
    waits = (Piece.id == piece.id) & (Piece.state == "waiting")
    if not facts:
        log.failure("work_not_turned", piece=piece.id)
        facts = {"digest": piece.original, "why": "not_turned"}
    with database.atomic():
        Piece.update(state="ready" if "why" not in facts else "broken", original="", **facts).where(waits).execute()


def tidy_today() -> None:
    """The daily job."""
    tidy(utc_now())


def tidy(now: datetime) -> None:
    """Once a day: uploads that nobody went on with go, and what was cut off is turned."""
    uploads.expire(now)
    for submission in Submission.select().where(Submission.state == states.PREPARING):
        look_after(submission, now=now)
