"""What lists tell about a lesson without opening it: its weights, and whether it can be heard."""

from __future__ import annotations

from typing import Any

from lms.catalogue.parsed import ParsedCourse, ParsedLesson

SOUNDS = (".m4a", ".mp3", ".opus", ".ogg")


def of_lesson(parsed: ParsedCourse, lesson: ParsedLesson) -> dict[str, Any]:
    """{"media": bytes of sound and video, "pictures": bytes, "sound": {lang: bool}}; measured, never typed."""
    mine = {path: size for path, size in parsed.sizes.items() if path.startswith(f"{lesson.id}/")}
    video = sum(size for path, size in mine.items() if path.endswith((".mp4", ".webm")))
    pictures = sum(size for path, size in mine.items() if path.endswith((".svg", ".webp", ".png", ".jpg", ".jpeg", ".avif")))
    sound = {lang: any(f"{lesson.id}/{lang}{suffix}" in mine for suffix in SOUNDS) for lang in lesson.languages}
    text = {lang: len(lesson.plain_text(lang).encode()) for lang in lesson.languages}
    return {"video": video, "pictures": pictures, "sound": sound, "text": text}
