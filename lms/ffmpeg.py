"""Sound and video by ffmpeg, a program of the machine that is used where it is in PATH.

Nothing here trusts a file: only containers of film and sound are read (a playlist would name other files of this
machine), no address is followed, pictures of absurd size are refused, and every run has an end, in seconds, in memory
and in bytes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LONGEST = 600  # seconds for all that is made of one file, on a small server that does nothing else
LOOKING = 30  # seconds to say what a file is
# Of one frame; 8K is 33 million.
MOST_PIXELS = 40_000_000

DURATION = re.compile(r"Duration: (\d+):(\d+):([\d.]+)")
VIDEO_STREAM = re.compile(r"Stream #[^\n]*: Video: [^\n]*")
SOUND_STREAM = re.compile(r"Stream #[^\n]*: Audio: ")
SIZE = re.compile(r"Video: [^\n]*?[ ,](\d{2,5})x(\d{2,5})[ ,\[]")
CONTAINERS = "mov,mp4,m4a,3gp,matroska,webm,ogg,avi,flv,mpeg,mpegts,wav,mp3,aac,flac,amr,caf"
GUARDED = ["-nostdin", "-max_pixels", str(MOST_PIXELS), "-threads", "1"]
INPUT = ["-protocol_whitelist", "file,pipe", "-format_whitelist", CONTAINERS]
# Of what is made: an hour of film as `lms.submissions` makes it. Options of the caller may say otherwise.
MOST_SECONDS = 3600
LIMITS = ["-threads", "1", "-t", str(MOST_SECONDS), "-fs", str(250 * 1024 * 1024)]
# Kilobytes that a run may take: 8K with all its reference frames does not fit, what phones film does.
MEMORY = 2 * 1024 * 1024
HELD = ["/bin/sh", "-c", f'ulimit -v {MEMORY}; exec "$@"', "sh"]
# The lowest priority: whoever learns meanwhile goes first.
BEHIND = ["nice", "-n", "19"]


def is_there() -> bool:
    """Whether this machine has ffmpeg."""
    return shutil.which("ffmpeg") is not None


def told(recording: Path) -> str:
    """What ffmpeg says of a file: its length, and each stream on a line. Empty when it takes too long."""
    asked = [*HELD, "ffmpeg", "-hide_banner", *GUARDED, *INPUT, "-i", str(recording)]
    with suppress(subprocess.TimeoutExpired):
        answer = subprocess.run(asked, capture_output=True, timeout=LOOKING, check=False)
        return answer.stderr.decode("utf-8", "replace")
    return ""


def seconds(words: str) -> float:
    """The length in what `told` says; 0 when there is none (a browser's own recordings do not say)."""
    found = DURATION.search(words)
    if not found:
        return 0
    return sum(float(part) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))


def has_pictures(words: str) -> bool:
    """Whether there is video in it, beside a cover picture."""
    return any("attached pic" not in stream for stream in VIDEO_STREAM.findall(words))


def has_sound(words: str) -> bool:
    """Whether there is sound in it."""
    return SOUND_STREAM.search(words) is not None


def size(words: str) -> tuple[int, int]:
    """Width and height of the pictures; (0, 0) when it has none."""
    found = SIZE.search(words)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def make(raw: Path, wanted: Mapping[Path, Sequence[str]], *, longest: int = LONGEST) -> list[Path]:
    """Turn a file into each of the wanted ones (target → options); those that came out, in their order.

    What cannot be made, or not within `longest` seconds for all of them, is left out and leaves nothing behind.
    """
    made, until = [], time.monotonic() + longest
    for target, options in wanted.items():
        command = [*HELD, *BEHIND, "ffmpeg", "-v", "error", "-y", *GUARDED, *INPUT, "-i", str(raw), *LIMITS, *options]
        try:
            left = max(until - time.monotonic(), 0.01)
            subprocess.run([*command, str(target)], capture_output=True, timeout=left, check=True)
            made.append(target)
        except subprocess.SubprocessError:
            target.unlink(missing_ok=True)
    return made
