"""What a file is by its first bytes, whatever its name says (as in the WHATWG MIME Sniffing Standard, section 6, and
the formats' own standards)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """`family`: picture, clip (a container that may hold video) or sound. `mime`: what a browser is told of it."""

    family: str
    mime: str
    suffix: str


PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
    (b"BM", "image/bmp", "bmp"),
    (b"II*\x00", "image/tiff", "tif"),
    (b"MM\x00*", "image/tiff", "tif"),
)
SOUNDS = (
    (b"ID3", "audio/mpeg", "mp3"),
    (b"\xff\xfb", "audio/mpeg", "mp3"),
    (b"\xff\xf3", "audio/mpeg", "mp3"),
    (b"\xff\xf2", "audio/mpeg", "mp3"),
    (b"\xff\xf1", "audio/aac", "aac"),
    (b"\xff\xf9", "audio/aac", "aac"),
    (b"fLaC", "audio/flac", "flac"),
    (b"#!AMR", "audio/amr", "amr"),
    (b"caff", "audio/x-caf", "caf"),
)
CLIPS = (
    (b"\x1aE\xdf\xa3", "video/webm", "webm"),
    (b"OggS", "video/ogg", "ogg"),
    (b"FLV\x01", "video/x-flv", "flv"),
    (b"\x00\x00\x01\xba", "video/mpeg", "mpg"),
)
# The brand of an ISO base media file (ISO/IEC 14496-12, section 4.3) that holds pictures, or sound alone.
STILL_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}
SOUND_BRANDS = {b"M4A ", b"M4B "}
# The boxes with which older QuickTime files begin.
QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
RIFF = {b"WEBP": ("picture", "image/webp", "webp"), b"WAVE": ("sound", "audio/wav", "wav")}


def told(head: bytes) -> Told | None:
    """What the first bytes (16 are enough) say, or None."""
    for family, known in (("picture", PICTURES), ("clip", CLIPS), ("sound", SOUNDS)):
        for mark, mime, suffix in known:
            if head.startswith(mark):
                return Told(family, mime, suffix)
    if head[:4] == b"RIFF":
        return riff(head[8:12])
    return iso(head[4:8], head[8:12])


def riff(form: bytes) -> Told | None:
    """WebP, WAV or AVI."""
    if form == b"AVI ":
        return Told("clip", "video/x-msvideo", "avi")
    return Told(*RIFF[form]) if form in RIFF else None


def iso(box: bytes, brand: bytes) -> Told | None:
    """MP4 and what descends from it."""
    if box in QUICKTIME:
        return Told("clip", "video/quicktime", "mov")
    if box != b"ftyp":
        return None
    if brand in STILL_BRANDS:
        return Told("picture", "image/heic", "heic")
    if brand in AVIF_BRANDS:
        return Told("picture", "image/avif", "avif")
    if brand in SOUND_BRANDS:
        return Told("sound", "audio/mp4", "m4a")
    return Told("clip", "video/mp4", "mp4")
