"""How long a text takes to be read aloud, unhurried: 220 Chinese characters (domain: speech rate) or 140 English words
a minute. And what an author's answer says once a heading has said that it is right."""

from __future__ import annotations

import re

HAN = re.compile("[㐀-鿿𠀀-𱍏]")
LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
CHARACTERS_A_SECOND = 220 / 60
WORDS_A_SECOND = 140 / 60

# 对。 or Right. before what is really said. A clause that goes on (对，就数它弱) loses the word, never its sense.
YES = re.compile(r"(?:对了?|没错|是的)[。！，,]\s*|(?:Yes|Right|Correct|That[’']s right)[.!]\s*")


def seconds(text: str) -> int:
    """Seconds of reading aloud."""
    return round(len(HAN.findall(text)) / CHARACTERS_A_SECOND + len(LATIN.findall(text)) / WORDS_A_SECOND)


def about(text: str) -> int:
    """The same as people say it: in steps of five seconds, from a minute on of ten, at least five; 0 for no words."""
    exact = seconds(text)
    step = 10 if exact >= 60 else 5
    return max(step, round(exact / step) * step) if exact else 0


def without_yes(text: str) -> str:
    """What is said to a right answer, without the first word that repeats the heading above it."""
    return YES.sub("", text, count=1) if YES.match(text) else text
