"""Text files of unknown origin: which encoding they are in, which language they are written in."""

from __future__ import annotations

import re
from typing import Any

from lms.i18n import lazy as _l

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
UNTEXTLIKE = re.compile(r"[\x00-\x08\x0e-\x1f]")
# A Chinese page about phones holds English words; an English page about tea holds a few Chinese ones.
HAN_SHARE = 0.2
# Read aloud, about 4 characters or 2.5 words a second.
CHARACTERS_A_MINUTE = 250
WORDS_A_MINUTE = 150


class NoText(ValueError):
    """The bytes are no text. `why` is a phrase for the person who loads them."""

    def __init__(self, why: Any) -> None:
        super().__init__(why)
        self.why = why


def text(raw: bytes) -> str:
    """The text, with plain line ends. Raises NoText.

    By its mark where it has one, else UTF-8, else GB18030, which holds GBK and GB2312.
    """
    marked = [encoding for mark, encoding in BOMS if raw.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            found = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if UNTEXTLIKE.search(found):
            raise NoText(_l("it holds characters that no text has"))
        return found.replace("\r\n", "\n").replace("\r", "\n")
    raise NoText(_l("it is neither UTF-8 nor UTF-16 nor GB18030"))


def language(written: str) -> str:
    """`zh` or `en`, by the share of Chinese characters among characters and words; `zh` for a text without either."""
    han, words = len(HAN.findall(written)), len(LATIN_WORD.findall(written))
    return "en" if words and han < HAN_SHARE * (han + words) else "zh"


def minutes(written: str) -> int:
    """How long the text takes to hear, in whole minutes, at least one."""
    han, words = len(HAN.findall(written)), len(LATIN_WORD.findall(written))
    return max(1, min(600, -(-(han * 60 // CHARACTERS_A_MINUTE + words * 60 // WORDS_A_MINUTE) // 60)))
