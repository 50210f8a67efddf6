"""A script as the rules read it: normalised, cut into sentences, with the lines that viewers say set apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lms.lib.advertising import rules
from lms.lib.advertising.normalise import Normalised, normalise

# A full stop ends a sentence before a space or the end of a line, but not in "No. 1"; a decimal point never does.
SENTENCE_END = re.compile(r"[。!?;\n]|(?<!\bno)\.(?=\s|$)", re.MULTILINE)
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Sentence:
    """From `start` to `end` in the normalised text, without the mark that ends it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True)
class Reading:
    """`flat`: the normalised text with each sentence's end as a line break, so that `.` stays in the sentence."""

    plain: Normalised
    flat: str
    sentences: list[Sentence]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence in which a place of the normalised text lies."""
        return bisect_right(self.starts, place) - 1

    def after(self, place: int) -> Sentence | None:
        """The sentence after the one in which a place lies; an empty line between them doesn't count."""
        following = self.sentence_at(place) + 1
        nearest = self.sentences[following : following + 3]
        return next((sentence for sentence in nearest if sentence.start < sentence.end), None)

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences begin."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def viewers(self) -> list[tuple[int, int]]:
        """The lines that a viewer says (观众：…), which no rule is for."""
        said = rules.book().questions.viewer
        return [line.span() for line in LINE.finditer(self.plain.text) if said.match(line[0])]

    def is_viewers(self, place: int) -> bool:
        """Whether a viewer says what stands at this place."""
        line = bisect_right(self.viewers, (place, len(self.flat)))
        return line > 0 and place < self.viewers[line - 1][1]

    def words(self, sentence: Sentence) -> str:
        """The sentence's words."""
        return self.flat[sentence.start : sentence.end]


def read(text: str) -> Reading:
    """A script, ready for the rules."""
    plain = normalise(text)
    flat = SENTENCE_END.sub("\n", plain.text)
    sentences, start = [], 0
    for found in SENTENCE_END.finditer(plain.text):
        sentences.append(Sentence(start, found.start(), found[0]))
        start = found.end()
    return Reading(plain, flat, [*sentences, Sentence(start, len(flat), "")])
