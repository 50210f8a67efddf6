"""Folders and archives to {path: bytes} and back, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lms.catalogue.problems import Problem


class CourseFiles(dict[str, bytes]):
    """The files of a course, and what could not be taken."""

    def __init__(self, files: Mapping[str, bytes], slug: str, left_out: list[Problem]) -> None:
        super().__init__(files)
        self.slug = slug
        self.left_out = left_out


def read(path: Path, name: str) -> CourseFiles:
    """The files of a folder."""
    files = {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
    return CourseFiles(files, name, [])
