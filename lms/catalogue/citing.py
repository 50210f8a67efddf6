"""Rules about the law that a page cites: each article in the text stands in `law:` at the top too, where the lesson's
page shows it and reviewers look for it.

In Chinese the law's name before the article is held against the entries, in English only the article's number: names
are translated in more ways than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lms.catalogue.parsed import ParsedLesson
from lms.catalogue.problems import Problem, warning
from lms.catalogue.wording import body
from lms.i18n import lazy as _l

FIGURE = r"[一二三四五六七八九十百千零〇两\d]{1,10}"
# 第九条, 第 9 条, 第九、十条.
ARTICLE = re.compile(rf"第 ?({FIGURE}(?:、{FIGURE}){{0,9}}) ?条")
STRETCH = re.compile(rf"第 ?({FIGURE}) ?条[至到—–-]+第? ?({FIGURE}) ?条")
# What stands before an article: a law's name, closed by 》 or by its number in brackets.
NAMED = re.compile(r"([一-鿿]{1,24}(?:法|法典|条例|办法|规定|决定)|\d{1,4} ?号令)》?(?:（[^（）\n]{1,24}）)?的? ?$")
IN_BRACKETS = re.compile(r"（[^（）\n]*）")
ORDER = re.compile(r"(\d{1,4}) ?号令|Order No\. ?(\d{1,4})")
ENGLISH = re.compile(r"\b(?:articles?|art\.) (\d{1,4}(?:(?:, and |, | and | or |, or |–|-| to )\d{1,4}){0,20})", re.I)
BEFORE = 52
# 第一条弹幕 is the first comment, not article 1: without a law's name, only what is too much to be counted like that.
COUNTED = 10
LONGEST_STRETCH = 100
FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}


def page(parsed: ParsedLesson, text: str, lang: str, path: str) -> Iterator[Problem]:
    """Articles that a page of the lesson cites, and that its list of law lacks."""
    listed = [(named(entry), articles(entry)) for entry in parsed.laws.get(lang) or parsed.law]
    told: set[str] = set()
    for number, line in enumerate(body(text).split("\n"), start=1):
        found = chinese(line, listed) if lang == "zh" else english(line, listed)
        for words in found:
            if words not in told:
                told.add(words)
                what = _l("“%(words)s” is cited, but law: at the top of the lesson does not list it", words=words)
                yield warning(path, number, "uncited", what, _l("add it there, or take it out here"))


def named(entry: str) -> str:
    """The name of the law in an entry of the list, with the number of the order in it if there is one."""
    order = ORDER.search(entry)
    plain = IN_BRACKETS.sub("", entry).replace("《", "").replace("》", "")
    name = plain.split("第")[0].strip()
    return f"{name} {order[1] or order[2]}号令" if order else name


def articles(entry: str) -> set[int]:
    """The numbers of the articles in an entry, in Chinese or English."""
    found = {value(one) for match in ARTICLE.finditer(entry) for one in match[1].split("、")}
    for first, last in STRETCH.findall(entry):
        found |= set(range(value(first), min(value(last), value(first) + LONGEST_STRETCH)))
    for match in ENGLISH.finditer(entry):
        found |= numbers(match[1])
    return found


def numbers(words: str) -> set[int]:
    """7, 8 and 10–12 as numbers; of a stretch all in it."""
    found: set[int] = set()
    for part in re.split(r", and |, or |, | and | or ", words):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        found |= {*ends, *range(ends[0], min(ends[-1], ends[0] + LONGEST_STRETCH))}
    return found


def value(written: str) -> int:
    """一百二十二 or 122 as a number."""
    if written.isdigit():
        return int(written)
    total, figure = 0, 0
    for one in written:
        if one in TENS:
            total, figure = total + (figure or 1) * TENS[one], 0
        else:
            figure = FIGURES.get(one, figure)
    return total + figure


def chinese(line: str, listed: list[tuple[str, set[int]]]) -> Iterator[str]:
    """Citations of a line that the list lacks."""
    law = ""
    end = 0
    for match in ARTICLE.finditer(line):
        before = line[max(end, match.start() - BEFORE) : match.start()]
        name = NAMED.search(before)
        # 第九条、第十三条: the next article in a row is of the same law.
        law = name[1] if name else law if end and before in ("", "、", "和", "，", "及", "或") else ""
        end = match.end()
        wanted = {number for one in match[1].split("、") if (number := value(one)) > COUNTED or law}
        if not all(is_listed(law, number, listed) for number in wanted):
            yield f"{short(law, listed)}{match[0]}"


def is_listed(law: str, number: int, listed: list[tuple[str, set[int]]]) -> bool:
    """Whether the list has this article, of this law if it is named."""
    return any(number in known and (not law or is_same(law, entry)) for entry, known in listed)


def is_same(law: str, entry: str) -> bool:
    """Whether the words before an article name the law of an entry: 看食品安全法, 消法, 处罚办法, 117 号令."""
    if law.endswith("号令"):
        return entry.endswith(law.replace(" ", ""))
    name = entry.split(" ")[0]
    if shared_end(law, name) >= min(3, len(name)):
        return True
    # 消法, 电商法: from the name's first character on, some of its characters in their order.
    abbreviation = law[law.rfind(name[:1]) :] if name[:1] in law else ""
    left = iter(name)
    return len(abbreviation) > 1 and abbreviation[-1] == name[-1] and all(one in left for one in abbreviation)


def shared_end(one: str, other: str) -> int:
    """How many characters at their ends are the same."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def short(law: str, listed: list[tuple[str, set[int]]]) -> str:
    """The name of a law without the words of the sentence before it, as far as they can be told apart."""
    known = next((entry.split(" ")[0] for entry, _articles in listed if law.endswith(entry.split(" ")[0])), "")
    return known or law[-16:]


def english(line: str, listed: list[tuple[str, set[int]]]) -> Iterator[str]:
    """Citations of a line that the list lacks, by their numbers."""
    known = set().union(*(articles for _name, articles in listed))
    for match in ENGLISH.finditer(line):
        missing = sorted(numbers(match[1]) - known)
        if missing:
            yield f"article {missing[0]}"
