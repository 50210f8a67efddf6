"""How a text reads: its sentences, how long they are, for which school year, and how long it takes to read aloud.

English has the Flesch-Kincaid grade (Kincaid and others, Research Branch Report 8-75, 1975). For Chinese the formula is
our own, from two facts of a text: the mean length of its sentences, and the share of its characters outside the first
level of GB 2312-80 (3,755 everyday characters). A sentence of 17 or 18 characters, all everyday, is of year six. Nobody
has tried it on graded texts: a guide for writers, not a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003347f]")
WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")

# A sentence ends at its stop and what closes after it, or where the line does.
STOPPED = re.compile(r"[。！？；!?;…]+[”’」』》）】\"')\]]*|\n+")
FULL_STOP = re.compile(r"\.+[\"'”’)\]]*(?=\s|$|[\u3400-\u9fff])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Art|Fig|vs|approx|e\.g|i\.e|[A-Z]|[A-Za-z]\.[A-Za-z])$"
)
VOWELS = re.compile(r"[aeiouy]+")

# Unhurried reading aloud: farm goods for older listeners are told at 200 to 240 characters a minute.
CHARACTERS_A_MINUTE = 220
WORDS_A_MINUTE = 150

HIGHEST = 12
CHARACTERS_A_YEAR = 3.5
RARE_A_YEAR = 0.02


@dataclass(frozen=True)
class Reading:
    """`year` 1 to 12; `sentence`: mean characters (zh) or words (en) of a sentence; `longest`: the longest sentence;
    `rare`: the Han characters that are not everyday ones, each once; `seconds` read aloud."""

    year: int
    sentence: int
    longest: str
    rare: str
    seconds: int


def measured(text: str, lang: str) -> Reading:
    """How a plain text reads, in `zh` or `en`. A text without words is of the first year and takes no time."""
    said = [sentence.strip() for sentence in sentences(text) if length(sentence)]
    seconds = seconds_to_read_aloud(text)
    if not said:
        return Reading(1, 0, "", "", seconds)
    lengths = [length(sentence) for sentence in said]
    mean = sum(lengths) / len(said)
    rare = [sign for sign in HAN.findall(text) if not is_everyday(sign)]
    year = chinese_year(mean, len(rare) / max(1, len(HAN.findall(text)))) if lang == "zh" else english_year(text, mean)
    return Reading(
        year=min(HIGHEST, max(1, round(year))),
        sentence=round(mean),
        longest=said[lengths.index(max(lengths))],
        rare="".join(dict.fromkeys(rare)),
        seconds=seconds,
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its stop and the blanks after it: joined they are the text again.

    Chinese and English may stand side by side. A point inside a number or after an abbreviation ends nothing.
    """
    cuts = {match.end() for match in STOPPED.finditer(text)}
    cuts |= {match.end() for match in FULL_STOP.finditer(text) if not abbreviates(text, match.start())}
    parts: list[str] = []
    begin = 0
    for end in sorted(cuts | {len(text)}):
        while end < len(text) and text[end].isspace():
            end += 1
        if end > begin:
            parts.append(text[begin:end])
            begin = end
    return parts


def abbreviates(text: str, point: int) -> bool:
    """Whether the point there belongs to an abbreviation."""
    return bool(ABBREVIATION.search(text[max(0, point - 12) : point]))


def length(sentence: str) -> int:
    """Han characters, words and numbers, each counted as one."""
    return sum(len(pattern.findall(sentence)) for pattern in (HAN, WORD, NUMBER))


def seconds_to_read_aloud(text: str) -> int:
    """How long reading aloud takes: 220 Han characters or digits, or 150 words of letters, a minute."""
    signs = len(HAN.findall(text)) + sum(len(number) for number in NUMBER.findall(text))
    return round(60 * (signs / CHARACTERS_A_MINUTE + len(WORD.findall(text)) / WORDS_A_MINUTE))


def is_everyday(sign: str) -> bool:
    """Whether a Han character is of the first level of GB 2312-80, rows 16 to 55."""
    try:
        row = sign.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        return False
    return 16 <= row <= 55


def chinese_year(mean: float, rare: float) -> float:
    """Our own estimate: a year for each 3.5 characters of the mean sentence, and for each 2 % of rarer characters."""
    return 1 + mean / CHARACTERS_A_YEAR + rare / RARE_A_YEAR


def english_year(text: str, mean: float) -> float:
    """The Flesch-Kincaid grade, with syllables taken as groups of vowels, a silent e at the end not counted."""
    words = WORD.findall(text)
    syllables = sum(max(1, len(VOWELS.findall(re.sub(r"(?<![aeiouyl])e$", "", word.lower())))) for word in words)
    return 0.39 * mean + 11.8 * syllables / max(1, len(words)) - 15.59
