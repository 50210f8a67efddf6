"""Rules about one page of a lesson: what it shows, how long it is, what it weighs on the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import normpath

import brotli

from lms.catalogue import asking, carrying, linking, pictures, rendering, sandbox, scanner, svg
from lms.catalogue.course import MEDIA
from lms.catalogue.decoding import HAN, LATIN_WORD
from lms.catalogue.parsed import Block, ParsedCourse, ParsedLesson, Question
from lms.catalogue.problems import Problem, error, warning
from lms.i18n import lazy as _l

PICTURES = {".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif"}
# Four minutes of listening at most; 600 Chinese characters come to some 400 English words.
MOST_CHARACTERS = 600
MOST_WORDS = 450
# A page that has only been begun is not asked for its picture.
ENOUGH_TO_DRAW = 150
MOST_BYTES = 14 * 1024
# The page around a lesson for somebody who is signed in, compressed: head, inlined style, icons, bars, forms, the foot.
# Measured on the shipped lessons as tests/catalogue/test_weights.py does it, page less words: 7,120 to 7,520 in
# Chinese, 6,630 to 6,950 in English, the most where something is to be handed in.
PAGE_BYTES = {"zh": 7_300, "en": 6_780}
# What a question of each kind weighs besides its words, on pages of the shipped shooting lessons: buttons and what
# they say. No such page has match or text; they are taken as order and number, which look alike.
KIND_BYTES = {
    "moment": 300, "tap": 300, "hotspot": 300, "order": 350, "match": 350, "number": 100, "text": 100, "pictures": 60,
}  # fmt: skip
TARGET = re.compile(r"(?P<picture>!?)\[(?P<words>[^\[\]\n]*)\]\([ \t]*<?(?P<target>[^)>\s]+)")
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.I)


def page(
    parsed: ParsedCourse, lesson: ParsedLesson, lang: str, path: str, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Everything about one page but its weight."""
    blocks = lesson.blocks[lang]
    yield from length(blocks, lang, path)
    yield from keys(blocks, path)
    if not lesson.summary.get(lang) and not parsed.plain:
        what = _l("the lesson has no summary")
        yield warning(
            path, 1, "no_summary", what, _l("write summary: in one sentence between the lines --- at the top")
        )
    if extent(blocks, lang) >= ENOUGH_TO_DRAW and not any(shows(block) for block in blocks):
        what, todo = _l("the page shows no picture"), _l("draw what words say badly: before and after, right and wrong")
        yield warning(path, 0, "no_picture", what, todo)
    for block in blocks:
        yield from shown(block, lesson.id, path, files)
        if block.question:
            yield from asked(block.question, lesson.id, path, files)
        yield from referred(block, {one.id for one in parsed.lessons}, lesson.id, path, files)


def shows(block: Block) -> bool:
    """Whether a block shows a picture or a video: by itself, in its text, or in its question."""
    asked = block.question
    in_question = asked and (asked.media or any(option.picture for option in asked.options))
    return bool(block.kind in ("figure", "video") or in_question or "![" in "\n".join((block.text, *block.items)))


def length(blocks: tuple[Block, ...], lang: str, path: str) -> Iterator[Problem]:
    """Whether the text is longer than a trainee reads or hears in one go."""
    count, most = extent(blocks, lang), MOST_CHARACTERS if lang == "zh" else MOST_WORDS
    if count > most:
        what = (
            _l("the text has %(count)d characters", count=count)
            if lang == "zh"
            else _l("the text has %(count)d words", count=count)
        )
        yield warning(path, 0, "long_text", what, _l("keep it below %(most)d, or make two lessons of it", most=most))


def extent(blocks: tuple[Block, ...], lang: str) -> int:
    """Characters (zh) or words (en) that are read before the questions."""
    text = "\n".join("\n".join((block.text, *block.items)) for block in blocks if block.kind not in ("check", "task"))
    return len((HAN if lang == "zh" else LATIN_WORD).findall(text))


def keys(blocks: tuple[Block, ...], path: str) -> Iterator[Problem]:
    """At most one key sentence, and not an empty one."""
    found = [block for block in blocks if block.kind == "key"]
    for block in found[1:]:
        what = _l("there is a key sentence on line %(line)d already", line=found[0].line)
        yield error(path, block.line, "two_keys", what, _l("keep one: only one is remembered"))
    for block in found:
        if not block.text.strip():
            yield error(path, block.line, "empty_key", _l("the key sentence is empty"), _l("write it behind >!"))


UNDESCRIBED = {
    "figure": (
        _l("the picture has no description"),
        _l("write between [ and ] what can be seen, for those who cannot see it"),
    ),
    "video": (
        _l("the video has no description"),
        _l("write between [ and ] what it shows, for those who cannot see it"),
    ),
    "audio": (
        _l("the recording has no description"),
        _l("write between [ and ] what is said in it, for those who cannot hear it"),
    ),
}


def shown(block: Block, lesson: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A figure, a video or an audio card."""
    if block.kind not in ("figure", "video", "audio"):
        return
    if not block.alt:
        yield error(path, block.line, "no_alt", *UNDESCRIBED[block.kind])
    yield from present(block.src, block.line, lesson, path, files)
    if block.kind == "video" and not any(beside(block.src, suffix, lesson) in files for suffix in rendering.SOUNDS):
        name = PurePosixPath(block.src)
        what = _l("the video %(name)s has no sound-only copy; it takes one to publish", name=name.name[:80])
        todo = _l("record what is said in it and add that to the lesson's files as %(name)s", name=f"{name.stem}.m4a")
        yield error(path, block.line, "no_sound", what, todo)


def asked(question: Question, lesson: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """The pictures and clips of a question, on a page or in a quiz."""
    for one in (question.media, *(option.picture for option in question.options)):
        if one:
            line = one.line or question.line
            if not one.alt:
                yield error(path, line, "no_alt", *UNDESCRIBED["figure"])
            yield from present(one.src, line, lesson, path, files)


def present(src: str, line: int, lesson: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A file that a page shows: whether it is there, and whether phones can show it."""
    if ELSEWHERE.match(src):
        what = _l("the file %(name)s lies on another site", name=src[:80])
        yield error(path, line, "elsewhere", what, _l("save it into the lesson's folder"))
        return
    place = normpath(f"{lesson}/{src}")
    if place not in files or not place.startswith(f"{lesson}/"):
        what = _l("the file %(name)s is not in the lesson's folder", name=src[:80])
        yield error(path, line, "dead_image", what, _l("put it there, or correct its name"))
        return
    suffix = PurePosixPath(src).suffix.lower()
    if suffix == ".svg":
        yield from drawing(place, files[place], line, path)
    elif suffix in PICTURES and not is_picture(files[place]):
        what = _l("the picture %(name)s cannot be opened", name=src[:80])
        yield error(path, line, "bad_picture", what, _l("save it again as JPEG, PNG or WebP"))
    elif suffix not in PICTURES and suffix not in MEDIA:
        what = _l("phones cannot show %(name)s", name=src[:80])
        yield error(path, line, "bad_picture", what, _l("save it as SVG, JPEG, PNG or WebP"))


def drawing(place: str, source: bytes, line: int, path: str) -> Iterator[Problem]:
    """An SVG drawing."""
    try:
        losses = svg.losses(source)
        svg.size(source)
    except svg.BadDrawing:
        what = _l("the drawing %(name)s cannot be shown safely", name=place)
        yield error(path, line, "bad_drawing", what, _l("save it as plain SVG with a viewBox, below 300 KB"))
        return
    if losses:
        what = _l("parts of the drawing are not shown: %(names)s", names=", ".join(losses[:5]))
        yield warning(path, line, "drawing_losses", what, _l("draw with shapes and text only"))


def is_picture(content: bytes) -> bool:
    """Whether the bytes are a picture, looked at where it can do no harm."""
    return picture_size(content) is not None


@lru_cache(maxsize=256)
def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture; None when it is none."""
    try:
        return sandbox.run(pictures.size, content)
    except (pictures.BadPicture, sandbox.TooHeavy):
        return None


def beside(src: str, suffix: str, lesson: str) -> str:
    """The path of a file that lies beside another under the same name."""
    return normpath(f"{lesson}/{PurePosixPath(src).with_suffix(suffix)}") if PurePosixPath(src).name else ""


def referred(block: Block, lessons: set[str], lesson: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Pictures and links within the text."""
    first = block.line + (block.kind not in ("prose", "key", "steps"))
    lines = "\n".join((block.text, *block.items)).split("\n")
    for index in scanner.outside_code(lines):
        number = first + index
        for match in TARGET.finditer(lines[index]):
            if match["picture"]:
                if not match["words"].strip():
                    yield error(path, number, "no_alt", *UNDESCRIBED["figure"])
                yield from present(match["target"], number, lesson, path, files)
            elif not ELSEWHERE.match(match["target"]):
                yield from leading(match["target"], number, lessons, lesson, path, files)


def leading(
    target: str, line: int, lessons: set[str], lesson: str, path: str, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    """A link within the course."""
    to_lesson = linking.LESSON.fullmatch(target)
    # A lesson that is looked at by itself, as in the editor, cannot know its neighbours.
    if to_lesson and (to_lesson["lesson"] in lessons or len(lessons) == 1):
        return
    if linking.SELF.fullmatch(target) or normpath(f"{lesson}/{target}") in files:
        return
    what = _l("the link %(name)s leads nowhere", name=target[:80])
    yield warning(path, line, "dead_link", what, _l("link to a lesson as ../name/zh.md, or take it out"))


def weight(lesson: ParsedLesson, lang: str, path: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether the page will weigh more than 14 KB compressed, with everything needed to read it."""
    weighed = page_bytes(lesson, lang, files)
    if weighed > MOST_BYTES:
        waited = f"{carrying.seconds(weighed):.1f}"
        what = _l(
            "the page weighs about %(size)d KB, %(seconds)s seconds at 400 kbit/s",
            size=-(-weighed // 1024),
            seconds=waited,
        )
        yield error(
            path, 0, "heavy_page", what, _l("keep it below 14: simplify the drawing, or make two lessons of it")
        )


def page_bytes(lesson: ParsedLesson, lang: str, files: Mapping[str, bytes]) -> int:
    """An estimate of the lesson's page on the wire, in bytes."""

    def resolve(name: str) -> linking.MediaRef | None:
        place = normpath(f"{lesson.id}/{name}")
        if place not in files:
            return None
        return linking.MediaRef(name, 0, drawing=files[place] if place.endswith(".svg") else None)

    rendered = rendering.lesson_html(lesson, lang, resolve)
    return PAGE_BYTES[rendered.lang] + words_bytes(rendered)


def words_bytes(rendered: rendering.RenderedLesson) -> int:
    """What all that a page writes of a lesson weighs, compressed."""
    kinds = [part.question.kind for part in rendered.parts if part.question]
    words = len(brotli.compress("\n".join(texts(rendered)).encode(), quality=5))
    return words + sum(KIND_BYTES.get(kind, 0) for kind in kinds)


def texts(rendered: rendering.RenderedLesson) -> Iterator[str]:
    """All that a page writes of a lesson."""
    for part in rendered.parts:
        yield from (part.html, *part.items, part.alt, part.caption, part.drawing or "")
        if part.question:
            yield from written_of(part.question)


def written_of(question: asking.RenderedQuestion) -> Iterator[str]:
    """All that a page writes of a question."""
    yield question.html
    for option in question.options:
        yield from (option.html, option.say, option.other, (option.picture and option.picture.drawing) or "")
    yield from (question.otherwise, question.praise)
    if question.media:
        yield from (question.media.alt, question.media.caption, question.media.drawing or "")
