"""What rendered HTML refers to: pictures get their address and size, links between lessons the lesson's address."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import Markup, escape

# The sanitiser writes every attribute in double quotes and lets no other tag begin like this.
IMG = re.compile(r'<img\b((?:[^">]|"[^"]*")*)>')
LINK = re.compile(r'<a\b((?:[^">]|"[^"]*")*)>')
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
# No colon and no backslash: with them the address would be one of another scheme or place.
LESSON = re.compile(r"(?:\.\./)?(?P<lesson>[^/#?:\\]+)/(?:zh|en)\.md(?P<rest>#.*)?")
SELF = re.compile(r"(?:\./)?(?:zh|en)\.md(?P<rest>#.*)?")
ABSOLUTE = re.compile(r"(?:https?|mailto|tel):", re.I)


@dataclass(frozen=True)
class MediaRef:
    """A file of the lesson as pages use it. `size` in bytes, `width` and `height` in pixels of what is at `url`; 0 when
    unknown. `drawing` is the source of an SVG; `seconds` is the length of a recording, 0 when its file does not say."""

    url: str
    size: int
    width: int = 0
    height: int = 0
    drawing: bytes | None = None
    seconds: int = 0


Resolve = Callable[[str], MediaRef | None]


def settled(html: str, resolve: Resolve) -> Markup:
    """Sanitised HTML with its pictures and links settled. A picture that is not there leaves its description."""
    if "<img" in html:
        html = IMG.sub(lambda match: picture(attributes(match[1]), resolve), html)
    if "<a" in html:
        html = LINK.sub(lambda match: link(match, resolve), html)
    return Markup(html)


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, unescaped."""
    return {name: entities.unescape(value) for name, value in ATTRIBUTE.findall(written)}


def picture(said: dict[str, str], resolve: Resolve) -> str:
    """A picture within a line of text."""
    media = resolve(unquote(said.get("src", ""))) if said.get("src") else None
    alt = said.get("alt", "")
    if media is None:
        return str(escape(alt))
    size = f' width="{media.width}" height="{media.height}"' if media.width and media.height else ""
    return f'<img src="{escape(media.url)}" alt="{escape(alt)}"{size} loading="lazy">'


def link(match: re.Match[str], resolve: Resolve) -> str:
    """A link elsewhere as it is; to a lesson or a file of the folder by its address; any other is only its words."""
    said = attributes(match[1])
    href = unquote(said.get("href", ""))
    if not href or ABSOLUTE.match(href) or href.startswith("#"):
        return match[0]
    lesson, own = LESSON.fullmatch(href), SELF.fullmatch(href)
    if lesson:
        target: str | None = lesson["lesson"] + (lesson["rest"] or "")
    elif own:
        target = own["rest"] or "#"
    else:
        media = resolve(href)
        target = media.url if media else None
    return f'<a href="{escape(target)}">' if target else "<a>"
