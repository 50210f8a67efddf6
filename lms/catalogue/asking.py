"""Questions as pages draw them: safe HTML, pictures, clips, and the order in which things to be placed are shown."""

from __future__ import annotations

import html as entities
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from lms.catalogue import answers, svg
from lms.catalogue.linking import MediaRef, Resolve
from lms.catalogue.parsed import TYPED, Area, Question, Shown, Span

INLINE_SVG = 6 * 1024
MOVING = (".mp4", ".webm")
SOUNDING = (".m4a", ".mp3", ".opus", ".ogg")
NOTHING = Markup("")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class RenderedImage:
    """A picture or clip: a small drawing within the page, or a file. `clip`: video, audio, or empty for a picture."""

    alt: str
    caption: str = ""
    drawing: Markup | None = None
    media: MediaRef | None = None
    clip: str = ""


@dataclass(frozen=True)
class RenderedOption:
    """An answer: to choose, to place (an item, or the left side of a pair with `other` as its right one), or foreseen
    of what is typed."""

    html: Markup
    right: bool
    say: Markup
    other: Markup = NOTHING
    picture: RenderedImage | None = None
    place: Area | Span | None = None

    @property
    def words(self) -> str:
        """It in plain words, for a list of choices."""
        return entities.unescape(TAG.sub("", self.html)).strip() or (self.picture.alt if self.picture else "")


@dataclass(frozen=True)
class RenderedQuestion:
    """A question in one language. `shown`: the positions of its items, and `others`: of the right sides of pairs, in
    the order in which they are shown."""

    id: str
    html: Markup
    options: tuple[RenderedOption, ...]
    multiple: bool
    source: Question
    media: RenderedImage | None = None
    otherwise: Markup = NOTHING
    praise: Markup = NOTHING

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.source.kind

    @property
    def units(self) -> tuple[str, ...]:
        """The units to choose from."""
        return self.source.units

    @property
    def elsewhere(self) -> int | None:
        """The position that stands for any other place, where there is one."""
        return len(self.options) if self.kind in answers.PLACED else None

    @cached_property
    def shown(self) -> list[int]:
        """The positions in an order that is the same whenever it is asked for, and never the right one."""
        return mixed(self.id, len(self.options))

    @cached_property
    def others(self) -> list[int]:
        """The positions of the right sides to choose from; those that say the same stand once."""
        sides = [option.other for option in self.source.options]
        return [place for place in mixed(f"{self.id}/", len(sides)) if sides.index(sides[place]) == place]

    @property
    def heard(self) -> Iterator[Markup]:
        """What is read aloud of it, as its page shows it: never what is to be typed, or where in a clip something is.
        Pictures speak for themselves."""
        yield self.html
        if self.kind not in (*TYPED, "moment", "tap"):
            shown = self.shown if self.kind == "order" else range(len(self.options))
            yield from (self.options[place].html for place in shown)

    def told(self, body: Mapping[str, Any], right: bool) -> tuple[Markup | None, ...]:
        """What its author says to an answer; None stands for: right as far as it goes, something is still missing."""
        facts = {name: body[name] for name in answers.fields(self.source) if name in body}
        if not answers.fits(self.source, facts):
            return ()
        said = answers.speaking(self.source, facts, right)
        if right and not said:
            return (self.praise,) if self.praise else ()
        words = {answers.OTHERWISE: self.praise if right else self.otherwise or None, answers.MISSING: None}
        return tuple(words[one] if one in words else self.options[one].say for one in said)

    def key(self) -> tuple[Markup, ...]:
        """The right answer in words, for a question that has no options to mark."""
        if self.kind == "order":
            return tuple(option.html or Markup.escape(option.words) for option in self.options)
        if self.kind == "match":
            pair = Markup("{} – {}")
            return tuple(pair.format(option.html or option.words, option.other) for option in self.options)
        return tuple(Markup.escape(self.written(n)) for n, option in enumerate(self.options) if option.right)

    def written(self, place: int) -> str:
        """A typed answer as its author wrote it first."""
        option = self.source.options[place]
        return option.also[0] if option.also else option.text


def mixed(seed: str, count: int) -> list[int]:
    """Positions in an order drawn by a seed, never the written one where there are two or more."""
    places = list(range(count))
    draw = random.Random(seed)
    while count > 1 and places == list(range(count)):
        draw.shuffle(places)
    return places


def lines(source: Question) -> Iterator[str]:
    """The texts of a question in the order in which `drawn` asks for their HTML."""
    yield source.text
    for option in source.options:
        yield from (option.text, option.say, option.other)
    yield from (source.otherwise, source.praise)


def drawn(source: Question, line: Callable[[], Markup], resolve: Resolve) -> RenderedQuestion:
    """A question whose lines are given in the order of `lines`."""
    asked = line()
    options = tuple(
        RenderedOption(
            line(), option.right, line(), line(),
            picture=image(option.picture, f"{source.id}-{place}-", resolve) if option.picture else None,
            place=option.place,
        )
        for place, option in enumerate(source.options)
    )  # fmt: skip
    media = image(source.media, f"{source.id}-", resolve) if source.media else None
    return RenderedQuestion(source.id, asked, options, source.multiple, source, media, line(), line())


def image(shown: Shown, prefix: str, resolve: Resolve) -> RenderedImage:
    """A picture or clip of a question; ids within a drawing begin with `prefix`."""
    suffix = PurePosixPath(shown.src).suffix.lower()
    clip = "video" if suffix in MOVING else "audio" if suffix in SOUNDING else ""
    media = resolve(shown.src)
    drawing = None
    if media and media.drawing and len(media.drawing) <= INLINE_SVG:
        try:
            drawing = svg.sanitised(media.drawing, prefix, shown.alt)
        except svg.BadDrawing:
            media = None
    return RenderedImage(shown.alt, shown.caption, drawing, media, clip)
