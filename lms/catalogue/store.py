"""Where course files lie, and how pages refer to them. The media store is filled in by the factory."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import cast

from lms.catalogue import clips, pictures, sandbox
from lms.catalogue.linking import MediaRef
from lms.media import MediaStore

media = cast(MediaStore, None)

PICTURES = {".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif"}


@lru_cache(maxsize=1024)
def reference(digest: str, path: str) -> MediaRef:
    """How pages refer to a file: its address, weight, of pictures width and height, of recordings the length; a
    drawing comes along."""
    content = media.get(digest)
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in PICTURES:
        return picture(digest, suffix, content)
    drawing = content if suffix == ".svg" else None
    length = clips.seconds(content) if suffix in clips.ENDINGS else 0
    return MediaRef(f"/media/{digest}{suffix}", len(content), drawing=drawing, seconds=length)


def picture(digest: str, suffix: str, content: bytes) -> MediaRef:
    """How pages refer to a picture: to a small one itself, of a large one to what is made of it for phones."""
    address = f"/media/{digest}{suffix}"
    try:
        if len(content) > pictures.MOST_BYTES:
            small = for_phone(digest)
            return MediaRef(f"/media/{digest}/phone.webp", len(small.content), small.width, small.height)
        return MediaRef(address, len(content), *sandbox.run(pictures.size, content))
    except (pictures.BadPicture, sandbox.TooHeavy):
        # The lint has told its author; a reader gets what there is.
        return MediaRef(address, len(content))


@lru_cache(maxsize=256)
def for_phone(digest: str) -> pictures.Picture:
    """The picture in at most 40 KB, made once a process. Raises NotFound, BadPicture or TooHeavy."""
    return sandbox.run(pictures.for_phone, media.get(digest))
