"""How a text reads: a school year, the length of its sentences, and how long it takes to read aloud. Pure.

English: Flesch-Kincaid grade (Kincaid and others 1975, Research Branch Report 8-75), with syllables as groups of
vowels. Chinese has no such formula that holds without word lists: here a year follows from the mean length of sentences
alone, so that 12 to 15 characters, the house's aim for lessons, are years 5 and 6. A guide for writers, not a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lms.lib import speaking
from lms.lib.speaking import HAN, LATIN

SENTENCE = re.compile(r"[。！？!?；;\n]+|\.(?=\s|$)")
VOWELS = re.compile(r"[aeiouy]+")

# Mean characters a sentence up to which a Chinese text is of a school year.
YEARS_BY_LENGTH = ((7, 3), (10, 4), (13, 5), (16, 6), (20, 7), (25, 8), (31, 9))
HARDEST = 12


@dataclass(frozen=True)
class Readability:
    """`year` 1 to 12; `sentence`: mean characters (zh) or words (en) of a sentence; `seconds` read aloud."""

    year: int
    sentence: int
    seconds: int


def measured(text: str, lang: str) -> Readability:
    """How a text reads. An empty text is of the first year and takes no time."""
    sentences = [part for part in SENTENCE.split(text) if HAN.search(part) or LATIN.search(part)]
    han, words = len(HAN.findall(text)), LATIN.findall(text)
    seconds = speaking.seconds(text)
    if not sentences:
        return Readability(1, 0, seconds)
    if lang == "zh":
        length = (han + len(words)) / len(sentences)
        year = next((year for most, year in YEARS_BY_LENGTH if length <= most), HARDEST)
        return Readability(year, round(length), seconds)
    length = len(words) / len(sentences)
    syllables = sum(max(1, len(VOWELS.findall(word.lower()))) for word in words) / max(1, len(words))
    grade = round(0.39 * length + 11.8 * syllables - 15.59)
    return Readability(min(HARDEST, max(1, grade)), round(length), seconds)
