"""Setting type with Typst: a template and plain facts give a PDF or a picture, the same bytes each time.

The facts reach the template as JSON in `sys.inputs`, never as source text. The fonts are our own (fonts/README.md), the
system's are not looked at. Typst and fonts are opened at the first paper, not at import, so that a server that prints
none does not hold them.
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"


class Kept(threading.local):
    """What each thread keeps: its compilers, which hold the parsed template and what layout can be used again."""

    def __init__(self) -> None:
        self.compilers: dict[Path, typst.Compiler] = {}


kept = Kept()


def set_type(template: Path, name: str, facts: dict[str, Any], **options: Any) -> bytes | list[bytes]:
    """The paper of a template for these facts, which it finds in `sys.inputs` under `name`. `options` as in
    `typst.Compiler.compile`; a picture of several pages comes as a list."""
    inputs = {name: json.dumps(facts, ensure_ascii=False)}
    made = compiler(template).compile(sys_inputs=inputs, **options)
    if made is None:  # only where typst was given a file to write to
        raise ValueError("Typst gave nothing back.")
    return made


def compiler(template: Path) -> typst.Compiler:
    """This thread's own compiler of a template."""
    if template not in kept.compilers:
        import typst  # 80 MB of library that only printing needs

        options: dict[str, Any] = {"font_paths": [FONTS], "ignore_system_fonts": True}
        kept.compilers[template] = typst.Compiler(template, root=template.parent, **options)
    return kept.compilers[template]


def unprintable(text: str) -> str:
    """The characters of `text` that no font here has, each once, in order; empty when all can be printed."""
    starts, ends = coverage()
    missing = (c for c in dict.fromkeys(text) if ord(c) > ends[bisect_right(starts, ord(c)) - 1])
    return "".join(missing)


@lru_cache
def coverage() -> tuple[list[int], list[int]]:
    """First and last code point of each run of characters that we can print, ascending (fonts/make.py writes it)."""
    runs = [line.split("-") for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split()]
    return [-1, *(int(first, 16) for first, _last in runs)], [-1, *(int(last, 16) for _first, last in runs)]
