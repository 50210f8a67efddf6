"""What is measured while a page is written: its weight as trainees get it, how it reads, how long, what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import brotli

from lms.authoring import toml
from lms.authoring.desk import CONTENTS
from lms.catalogue import lint
from lms.catalogue.parsed import ParsedLesson
from lms.catalogue.problems import ERROR, Problem

MOST_BYTES = 14 * 1024
# As the server compresses pages (`lms.factory`), so that the gauge weighs what is sent.
QUALITY = 5


@dataclass(frozen=True)
class Measured:
    """One lesson of a draft, parsed by itself, with what is to be mended in it."""

    lesson: ParsedLesson | None
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """What blocks a publish."""
        return [problem for problem in self.problems if problem.severity == ERROR]

    def on(self, path: str) -> list[Problem]:
        """What is to be mended on one page, the musts first, then by line."""
        mine = [problem for problem in self.problems if problem.path == path]
        return sorted(mine, key=lambda problem: (problem.severity != ERROR, problem.line))


def measured(files: Mapping[str, bytes], key: str) -> Measured:
    """A lesson by itself: only its own files are parsed, for this runs a second after each pause in typing."""
    contents = files[CONTENTS].decode("utf-8-sig")
    mine = {path: files[path] for path in files if path.startswith(f"{key}/")}
    mine[CONTENTS] = toml.with_value(contents, "lessons", [key]).encode()
    parsed, problems = lint.checked(mine)
    lesson = next((one for one in parsed.lessons if one.id == key), None) if parsed else None
    return Measured(lesson, [problem for problem in problems if problem.path.startswith(f"{key}/")])


def weight(page: str) -> int:
    """Bytes of a page on the wire."""
    return len(brotli.compress(page.encode(), quality=QUALITY))
