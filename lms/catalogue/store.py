"""Where course files lie, and how pages refer to them. The media store is filled in by the factory."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import PurePosixPath

from PIL import Image

from lms.catalogue.rendering import MediaRef
from lms.media import MediaStore

media: MediaStore

PICTURES = {".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif"}


@lru_cache(maxsize=1024)
def reference(digest: str, path: str) -> MediaRef:
    """How pages refer to a file: its address, weight, and for pictures width and height; a drawing comes along."""
    content = media.get(digest)
    suffix = PurePosixPath(path).suffix.lower()
    url = f"/media/{digest}{suffix}"
    if suffix == ".svg":
        return MediaRef(url, len(content), drawing=content)
    if suffix in PICTURES:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
        return MediaRef(url, len(content), width, height)
    return MediaRef(url, len(content))
