"""What a course weighs on the way to a phone, and which of its readings are still to be recorded: nothing to mend, but
to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.catalogue import carrying, course, looks
from lms.catalogue.parsed import ParsedCourse

# A teacher's reading of a page, as lessons look for it.
READINGS = (".m4a", ".mp3")


def told(files: Mapping[str, bytes]) -> Iterator[str]:
    """Two lines in plain English for a command: weight and recordings. Nothing for what is no course."""
    parsed, _problems = course.parse(files)
    if parsed is None or not parsed.lessons:
        return
    weights = pages(parsed, files)
    heaviest, size = max(weights.items(), key=lambda one: one[1])
    total = sum(weights.values()) + sum(
        carrying.picture_bytes(lesson, lang, files) for lesson in parsed.lessons for lang in lesson.languages
    )
    yield (
        f"{len(weights)} pages with their pictures {kilobytes(total)}; the heaviest page {heaviest} "
        f"{kilobytes(size)}, {carrying.seconds(size):.1f} s at 400 kbit/s"
    )
    read = sum(any(path.removesuffix(".md") + ending in files for ending in READINGS) for path in weights)
    yield f"{read} of {len(weights)} pages read aloud; {len(weights) - read} recordings still to be made"


def pages(parsed: ParsedCourse, files: Mapping[str, bytes]) -> dict[str, int]:
    """Path → bytes on the wire of each page of a lesson."""
    return {
        f"{lesson.id}/{lang}.md": looks.page_bytes(lesson, lang, files)
        for lesson in parsed.lessons
        for lang in lesson.languages
    }


def kilobytes(size: int) -> str:
    """Bytes as people write them."""
    return f"{size / 1024:.1f} KB"
