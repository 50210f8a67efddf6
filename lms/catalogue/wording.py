"""Rules about the words of a page: short sentences, characters that everybody reads, nothing that no seller may say.

Chinese only, but for the last: trainees read or hear Chinese first, and some read slowly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lms.catalogue import hiding
from lms.catalogue.claims import claims
from lms.catalogue.problems import Problem, quoted, warning
from lms.i18n import lazy as _l
from lms.lib import literacy
from lms.lib.speaking import HAN, LATIN

# Characters of a sentence, at most and on average; a figure or a Latin word counts as one.
MOST_CHARACTERS = 20
MEAN_CHARACTERS = 12
# Fewer sentences have no mean worth telling.
FEWEST_SENTENCES = 5
# A page on mushrooms needs the word 菇; what is told is a page that goes on in such words.
MOST_UNCOMMON = 0.02
FEWEST_UNCOMMON = 3
TOLD_UNCOMMON = 8

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
# Not read as sentences, beside comments and code: a picture's description, addresses, the heads of blocks, a step's
# number; and what cites a law.
UNREAD = re.compile(
    r"!\[[^\[\]\n]*\](?:\([^()\n]*\))?|\]\([^()\n]*\)"
    r"|^ {0,3}[:：]{3,}[^\n]*|《[^《》\n]*》|第[一二三四五六七八九十百千零]{1,10}条"
    r"|^ {0,3}\d{1,2}[.．、)）]|（[^（）\n]*第[^（）\n]*条[^（）\n]*）",
    re.S | re.M,
)
# A colon is a pause to whoever reads aloud, and a table's cell an end.
SENTENCE = re.compile(r"[^。！？!?；;：…|\n]+")


def page(text: str, lang: str, path: str) -> Iterator[Problem]:
    """What could be said better on a page of a lesson or a quiz. `text` is the whole file."""
    if lang == "zh":
        shown = read(text)
        yield from sentences(shown, path)
        yield from uncommon(shown, path)
    yield from claimed(text, path)


def claimed(text: str, path: str) -> Iterator[Problem]:
    """What no seller may say. In course.toml, of which the text is only a part, without its line."""
    for claim in claims(text):
        what = _l("“%(words)s” must not be said to sell: %(why)s", words=quoted(claim.words), why=claim.why)
        todo = _l("say it another way, or mark it as a bad example by quotation marks")
        yield warning(path, claim.line if path.endswith(".md") else 0, "claim", what, todo)


def read(text: str) -> str:
    """The text with as many lines, without what nobody reads as a sentence."""
    return UNREAD.sub(lambda match: "\n" * match[0].count("\n"), body(hiding.hidden(text)))


def body(text: str) -> str:
    """The text with as many lines, without its front matter."""
    front = FRONT_MATTER.match(text)
    return text if front is None else "\n" * front[0].count("\n") + text[front.end() :]


def sentences(text: str, path: str) -> Iterator[Problem]:
    """Sentences that are too long, and a page whose sentences are long on average."""
    lengths = []
    for number, line in enumerate(text.split("\n"), start=1):
        for match in SENTENCE.finditer(line):
            length = len(HAN.findall(match[0])) + len(LATIN.findall(match[0]))
            if not HAN.search(match[0]):
                continue
            lengths.append(length)
            if length > MOST_CHARACTERS:
                words = quoted(match[0].strip(" -*>"))
                what = _l("the sentence “%(words)s” has %(count)d characters", words=words, count=length)
                todo = _l("keep it at %(most)d or fewer: make two of it", most=MOST_CHARACTERS)
                yield warning(path, number, "long_sentence", what, todo)
    mean = sum(lengths) / max(1, len(lengths))
    if len(lengths) >= FEWEST_SENTENCES and round(mean) > MEAN_CHARACTERS:
        what = _l("a sentence has %(count)s characters on average", count=f"{mean:.1f}")
        todo = _l("keep it at %(most)d or fewer: make two of the long ones", most=MEAN_CHARACTERS)
        yield warning(path, 0, "long_sentences", what, todo)


def uncommon(text: str, path: str) -> Iterator[Problem]:
    """A page with many characters that not everybody reads."""
    found = literacy.uncommon(text)
    different = list(dict.fromkeys(found))
    share = len(found) / max(1, len(HAN.findall(text)))
    if len(different) < FEWEST_UNCOMMON or share <= MOST_UNCOMMON:
        return
    what = _l(
        "%(share)s%% of the characters are not among the 3,500 common ones: %(characters)s",
        share=f"{100 * share:.1f}",
        characters="".join(different[:TOLD_UNCOMMON]),
    )
    yield warning(path, 0, "uncommon", what, _l("say it with words that everybody reads"))
