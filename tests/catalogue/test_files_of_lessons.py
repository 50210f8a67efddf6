"""Pictures, sound and video reach the phone; what is not published stays with its author."""

import io

from flask import Flask
from PIL import Image

from lms.catalogue import drafts, pages, publishing, reading, store
from lms.db import utc_now
from tests.catalogue.courses import SVG, course, with_body


def photograph() -> bytes:
    """A noisy picture of some 300 KB."""
    out = io.BytesIO()
    Image.effect_noise((900, 600), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def published(body: str, **files: bytes) -> pages.Content:
    """The first lesson of a published course with this body and these files."""
    content = {**with_body(body), **{f"light/{name.replace('_', '.')}": found for name, found in files.items()}}
    done = publishing.load("shooting", content, by=None, now=utc_now())
    return pages.content(done.version, "light", "zh")


def test_a_photograph_is_shown_in_at_most_40_kb(app: Flask):
    figure = next(part for part in published("![藕](藕.jpg)", 藕_jpg=photograph()).parts if part.kind == "figure")
    answer = app.test_client().get(figure.media.url)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert len(answer.data) == figure.media.size <= 40 * 1024
    assert Image.open(io.BytesIO(answer.data)).size == (figure.media.width, figure.media.height)


def test_a_small_picture_is_shown_as_it_is(app: Flask):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "#1E6A45").save(out, "PNG")
    figure = next(part for part in published("![藕](a.png)", a_png=out.getvalue()).parts if part.kind == "figure")
    assert (figure.media.width, figure.media.height) == (30, 20)
    assert app.test_client().get(figure.media.url).data == out.getvalue()


def test_a_file_comes_in_parts_and_is_kept_for_ever(app: Flask):
    content = published("![念](a.m4a)", a_m4a=b"0123456789")
    address = next(part for part in content.parts if part.kind == "audio").media.url
    answer = app.test_client().get(address, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.data) == (206, b"234")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_of_a_draft_is_not_there_for_others(app: Flask):
    done = publishing.load("shooting", course(), by=None, now=utc_now())
    row = drafts.save(done.course, "light/new.svg", SVG, base=0, by=1, now=utc_now())
    assert app.test_client().get(f"/media/{row.digest}.svg").status_code == 404
    assert app.test_client().get(f"/media/{row.digest}/phone.webp").status_code == 404


def test_a_published_page_has_no_other_picture_under_the_name_of_one(app: Flask):
    digest = store.media.put(b"not published")
    assert app.test_client().get(f"/media/{digest}.png").status_code == 404
    assert app.test_client().get("/media/x/phone.webp").status_code == 404


def test_what_was_loaded_is_exported_byte_for_byte(app: Flask):
    files = with_body("![藕](sun.svg)") | {"light/sun.svg": SVG, "notes.txt": b"\r\n\xff"}
    done = publishing.load("shooting", files, by=None, now=utc_now())
    assert dict(reading.files(done.version.id)) == files
    assert not publishing.load("shooting", files, by=None, now=utc_now()).new
