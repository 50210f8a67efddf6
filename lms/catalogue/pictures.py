"""Pictures for the phone: at most 40 KB of WebP, turned upright, without what the camera wrote about time and place.

Runs inside the sandbox; imports neither Flask nor a database.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MOST_BYTES = 40 * 1024
# A phone of 360 px draws two pixels for one; anything wider is thrown away by it.
WIDEST = 720
TALLEST = 1440
# 24 megapixels are 72 MB when decoded, about what the best phone camera makes; Pillow's own guard begins at 89.
MOST_PIXELS = 24_000_000
# Tried in turn until the picture is small enough: first coarser, then smaller.
QUALITIES = (80, 70, 60, 50)
SHRINKING = 0.8
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")


class BadPicture(ValueError):
    """The bytes are no picture that can be shown: another format, broken, or larger than MOST_PIXELS."""


@dataclass(frozen=True)
class Picture:
    """A picture as phones get it. Pixels, and WebP bytes."""

    content: bytes
    width: int
    height: int


def size(content: bytes) -> tuple[int, int]:
    """Width and height as shown (turned upright), read without decoding. Raises BadPicture."""
    with opened(content) as picture:
        width, height = picture.size
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def for_phone(content: bytes) -> Picture:
    """The picture in at most MOST_BYTES. Raises BadPicture."""
    with opened(content) as picture:
        try:
            picture.draft("RGB", (WIDEST * 2, TALLEST * 2))
            upright = ImageOps.exif_transpose(picture)
            upright.load()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise BadPicture from None
    plain = upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB")
    plain.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    return squeezed(plain)


def squeezed(picture: Image.Image) -> Picture:
    """The picture as WebP of at most MOST_BYTES. A plain picture of one pixel fits, so that this ends."""
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=None)
            if out.tell() <= MOST_BYTES:
                return Picture(out.getvalue(), *picture.size)
        width, height = (max(1, int(side * SHRINKING)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)


def opened(content: bytes) -> Image.Image:
    """The picture, not decoded yet. Raises BadPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture from None
    if picture.width * picture.height > MOST_PIXELS or not picture.width or not picture.height:
        picture.close()
        raise BadPicture
    return picture
