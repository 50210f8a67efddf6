"""The media store: bytes kept under their SHA-256, in a folder or an S3 bucket, behind one set of calls.

Content never changes under its name, so a copy may be cached for ever, two equal pictures cost once,
and a row may point at bytes that are already safely written.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lms.errors import NotFound

DIGEST = re.compile(r"[0-9a-f]{64}")


class MediaStore(Protocol):
    """Where bytes live. Digests are 64 lower-case hexadecimal characters."""

    def put(self, content: bytes) -> str:
        """Keep the bytes durably; give back their digest. Keeping the same bytes again does nothing."""

    def get(self, digest: str) -> bytes:
        """The bytes, or NotFound."""

    def digests(self) -> Iterator[str]:
        """Everything that is kept, in no order, for a backup."""


class FolderStore:
    """Bytes in files, two levels deep, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie."""
        if not DIGEST.fullmatch(digest):
            raise NotFound
        return self.folder / digest[:2] / digest

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{digest}.{os.getpid()}.{os.urandom(4).hex()}")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return digest

    def get(self, digest: str) -> bytes:
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

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
        obstore.put(self.store, f"{digest[:2]}/{digest}", content)
        return digest

    def get(self, digest: str) -> bytes:
        import obstore

        if not DIGEST.fullmatch(digest):
            raise NotFound
        try:
            return bytes(obstore.get(self.store, f"{digest[:2]}/{digest}").bytes())
        except FileNotFoundError:
            raise NotFound from None

    def digests(self) -> Iterator[str]:
        import obstore

        for page in obstore.list(self.store):
            yield from (found["path"].rpartition("/")[2] for found in page)


def open_store(url: str) -> MediaStore:
    """The store of a MEDIA_URL: a folder's path, or `s3://bucket/prefix`."""
    return BucketStore(url) if "://" in url else FolderStore(Path(url))
