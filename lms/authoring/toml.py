"""Small changes to a course.toml that leave everything else as its author wrote it: comments, order, blank lines.

Pure functions on text. A value that is set to what it already is changes no byte.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.catalogue.parsed import LANGUAGES

Value = str | int | float | bool | Sequence[str] | None

TABLE = re.compile(r"\s*\[([^\[\]]+)\]\s*(#.*)?$")
KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
COMMENT = re.compile(r"\s+#.*$")
ENTRY = re.compile(r"""\s*(["'])(.*?)\1\s*,?\s*(#.*)?$""")


@dataclass(frozen=True)
class Statement:
    """`key = value` in lines `start` to `end` (without `end`), in a table (`""`: the top)."""

    table: str
    key: str
    start: int
    end: int


def with_value(text: str, key: str, value: Value, table: str = "") -> str:
    """The text with `key` of `table` set to `value`; None takes it out. Raises TOMLDecodeError for broken text."""
    read = tomllib.loads(text)
    here = read.get(table, {}) if table else read
    if isinstance(here, str):  # `title = "…"` for all languages
        here = dict.fromkeys(LANGUAGES, here)
    if here.get(key) == (list(value) if isinstance(value, (list, tuple)) else value):
        return text
    lines = lines_of(text)
    statement = find(lines, table, key)
    if table and statement is None and find(lines, "", table):
        return with_inline_table(text, table, {**here, key: value})
    if value is None:
        return "".join(lines[: statement.start] + lines[statement.end :]) if statement else text
    if statement is None:
        return inserted(lines, table, f"{key} = {written(value)}")
    fresh = replacement(lines[statement.start : statement.end], key, value)
    return "".join(lines[: statement.start]) + fresh + "".join(lines[statement.end :])


def with_inline_table(text: str, table: str, values: dict[str, Value]) -> str:
    """The text with `table = { … }` written anew, for who wrote the table on one line."""
    lines = lines_of(text)
    statement = find(lines, "", table)
    assert statement
    inside = ", ".join(f"{key} = {written(value)}" for key, value in values.items() if value is not None)
    return "".join(lines[: statement.start]) + f"{table} = {{ {inside} }}\n" + "".join(lines[statement.end :])


def lines_of(text: str) -> list[str]:
    """The lines with their ends. Only a line feed ends a line: U+2028 and the like may stand inside a TOML text."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def find(lines: list[str], table: str, key: str) -> Statement | None:
    """Where a key is set, or None."""
    return next((found for found in statements(lines) if (found.table, found.key) == (table, key)), None)


def statements(lines: list[str]) -> Iterator[Statement]:
    """Every `key = value` of a text that reads as TOML, in order."""
    table, position = "", 0
    while position < len(lines):
        opened, keyed = TABLE.match(lines[position]), KEY.match(lines[position])
        end = position + 1
        if opened:
            table = opened[1].strip()
        elif keyed:
            end = end_of_value(lines, position)
            yield Statement(table, keyed[1], position, end)
        position = end


def end_of_value(lines: list[str], start: int) -> int:
    """The line after a value that begins on line `start`: the first place where what was read makes sense by itself."""
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return start + 1


def inserted(lines: list[str], table: str, line: str) -> str:
    """The text with a new line at the end of its table, which is opened at the end where it is missing."""
    own = [found for found in statements(lines) if found.table == table]
    heads = [number for number, text in enumerate(lines) if (match := TABLE.match(text)) and match[1].strip() == table]
    if not own and not heads and table:
        gap = "" if not lines else "\n" if lines[-1].endswith("\n") else "\n\n"
        return "".join(lines) + f"{gap}[{table}]\n{line}\n"
    place = own[-1].end if own else heads[0] + 1 if heads else 0
    before = "".join(lines[:place])
    return before + ("\n" if before and not before.endswith("\n") else "") + line + "\n" + "".join(lines[place:])


def replacement(old: list[str], key: str, value: Value) -> str:
    """The new statement: a list keeps the comments on its entries' lines, a single value the one behind it."""
    if isinstance(value, (list, tuple)):
        return listed(old, key, value)
    kept = COMMENT.search(old[0].rstrip("\r\n")) if len(old) == 1 else None
    # A # inside a text is no comment: then the statement without its "comment" would not read as TOML.
    behind = kept[0] if kept and reads(old[0][: kept.start()]) else ""
    return f"{key} = {written(value)}{behind}\n"


def reads(text: str) -> bool:
    """Whether a text is TOML."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def listed(old: list[str], key: str, values: Sequence[str]) -> str:
    """A list: one entry a line with the comments above and behind them where it stood so, else all on one line."""
    inner = [line for line in old[1:-1] if line.strip()]
    if len(old) == 1 or not all(ENTRY.match(line) or line.lstrip().startswith("#") for line in inner):
        return f"{key} = {written(values)}\n"
    lines: dict[str, str] = {}
    above = ""
    for line in inner:
        entry = ENTRY.match(line)
        if entry is None:
            above += line
            continue
        lines[entry[2]] = above + f"  {quoted(entry[2])}," + (f"  {entry[3]}\n" if entry[3] else "\n")
        above = ""
    entries = "".join(lines.get(value, f"  {quoted(value)},\n") for value in values)
    return f"{key} = [\n{entries}{above}]\n"


def written(value: Value) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(quoted(entry) for entry in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """A text as a basic string of TOML, on one line."""
    return '"' + "".join(map(escaped, text)) + '"'


def escaped(sign: str) -> str:
    """One character inside a basic string (TOML 1.0, String)."""
    if sign in '"\\':
        return "\\" + sign
    return sign if sign >= " " and sign != "\x7f" else f"\\u{ord(sign):04x}"
