"""Reading .zip archives: every name and every size is doubted, and nothing is unpacked to disk.

Refused whole: names that lead out of the folder, links, bombs, locked or broken archives, two files of one name. A
careless program makes none of these. Left out by name: files that are too large or have names that no system can
write.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from typing import Any, BinaryIO

from lms.catalogue.problems import Problem, warning
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l

# The largest course, 43 lessons with two languages, a figure and a video each, has some 400 files.
MOST_FILES = 5_000
# A video of 90 seconds in 360p takes 5 MB; the phone's own recording, before it is turned, 20.
MOST_FILE_BYTES = 25 * 1024 * 1024
MOST_BYTES = 300 * 1024 * 1024
# Text shrinks to a fifth, a drawing to a tenth; a thousandth is a bomb. Small files may shrink as they like.
MOST_SWELLING = 150
SMALL = 1024 * 1024
# Paths lie in a database column of 255 characters, and file systems stop at 255 bytes a name.
LONGEST_PATH = 200
LONGEST_NAME_BYTES = 240
DEEPEST = 20
CHUNK = 256 * 1024
UTF8_NAME = 0x800
LOCKED = 0x1
END_RECORD = b"PK\x05\x06"
# A central directory holds 46 bytes and the name of each file; more than this is padding.
MOST_DIRECTORY_BYTES = MOST_FILES * 400
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def read(file: BinaryIO, left_out: list[Problem]) -> dict[str, bytes]:
    """The files of an archive by path, sorted. Raises Refused, saying why."""
    check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return dict(sorted(entries(archive, left_out)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error):
        raise broken() from None


def check_directory(file: BinaryIO) -> None:
    """Refuse an archive by what its last record says, before its table of contents is loaded into memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + 22:
        raise broken() if size else Refused(_("The file is empty."))
    count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MOST_FILES or directory > MOST_DIRECTORY_BYTES:
        raise too_much()


def entries(archive: zipfile.ZipFile, left_out: list[Problem]) -> list[tuple[str, bytes]]:
    """The files that can be taken."""
    files: dict[str, bytes] = {}
    total = 0
    for entry in archive.infolist():
        path = honest_path(entry)
        if entry.is_dir() or path.endswith("/"):
            continue
        if path in files:
            raise Refused(_("Two files in the archive are called %(name)s. Pack it again.", name=printable(path)))
        why = bad_name(path) or (oversized() if entry.file_size > MOST_FILE_BYTES and not is_bomb(entry) else None)
        if why:
            what = _l("left out, because %(why)s", why=why)
            left_out.append(warning(printable(path), 0, "left_out", what, _l("the course does without it")))
            continue
        files[path] = unpacked(archive, entry, MOST_BYTES - total)
        total += len(files[path])
    return list(files.items())


def honest_path(entry: zipfile.ZipInfo) -> str:
    """The path of an entry, its name decoded. Raises Refused when it leads elsewhere, is a link, or is locked."""
    # Python cuts a name at its first NUL; the whole one is looked at, so that it can be told.
    raw = entry.orig_filename
    name = raw if entry.flag_bits & UTF8_NAME else decoded(raw)
    path = name.replace("\\", "/")
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path):
        raise Refused(
            _("The archive holds %(name)s, which leads out of its folder. Pack it again.", name=printable(name))
        )
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(_("The archive holds a link, %(name)s. Pack the file itself.", name=printable(name)))
    if entry.flag_bits & LOCKED:
        raise Refused(_("The archive has a password. Pack it again without one."))
    while path.startswith("./"):
        path = path[2:]
    return re.sub(r"/{2,}", "/", path)


def decoded(name: str) -> str:
    """A name that an old program wrote without saying how: UTF-8, else GB18030, else as Python guessed it."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry says itself that it swells beyond all measure."""
    return entry.file_size > SMALL and entry.file_size > entry.compress_size * MOST_SWELLING


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of an entry, read in chunks, because what it says of its size need not be true."""
    if is_bomb(entry):
        raise Refused(
            _("%(name)s swells too much when it is unpacked. The archive is refused.", name=printable(entry.filename))
        )
    most = min(room, MOST_FILE_BYTES)
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as file:
        while piece := file.read(CHUNK):
            size += len(piece)
            if size > most:
                raise too_much()
            pieces.append(piece)
    return b"".join(pieces)


def bad_name(path: str) -> Any:
    """Why a file of this path cannot be taken, or None."""
    parts = path.split("/")
    if CONTROL.search(path):
        return _l("its name holds characters that no name has")
    if len(path) > LONGEST_PATH or any(len(part.encode()) > LONGEST_NAME_BYTES for part in parts):
        return _l("its name is too long")
    if len(parts) > DEEPEST:
        return _l("it lies more than %(most)d folders deep", most=DEEPEST)
    if any(part in ("", ".", "..") or part != part.strip() for part in parts) or "\\" in path:
        return _l("its name is one that some systems cannot write")
    return None


def oversized() -> Any:
    """Why a large file is left out."""
    return _l("it is larger than %(most)d MB", most=MOST_FILE_BYTES // 1024**2)


def printable(name: str) -> str:
    """A name that can be shown: short, and without characters that do something."""
    return CONTROL.sub("�", name)[:120]


def broken() -> Refused:
    """The archive cannot be read."""
    return Refused(_("This is not a .zip archive, or it is damaged. Pack or copy it again."))


def too_much() -> Refused:
    """The archive or folder is beyond all measure for a course."""
    text = _("This is too much for one course. The most is %(files)d files and %(megabytes)d MB.",
             files=MOST_FILES, megabytes=MOST_BYTES // 1024**2)  # fmt: skip
    return Refused(text)
