"""Files on their way from a phone: begun, continued where they broke off, whole, or given up. No HTTP here.

What has come lies in one file per upload; its length is the truth, and nothing counts before it is on the disk. Two who
send the same upload at once cannot mix: each block is written only where the file ends, under a lock.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from peewee import fn

from lms.accounts.models import Person
from lms.catalogue import store
from lms.db import database, found, lock
from lms.errors import Conflict, NotFound, Refused
from lms.i18n import _
from lms.lib import filetypes
from lms.submissions import freeing
from lms.submissions.models import Upload
from lms.web.pages import weight

MOST_MB = 200  # where no task says otherwise
LARGEST_MB = 2000  # more than any task may ask for
KEPT_FOR = timedelta(days=7)
# What one person may have unfinished at a time.
MOST_UNFINISHED = 12
MOST_UNFINISHED_MB = 800
# Left free on the disk for everything else.
SPARE = 512 * 1024 * 1024
HEAD = 64  # the first bytes tell what a file is


class TooLarge(Refused):
    """A file above what may be sent."""

    status = 413


class NotTaken(Refused):
    """A file of a kind that nobody can look at."""

    status = 415


class Full(Refused):
    """No room on the server just now."""

    status = 507


def begin(person: Person, size: int, *, name: str, kind: str, most_mb: int, now: datetime) -> Upload:
    """A new upload of `size` bytes. Raises TooLarge above `most_mb`, Full when there is no room, Refused for an empty
    file and above what one person may have unfinished."""
    if size > megabytes(most_mb):
        raise too_large(size, most_mb)
    if not size:
        raise Refused(_("This file is empty. Film it again, or choose another one."))
    if shutil.disk_usage(freeing.folder()).free < size + SPARE:
        raise Full(_("The server has no room just now. Your work stays on this phone; tell your trainer."))
    with database.atomic():
        refuse_many(lock(person), size, megabytes(most_mb))
        upload = Upload.create(
            token=secrets.token_urlsafe(24),
            person=person,
            size=size,
            most=megabytes(most_mb),
            name=name[:200],
            claimed_type=kind[:100],
            created_at=now,
            touched_at=now,
        )
    part(upload).touch(mode=0o600)
    return upload


def megabytes(count: int) -> int:
    """Bytes of so many megabytes."""
    return count * 1024 * 1024


def too_large(size: int, most_mb: int) -> TooLarge:
    """What to say of a file above the limit."""
    return TooLarge(
        _("The file is %(size)s. The most is %(most)s MB: film a shorter one.", size=weight(size), most=most_mb)
    )


def refuse_many(person: Person, size: int, most: int) -> None:
    """Raise Refused when the person has too much that was begun and never handed in. One file as large as its task
    takes always has room."""
    mine = Upload.select(fn.COUNT(Upload.id), fn.COALESCE(fn.SUM(Upload.size), 0)).where(Upload.person == person)
    count, held = mine.scalar(as_tuple=True)
    if count >= MOST_UNFINISHED or held + size > max(megabytes(MOST_UNFINISHED_MB), most):
        raise Refused(
            _("%(count)d files are still on their way. Let them finish, or delete some under “My work”.", count=count)
        )


def find(person: Person, token: str) -> Upload:
    """The person's own upload, or NotFound."""
    return found(Upload.select().where((Upload.person == person) & (Upload.token == token)))


def part(upload: Upload) -> Path:
    """Where what has come lies."""
    return freeing.folder() / upload.token


def offset(upload: Upload) -> int:
    """How many bytes are safely here. Raises NotFound when they are gone, so that the phone begins anew."""
    if upload.finished_at:
        return upload.size
    try:
        with part(upload).open("rb+") as file:
            os.fsync(file.fileno())
            have = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        # Another sender may have brought the end since this row was read.
        fresh = found(Upload.select().where(Upload.id == upload.id))
        return upload.size if fresh.finished_at or recovered(fresh) else gone()
    return have


def gone() -> int:
    """Nothing is left of it."""
    raise NotFound


def append(upload: Upload, at: int, blocks: Iterable[bytes], *, now: datetime) -> int:
    """Write what comes behind the first `at` bytes; how many are safely here afterwards.

    Raises Conflict when the file ends elsewhere, from the start or because somebody else goes on meanwhile; TooLarge
    when more comes than was told. What came before a link breaks stays.
    """
    if offset(upload) != at:
        raise elsewhere()
    begun = at
    with part(upload).open("rb+") as file:
        try:
            for block in blocks:
                at = write(file, at, block, upload.size)
        finally:
            os.fsync(file.fileno())
            note(upload, at, now)
    if not begun and at >= min(HEAD, upload.size):
        refuse_unknown(upload)
    if at == upload.size:
        finish(upload, now=now)
    return at


def write(file: BinaryIO, at: int, block: bytes, size: int) -> int:
    """One block, if the file still ends where it belongs; where it ends then."""
    if at + len(block) > size:
        raise TooLarge(_("More came than was told. Choose the file again."))
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        if os.fstat(file.fileno()).st_size != at:
            raise elsewhere()
        while block:
            written = os.pwrite(file.fileno(), block, at)
            at, block = at + written, block[written:]
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
    return at


def elsewhere() -> Conflict:
    """Whoever sends has to ask anew where to go on."""
    return Conflict(_("Another try is further already. Going on from there."))


def note(upload: Upload, at: int, now: datetime) -> None:
    """Say in the row how far it is, never less than it was."""
    Upload.update(received=at, touched_at=now).where((Upload.id == upload.id) & (Upload.received <= at)).execute()


def refuse_unknown(upload: Upload) -> None:
    """Raise NotTaken, and keep nothing, when the first bytes are those of nothing that can be looked at or heard."""
    with part(upload).open("rb") as file:
        kind = filetypes.told(file.read(HEAD))
    if kind is None:
        remove(upload)
        raise not_taken()


@contextmanager
def naming(name: str) -> Iterator[None]:
    """What is refused within says of which file."""
    try:
        yield
    except Refused as refusal:
        refusal.message = f"{name}{_(': ')}{refusal}" if name else refusal.message
        raise


def not_taken() -> NotTaken:
    """What to say of a program, a document, or a file under a false name."""
    return NotTaken(_("This is no photo, video or sound that can be shown. Choose another one."))


def finish(upload: Upload, *, now: datetime) -> Upload:
    """Put the whole file into the media store. The row names its digest first, so that a server that is killed between
    the two finds it again."""
    if not upload.digest:
        upload.digest = freeing.digest_of(part(upload))
        upload.save()
    with freeing.keeping():
        with suppress(FileNotFoundError):
            store.media.put_file(part(upload))
        upload.finished_at, upload.received = now, upload.size
        upload.save()
    return upload


def recovered(upload: Upload) -> bool:
    """Whether the file lies in the store already, though the row does not say so yet."""
    if not upload.digest:
        return False
    with suppress(NotFound):
        if store.media.size(upload.digest) == upload.size:
            upload.finished_at = upload.touched_at
            upload.save()
            return True
    return False


def whole(person: Person, token: str, *, now: datetime) -> Upload:
    """The person's upload, all of it here. Raises NotFound for a stranger's, Conflict for one that is not whole."""
    upload = find(person, token)
    have = offset(upload)
    if have < upload.size:
        raise Conflict(_("%(name)s has not come whole yet. It goes on by itself.", name=upload.name or _("The file")))
    return upload if upload.finished_at else finish(upload, now=now)


def take(person: Person, save: Callable[[Path], None], *, name: str, most_mb: int, now: datetime) -> Upload:
    """A file that came at once, with a form: `save` writes it to a path. Raises what `begin` raises, and NotTaken."""
    fresh = freeing.folder() / secrets.token_urlsafe(24)
    try:
        save(fresh)
        upload = begin(person, fresh.stat().st_size, name=name, kind="", most_mb=most_mb, now=now)
        fresh.replace(part(upload))
    finally:
        fresh.unlink(missing_ok=True)
    refuse_unknown(upload)
    return finish(upload, now=now)


def remove(upload: Upload) -> None:
    """Give an upload up: its row, and its bytes where nothing else names them."""
    upload.delete_instance()
    part(upload).unlink(missing_ok=True)
    freeing.free([upload.digest])


def unfinished(person: Person) -> list[Upload]:
    """What the person began and has not handed in, newest first."""
    return list(Upload.select().where(Upload.person == person).order_by(Upload.id.desc()))


def expire(now: datetime) -> int:
    """Remove what nobody went on with for seven days, and files without a row; how many."""
    old = list(Upload.select().where(Upload.touched_at < now - KEPT_FOR))
    for upload in old:
        remove(upload)
    return len(old) + sweep(now)


def sweep(now: datetime) -> int:
    """Remove old parts that no row names, as after a crash; how many."""
    long_ago = (now - KEPT_FOR).timestamp()
    stray = [
        path
        for path in freeing.folder().iterdir()
        if path.is_file() and path.name != freeing.LOCK and path.stat().st_mtime < long_ago
        if not Upload.select().where(Upload.token == path.name).exists()
    ]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)
