"""What lists tell about a lesson without opening it: its weights, and whether it can be heard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue import hours, linking, looks, pages, rendering, store
from lms.catalogue.parsed import ParsedCourse, ParsedLesson

SOUNDS = (".m4a", ".mp3", ".opus", ".ogg")
FILMS = (".mp4", ".webm")


def of_lesson(parsed: ParsedCourse, lesson: ParsedLesson, digests: Mapping[str, str]) -> dict[str, Any]:
    """{"video": {lang: bytes}, "pictures": bytes, "sound": {lang: bool}, "text": {lang: bytes}, "page": {lang: bytes},
    "starred": bool, "takes": minutes with all that is done in it}; weights are measured, never typed. `page` is what
    words and pictures take on the way to a phone; `digests` tells where in the media store the course's files lie, by
    path."""
    mine = {path: size for path, size in parsed.sizes.items() if path.startswith(f"{lesson.id}/")}
    pictures = sum(
        size for path, size in mine.items() if path.endswith((".svg", ".webp", ".png", ".jpg", ".jpeg", ".avif"))
    )
    sound = {lang: any(f"{lesson.id}/{lang}{suffix}" in mine for suffix in SOUNDS) for lang in lesson.languages}
    text = {lang: len(lesson.plain_text(lang).encode()) for lang in lesson.languages}
    weights = {lang: weights_in(lesson, lang, digests) for lang in lesson.languages}
    page, video = ({lang: both[which] for lang, both in weights.items()} for which in (0, 1))
    starred = lesson.id in parsed.starred
    takes = hours.of_lesson(lesson, (*parsed.requires, "task"))
    told = {"video": video, "pictures": pictures, "sound": sound, "text": text, "page": page}
    return {**told, "starred": starred, "takes": takes}


def weights_in(lesson: ParsedLesson, lang: str, digests: Mapping[str, str]) -> tuple[int, int]:
    """What a phone fetches to read the lesson, and what its films take: those that this language shows.

    The page, compressed, and its pictures in their size for phones. Drawings stand in the page; posters of videos are
    left out, as the data saver does."""
    pictures: dict[str, int] = {}
    films: dict[str, int] = {}
    find = pages.resolver(lesson.id, digests)

    def noting(name: str) -> linking.MediaRef | None:
        found = find(name)
        if found and PurePosixPath(name).suffix.lower() in store.PICTURES:
            pictures[found.url] = found.size
        if found and name.lower().endswith(FILMS):
            films[found.url] = found.size
        return found

    drawn = rendering.lesson_html(lesson, lang, noting)
    for part in drawn.parts:
        if part.poster:
            pictures.pop(part.poster.url, None)
    page = looks.PAGE_BYTES[drawn.lang] + looks.words_bytes(drawn) + sum(pictures.values())
    return page, sum(films.values())
