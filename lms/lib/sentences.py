"""Safe HTML cut into the sentences that are read aloud, each under a name that follows from its words.

A page only marks where a sentence begins and goes on; its script works the name out as we do here
(static/js/learn/sentences.js), so that names weigh nothing on the way to a phone.

A sentence goes on through bold words and links, and ends with its stop, a line or a block. Its name is made of its
letters and figures alone: a sentence put before it, or a comma mended in it, leaves the name as it is, and so what
somebody recorded under it.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

TAG = re.compile(r"(<[^>]+>)")
NAME = re.compile(r"</?([a-z0-9]+)", re.I)
# Whatever is marked up so stands in the middle of a sentence.
INLINE = {"a", "abbr", "b", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
          "sub", "sup", "u"}  # fmt: skip
# A stop with the quotes and brackets that belong to it. A full stop of e.g. ends nothing, nor does that of 3.5.
STOP = r"(?:[。！？!?；;]|(?<!\.[a-z])\.(?=\s|$))+[”’」』）)\"']*"
RUN = re.compile(rf".*?{STOP}|.+", re.S)
ENDED = re.compile(rf"{STOP}\s*$")
# Of FNV-1a with 32 bits (RFC 9923): among the hundred sentences of a lesson no two meet; a script needs three lines.
OFFSET, PRIME = 0x811C9DC5, 0x01000193


@dataclass(frozen=True)
class Sentence:
    """A sentence to be read aloud: its name, and its words."""

    id: str
    text: str


# What stands in or behind a figure is said: 9.9 yuan are not 99.
FIGURES = {
    r"([0-9])\.(?=[0-9])": "点",
    r"([0-9]):(?=[0-9])": "时",
    r"([0-9])/(?=[0-9])": "分",
    r"([0-9])[-–—~](?=[0-9])": "到",
    r"([0-9])%": "百",
}


def name(text: str) -> str:
    """The name of a sentence: eight hexadecimal digits."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for written, said_as in FIGURES.items():
        plain = re.sub(written, rf"\1{said_as}", plain)
    spoken = "".join(one for one in plain if one.isalnum())
    found = OFFSET
    for byte in spoken.encode():
        found = (found ^ byte) * PRIME % 2**32
    return f"{found:08x}"


@lru_cache(maxsize=4096)
def marked(html: str) -> Markup:
    """The HTML with the words of each sentence in `<span data-s>`. Where tags stand in it there are several; all but
    the first are `<span data-s="+">`."""
    return Markup("".join(Cut(html).pieces))


@lru_cache(maxsize=4096)
def said(html: str) -> tuple[Sentence, ...]:
    """The sentences of safe HTML, in order."""
    return tuple(Cut(html).sentences)


class Cut:
    """Safe HTML as it is cut: `pieces` of it that can be joined again, with the sentences marked, and `sentences`."""

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.sentences: list[Sentence] = []
        self.open: list[int] = []
        self.silent = 0
        for piece in TAG.split(str(html)):
            if piece.startswith("<"):
                self.tag(piece)
            else:
                self.words(piece)
        self.end()

    def tag(self, piece: str) -> None:
        """A tag: one of a block ends the sentence. The number of a footnote is not read."""
        found = NAME.match(piece)
        kind = found[1].lower() if found else ""
        if kind not in INLINE:
            self.end()
        elif kind == "sup":
            self.silent += -1 if piece.startswith("</") else 1
        self.pieces.append(piece)

    def words(self, piece: str) -> None:
        """Words between two tags, which hold no sentence, one, or several."""
        for run in RUN.findall(entities.unescape(piece)):
            self.pieces.append(entities.escape(run, quote=False))
            if not self.silent:
                self.open.append(len(self.pieces) - 1)
            if ENDED.search(run):
                self.end()

    def end(self) -> None:
        """The sentence under way is at its end. Without a letter or a figure it is none."""
        text = " ".join(entities.unescape("".join(self.pieces[place] for place in self.open)).split())
        if any(one.isalnum() for one in text):
            sentence = Sentence(name(text), text)
            self.sentences.append(sentence)
            places = [place for place in self.open if self.pieces[place].strip()]
            for place in places:
                goes_on = "" if place == places[0] else '="+"'
                self.pieces[place] = f"<span data-s{goes_on}>{self.pieces[place]}</span>"
        self.open = []
