"""The cards beside the lessons, courses/cards/<id>.zh.md and .en.md: one A4 each, to read or to print.

Front matter: `title`, `summary`, `icon`, `order`. The body is plain Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from lms.catalogue import frontmatter, rendering
from lms.errors import NotFound
from lms.settings import ROOT
from lms.web import log

FOLDER = ROOT / "courses" / "cards"


@dataclass(frozen=True)
class Leaflet:
    """A card in both languages."""

    id: str
    icon: str
    order: int
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    texts: Mapping[str, str]

    def html(self, lang: str) -> Markup:
        """What it says, as safe HTML."""
        return rendering.page(self.texts[lang])


@lru_cache(maxsize=1)
def current() -> dict[str, Leaflet]:
    """The installation's cards by id, in their order, read once."""
    return read(FOLDER)


def read(folder: Path) -> dict[str, Leaflet]:
    """The cards of a folder; one that cannot be read in both languages is left out and told in the log."""
    found = [one for path in folder.glob("*.zh.md") if (one := readable(folder, path.name.removesuffix(".zh.md")))]
    return {one.id: one for one in sorted(found, key=lambda one: (one.order, one.id))}


def readable(folder: Path, name: str) -> Leaflet | None:
    """A card, or None where it cannot be read."""
    try:
        return leaflet(folder, name)
    except (frontmatter.BadFrontMatter, KeyError, ValueError, OSError):
        log.failure("card_not_read", card=name)
        return None


def leaflet(folder: Path, name: str) -> Leaflet:
    """One card from its two files. Raises BadFrontMatter, KeyError, ValueError or OSError."""
    pages = {lang: frontmatter.split((folder / f"{name}.{lang}.md").read_text("utf-8")) for lang in ("zh", "en")}
    values = pages["zh"].values
    titles, summaries = ({lang: page.values[key] for lang, page in pages.items()} for key in ("title", "summary"))
    texts = {lang: page.body for lang, page in pages.items()}
    return Leaflet(name, values["icon"], int(values["order"]), titles, summaries, texts)


def find(name: str) -> Leaflet:
    """A card, or NotFound."""
    try:
        return current()[name]
    except KeyError:
        raise NotFound from None
