"""The advertising rules for people who sell farm goods, their matcher, and what a script must say and how it is built.

Owns: `rules.toml`, `must_say.toml` and `structure.toml` (data in the public domain, see LICENCE.md) and small functions
over them. Words: a finding is a place in a text with the rule it touches; must, proof and depends are its severities.
Never: judges a person, changes a text, gives legal advice. 本工具只提醒，不是法律意见。
"""

from lms.lib.advertising.matching import MOST_CHARACTERS, Finding, TooLong, check, packs_in
from lms.lib.advertising.obligations import Obligation, Said, must_say
from lms.lib.advertising.parts import KINDS, Check, characters_spoken, reading_seconds, structure
from lms.lib.advertising.rules import BLANK, PACKS, RULES_VERSION, SEVERITIES

__all__ = [
    "BLANK",
    "KINDS",
    "MOST_CHARACTERS",
    "PACKS",
    "RULES_VERSION",
    "SEVERITIES",
    "Check",
    "Finding",
    "Obligation",
    "Said",
    "TooLong",
    "characters_spoken",
    "check",
    "must_say",
    "packs_in",
    "reading_seconds",
    "structure",
]
