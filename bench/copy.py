"""`python -m bench.copy`: the copy coach against sentences with the findings that they should have, and its time.
Prints Markdown tables; README.md keeps them.

The sentences are in tests/lib/advertising/: `corpus-held-out.tsv` was written down before the rules had been tried on
anything but their own examples, `corpus-development.tsv` while they were mended. A line: the rule expected (a|b:
either; - for none), a tab, the sentence, and further rules after another tab (?a: may be found, need not).
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lms.lib import advertising

FOLDER = Path(__file__).parent.parent / "tests/lib/advertising"
PARTS = {
    "held out": "corpus-held-out.tsv",
    "development": "corpus-development.tsv",
    "second held out": "corpus-held-out-second.tsv",
    "third held out": "corpus-held-out-third.tsv",
    "fourth held out": "corpus-held-out-fourth.tsv",
}
LAWFUL_TALK = "家人们，这是我家塘里早上刚挖的莲藕，五斤装29块9，今天备了三百箱，坏一根赔一根。收到放冰箱，三天内吃完。"


@dataclass(frozen=True)
class Sentence:
    """A sentence and what should be found in it: for each finding the rules any of which will do; `allowed` may be."""

    words: str
    expected: tuple[tuple[str, ...], ...]
    allowed: frozenset[str]


@dataclass
class Score:
    """Findings that were right, missing and wrong, by rule."""

    right: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def recall(self, rule: str | None = None) -> float:
        """Of what should be found, how much was."""
        return share(count(self.right, rule), count(self.missing, rule))

    def precision(self, rule: str | None = None) -> float:
        """Of what was found, how much should be."""
        return share(count(self.right, rule), count(self.wrong, rule))

    def rules(self) -> list[str]:
        """All rules that came up."""
        return sorted(self.right | self.missing | self.wrong)


def count(counter: Counter[str], rule: str | None) -> int:
    """One rule's count, or all."""
    return counter.total() if rule is None else counter[rule]


def share(good: int, bad: int) -> float:
    """Good of all; 1 of nothing."""
    return good / (good + bad) if good + bad else 1.0


def sentences(part: str) -> list[Sentence]:
    """One part of the corpus."""
    lines = (FOLDER / PARTS[part]).read_text(encoding="utf-8").splitlines()
    return [sentence(line) for line in lines if line]


def sentence(line: str) -> Sentence:
    """A sentence from its line: rules, tab, words, and after another tab further rules."""
    first, words, *further = line.split("\t")
    named = [rules for rules in (first, *" ".join(further).split()) if rules != "-"]
    expected = tuple(tuple(rules.split("|")) for rules in named if not rules.startswith("?"))
    allowed = {rule.removeprefix("?") for rules in named for rule in rules.split("|")}
    return Sentence(words.replace("\\n", "\n"), expected, frozenset(allowed))


def score(corpus: list[Sentence]) -> Score:
    """What the rules make of a corpus."""
    total = Score()
    for one in corpus:
        found = {finding.rule for finding in advertising.check(one.words)}
        for rules in one.expected:
            hit = next((rule for rule in rules if rule in found), None)
            (total.right if hit else total.missing)[hit or rules[0]] += 1
            if not hit:
                total.mistakes.append(f"missing {rules[0]}: {one.words}")
        for rule in sorted(found - one.allowed):
            total.wrong[rule] += 1
            total.mistakes.append(f"wrong {rule}: {one.words}")
    return total


def table(total: Score) -> str:
    """The score by rule, in Markdown."""
    rows = ["| rule | right | missing | wrong | recall | precision |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {rule} | {total.right[rule]} | {total.missing[rule]} | {total.wrong[rule]} "
        f"| {total.recall(rule):.2f} | {total.precision(rule):.2f} |"
        for rule in total.rules()
    ]
    return "\n".join(rows)


def summary(name: str, corpus: list[Sentence], total: Score) -> str:
    """A part's line of the table of parts."""
    unlawful = sum(bool(one.expected) for one in corpus)
    clean = len(corpus) - unlawful
    return f"| {name} | {unlawful} | {clean} | {total.recall():.3f} | {total.precision():.3f} |"


def seconds(text: str) -> float:
    """Processor time of one check."""
    began = time.process_time()
    advertising.check(text)
    return time.process_time() - began


def main() -> None:
    """Print the tables."""
    print(f"Rules of {advertising.RULES_VERSION}\n")
    print("| part | to be found in | lawful | recall | precision |\n|---|---|---|---|---|")
    parts = {name: sentences(name) for name in PARTS}
    for name, corpus in (parts | {"all": [one for part in parts.values() for one in part]}).items():
        total = score(corpus)
        print(summary(name, corpus, total))
    print(f"\n{table(total)}\n")
    print("\n".join(total.mistakes))
    for length in (10_000, 100_000):
        text = (LAWFUL_TALK * (length // len(LAWFUL_TALK) + 1))[:length]
        print(f"\n{length:,} characters: {seconds(text):.2f} s of processor time")


if __name__ == "__main__":
    main()
