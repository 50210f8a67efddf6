"""First PINs and passwords by chance, and which PINs are too easy to guess."""

from __future__ import annotations

import secrets

RUNS = ("01234567890123456789", "98765432109876543210")
# Without look-alikes, so that a password read from paper is typed right.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def is_weak(pin: str, phone: str = "") -> bool:
    """Whether a stranger would try this PIN early: few different digits, a run, a repeated half or pair, a likely year
    of birth in front, or six digits in a row from the person's own phone number."""
    few = len(set(pin)) < 3
    repeated = pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]
    return few or repeated or any(pin in run for run in RUNS) or pin[:2] in ("19", "20") or pin in phone


def random_pin(phone: str = "") -> str:
    """A first PIN of six digits that is not weak for this person."""
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if not is_weak(pin, phone):
            return pin


def random_password() -> str:
    """A first password of 16 letters and digits in four groups, some 79 bits of chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
