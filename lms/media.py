"""The media store: bytes kept under their SHA-256, in a folder or an S3 bucket, behind one set of calls.

Content never changes under its name, so a copy may be cached for ever, two equal pictures cost once,
and a row may point at bytes that are already safely written.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lms.errors import NotFound

DIGEST = re.compile(r"[0-9a-f]{64}")
# What is read and written at once of a file that may be larger than the memory.
BLOCK = 256 * 1024


class MediaStore(Protocol):
    """Where bytes live. Digests are 64 lower-case hexadecimal characters."""

    def put(self, content: bytes) -> str:
        """Keep the bytes durably; give back their digest. Keeping the same bytes again does nothing."""

    def put_file(self, path: Path) -> str:
        """The same of a file of any size, which is gone afterwards: it may be the very one that is kept."""

    def get(self, digest: str) -> bytes:
        """The bytes, or NotFound."""

    def size(self, digest: str) -> int:
        """How many bytes there are, or NotFound."""

    def stream(self, digest: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not with, `end`, piece by piece; NotFound before the first."""

    def delete(self, digest: str) -> None:
        """Forget the bytes; twice is harmless. Whoever calls knows that no row names them."""

    def digests(self) -> Iterator[str]:
        """Everything that is kept, in no order, for a backup."""

    def sweep(self, before: float) -> int:
        """Remove what was left half-written before so many seconds since 1970; how many."""


class FolderStore:
    """Bytes in files, two levels deep, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie."""
        return self.folder / digest[:2] / checked(digest)

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        part = self.part(path)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        settle(part, path)
        return digest

    def put_file(self, path: Path) -> str:
        digest = digest_of(path)
        kept = self.path(digest)
        if kept.exists():
            path.unlink()
            return digest
        part = self.part(kept)
        shutil.move(path, part)  # a renaming, or a copy where the folder is on another disk
        os.utime(part)  # for `sweep`: it is being written now, whenever it came
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        settle(part, kept)
        return digest

    def part(self, path: Path) -> Path:
        """A name for what is still being written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")

    def sweep(self, before: float) -> int:
        """Remove what was being written when a server was killed, before so many seconds since 1970; how many."""
        stray = [path for path in self.folder.glob("??/*") if not DIGEST.fullmatch(path.name)]
        old = [path for path in stray if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def get(self, digest: str) -> bytes:
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

    def size(self, digest: str) -> int:
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            raise NotFound from None

    def stream(self, digest: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        size = self.size(digest)
        return self.blocks(self.path(digest), start, (size if end is None else min(size, end)) - start)

    def blocks(self, path: Path, start: int, left: int) -> Iterator[bytes]:
        """So many bytes of a file."""
        with path.open("rb") as file:
            file.seek(start)
            while left > 0 and (block := file.read(min(left, BLOCK))):
                left -= len(block)
                yield block

    def delete(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        # Whatever is still being written has another name, and is not kept yet.
        return (path.name for path in self.folder.glob("??/*") if DIGEST.fullmatch(path.name))


class BucketStore:
    """Bytes in an S3 bucket (`MEDIA_URL=s3://bucket/prefix`; keys from the usual AWS variables)."""

    def __init__(self, url: str) -> None:
        from obstore.store import from_url  # 15 MB that an installation on a folder never loads

        self.store = from_url(url)

    def put(self, content: bytes) -> str:
        import obstore

        digest = hashlib.sha256(content).hexdigest()
        obstore.put(self.store, key(digest), content)
        return digest

    def put_file(self, path: Path) -> str:
        import obstore

        digest = digest_of(path)
        with path.open("rb") as file:
            obstore.put(self.store, key(digest), file)  # in parts where it is large
        path.unlink()
        return digest

    def get(self, digest: str) -> bytes:
        import obstore

        try:
            return bytes(obstore.get(self.store, key(digest)).bytes())
        except FileNotFoundError:
            raise NotFound from None

    def size(self, digest: str) -> int:
        import obstore

        try:
            return int(obstore.head(self.store, key(digest))["size"])
        except FileNotFoundError:
            raise NotFound from None

    def stream(self, digest: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        size = self.size(digest)
        return self.blocks(key(digest), start, size if end is None else min(size, end))

    def blocks(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """So many bytes of an object, a megabyte at each request."""
        import obstore

        for begin in range(start, stop, 4 * BLOCK):
            yield bytes(obstore.get_range(self.store, name, start=begin, end=min(stop, begin + 4 * BLOCK)))

    def delete(self, digest: str) -> None:
        import obstore

        try:
            obstore.delete(self.store, key(digest))
        except FileNotFoundError:  # a local folder behind the same calls says so; S3 does not
            return

    def digests(self) -> Iterator[str]:
        import obstore

        for page in obstore.list(self.store):
            yield from (found["path"].rpartition("/")[2] for found in page)

    def sweep(self, before: float) -> int:
        return 0  # an object is there whole, or not at all


def settle(part: Path, path: Path) -> None:
    """Give a file that is wholly on the disk its name, durably: the folders have to be on the disk too."""
    part.replace(path)
    for folder in (path.parent, path.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def checked(digest: str) -> str:
    """The digest if it is one, else NotFound: it becomes part of a path."""
    if not DIGEST.fullmatch(digest):
        raise NotFound
    return digest


def key(digest: str) -> str:
    """An object's name in a bucket."""
    return f"{digest[:2]}/{checked(digest)}"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_store(url: str) -> MediaStore:
    """The store of a MEDIA_URL: a folder's path, or `s3://bucket/prefix`."""
    return BucketStore(url) if "://" in url else FolderStore(Path(url))
