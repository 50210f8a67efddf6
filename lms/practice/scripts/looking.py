"""A text with what the rules find in it, numbered and cut into the pieces that pages draw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lms.lib import advertising
from lms.lib.advertising import BLANK, Check, Finding, Obligation
from lms.practice.scripts.models import Proof

LONGEST_CLAIM = 120
SHORT = 300  # characters: more than a minute aloud
HAN = re.compile("[㐀-鿿]")
SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;]+[”’」』）)\"']*|[^。！？!?；;\n]+")


@dataclass(frozen=True)
class Rewrite:
    """A lawful way to say it. `pieces`: its words around the blanks that only the seller can fill in."""

    number: int
    words: str

    @property
    def pieces(self) -> list[str]:
        """The words before, between and after the blanks."""
        return self.words.split(BLANK)

    @property
    def blanks(self) -> int:
        """How many facts are wanted."""
        return self.words.count(BLANK)


@dataclass(frozen=True)
class Numbered:
    """A finding as the page shows it. `proof`: what stands behind the words, if something was given."""

    number: int
    finding: Finding
    proof: Proof | None

    @property
    def rewrites(self) -> list[Rewrite]:
        """Ways to say it."""
        return [Rewrite(number, words) for number, words in enumerate(self.finding.rewrites)]

    @property
    def wants_proof(self) -> bool:
        """Whether a slot for a proof is open."""
        return self.finding.severity == "proof"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: a must, or a claim without proof."""
        return self.finding.severity == "must" or (self.wants_proof and self.proof is None)

    @property
    def claim(self) -> str:
        """The words as a proof names them."""
        return self.finding.words[:LONGEST_CLAIM]


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence: plain words, or those of a finding. `ends`: its number is to stand after it."""

    words: str
    about: Numbered | None = None
    ends: bool = False


@dataclass(frozen=True)
class Checked:
    """A text before the rules. `lang` is the reader's language."""

    text: str
    kind: str = "script"
    packs: tuple[str, ...] = ()
    lang: str = "zh"
    proofs: tuple[Proof, ...] = ()

    @cached_property
    def findings(self) -> list[Numbered]:
        """What was found, in the text's order, numbered from 1."""
        standing = {(proof.rule, proof.claim): proof for proof in reversed(self.proofs)}
        found = advertising.check(self.text, self.packs, self.lang)
        return [
            Numbered(number, one, standing.get((one.rule, one.words[:LONGEST_CLAIM])))
            for number, one in enumerate(found, start=1)
        ]

    def of(self, severity: str) -> list[Numbered]:
        """The findings of a severity that are left: must, proof (without one), depends."""
        return [
            one for one in self.findings if one.finding.severity == severity and (one.is_open or severity == "depends")
        ]

    @property
    def musts(self) -> list[Numbered]:
        """What cannot be said like this."""
        return self.of("must")

    @property
    def unproved(self) -> list[Numbered]:
        """What waits for its proof."""
        return self.of("proof")

    @property
    def left(self) -> int:
        """How many findings have something left to do or to think about."""
        return len(self.musts) + len(self.unproved) + len(self.of("depends"))

    @property
    def spoken(self) -> str:
        """The language of the text, for the voice that reads it."""
        return "zh-CN" if HAN.search(self.text) else "en"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self.text.strip()

    @cached_property
    def must_say(self) -> list[Obligation]:
        """What a script has to say; nothing for a title or a clip."""
        if self.kind != "script" or self.is_empty:
            return []
        return [one for one in advertising.must_say(self.text, self.lang) if one.concerned]

    @cached_property
    def structure(self) -> list[Check]:
        """How it is built."""
        return [] if self.is_empty else advertising.structure(self.text, self.kind, self.lang)

    @cached_property
    def characters(self) -> int:
        """How many characters are spoken."""
        return advertising.characters_spoken(self.text)

    @property
    def is_short_for_a_script(self) -> bool:
        """Whether it is called a script but as short as a short video's text."""
        return self.kind == "script" and self.characters < SHORT

    @property
    def seconds(self) -> int:
        """How long it takes to say."""
        return advertising.reading_seconds(self.text)

    @property
    def minutes(self) -> int:
        """The same in whole minutes, at least one."""
        return max(1, round(self.seconds / 60))

    @property
    def paper(self) -> list[list[list[Run]]]:
        """Lines of sentences of runs; an empty line has no sentence."""
        lines, start = [], 0
        for line in self.text.split("\n"):
            spans = [(start + one.start(), start + one.end()) for one in SENTENCE.finditer(line)]
            lines.append([self.runs(*span) for span in spans])
            start += len(line) + 1
        return lines

    def runs(self, start: int, end: int) -> list[Run]:
        """The stretches of one sentence."""
        runs, done = [], start
        for one in self.findings:
            first, last = max(start, one.finding.start), min(end, one.finding.end)
            if first >= last:
                continue
            runs += [Run(self.text[done:first])] if first > done else []
            runs.append(Run(self.text[first:last], one, ends=last == one.finding.end))
            done = last
        return runs + ([Run(self.text[done:end])] if done < end else [])


def plain(text: str) -> str:
    """A text as a form or a phone sends it, with line ends of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def filled(rewrite: Rewrite, facts: Sequence[str]) -> str:
    """A way to say it with the seller's facts in its blanks."""
    pieces = rewrite.pieces
    return pieces[0] + "".join(fact + piece for fact, piece in zip(facts, pieces[1:], strict=True))
