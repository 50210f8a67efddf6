"""How long a recording is, as its file says (ISO/IEC 14496-12: boxes of a size and a type; moov holds mvhd)."""

from __future__ import annotations

from collections.abc import Iterator

ENDINGS = {".mp4", ".m4a"}


def seconds(content: bytes) -> int:
    """The length of an MP4 or M4A in whole seconds, at least 1; 0 when the file does not say."""
    for kind, body in boxes(content):
        if kind == b"moov":
            return next((length(inner) for name, inner in boxes(body) if name == b"mvhd"), 0)
    return 0


def boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of each box one after the other; ends where the bytes make no sense."""
    start = 0
    while start + 8 <= len(content):
        size, kind = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8]
        header = 8
        if size == 1:  # a 64-bit size follows, as in files above 4 GB
            size, header = int.from_bytes(content[start + 8 : start + 16]), 16
        end = start + size if size else len(content)  # 0: up to the end of the file
        if end < start + header:
            return
        yield kind, content[start + header : end]
        start = end


def length(mvhd: bytes) -> int:
    """The duration of a movie header. Version 1 has its times in 64 bits; all ones mean that it is not known."""
    wide = 8 if mvhd[:1] == b"\x01" else 4
    at = 4 + 2 * wide  # behind version and flags, creation and modification
    scale, duration = mvhd[at : at + 4], mvhd[at + 4 : at + 4 + wide]
    if len(duration) < wide or not any(scale) or duration == b"\xff" * wide:
        return 0
    found = int.from_bytes(duration) / int.from_bytes(scale)
    return max(1, round(found)) if found else 0
