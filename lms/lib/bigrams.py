"""Text as pairs of neighbouring characters, so that two-character Chinese words are found on both databases.

Han characters (all extensions) become overlapping bigrams, 直播间 → 直播 播间; Latin words and numbers stay whole. The same
tokens go into FTS5 and into PostgreSQL's 'simple' configuration; a word of several characters is asked for as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003347f〇"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


def runs(text: str) -> list[str]:
    """Runs of Han, and words of other letters and digits, folded."""
    return RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def is_han(run: str) -> bool:
    """Whether a run is of Han characters."""
    return bool(re.match(f"[{HAN}]", run))


def tokens(run: str) -> list[str]:
    """The tokens of a run. The last character of a Han run stands alone too, so that every character begins a token."""
    if not is_han(run):
        return [run]
    return ["".join(pair) for pair in pairwise(run)] + [run[-1]]


def index_text(text: str) -> str:
    """The text as tokens, for the index."""
    return " ".join(token for run in runs(text) for token in tokens(run))


def wanted(words: str) -> list[list[str]]:
    """For each run asked for, the tokens that must follow each other; a single Han character asks by prefix (`稻*`)."""
    asked = []
    for run in runs(words):
        if not is_han(run):
            asked.append([run])
        elif len(run) == 1:
            asked.append([run + "*"])
        else:
            asked.append(["".join(pair) for pair in pairwise(run)])
    return asked


def fts5_query(words: str) -> str:
    """For FTS5's MATCH: phrases in quotes, all of them; empty when nothing can be searched. No operator gets through."""
    phrases = []
    for asked in wanted(words):
        star = "*" if asked[0].endswith("*") else ""
        phrases.append('"' + " ".join(token.rstrip("*") for token in asked) + '"' + star)
    return " AND ".join(phrases)


def tsquery(words: str) -> str:
    """For PostgreSQL's to_tsquery('simple', …): phrases by <->, all of them; empty when nothing can be searched."""
    phrases = []
    for asked in wanted(words):
        quoted = ["'" + token.rstrip("*") + "'" + (":*" if token.endswith("*") else "") for token in asked]
        phrases.append("(" + " <-> ".join(quoted) + ")")
    return " & ".join(phrases)
