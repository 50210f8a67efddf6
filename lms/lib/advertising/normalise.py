"""One plain way to write a text, with the way back: every character of it knows where it stood in the original.

What is undone: full-width and styled letters (Unicode NFKC), capitals, invisible characters, traditional characters,
emoji and look-alikes that stand for a word, spaces and ornaments inside Chinese words, and key words in pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lms.lib.advertising import rules

HAN = "㐀-鿿"
# What nobody sees: zero-width and joining marks, direction marks, variation selectors, the frame of a keycap.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u20e3]")
ORNAMENTS = r"*·•●○◆_~^|`'\"#&=+.\-“”‘’「」『』《》〈〉【】\u2600-\u27bf\U0001f300-\U0001faff"
LINE_ENDS = {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
# A run begins after a Chinese character only, so that it is looked at once.
INSIDE_WORDS = re.compile(rf"(?<=[{HAN}])[ {ORNAMENTS}]+(?=[{HAN}])")
# Letters that stand apart (z u i) are one word; at most twelve.
SPELT_OUT = re.compile(r"(?<![a-z])(?:[a-z] ){1,11}[a-z](?![a-z])")
BETWEEN_SCRIPTS = re.compile(rf"(?<=[{HAN}]) +|(?<! ) +(?=[{HAN}])|(?<= ) +")


@dataclass(frozen=True)
class Normalised:
    """`text`, and where each of its characters begins and ends in the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of what stands from `start` to `end` here; `end` must be past `start`."""
        return self.starts[start], max(self.ends[start:end])

    def without(self, gaps: list[tuple[int, int]]) -> Normalised:
        """This text with some stretches left out, which must be in order and apart."""
        return self.rewritten([(start, end, "") for start, end in gaps])

    def rewritten(self, changes: list[tuple[int, int, str]]) -> Normalised:
        """This text with stretches replaced, in order and apart; a new character stands for the whole stretch."""
        if not changes:
            return self
        text, starts, ends = [], [], []
        done = 0
        for start, end, words in changes:
            text += [self.text[done:start], words]
            starts += self.starts[done:start] + [self.starts[start]] * len(words)
            ends += self.ends[done:start] + [self.ends[end - 1]] * len(words)
            done = end
        text.append(self.text[done:])
        return Normalised("".join(text), starts + self.starts[done:], ends + self.ends[done:])


class Forms(dict[str, str]):
    """The plain form of a character, worked out once for each."""

    def __missing__(self, character: str) -> str:
        plain = "" if UNSEEN.match(character) else unicodedata.normalize("NFKC", character).lower()
        self[character] = plain
        return plain


def normalise(text: str) -> Normalised:
    """The plain form of a text, in linear time."""
    evasions = rules.book().evasions
    plain = characters(text, Forms(evasions.characters | LINE_ENDS))
    plain = plain.without([found.span() for found in INSIDE_WORDS.finditer(plain.text)])
    plain = plain.without([found.span() for found in BETWEEN_SCRIPTS.finditer(plain.text)])
    plain = plain.rewritten([(*found.span(), found[0].replace(" ", "")) for found in SPELT_OUT.finditer(plain.text)])
    spelt = [(*found.span(), evasions.spellings[found[0]]) for found in evasions.pattern.finditer(plain.text)]
    return plain.rewritten(spelt)


def characters(text: str, forms: Forms) -> Normalised:
    """Each character in its plain form, which may be none or several."""
    parts, starts, ends = [], [], []
    for place, character in enumerate(text):
        plain = forms[character]
        parts.append(plain)
        starts += [place] * len(plain)
        ends += [place + 1] * len(plain)
    return Normalised("".join(parts), starts, ends)
