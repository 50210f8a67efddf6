"""The media store takes and gives files of any size without holding them in memory, in a folder and in a bucket."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lms.errors import NotFound
from lms.media import BucketStore, FolderStore, MediaStore

BYTES = os.urandom(3_000_000)


@pytest.fixture(params=["folder", "bucket"])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """A store of each kind; the bucket's calls are those of S3, on memory."""
    return FolderStore(tmp_path / "media") if request.param == "folder" else BucketStore("memory:///")


def file(tmp_path: Path) -> Path:
    """A file to keep."""
    path = tmp_path / "film"
    path.write_bytes(BYTES)
    return path


def test_a_file_is_kept_under_its_digest_and_gone_from_where_it_was(media: MediaStore, tmp_path: Path):
    path = file(tmp_path)
    digest = media.put_file(path)

    assert media.put(BYTES) == digest and media.get(digest) == BYTES and media.size(digest) == len(BYTES)
    assert list(media.digests()) == [digest] and not path.exists()


def test_the_same_file_again_is_kept_once(media: MediaStore, tmp_path: Path):
    assert media.put_file(file(tmp_path)) == media.put_file(file(tmp_path))
    assert len(list(media.digests())) == 1 and not (tmp_path / "film").exists()


@pytest.mark.parametrize(("start", "end"), [(0, None), (5, 9), (2_900_000, None), (1_000_000, 2_500_000), (0, 9**9)])
def test_any_part_of_it_is_given_in_pieces(media: MediaStore, tmp_path: Path, start: int, end: int | None):
    digest = media.put_file(file(tmp_path))
    pieces = list(media.stream(digest, start, end))

    assert b"".join(pieces) == BYTES[start:end] and max(map(len, pieces)) <= 1024 * 1024


def test_what_is_deleted_is_gone_and_twice_is_harmless(media: MediaStore, tmp_path: Path):
    digest = media.put_file(file(tmp_path))
    media.delete(digest)
    media.delete(digest)

    for ask in (media.get, media.size, media.stream):
        with pytest.raises(NotFound):
            ask(digest)


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "A" * 64])
def test_what_is_no_digest_names_no_file(media: MediaStore, digest: str):
    for ask in (media.get, media.size, media.stream, media.delete):
        with pytest.raises(NotFound):
            ask(digest)
