"""Folders and archives to {path: bytes} and back, byte for byte.

A folder that was never meant for Fieldcast comes out in the native format (`foreign`). What cannot be taken is told by
name; what looks like an attack is refused whole. Nothing is ever written while reading.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from lms.catalogue import archives, contents, foreign
from lms.catalogue.archives import MOST_BYTES, MOST_FILE_BYTES, MOST_FILES
from lms.catalogue.problems import Problem, warning
from lms.errors import Refused
from lms.i18n import _
from lms.i18n import lazy as _l

# What programs leave lying about. Nobody wrote it, and nobody misses it.
LITTER_FOLDERS = {"__MACOSX", ".git", ".svn", ".hg", ".idea", ".vscode", "node_modules", "__pycache__"}
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore", ".gitattributes", ".editorconfig"}
NESTED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


class CourseFiles(dict[str, bytes]):
    """The files of a course in the native format. `slug`: the course's id by its folder's name; `left_out`: what could
    not be taken, each by its name.
    """

    def __init__(self, files: Mapping[str, bytes], slug: str, left_out: list[Problem]) -> None:
        super().__init__(files)
        self.slug = slug
        self.left_out = left_out


def read(path: Path | BinaryIO, name: str) -> CourseFiles:
    """The course in a folder, in a .zip, or in an open .zip; `name` is what it is called.

    Raises Refused, saying why: no course inside, several of them, an archive that is broken or dangerous.
    """
    left_out: list[Problem] = []
    if isinstance(path, Path) and path.is_dir():
        files = of_folder(path, left_out)
    elif isinstance(path, Path):
        with opened(path) as archive:
            files = archives.read(archive, left_out)
    else:
        files = archives.read(path, left_out)
    return native(without_litter(files, left_out), name, left_out)


def opened(path: Path) -> BinaryIO:
    """The file, or Refused when it cannot be opened."""
    try:
        return path.open("rb")
    except OSError:
        raise Refused(_("%(name)s cannot be opened.", name=path.name)) from None


def of_folder(top: Path, left_out: list[Problem]) -> dict[str, bytes]:
    """The files of a folder. Links are left out, wherever they lead."""
    files: dict[str, bytes] = {}
    total = 0
    for folder, names, found in os.walk(top):
        names[:] = sorted(name for name in names if name not in LITTER_FOLDERS)
        for name in [*found, *(inner for inner in names if Path(folder, inner).is_symlink())]:
            place = Path(folder, name)
            path = place.relative_to(top).as_posix()
            if why := unreadable(place, path):
                left_out.append(left(path, why))
                continue
            total += place.stat().st_size
            if len(files) >= MOST_FILES or total > MOST_BYTES:
                raise archives.too_much()
            files[path] = place.read_bytes()
    return dict(sorted(files.items()))


def unreadable(place: Path, path: str) -> object:
    """Why a file of a folder is left out, or None."""
    mode = place.lstat().st_mode
    if stat.S_ISLNK(mode):
        return _l("links are not followed")
    if not stat.S_ISREG(mode) or not os.access(place, os.R_OK):
        return _l("it is no file that can be read")
    if place.stat().st_size > MOST_FILE_BYTES:
        return archives.oversized()
    return archives.bad_name(path)


def left(path: str, why: object) -> Problem:
    """That a file is left out, and why."""
    what = _l("left out, because %(why)s", why=why)
    return warning(archives.printable(path), 0, "left_out", what, _l("the course does without it"))


def without_litter(files: dict[str, bytes], left_out: list[Problem]) -> dict[str, bytes]:
    """The files that somebody made; archives inside the archive are named, the rest of the litter is not worth it."""
    kept = {}
    for path, content in files.items():
        parts = PurePosixPath(path).parts
        if LITTER_FOLDERS.intersection(parts) or parts[-1] in LITTER or parts[-1].startswith(("._", "~$")):
            continue
        if path.lower().endswith(NESTED):
            left_out.append(left(path, _l("archives inside an archive are not opened")))
            continue
        kept[path] = content
    return kept


def native(files: dict[str, bytes], name: str, left_out: list[Problem]) -> CourseFiles:
    """The course among the files: native ones as they are, foreign ones made native."""
    tops = sorted(
        {path.rpartition("/")[0] for path in files if PurePosixPath(path).name == contents.PATH},
        key=lambda top: (len(top), top),
    )
    if len(tops) > 1 and not all(top.startswith(f"{tops[0]}/" if tops[0] else "") for top in tops[1:]):
        raise Refused(_("There are several courses in here: %(names)s. Load one at a time.", names=", ".join(tops[:5])))
    if tops:
        prefix = f"{tops[0]}/" if tops[0] else ""
        for path in files:
            if not path.startswith(prefix):
                left_out.append(left(path, _l("it lies outside the course's folder")))
        inside = {path.removeprefix(prefix): content for path, content in files.items() if path.startswith(prefix)}
        return CourseFiles(inside, foreign.slug(PurePosixPath(tops[0]).name or name), left_out)
    return CourseFiles(foreign.native(files, name, left_out), foreign.slug(name), left_out)


def write(files: Mapping[str, bytes], dest: Path) -> None:
    """Write files to a new folder, or to a .zip when `dest` ends so; all or nothing. Raises Refused if it is there."""
    for path in files:
        if archives.bad_name(path):
            raise Refused(_("The file %(name)s has a name that cannot be used.", name=archives.printable(path)))
    if dest.suffix.lower() == ".zip":
        write_archive(files, dest)
        return
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise Refused(_("%(name)s is there already. Choose a new folder.", name=dest.name))
    part = dest.with_name(f".{dest.name}.part")
    for path, content in files.items():
        place = part / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    part.mkdir(parents=True, exist_ok=True)
    if dest.exists():
        dest.rmdir()
    part.rename(dest)


def write_archive(files: Mapping[str, bytes], dest: Path) -> None:
    """Write a .zip in which nothing but the files decides any byte: sorted, and without today's date."""
    part = dest.with_name(f".{dest.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    part.replace(dest)
