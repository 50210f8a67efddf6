"""From a parsed lesson to the parts that a page draws: safe HTML and plain data, nothing of the page's own looks.

Markdown is converted in the sandbox and kept by its content, so that the same text costs once a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup, escape

from lms.catalogue import asking, course, guards, linking, markdown, sandbox, svg, tables
from lms.catalogue.asking import RenderedQuestion
from lms.catalogue.linking import MediaRef as MediaRef
from lms.catalogue.linking import Resolve
from lms.catalogue.parsed import Block, ParsedLesson, Question
from lms.errors import Refused
from lms.i18n import _
from lms.lib import sentences
from lms.lib.sentences import Sentence

PROSE = ("prose", "teacher", "try", "task")
# A lesson that the sandbox stops is tried block by block; after so many stops the rest is shown as it was written.
MOST_STOPS = 2
ALONE_SECONDS = 1
NOTHING = Markup("")


@dataclass(frozen=True)
class RenderedCriterion:
    """A row of a rubric: what is looked at, and what earns 0, 1, 2 and 3 points."""

    name: Markup
    levels: tuple[Markup, ...]


@dataclass(frozen=True)
class Part:
    """A piece of the page. `kind` as in `parsed.Block`; `anchor` is its id on the page; `number` counts figures.

    html: prose, key, teacher, try, task (with its rubric as a table) · items, start: steps · question: check ·
    criteria: task, the rubric as data · drawing (inline SVG) or media (a picture with its width and height): figure ·
    media, poster, sound: video · media: audio. alt, caption: figure, video and audio; `alt` is a video's title.
    """

    kind: str
    anchor: str
    html: Markup = NOTHING
    items: tuple[Markup, ...] = ()
    start: int = 1
    id: str = ""
    alt: str = ""
    caption: str = ""
    number: int = 0
    drawing: Markup | None = None
    media: MediaRef | None = None
    sound: MediaRef | None = None
    poster: MediaRef | None = None
    question: RenderedQuestion | None = None
    criteria: tuple[RenderedCriterion, ...] = ()


@dataclass(frozen=True)
class RenderedLesson:
    """A lesson in one language."""

    lang: str
    parts: tuple[Part, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is read aloud, in order, as the page marks it: prose, the key sentence, steps, the words below figures,
        and what is asked."""
        return tuple(one for part in self.parts for html in spoken(part) for one in sentences.said(html))


class Converted:
    """The HTML of all texts of some blocks, found by text."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        blocks = list(blocks)
        prose = tuple(block.text for block in blocks if block.kind in PROSE)
        lines = tuple(line for block in blocks for line in short_lines(block))
        htmls, short, notes = html_of(prose, lines)
        self.prose = iter(htmls)
        self.short = iter(short)
        self.notes = notes

    def line(self) -> Markup:
        """The next short line's HTML; asked for in the order of `short_lines`."""
        return Markup(next(self.short))


def lesson_html(lesson: ParsedLesson, lang: str, resolve: Resolve) -> RenderedLesson:
    """The lesson's parts in `lang`, or in the language that it has. `resolve` finds a file of the lesson's folder.

    Never fails: text that the sandbox stops is shown as it was written.
    """
    lang = lesson.in_language(lang)
    return RenderedLesson(lang, tuple(parts(lesson.blocks[lang], resolve)))


def parts(blocks: tuple[Block, ...], resolve: Resolve) -> Iterator[Part]:
    """Each block as a part; figures are counted; the footnotes come last."""
    html = Converted(blocks)
    figures = 0
    for position, block in enumerate(blocks, start=1):
        figures += block.kind == "figure"
        anchor = f"{block.kind}-{block.id}" if block.id else f"part-{position}"
        part = RENDERERS[block.kind](Part(block.kind, anchor, id=block.id), block, html, resolve)
        yield replace(part, number=figures) if block.kind == "figure" else part
    if html.notes:
        yield Part("prose", "notes", html=linking.settled(html.notes, resolve))


def prose_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """Prose and everything that holds prose."""
    text = tables.carded(linking.settled(next(html.prose), resolve))
    rows = tuple(RenderedCriterion(html.line(), tuple(html.line() for _level in row.levels)) for row in block.criteria)
    return replace(part, html=text, criteria=rows)


def key_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """The key sentence."""
    return replace(part, html=html.line())


def steps_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """Steps to do."""
    items = tuple(linking.settled(html.line(), resolve) for _item in block.items)
    return replace(part, items=items, start=block.start)


def check_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """A question in the text."""
    assert block.question
    return replace(part, question=asking.drawn(block.question, html.line, resolve))


def figure_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """A figure: a small drawing within the page, anything else as a picture with its size."""
    media = resolve(block.src)
    part = replace(part, alt=block.alt, caption=block.caption, media=media)
    if media is None or media.drawing is None:
        return part
    try:
        if len(media.drawing) <= asking.INLINE_SVG:
            return replace(part, drawing=svg.sanitised(media.drawing, f"{part.anchor}-", block.alt))
        width, height = svg.size(media.drawing)
    except svg.BadDrawing:
        return replace(part, media=None)
    return replace(part, media=replace(media, width=width, height=height))


def player_part(part: Part, block: Block, html: Converted, resolve: Resolve) -> Part:
    """A video card with its sound and poster, or an audio card; weights are measured."""
    part = replace(part, alt=block.alt, caption=block.caption, media=resolve(block.src))
    if block.kind != "video":
        return part
    stem = block.src.rpartition(".")[0]
    return replace(part, sound=first(stem, SOUNDS, resolve), poster=first(stem, POSTERS, resolve))


def first(stem: str, suffixes: Iterable[str], resolve: Resolve) -> MediaRef | None:
    """The first file that is there."""
    return next((found for suffix in suffixes if (found := resolve(stem + suffix))), None)


SOUNDS = (".m4a", ".mp3", ".opus", ".ogg")
POSTERS = (".webp", ".jpg", ".jpeg", ".png")
RENDERERS: dict[str, Callable[[Part, Block, Converted, Resolve], Part]] = {
    "prose": prose_part,
    "teacher": prose_part,
    "try": prose_part,
    "task": prose_part,
    "key": key_part,
    "steps": steps_part,
    "figure": figure_part,
    "video": player_part,
    "audio": player_part,
    "check": check_part,
}


def nowhere(_name: str) -> MediaRef | None:
    """No file is there."""
    return None


def question(source: Question, resolve: Resolve = nowhere) -> RenderedQuestion:
    """A question, its answers and what to say to each."""
    html = Converted([Block("check", source.line, id=source.id, question=source)])
    return asking.drawn(source, html.line, resolve)


def page(text: str, resolve: Resolve = nowhere) -> Markup:
    """A whole page of Markdown without blocks of ours, such as a guide for trainers. Never fails, like lessons."""
    htmls, _short, notes = html_of((text,), ())
    return linking.settled(htmls[0] + notes, resolve)


def short_lines(block: Block) -> Iterator[str]:
    """The texts of a block that are rendered line by line, in the order in which its part asks for them."""
    if block.kind == "key":
        yield block.text
    yield from block.items
    for row in block.criteria:
        yield from (row.name, *row.levels)
    if block.question:
        yield from asking.lines(block.question)


def html_of(prose: tuple[str, ...], lines: tuple[str, ...]) -> tuple[list[str], list[str], str]:
    """Safe HTML of blocks, of short lines and of footnotes; whatever the sandbox stops comes as it was written."""
    try:
        return converted(prose, lines)
    except sandbox.TooHeavy:
        stops = Stops()
        return [stops.block(text) for text in prose], [stops.line(text) for text in lines], ""


@lru_cache(maxsize=512)
def converted(prose: tuple[str, ...], lines: tuple[str, ...]) -> tuple[list[str], list[str], str]:
    """The same from the sandbox, kept by content. Raises TooHeavy."""
    if not any(prose) and not any(lines):
        return [""] * len(prose), [""] * len(lines), ""
    return sandbox.run(markdown.document, prose, lines)


class Stops:
    """Converts texts one by one and counts how often the sandbox stopped one. `stopped` holds those texts."""

    def __init__(self) -> None:
        self.stopped: list[str] = []

    def block(self, text: str) -> str:
        """The HTML of a block, or the block as it was written."""
        try:
            if len(self.stopped) < MOST_STOPS:
                return sandbox.run(markdown.document, (text,), (), seconds=ALONE_SECONDS)[0][0]
        except sandbox.TooHeavy:
            self.stopped.append(text)
        return str(Markup("<p>{}</p>").format(text))

    def line(self, text: str) -> str:
        """The HTML of a line, or the line as it was written."""
        try:
            if len(self.stopped) < MOST_STOPS:
                return sandbox.run(markdown.document, (), (text,), seconds=ALONE_SECONDS)[1][0]
        except sandbox.TooHeavy:
            self.stopped.append(text)
        return str(escape(text))


def too_heavy(blocks: tuple[Block, ...]) -> list[int]:
    """The lines of the blocks that the sandbox stops; empty for a lesson that renders."""
    prose = tuple(block.text for block in blocks if block.kind in PROSE)
    lines = tuple(line for block in blocks for line in short_lines(block))
    try:
        converted(prose, lines)
    except sandbox.TooHeavy:
        stops = Stops()
        return [block.line for block in blocks if stopped_by(block, stops)] or [blocks[0].line]
    return []


def stopped_by(block: Block, stops: Stops) -> bool:
    """Whether the sandbox stops one of a block's texts."""
    before = len(stops.stopped)
    if block.kind in PROSE:
        stops.block(block.text)
    for line in short_lines(block):
        stops.line(line)
    return len(stops.stopped) > before


def spoken(part: Part) -> Iterator[str]:
    """The texts of a part that are read aloud."""
    yield part.html
    yield from part.items
    if part.kind == "figure":
        yield escape(part.caption)
    if part.question:
        yield from part.question.heard


def render_source(text: str) -> str:
    """A lesson's safe HTML, for the command line: every part in plain elements. Raises Refused, saying the line."""
    fault = guards.first_fault(text)
    if fault:
        raise Refused(_("Line %(line)d: %(what)s.", line=fault[0], what=fault[1]))
    reader = course.Reader({})
    blocks = tuple(reader.blocks("", reader.cut("", text)))
    heavy = too_heavy(blocks)
    if heavy:
        raise Refused(_("Line %(line)d: the text takes too long to show.", line=heavy[0]))
    return "\n".join(outline(part) for part in parts(blocks, nowhere))


def outline(part: Part) -> str:
    """A part in plain elements."""
    pieces = [part.html]
    if part.items:
        pieces.append(listed("ol", part.items))
    if part.question:
        asked = [option.html or Markup.escape(option.words) for option in part.question.options]
        pieces += [part.question.html, listed("ul", asked)]
    if part.alt or part.caption:
        pieces.append(Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(part.alt, part.caption))
    html = Markup("\n").join(piece for piece in pieces if piece)
    wrapped = Markup('<section id="{}">\n{}\n</section>').format(part.anchor, html) if part.id else html
    return str(wrapped)


def listed(tag: str, items: Iterable[Markup]) -> Markup:
    """Items as a list."""
    return Markup(f"<{tag}>{{}}</{tag}>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))
