"""Text as pairs of neighbouring characters, so that two-character Chinese words are found on both databases.

Runs of Han characters become overlapping pairs and their last character alone, 直播间 → 直播 播间 间; other words and
numbers stay whole. The same tokens go into SQLite's FTS5 (unicode61) and PostgreSQL's 'simple' configuration, which
only split them at the blanks. A word of several characters is asked for as a phrase; because each run ends with a
single character, no phrase is found across a comma. No dictionary is needed: a name is found like any other word.

Which characters are letters depends on how new a database's tables are (PostgreSQL takes them from the system), so Han
characters that came after Unicode 1.1 and 3.0 are spelt by their number: 𬭚 is u02cb5a.

PostgreSQL counts positions up to 16,383 in a text: of a longer one, whole phrases are found only before that.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Ideographs with all extensions to J, compatibility forms, 〇 and 々.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
# What every database knows for letters; the rest is spelt.
KNOWN = re.compile("[\u3400-\u4db5\u4e00-\u9fa5]")
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")

# A query longer than this is somebody's script, not a question.
LONGEST_QUERY = 100


def index_text(text: str) -> str:
    """The text as tokens with blanks between them, for the index."""
    return " ".join(token for run in runs(text) for token in tokens(run))


def fts5_query(words: str) -> str:
    """For FTS5's MATCH: a phrase a run, all of them wanted (`"直播 播间" AND "稻"*`); empty when nothing can be sought.

    Tokens are letters and digits only and stand in quotes, so no operator of FTS5 gets through.
    """
    return " AND ".join(f'"{" ".join(asked(run))}"' + ("*" if is_prefix(run) else "") for run in query_runs(words))


def tsquery(words: str) -> str:
    """For PostgreSQL's to_tsquery('simple', …): `('直播' <-> '播间') & ('稻':*)`; empty when nothing can be sought.

    Tokens are letters and digits only and stand in quotes, so no operator of tsquery gets through.
    """
    phrases = []
    for run in query_runs(words):
        ending = "':*" if is_prefix(run) else "'"
        phrases.append("(" + " <-> ".join(f"'{token}{ending}" for token in asked(run)) + ")")
    return " & ".join(phrases)


def query_runs(words: str) -> list[str]:
    """What is asked for, each thing once."""
    return list(dict.fromkeys(runs(words[:LONGEST_QUERY])))


def runs(text: str) -> list[str]:
    """Runs of Han, and words of other letters and digits: NFKC, case folded, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return RUN.findall(unicodedata.normalize("NFKC", "".join(sign for sign in plain if not is_mark(sign))))


def is_mark(sign: str) -> bool:
    """Whether a character is an accent set upon the one before it."""
    return unicodedata.category(sign) == "Mn"


def is_han(run: str) -> bool:
    """Whether a run is of Han characters."""
    return bool(re.match(f"[{HAN}]", run))


def is_prefix(run: str) -> bool:
    """Whether a run is a single Han character, which asks for every token that begins with it."""
    return is_han(run) and len(run) == 1


def tokens(run: str) -> list[str]:
    """The tokens of a run for the index. The last character stands alone too, so that every one begins a token."""
    return [*asked(run), spelt(run[-1])] if is_han(run) and len(run) > 1 else asked(run)


def asked(run: str) -> list[str]:
    """The tokens that must follow each other where a run is sought."""
    if not is_han(run):
        return [run]
    signs = [spelt(sign) for sign in run]
    return ["".join(pair) for pair in pairwise(signs)] or signs


def spelt(sign: str) -> str:
    """A Han character as the index holds it."""
    return sign if KNOWN.match(sign) else f"u{ord(sign):06x}"
