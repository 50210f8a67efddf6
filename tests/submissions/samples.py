"""Photos, clips and sounds as phones make them, small, made when they are needed."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from functools import cache
from pathlib import Path

from PIL import Image

PLACE_TAKEN = 0x8825  # EXIF: where
CAMERA = 0x010F  # EXIF: by whom made
TURNED = 0x0112


@cache
def photo(width: int = 2400, height: int = 1800, *, turned: int = 1) -> bytes:
    """A JPEG that says where it was taken, and how the phone was held."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[CAMERA], exif[TURNED] = "Village Phone", turned
    exif[PLACE_TAKEN] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (117.0, 30.0, 0.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


@cache
def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that would be gigabytes when decoded."""
    row = zlib.compress(bytes(1 + side // 8) * side, 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@cache
def clip(seconds: int = 2, size: str = "720x1280", suffix: str = "mp4") -> bytes:
    """A portrait film with a tone, by the machine's ffmpeg."""
    return by_ffmpeg(
        f"clip-{seconds}-{size}.{suffix}",
        *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30:duration={seconds}"),
        *("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-metadata", "location=+30.25+117.50/"),
    )


@cache
def voice(seconds: int = 2, suffix: str = "m4a") -> bytes:
    """A sound."""
    return by_ffmpeg(f"voice-{seconds}.{suffix}", "-f", "lavfi", "-i", f"sine=frequency=300:duration={seconds}")


def by_ffmpeg(name: str, *options: str) -> bytes:
    """What ffmpeg makes."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as place:
        target = Path(place) / name
        subprocess.run(["ffmpeg", "-v", "error", *options, str(target)], check=True, timeout=60)
        return target.read_bytes()


def streams(content: bytes) -> str:
    """What ffmpeg says of a file."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return subprocess.run(["ffmpeg", "-i", file.name], capture_output=True, check=False).stderr.decode()
