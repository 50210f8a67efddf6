"""Backup and restore: the whole installation, database, media and keys, as one .tar.gz, taken while it runs.

The database is copied first and the media after it: bytes are always kept before a row names them, so that whatever the
copy names is in the archive. A restore looks at all of it before it changes anything, then changes the database in one
transaction: whoever is being served sees the old installation or the new one.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from lms import db, migrations
from lms.errors import Refused
from lms.exchange import beginning, copying
from lms.i18n import _
from lms.media import DIGEST, MediaStore
from lms.settings import Settings
from lms.submissions import freeing

FORMAT = 1
MANIFEST, SECRET, DATABASE, MEDIA = "manifest.json", "secret_key", "database", "media"
BLOCK = 1024 * 1024

# How far a long piece of work is: (done, of how many).
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself. `kind`: sqlite or postgresql. `migrations`: those that its database has."""

    format: int
    kind: str
    made_at: str
    migrations: list[str]
    database_sha256: str
    media_files: int


def back_up(archive: Path, settings: Settings, media: MediaStore, *, now: datetime, progress: Progress) -> Manifest:
    """Write the archive; a name that exists already is refused, and a backup that breaks off leaves none."""
    if archive.exists():
        raise Refused(_("%(file)s is there already. Choose another name.", file=archive))
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(archive.name + ".part")
    try:
        # What the copy names is not let go of before it is in the archive.
        with tempfile.TemporaryDirectory(dir=archive.parent) as folder, freeing.keeping():
            copy = copying.copy_database(Path(folder) / DATABASE)
            digests = sorted(media.digests())
            manifest = Manifest(
                FORMAT, copying.kind(), now.isoformat(), migrations_run(), sha256_of(copy), len(digests)
            )
            write(part, manifest, settings.secret_key, copy, opened(digests, media), progress)
        part.rename(archive)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def opened(digests: list[str], media: MediaStore) -> Iterator[tuple[str, int, BinaryIO]]:
    """Each file with its digest and size, to be read piece by piece: a film may be larger than the memory."""
    for digest in digests:
        yield digest, media.size(digest), io.BufferedReader(Blocks(media.stream(digest)), BLOCK)


class Blocks(io.RawIOBase):
    """What comes in pieces, as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.left = self.left or next(self.pieces, b"")
        count = min(len(buffer), len(self.left))
        buffer[:count], self.left = self.left[:count], self.left[count:]
        return count


def migrations_run() -> list[str]:
    """The names of the migrations that the database has."""
    with db.opened():
        return [step.name for step in migrations.runner().status() if step.applied]


def write(
    path: Path,
    manifest: Manifest,
    secret: str,
    copy: Path,
    media: Iterator[tuple[str, int, BinaryIO]],
    progress: Progress,
) -> None:
    """Write the parts in the order in which a restore wants to see them. Only their owner may read the file."""
    path.touch(mode=0o600)
    with tarfile.open(path, "w:gz", compresslevel=6) as tar:
        for name, said in ((MANIFEST, json.dumps(asdict(manifest), indent=1)), (SECRET, secret)):
            add(tar, name, len(said.encode()), io.BytesIO(said.encode()))
        tar.add(copy, DATABASE, filter=nobody)
        for number, (digest, size, content) in enumerate(media, start=1):
            add(tar, f"{MEDIA}/{digest}", size, content)
            progress(number, manifest.media_files)


def add(tar: tarfile.TarFile, name: str, size: int, content: BinaryIO) -> None:
    """One part of so many bytes."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, content)


def nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """The entry without the names of this machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def restore(
    archive: Path, settings: Settings, media: MediaStore, *, now: datetime, force: bool, progress: Progress
) -> tuple[Manifest, str]:
    """Put the archive in the place of what is here; its manifest and its secret.

    Raises Refused, having changed nothing, for an archive that is damaged or of another kind of database, and for an
    installation that is not empty unless `force`; then what was here is backed up first.
    """
    settings.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.var, prefix="restore-") as name:
        folder = Path(name)
        manifest = unpack(archive, folder)
        if not beginning.is_empty():
            refuse_unless(force)
            back_up(name_before_restore(settings, now), settings, media, now=now, progress=progress)
        # What is put is not let go of before the database that names it is there.
        with freeing.keeping():
            for number, path in enumerate(sorted((folder / MEDIA).glob("*")), start=1):
                media.put_file(path)
                progress(number, manifest.media_files)
            copying.replace_database(folder / DATABASE)
        secret = (folder / SECRET).read_text()
        keep_secret(secret, settings)
    migrations.upgrade(settings.var / "backups", now=now)
    return manifest, secret


def name_before_restore(settings: Settings, now: datetime) -> Path:
    """A free name for what was here; a second restore within a second takes the next number."""
    folder, stem = settings.var / "backups", f"{now:%Y%m%dT%H%M%SZ}-before-restore"
    path, number = folder / f"{stem}.tar.gz", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.tar.gz"
    return path


def refuse_unless(force: bool) -> None:
    """Raise Refused when something would be lost."""
    if not force:
        raise Refused(_("There are people or courses here already. With --force they are backed up and replaced."))


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write the parts of the archive to the folder and look at all of them. Raises Refused unless it is whole."""
    (folder / MEDIA).mkdir()
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for entry in tar:
                unpack_part(tar, entry, folder)
        return checked(folder)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as problem:
        raise Refused(_("%(file)s is not a whole backup: %(problem)s", file=archive, problem=problem)) from problem


def unpack_part(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """Write one part as a plain file. Raises TarError for a name that we do not write, or for a link."""
    path = PurePosixPath(entry.name)
    is_media = len(path.parts) == 2 and path.parts[0] == MEDIA and DIGEST.fullmatch(path.name)
    ours = is_media or entry.name in (MANIFEST, SECRET, DATABASE)
    source = tar.extractfile(entry) if ours and entry.isreg() else None
    if source is None:
        raise tarfile.TarError(_("it holds %(name)s, which no backup of ours does.", name=entry.name))
    with (folder / entry.name).open("wb") as target:
        shutil.copyfileobj(source, target, BLOCK)


def checked(folder: Path) -> Manifest:
    """The manifest, if everything that it promises is there, whole, and fits this installation."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        whole = manifest.database_sha256 == sha256_of(folder / DATABASE) and (folder / SECRET).exists()
    except (FileNotFoundError, ValueError, TypeError) as problem:
        raise tarfile.TarError(_("a part is missing.")) from problem
    media = list((folder / MEDIA).glob("*"))
    if not whole or len(media) < manifest.media_files or any(sha256_of(path) != path.name for path in media):
        raise tarfile.TarError(_("a part is damaged or missing."))
    refuse_misfit(manifest)
    copying.check(folder / DATABASE)
    return manifest


def refuse_misfit(manifest: Manifest) -> None:
    """Raise Refused for an archive that this installation cannot take."""
    theirs, ours = manifest.kind, copying.kind()
    if theirs != ours:
        raise Refused(_("This backup is of %(theirs)s, but DATABASE_URL names %(ours)s.", theirs=theirs, ours=ours))
    known = {step.name for step in migrations.runner().status()}
    if manifest.format > FORMAT or not set(manifest.migrations) <= known:
        raise Refused(_("This backup comes from a newer Fieldcast. Bring the program up to date first."))


def keep_secret(secret: str, settings: Settings) -> None:
    """Keep the archive's secret where this installation looks for its own, unless the environment sets one."""
    path = settings.var / "secret_key"
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(secret)
    part.replace(path)


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
