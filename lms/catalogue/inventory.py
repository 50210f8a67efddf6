"""What a course weighs on the way to a phone, and which of its readings are still to be recorded: nothing to mend, but
to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.catalogue import carrying, course, looks, speech
from lms.catalogue.parsed import ParsedCourse, ParsedLesson


def told(files: Mapping[str, bytes]) -> Iterator[str]:
    """Two lines in plain English for a command: weight and recordings. Nothing for what is no course."""
    parsed, _problems = course.parse(files)
    if parsed is None or not parsed.lessons:
        return
    weights = pages(parsed, files)
    heaviest, size = max(weights.items(), key=lambda one: one[1])
    total = sum(weights.values()) + sum(carrying.picture_bytes(*page, files) for page in both(parsed))
    yield (
        f"{len(weights)} pages with their pictures {kilobytes(total)}; the heaviest page {heaviest} "
        f"{kilobytes(size)}, {carrying.seconds(size):.1f} s at 400 kbit/s"
    )
    spoken = [(len(speech.script(*page)), speech.recorded(*page, files)) for page in both(parsed)]
    whole, all_of_them = sum(said == of for of, said in spoken), sum(of for of, _said in spoken)
    missing = all_of_them - sum(said for _of, said in spoken)
    yield (
        f"{whole} of {len(spoken)} pages read aloud; {len(spoken) - whole} recordings still to be made: "
        f"{missing} of {all_of_them} sentences"
    )


def both(parsed: ParsedCourse) -> list[tuple[ParsedLesson, str]]:
    """Each lesson in each of its languages."""
    return [(lesson, lang) for lesson in parsed.lessons for lang in lesson.languages]


def pages(parsed: ParsedCourse, files: Mapping[str, bytes]) -> dict[str, int]:
    """Path → bytes on the wire of each page of a lesson."""
    return {f"{lesson.id}/{lang}.md": looks.page_bytes(lesson, lang, files) for lesson, lang in both(parsed)}


def kilobytes(size: int) -> str:
    """Bytes as people write them."""
    return f"{size / 1024:.1f} KB"
