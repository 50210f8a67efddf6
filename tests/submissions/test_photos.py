"""What becomes of a photo, and of what is none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from lms.submissions import photos


def picture(form: str, **more: object) -> bytes:
    """A small picture in a format."""
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "green").save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 a program", b"%PDF-1.7", b"\xff\xd8\xff", picture("PNG")[:60]])
def test_what_is_no_photo_is_told_as_such(content: bytes):
    with pytest.raises(photos.BadPhoto) as told:
        photos.kept(content)

    assert told.value.code == "broken"


def test_a_photo_of_two_pictures_is_kept_as_its_first():
    two = picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 60), "red")])

    kept = photos.kept(two)

    assert (kept.width, kept.height) == (40, 60)
    red, green, _blue = Image.open(io.BytesIO(kept.content)).convert("RGB").getpixel((20, 30))
    assert green > 100 > red
