"""What lists tell about a lesson without opening it: its weights, and whether it can be heard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue import linking, looks, pages, rendering, store
from lms.catalogue.parsed import ParsedCourse, ParsedLesson

SOUNDS = (".m4a", ".mp3", ".opus", ".ogg")


def of_lesson(parsed: ParsedCourse, lesson: ParsedLesson, digests: Mapping[str, str]) -> dict[str, Any]:
    """{"video": bytes, "pictures": bytes, "sound": {lang: bool}, "text": {lang: bytes}, "page": {lang: bytes},
    "starred": bool}; weights are measured, never typed. `page` is what words and pictures take on the way to a phone;
    `digests` tells where in the media store the course's files lie, by path."""
    mine = {path: size for path, size in parsed.sizes.items() if path.startswith(f"{lesson.id}/")}
    video = sum(size for path, size in mine.items() if path.endswith((".mp4", ".webm")))
    pictures = sum(
        size for path, size in mine.items() if path.endswith((".svg", ".webp", ".png", ".jpg", ".jpeg", ".avif"))
    )
    sound = {lang: any(f"{lesson.id}/{lang}{suffix}" in mine for suffix in SOUNDS) for lang in lesson.languages}
    text = {lang: len(lesson.plain_text(lang).encode()) for lang in lesson.languages}
    page = {lang: page_bytes(lesson, lang, digests) for lang in lesson.languages}
    starred = lesson.id in parsed.starred
    return {"video": video, "pictures": pictures, "sound": sound, "text": text, "page": page, "starred": starred}


def page_bytes(lesson: ParsedLesson, lang: str, digests: Mapping[str, str]) -> int:
    """What a phone fetches to read the lesson: the page, compressed, and its pictures in their size for phones.
    Drawings stand in the page; posters of videos are left out, as the data saver does."""
    pictures: dict[str, int] = {}
    find = pages.resolver(lesson.id, digests)

    def noting(name: str) -> linking.MediaRef | None:
        found = find(name)
        if found and PurePosixPath(name).suffix.lower() in store.PICTURES:
            pictures[found.url] = found.size
        return found

    drawn = rendering.lesson_html(lesson, lang, noting)
    for part in drawn.parts:
        if part.poster:
            pictures.pop(part.poster.url, None)
    return looks.PAGE_BYTES[drawn.lang] + looks.words_bytes(drawn) + sum(pictures.values())
