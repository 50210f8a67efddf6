"""Photos as they are kept: upright WebP of at most 1,600 pixels, without what the camera wrote about place and time.

Runs inside the sandbox (`lms.catalogue.sandbox`); imports neither Flask nor a database.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

LONGEST_SIDE = 1600
SMALL_SIDE = 320
QUALITY, SMALL_QUALITY = 78, 50
# When decoded, 24 megapixels are 72 MB. A JPEG is decoded at a half, a quarter or an eighth of its size.
MOST_PIXELS = 24_000_000
MOST_JPEG_PIXELS = 200_000_000
MOST_BYTES = 40 * 1024 * 1024
# A photo of two pictures (MPO) opens as the JPEG that it begins as.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")


class BadPhoto(ValueError):
    """No photo that can be shown. `code`: broken, or too_many (pixels)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Photo:
    """WebP bytes, pixels, and a small twin for lists."""

    content: bytes
    width: int
    height: int
    small: bytes


def kept(content: bytes) -> Photo:
    """The photo as it is kept. Raises BadPhoto."""
    Image.MAX_IMAGE_PIXELS = None  # counted in `upright`, after a JPEG is set to be decoded small
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                plain = upright(picture)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as problem:
        if isinstance(problem, BadPhoto):
            raise
        raise BadPhoto("broken") from None
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = plain.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Photo(webp(plain, QUALITY), *plain.size, webp(small, SMALL_QUALITY))


def upright(picture: Image.Image) -> Image.Image:
    """Decoded no larger than needed, turned as it was held, in plain colours."""
    if picture.width * picture.height > MOST_JPEG_PIXELS:
        raise BadPhoto("too_many")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise BadPhoto("too_many")
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    if "A" not in turned.mode and "transparency" not in turned.info:
        return turned.convert("RGB")
    ground = Image.new("RGB", turned.size, "white")
    ground.paste(turned.convert("RGBA"), mask=turned.convert("RGBA").getchannel("A"))
    return ground


def webp(picture: Image.Image, quality: int) -> bytes:
    """WebP without a word about where, when and by whom."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=None)
    return out.getvalue()
