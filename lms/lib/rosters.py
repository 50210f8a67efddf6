"""A roster's table as rows of people: columns by the names that offices use, numbers and names repaired, faults named.

Nothing is guessed: a row that cannot be taken is a Fault with its line, a code and what stood there; whoever shows it puts
it into words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lms.lib import phones, spreadsheets

COLUMNS = {
    "name": ("姓名", "名字", "学员姓名", "name"),
    "phone": ("手机号", "手机", "手机号码", "电话", "联系电话", "电话号码", "phone", "mobile"),
    "place": ("村", "地区", "乡镇", "村居", "所在村", "住址", "area", "village", "place"),
    "group": ("人员类别", "类别", "身份", "group"),
}
GROUPS = {
    "migrant": ("返乡农民工", "农民工", "返乡务工", "migrant"),
    "graduate": ("毕业生", "高校毕业生", "大学生", "graduate"),
    "veteran": ("退役军人", "退伍军人", "veteran"),
    "other": ("其他", "其它", "other"),
}
GROUP_OF = {word: group for group, words in GROUPS.items() for word in words}
LONGEST_NAME = 40
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


@dataclass(frozen=True)
class Row:
    """A person as the roster gives them. `phone`: national digits; `group` empty when not said."""

    line: int
    name: str
    phone: str
    place: str = ""
    group: str = ""


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken. `code`: name_missing, name_too_long, name_damaged, phone_missing, phone_scientific,
    phone_landline, phone_invalid, group_unknown, duplicate (`value` is the line where the number stood first)."""

    line: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class BadRow:
    """A fault in words: the line, the reason, and its fix."""

    line: int
    reason: str
    fix: str


@dataclass(frozen=True)
class Roster:
    """The rows that can be taken, the faults of the others, and the headings of columns that nobody reads."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]


class NoColumns(spreadsheets.Unreadable):
    """The heading lacks the columns for name and phone."""

    def __init__(self) -> None:
        super().__init__("no_columns")


def read(content: bytes, filename: str = "") -> Roster:
    """The roster in a CSV or XLSX file. Raises spreadsheets.Unreadable, NoColumns."""
    table = spreadsheets.read(content, filename).rows
    where, ignored = columns(table[0])
    rows: list[Row] = []
    faults: list[Fault] = []
    first_lines: dict[str, int] = {}
    for line, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = {name: cells[place] if place < len(cells) else "" for name, place in where.items()}
        row = row_of(line, values)
        if isinstance(row, Row) and row.phone in first_lines:
            row = Fault(line, "duplicate", str(first_lines[row.phone]))
        if isinstance(row, Fault):
            faults.append(row)
            continue
        first_lines[row.phone] = line
        rows.append(row)
    return Roster(tuple(rows), tuple(faults), ignored)


def columns(heading: tuple[str, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column holds what, and the headings that nobody reads. Raises NoColumns."""
    titles = [tidy(title).casefold() for title in heading]
    where: dict[str, int] = {}
    for name, words in COLUMNS.items():
        place = next((titles.index(word) for word in words if word in titles), None)
        if place is not None:
            where[name] = place
    if not {"name", "phone"} <= where.keys():
        raise NoColumns
    ignored = tuple(title.strip() for place, title in enumerate(heading) if place not in where.values() and title.strip())
    return where, ignored


def row_of(line: int, values: dict[str, str]) -> Row | Fault:
    """One row, repaired, or what is wrong with it."""
    name, typed = tidy(values["name"]), tidy(values["phone"])
    fault = fault_of_name(name) or fault_of_phone(typed)
    if fault:
        return Fault(line, *fault)
    group = tidy(values.get("group", ""))
    if group and group.casefold() not in GROUP_OF:
        return Fault(line, "group_unknown", group)
    phone = phones.parse(typed)
    assert phone is not None
    return Row(line, name, phone, tidy(values.get("place", "")), GROUP_OF.get(group.casefold(), ""))


def tidy(text: str) -> str:
    """Text as it was meant: NFC, nothing invisible, no control characters, single blanks."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text.translate(INVISIBLE))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def fault_of_name(name: str) -> tuple[str, str] | None:
    """What is wrong with a name. A question mark stands where an encoding has lost a character."""
    if not name:
        return "name_missing", ""
    if len(name) > LONGEST_NAME:
        return "name_too_long", name
    if "?" in name or "\ufffd" in name:
        return "name_damaged", name
    return None


def fault_of_phone(typed: str) -> tuple[str, str] | None:
    """What is wrong with a number."""
    if not typed:
        return "phone_missing", ""
    if SCIENTIFIC.fullmatch(typed):
        return "phone_scientific", typed
    if phones.parse(typed) is None:
        return ("phone_landline" if phones.is_landline(typed) else "phone_invalid"), typed
    return None
