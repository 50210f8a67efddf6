"""What in a script speaks against the rules, with the reason and a lawful way to say it.

It reminds; it is no legal advice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lms.lib.advertising import rules
from lms.lib.advertising.reading import Reading, read
from lms.lib.advertising.rules import Rule

MOST_CHARACTERS = 200_000
AROUND = {"zh": 18, "en": 40}  # characters before and after a hit in which it may be taken back
LEADING = 12  # characters before a hit that may go with it


class TooLong(ValueError):
    """The text is longer than MOST_CHARACTERS, some fourteen hours of talk."""


@dataclass(frozen=True)
class Finding:
    """`start` and `end` are characters of the original text, and `words` what stands there. `severity` is must, proof
    or depends. `rewrites` can stand in for the words; a ＿ in one is for the seller to fill in. `proof` is what
    is asked for, empty for the other two severities."""

    start: int
    end: int
    words: str
    rule: str
    severity: str
    article: str
    why: str
    rewrites: tuple[str, ...]
    proof: str


@dataclass(frozen=True)
class Hit:
    """A finding on its way: a rule and where it applies, in the normalised text."""

    rule: Rule
    start: int
    end: int
    severity: str
    word: str

    def rank(self) -> tuple[int, int, int]:
        """The order in which hits get their place where they overlap: the gravest first, then the longest."""
        return rules.SEVERITIES.index(self.severity), self.start - self.end, self.start


def check(text: str, packs: tuple[str, ...] | list[str] = (), lang: str = "zh") -> list[Finding]:
    """The findings in a script, in their order; no two overlap. `lang` is the reader's language, zh or en; a script may
    be in either or mixed. `packs` adds the rules for goods that the text itself does not name. Linear in the text's
    length. Raises TooLong, and ValueError for an unknown pack."""
    if len(text) > MOST_CHARACTERS:
        raise TooLong(f"{len(text)} characters, at most {MOST_CHARACTERS}")
    if unknown := set(packs) - set(rules.PACKS):
        raise ValueError(f"unknown packs: {', '.join(sorted(unknown))}")
    script = read(text)
    chosen = set(packs) | set(packs_named(script))
    hits = [hit for rule in rules.book().rules if rule.pack in chosen | {""} for hit in hits_of(rule, script)]
    kept = apart(hits, len(script.flat))
    ends = [0, *(hit.end for hit in kept)]
    return [told(led(hit, script, after), text, script, lang) for hit, after in zip(kept, ends, strict=False)]


def packs_in(text: str) -> list[str]:
    """The packs whose goods a text names."""
    return packs_named(read(text))


def packs_named(script: Reading) -> list[str]:
    """The packs whose goods a script names."""
    return [pack for pack, goods in rules.book().goods.items() if goods.search(script.flat)]


def hits_of(rule: Rule, script: Reading) -> Iterator[Hit]:
    """Where one rule applies."""
    found = [match for match in rule.pattern.finditer(script.flat) if match.end() > match.start()]
    if not found:
        return
    escapes, provable = places(rule.escapes, script.flat), places(rule.provable, script.flat)
    for match in found:
        start, end = match.span()
        if touches(escapes, start, end) or is_denied(rule, script, start, end):
            continue
        severity = "proof" if touches(provable, start, end) else rule.severity
        if script.is_viewers(start) or (rule.askable and is_asked(script, start, end)):
            yield from confirmed(rule, script, end, severity)
        else:
            harmless = next(filter(None, match.groupdict().values()), "")
            yield Hit(rule, start, end, severity, harmless)


def places(pattern: re.Pattern[str] | None, flat: str) -> list[tuple[int, int]]:
    """All the places where a pattern matches, found once for the whole text."""
    return [match.span() for match in pattern.finditer(flat)] if pattern else []


def touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, overlaps start to end."""
    following = bisect_left(spans, (end, 0))
    return following > 0 and spans[following - 1][1] > start


def is_denied(rule: Rule, script: Reading, start: int, end: int) -> bool:
    """Whether the script takes the words back where it says them: 不能治病, 疗效这种话咱不说, never cures."""
    if not rule.deniable:
        return False
    denials, around = rules.book().denials[rule.spoken], AROUND[rule.spoken]
    before, after = script.flat[max(0, start - around) : start], script.flat[end : end + around]
    if denials.after.match(after):
        return True
    return bool(
        denials.before.search(before)
        and not denials.undone_before.search(before)
        and not denials.undone_after.match(after)
    )


def is_asked(script: Reading, start: int, end: int) -> bool:
    """Whether the words stand in a question that a viewer asks, not in one by which the host claims something."""
    sentence = script.sentences[script.sentence_at(start)]
    around = max(sentence.start, start - AROUND["en"]), min(sentence.end, end + AROUND["en"])
    nearby = script.flat[slice(*around)] + sentence.mark
    questions = rules.book().questions
    if questions.rhetorical.search(nearby):
        return False
    reported = questions.reported.search(script.flat[around[0] : start])
    return bool(reported or (around[1] == sentence.end and questions.asked.search(nearby)))


def confirmed(rule: Rule, script: Reading, end: int, severity: str) -> Iterator[Hit]:
    """The host's yes to a question about what must not be claimed: after a comma, or in the sentence that follows."""
    asked = script.sentences[script.sentence_at(end - 1)]
    comma = script.flat.find(",", end, min(asked.end, end + AROUND["zh"]))
    following = script.after(end - 1)
    starts = [place for place in (comma, following.start if following else -1) if place >= 0]
    if not rule.askable:
        return
    for start in starts:
        said = script.flat[start : start + AROUND["en"]].partition("\n")[0]
        if answer := rules.book().questions.affirmed.match(said):
            yield Hit(rule, start + answer.start(1), start + answer.end(1), severity, "")
            return


def apart(hits: list[Hit], length: int) -> list[Hit]:
    """The hits that stay when no two may overlap, in the order of the text."""
    taken, kept = bytearray(length), []
    for hit in sorted(hits, key=Hit.rank):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def led(hit: Hit, script: Reading, after: int) -> Hit:
    """The hit with what right before it goes with it, so that a rewrite can stand in for both: 吃了能 with 降血压."""
    before = script.flat[max(after, hit.start - LEADING) : hit.start]
    found = hit.rule.leading.search(before) if hit.rule.leading else None
    return replace(hit, start=hit.start - len(found[0])) if found else hit


def told(hit: Hit, text: str, script: Reading, lang: str) -> Finding:
    """A hit in the reader's words, at its place in the original."""
    start, end = script.plain.original(hit.start, hit.end)
    rule = hit.rule
    rewrites = tuple(rewrite.replace("{x}", hit.word) for rewrite in rule.rewrites if hit.word or "{x}" not in rewrite)
    return Finding(
        start=start,
        end=end,
        words=text[start:end],
        rule=rule.id,
        severity=hit.severity,
        article=rule.article[lang],
        why=rule.why[lang],
        rewrites=rewrites,
        proof=rule.proof[lang] if hit.severity == "proof" else "",
    )
