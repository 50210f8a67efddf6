"""The lines between --- at the top of a page, changed one at a time so that everything else stays as it was written."""

from __future__ import annotations

import re
from typing import Any

import yaml

BLOCK = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.S | re.M)


def read(text: str) -> dict[str, Any]:
    """What the lines say; empty when there are none or they cannot be read."""
    block = BLOCK.match(text)
    try:
        values = yaml.safe_load(block[2]) if block else {}
    except yaml.YAMLError:
        return {}
    return values if isinstance(values, dict) else {}


def with_line(text: str, name: str, value: str) -> str:
    """The text with `name: value` at the top. A line that says so already is left as it is."""
    if read(text).get(name) == value:
        return text
    line = f"{name}: {scalar(value)}\n"
    block = BLOCK.match(text)
    if block is None:
        return f"---\n{line}---\n{text}"
    old = re.compile(rf"^{re.escape(name)}[ \t]*:.*\n(?:[ \t]+\S.*\n)*", re.M)
    inside = old.sub(lambda _old: line, block[2], count=1) if old.search(block[2]) else line + block[2]
    return block[1] + inside + text[block.start(3) :]


def scalar(value: str) -> str:
    """A text as YAML on one line: plain where that reads back the same, else quoted."""
    try:
        if value and yaml.safe_load(f"x: {value}") == {"x": value}:
            return value
    except yaml.YAMLError:
        pass
    return yaml.dump(value, allow_unicode=True, width=10_000, default_style='"').strip()
