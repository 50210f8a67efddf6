"""First PINs and passwords by chance, and which PINs are too easy to guess.

Six digits hold only while tries cost time (`accounts/tries.py`), so what strangers try first must not be anybody's PIN:
runs, repeats, patterns of the key pad, lucky numbers, and dates of birth, which are what most people choose (Bonneau,
Preibusch and Anderson, A Birthday Present Every Eleven Wallets?, Financial Cryptography 2012; Wang and others,
Understanding Human-Chosen PINs, AsiaCCS 2017, for Chinese six-digit ones). Some 930,000 of the million remain.
"""

from __future__ import annotations

import re
import secrets

LENGTH = 6

# Counting on by ones, odd digits and even ones, each way.
UPWARDS = (
    "01234567890123456789", "1357924680", "1357902468", "2468013579", "0246813579", "1357913579", "0246802468",
)  # fmt: skip
RUNS = (*UPWARDS, *(run[::-1] for run in UPWARDS))
# Columns and crosses of the key pad; sounds and lucky numbers (I love you for ever, all the way to wealth).
FAVOURITES = {"147258", "258369", "369258", "258147", "159357", "357159", "159753", "753159", "741852", "963852"} | {
    "520131", "521131", "131452", "201314", "584520", "168888", "518518", "888168", "666168", "110120", "119120"
}  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d{4}")
# YYMMDD, as the middle of an identity number has it.
BIRTHDAY = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")

# Without look-alikes, so that a password read from paper is typed right.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def weakness(pin: str, phone: str = "") -> str:
    """Why a stranger would try this PIN early: length (not six digits), pattern, birthday, favourite, or phone (it
    stands in the person's own number); empty for a sound one."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return "length"
    if is_regular(pin):
        return "pattern"
    if pin in FAVOURITES:
        return "favourite"
    if YEAR.fullmatch(pin) or BIRTHDAY.fullmatch(pin):
        return "birthday"
    return "phone" if pin in phone else ""


def is_weak(pin: str, phone: str = "") -> bool:
    """Whether a stranger would try this PIN early."""
    return bool(weakness(pin, phone))


def is_regular(pin: str) -> bool:
    """Whether a PIN is a run, a mirror (123321), a repeat (123123, 121212), pairs in a row (112233), or of one or two
    different digits only."""
    repeated = pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:] or pin[::2] == pin[1::2]
    return len(set(pin)) < 3 or repeated or pin == pin[::-1] or any(pin in run for run in RUNS)


def random_pin(phone: str = "") -> str:
    """A first PIN of six digits that is not weak for the person with this number."""
    while is_weak(pin := f"{secrets.randbelow(10**LENGTH):06d}", phone):
        pass
    return pin


def random_password() -> str:
    """A first password of 16 letters and digits in four groups, some 79 bits of chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
