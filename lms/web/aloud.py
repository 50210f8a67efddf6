"""Marking sentences in safe HTML, so that what is read aloud can be highlighted one by one."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

TEXT = re.compile(r"(<[^>]+>)")
# A sentence ends after its stop and the closing quotes or brackets that belong to it.
END = re.compile(r"([^。！？!?；;\n]*(?:[。！？!?；;]|\.(?=\s|$))[”’」』）)\"']*|[^。！？!?；;\n]+)")


@lru_cache(maxsize=4096)
def aloud(html: Markup) -> Markup:
    """The same HTML with each run of a sentence between two tags in `<span data-s>`. Code and empty runs are left
    alone."""
    out: list[str] = []
    for piece in TEXT.split(str(html)):
        if piece.startswith("<") or not piece.strip():
            out.append(piece)
        else:
            out.append(
                END.sub(lambda match: f"<span data-s>{match[0]}</span>" if match[0].strip() else match[0], piece)
            )
    return Markup("".join(out))
