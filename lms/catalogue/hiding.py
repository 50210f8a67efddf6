"""What of a page of Markdown nobody sees: comments and fenced code, where they are closed. What is opened and never
closed is shown by every viewer, and so by us."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--.*?-->", re.S)
FENCE = re.compile(r"^```.*$", re.M)
FENCED = re.compile(r"^```.*?^```[^\n]*", re.S | re.M)


def hidden(text: str) -> str:
    """The same text, as long and with the same lines, with blanks for what is hidden. Its time grows with its
    length."""
    last = text.rfind("-->") + 3
    text = COMMENT.sub(blank, text[:last]) + text[last:] if last > 2 else text
    fences = [match.start() for match in FENCE.finditer(text)]
    end = fences[-1] if len(fences) % 2 else len(text)
    return FENCED.sub(blank, text[:end]) + text[end:]


def blank(match: re.Match[str]) -> str:
    """As many blanks; line breaks stay."""
    return re.sub(r"[^\n]", " ", match[0])
