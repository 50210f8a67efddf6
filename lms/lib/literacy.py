"""Which Chinese characters people who went to school can be expected to read: the 3,500 of the first level of the
official table (通用规范汉字表, 2013), kept with their source in `common_characters.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lms.lib.speaking import HAN

TABLE = Path(__file__).with_name("common_characters.txt")


@cache
def common() -> frozenset[str]:
    """The 3,500 common characters."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def uncommon(text: str) -> list[str]:
    """Each Chinese character of a text that is not among them, as often as it stands there."""
    return [one for one in HAN.findall(text) if one not in common()]
