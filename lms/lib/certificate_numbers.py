"""Certificate numbers: `TB-XXXX-XXXX-C`, drawn by chance, with a check character that catches slips of the hand.

The eight letters carry 40 bits of chance, so that knowing one number does not help to guess another.

The check character is a weighted sum in the field of 32 elements: the scheme of the ISBN-10 (ISO 2108:1992, a
weighted sum in the field of 11), carried over to GF(2^5) = GF(2)[x] / (x^5 + x^2 + 1), so that all 32 letters can
be a check character. Position i of the nine (the check character is position 0) has the weight a^i, where a = x
generates the field; the weights are all different and none is zero. In a field this suffices, since a product is
zero only when a factor is:

- one wrong character adds w * (new - old), never zero: every single slip is caught;
- a swap of positions i and j adds (w_i - w_j) * (new - old), never zero: every swap of two different characters is
  caught, neighbours or not, the check character included;
- likewise a doubled character mistyped as another doubled one (w_i + w_j is never zero in a field of 2^5).
"""

from __future__ import annotations

import random
import re
import unicodedata

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I, which are mistaken for one another on paper
PREFIX = "TB"
LENGTH = 9  # eight drawn characters and the check character
LONGEST_TYPED = 300  # a pasted address is shorter; what follows is not looked at

VALUES = {character: value for value, character in enumerate(ALPHABET)}
SHAPE = re.compile(rf"TB-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]")
# A whole number inside other text: an address, a sentence, a scan. Blanks and dashes may be anything, even 一 or ー.
JOIN = r"[\s_\-\u2010-\u2015\u2212\u30FC\u4E00]*"
INSIDE = re.compile(rf"(?<![0-9A-Z])TB{JOIN}([0-9A-Z]{{4}}){JOIN}([0-9A-Z]{{4}}){JOIN}([0-9A-Z])(?![0-9A-Z])")


def draw(chance: random.Random) -> str:
    """A new number; `chance` is a `secrets.SystemRandom()` outside tests. Uniqueness is the database's to keep."""
    drawn = "".join(chance.choice(ALPHABET) for _ in range(LENGTH - 1))
    return written(drawn + check_character(drawn))


def normalise(typed: str) -> str:
    """The number as we write it, however it was typed or pasted.

    Full-width and small letters, blanks, any kind of dash, a missing TB, and the address of the check page or a
    sentence around it are all taken. What has not the length of a number comes back as its letters and digits.
    """
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    if found := INSIDE.search(text):
        return written("".join(found.groups()))
    if "://" in text:
        text = re.split(r"[/=?&#]", text.rstrip("/"))[-1]
    letters = re.sub(r"[^0-9A-Z]", "", text)
    if len(letters) == len(PREFIX) + LENGTH:
        letters = letters.removeprefix(PREFIX)
    return written(letters) if len(letters) == LENGTH else letters


def is_wellformed(number: str) -> bool:
    """Whether a normalised number can be one of ours: shape, letters and check character. If not, it is mistyped."""
    if not SHAPE.fullmatch(number):
        return False
    letters = number.removeprefix(PREFIX).replace("-", "")
    return check_character(letters[:-1]) == letters[-1]


def check_character(drawn: str) -> str:
    """The character that makes the weighted sum of all nine zero."""
    total = 0
    for character in drawn:  # Horner's rule: one step multiplies what came before by a
        total = times_a(total ^ VALUES[character])
    return ALPHABET[total]  # in a field of characteristic 2, minus is plus


def times_a(element: int) -> int:
    """`element` times a = x in GF(2)[x] / (x^5 + x^2 + 1), bits as coefficients."""
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def written(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"
