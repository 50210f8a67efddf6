"""A roster's table as rows of people: columns by the names that offices use, numbers and names repaired, faults named.

Nothing is guessed: a row that cannot be taken is a Fault with its line, a code and what stood there; whoever shows it
puts it into words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.lib import names, phones, spreadsheets

COLUMNS = {
    "name": ("姓名", "名字", "学员姓名", "学员", "name", "full name"),
    "phone": (
        "手机号",
        "手机",
        "手机号码",
        "电话",
        "联系电话",
        "电话号码",
        "联系方式",
        "phone",
        "mobile",
        "phone number",
    ),
    "place": (
        "村",
        "地区",
        "乡镇",
        "镇",
        "村居",
        "所在村",
        "所在乡镇",
        "住址",
        "地址",
        "地方",
        "area",
        "village",
        "place",
    ),
    "group": ("人员类别", "类别", "身份", "人员类型", "group"),
}
GROUPS = {
    "migrant": ("返乡农民工", "农民工", "返乡务工", "返乡务工人员", "migrant", "returning migrant worker"),
    "graduate": ("毕业生", "高校毕业生", "大学生", "返乡大学生", "graduate"),
    "veteran": ("退役军人", "退伍军人", "veteran", "ex-serviceman"),
    "other": ("其他", "其它", "other"),
}
GROUP_OF = {word: group for group, words in GROUPS.items() for word in words}

# A title or two often stands above the heading.
HEADING_WITHIN = 10
REMARK = re.compile(r"[(（].*?[)）]|[*＊:：\s]")

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# 张　三: set wide so that two characters fill the room of three.
SPACED = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
# What an encoding leaves of a character that it lacks: a question mark, the replacement character and its bytes read as
# GBK, a place for private use.
DAMAGED = re.compile("[?\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]|锟斤|斤拷")
# What a spreadsheet shows of a long number.
SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
# A number column saved as text by a program that knows only decimals.
DECIMAL = re.compile(r"(\d{11})[.]0+")


@dataclass(frozen=True)
class Row:
    """A person as the roster gives them. `phone`: national digits; `group`: a key of GROUPS, empty when not said."""

    line: int
    name: str
    phone: str
    place: str = ""
    group: str = ""


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken. `code`: name_missing, name_too_long, name_odd, name_damaged, phone_missing,
    phone_scientific, phone_landline, phone_invalid, group_unknown, duplicate (`value` is the line where the
    number stood first).

    `missing`: digits that a number lacks (negative: has too many), 0 where that is not what is wrong.
    """

    line: int
    code: str
    value: str = ""
    missing: int = 0


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


def read(content: bytes, filename: str = "", *, demo: bool = True) -> Roster:
    """The roster in a CSV or XLSX file. Lines without a name and a number are passed over.

    `demo`: whether numbers of invented people are taken. Raises spreadsheets.Unreadable, NoColumns.
    """
    table = spreadsheets.read(content, filename)
    heading, where, ignored = heading_of(table.rows)
    rows: list[Row] = []
    faults: list[Fault] = []
    first_lines: dict[str, int] = {}
    for line, cells in zip(table.lines[heading + 1 :], table.rows[heading + 1 :], strict=True):
        values = {column: tidy(cells[at]) if at < len(cells) else "" for column, at in where.items()}
        if not values["name"] and not values["phone"]:
            continue
        row = row_of(line, values, demo)
        if isinstance(row, Row) and row.phone in first_lines:
            row = Fault(line, "duplicate", str(first_lines[row.phone]))
        if isinstance(row, Fault):
            faults.append(row)
            continue
        first_lines[row.phone] = line
        rows.append(row)
    return Roster(tuple(rows), tuple(faults), ignored)


def heading_of(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Which row is the heading, which column holds what, and the headings that nobody reads. Raises NoColumns."""
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        where = columns(row)
        if {"name", "phone"} <= where.keys():
            unread = (title.strip() for place, title in enumerate(row) if place not in where.values())
            return at, where, tuple(title for title in unread if title)
    raise NoColumns


def columns(heading: Sequence[str]) -> dict[str, int]:
    """Which column holds what; of several that fit, the one whose name comes first in COLUMNS."""
    titles = [REMARK.sub("", tidy(title)).casefold() for title in heading]
    found = {column: [word.replace(" ", "") for word in words] for column, words in COLUMNS.items()}
    places = {
        column: next((titles.index(word) for word in words if word in titles), -1) for column, words in found.items()
    }
    return {column: place for column, place in places.items() if place >= 0}


def row_of(line: int, values: Mapping[str, str], demo: bool = True) -> Row | Fault:
    """One row of tidy values, repaired, or what is wrong with it."""
    name = name_of(values["name"])
    wrong = wrong_with_name(name)
    if wrong:
        return Fault(line, wrong, name)
    typed = DECIMAL.sub(r"\1", unicodedata.normalize("NFKC", values["phone"]))
    if SCIENTIFIC.fullmatch(typed):
        return Fault(line, "phone_scientific", values["phone"])
    try:
        phone = phones.normalise(typed, demo=demo)
    except phones.PhoneError as error:
        return Fault(line, CODES.get(error.code, "phone_invalid"), values["phone"], error.missing)
    group = values.get("group", "")
    if group and group.casefold() not in GROUP_OF:
        return Fault(line, "group_unknown", group)
    return Row(line, name, phone, values.get("place", ""), GROUP_OF.get(group.casefold(), ""))


CODES = {"empty": "phone_missing", "landline": "phone_landline"}


def tidy(text: str) -> str:
    """Text as it was meant: NFC, nothing invisible, no control characters, single blanks, no apostrophe before it."""
    kept = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", kept).split()).removeprefix("'").strip()


def name_of(text: str) -> str:
    """A person's name out of tidy text: no blanks between Han characters."""
    return SPACED.sub("", text)


def wrong_with_name(name: str) -> str:
    """The code of what is wrong with a name; empty when nothing is."""
    if DAMAGED.search(name):
        return "name_damaged"
    wrong = names.problem(name)
    return f"name_{wrong}" if wrong else ""
