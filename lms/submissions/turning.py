"""A job that turns clips and sounds into what village networks carry: 360 lines, at most 3 MB a minute, sound alone, a
poster. The original goes when that is done; what cannot be turned is kept as it came, and told."""

from __future__ import annotations

import shlex
import time
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
    rf"-frames:v 1 -vf {SHORT_SIDE % (240, 240)},thumbnail=10 "
    "-c:v libwebp -quality 45 -map_metadata -1"
)

# The same picture and sound without a word about where they were taken; whole, for nothing was made that is smaller.
BARE = shlex.split(
    "-map 0:V:0? -map 0:a:0? -c copy -map_metadata -1 -map_metadata:s:v -1 -map_metadata:s:a -1 -map_chapters -1 "
    f"-t 86400 -fs {uploads.LARGEST_MB * 1024 * 1024}"
)
ENDINGS = {"video/webm": "webm", "audio/webm": "webm", "video/ogg": "ogg", "audio/ogg": "ogg", "audio/mpeg": "mp3",
           "audio/wav": "wav", "audio/flac": "flac"}  # fmt: skip


def later(submission: Submission) -> None:
    """Let jobs turn what waits."""
    for piece in waiting_of(submission):
        jobs.later(JOB, piece.id)


def waiting_of(submission: Submission) -> list[Piece]:
    """The pieces that wait to be turned."""
    return list(Piece.select().where((Piece.submission == submission) & (Piece.state == "waiting")))


def look_after(submission: Submission, *, now: datetime) -> None:
    """Begin again what was cut off long ago."""
    states.ready(submission)
    if submission.state == states.PREPARING and submission.handed_in_at < now - CUT_OFF:
        later(submission)


def turn(piece_id: int) -> None:
    """Turn a waiting piece; twice, or for one that is gone, does nothing."""
    piece = Piece.get_or_none((Piece.id == piece_id) & (Piece.state == "waiting"))
    if piece is None:
        return
    with TemporaryDirectory(prefix="fieldcast-") as place:
        try:
            raw = looking.fetched(piece.original, Path(place))
        except NotFound:
            return put(piece, {}, {"why": "lost"})
        made, facts = turned(raw, Path(place), piece)
        put(piece, made, facts)


def turned(raw: Path, place: Path, piece: Piece) -> tuple[dict[str, Path], dict[str, object]]:
    """What was made of it, each file under its column, and the other columns that say so."""
    clip, sound, poster = place / "clip.mp4", place / "sound.m4a", place / "poster.webp"
    shown = sound if piece.kind == "audio" else clip
    wanted = {sound: SOUND} if piece.kind == "audio" else {clip: VIDEO, sound: SOUND, poster: POSTER}
    until = time.monotonic() + LONGEST
    # What is longer than is made would lose its end.
    made = ffmpeg.make(raw, wanted, longest=LONGEST) if piece.seconds <= ffmpeg.MOST_SECONDS else []
    if shown not in made:
        log.failure("work_not_turned", piece=piece.id)
        return bare(raw, place, piece, longest=max(until - time.monotonic(), ffmpeg.LOOKING))
    words = ffmpeg.told(shown)
    width, height = ffmpeg.size(words)
    facts = {"size": shown.stat().st_size, "seconds": ffmpeg.seconds(words), "width": width, "height": height}
    files = {"digest": shown} | ({"poster": poster} if poster in made else {})
    if piece.kind == "video" and sound in made:
        files["sound"], facts["sound_size"] = sound, sound.stat().st_size
    return files, facts | {"mime": "audio/mp4" if piece.kind == "audio" else "video/mp4"}


def bare(raw: Path, place: Path, piece: Piece, *, longest: float) -> tuple[dict[str, Path], dict[str, object]]:
    """What cannot be turned, without what the phone wrote about place and time; where even that cannot be taken out,
    as it came, for its owner and those who judge alone."""
    ending = ENDINGS.get(piece.mime, "m4a" if piece.kind == "audio" else "mp4")
    copy = place / f"bare.{ending}"
    if not ffmpeg.make(raw, {copy: BARE}, longest=longest):
        return {}, {"digest": piece.original, "why": "not_turned"}
    facts: dict[str, object] = {"size": copy.stat().st_size, "why": "bare"}
    if ending in ("mp4", "m4a"):
        facts["mime"] = "audio/mp4" if piece.kind == "audio" else "video/mp4"
    return {"digest": copy}, facts


def put(piece: Piece, files: dict[str, Path], facts: dict[str, object]) -> None:
    """Put what was made in the place of the original, unless the work was withdrawn meanwhile; then it goes too. The
    work waits for a trainer from the same moment on as nothing of it waits to be turned."""
    waits = (Piece.id == piece.id) & (Piece.state == "waiting")
    state = "broken" if "why" in facts else "ready"
    freeing.note(piece.original).touch()  # for a server that is killed behind the rows
    with freeing.keeping():
        named = {column: store.media.put_file(path) for column, path in files.items()}
        with database.atomic():
            done = Piece.update(state=state, original="", **facts, **named).where(waits).execute()
            states.ready(piece.submission)
    freeing.free([piece.original] if done else named.values())


def tidy_today() -> None:
    """The daily job."""
    tidy(utc_now())


def tidy(now: datetime) -> None:
    """Once a day: uploads that nobody went on with go, bytes that could not go at once, and what was cut off is
    turned."""
    uploads.expire(now)
    freeing.catch_up()
    store.media.sweep((now - uploads.KEPT_FOR).timestamp())
    for submission in Submission.select().where(Submission.state == states.PREPARING):
        look_after(submission, now=now)
