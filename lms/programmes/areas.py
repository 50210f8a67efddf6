"""Areas: the provinces that ship with Fieldcast, and counties, townships and villages loaded from a table.

Codes are those of the statistical divisions (统计用区划代码); the provinces are those of GB/T 2260.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import peewee

from lms import audit
from lms.db import database, in_chunks
from lms.errors import Refused
from lms.i18n import _
from lms.lib import areas as codes
from lms.programmes.models import Area, inside

PROVINCES = Path(__file__).with_name("provinces.csv")
CODE = re.compile(r"(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})")
LONGEST_NAME = 60
COLUMNS = {
    "code": ("code", "代码", "区划代码", "统计用区划代码", "编码"),
    "name_zh": ("name_zh", "name", "名称", "中文名", "地区"),
    "name_en": ("name_en", "english", "英文名", "英文名称"),
}


@dataclass(frozen=True)
class AreaRow:
    """An area as a table gives it. `line` counts from 1, the heading included."""

    line: int
    code: str
    name_zh: str
    name_en: str = ""


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken, with the reason and what to do."""

    line: int
    words: str


@dataclass
class Loaded:
    """What a table holds, or did: new areas, changed names, unchanged ones, and rows that cannot be taken."""

    new: list[AreaRow] = field(default_factory=list)
    changed: list[AreaRow] = field(default_factory=list)
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)


def load_provinces() -> int:
    """Make the shipped provinces that are not there yet; how many."""
    with PROVINCES.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    planned = plan(table)
    write(planned.new)
    return len(planned.new)


def load(table: Sequence[Sequence[str]], *, by: int | None, now: datetime, within: Iterable[str] = ("",)) -> Loaded:
    """Take the areas of a table, all or none. Raises Refused when a row cannot be taken; twice changes nothing."""
    with database.atomic():
        planned = plan(table, within)
        if planned.bad:
            raise Refused(_("Mend the rows named below, then load the table again."))
        write(planned.new)
        for row in planned.changed:
            Area.update(name_zh=row.name_zh, name_en=row.name_en).where(Area.code == row.code).execute()
        touched = planned.new + planned.changed
        if touched:
            detail = {"new": len(planned.new), "changed": len(planned.changed)}
            audit.record("areas.loaded", Area(code=touched[0].code), by=by, detail=detail, now=now)
    return planned


def plan(table: Sequence[Sequence[str]], within: Iterable[str] = ("",)) -> Loaded:
    """What loading the table would do. The first row is the heading; `within`: the areas in which codes may lie."""
    if not table:
        raise Refused(_("The table is empty."))
    where = headings(table[0])
    planned = Loaded()
    stored = {area.code: area for area in Area.select()}
    seen: dict[str, int] = {}
    for line, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            sort_in(planned, row_of(line, cells, where), stored, seen, tuple(within))
    missing_parents(planned, stored)
    return planned


def headings(first: Sequence[str]) -> dict[str, int]:
    """Which column holds what. Raises Refused when code or name is missing."""
    titles = [title.strip().lower() for title in first]
    where = {
        name: titles.index(title) for name, known in COLUMNS.items() for title in reversed(known) if title in titles
    }
    if not {"code", "name_zh"} <= where.keys():
        raise Refused(_("The first row needs the headings “code” and “name_zh”; “name_en” if you have it."))
    return where


def row_of(line: int, cells: Sequence[str], where: dict[str, int]) -> AreaRow:
    """The row's cells by their headings, codes filled up to 12 digits."""
    values = {name: cells[column].strip() if column < len(cells) else "" for name, column in where.items()}
    code = values["code"].replace(" ", "")
    whole = code.ljust(12, "0") if CODE.fullmatch(code) else code
    return AreaRow(line, whole, values["name_zh"], values.get("name_en", ""))


def sort_in(
    planned: Loaded, row: AreaRow, stored: dict[str, Area], seen: dict[str, int], within: tuple[str, ...]
) -> None:
    """Put a row among the new, the changed, the known or the bad."""
    problem = problem_of(row, seen, within)
    if problem:
        planned.bad.append(BadRow(row.line, problem))
        return
    seen[row.code] = row.line
    area = stored.get(row.code)
    if area is None:
        planned.new.append(row)
    elif (row.name_zh, row.name_en or area.name_en) != (area.name_zh, area.name_en):
        planned.changed.append(AreaRow(row.line, row.code, row.name_zh, row.name_en or area.name_en))
    else:
        planned.known += 1


def problem_of(row: AreaRow, seen: dict[str, int], within: tuple[str, ...]) -> str:
    """Why a row cannot be taken, and what to do; empty when it can."""
    if len(row.code) != 12 or not row.code.isdigit() or row.code.startswith("00"):
        return _(
            "“%(code)s” is no area code: it has 2, 4, 6, 9 or 12 digits. Format the column as text.", code=row.code
        )
    if not row.name_zh or len(row.name_zh) > LONGEST_NAME:
        return _("The name is missing or longer than %(max)d characters.", max=LONGEST_NAME)
    if row.code in seen:
        return _("The same code stands in line %(line)d. Keep one of the two.", line=seen[row.code])
    if not any(not area or codes.contains(area, row.code) for area in within):
        return _("This place is not in your area. Ask the administrator to load it.")
    return ""


def missing_parents(planned: Loaded, stored: dict[str, Area]) -> None:
    """Name the rows whose county or province is neither here nor in the table: nobody would ever see them."""
    there = stored.keys() | {row.code for row in planned.new}
    for row in planned.new:
        above = [code for code in codes.lineage(row.code)[:-1] if code not in there]
        if above:
            words = _("Area %(code)s above it is not known. Put it in the table too.", code=above[0])
            planned.bad.append(BadRow(row.line, words))


def write(rows: Iterable[AreaRow]) -> None:
    """Insert areas in bulk."""
    values = [(row.code, row.name_zh, row.name_en, codes.level(row.code)) for row in rows]
    for chunk in in_chunks(values, 200):
        Area.insert_many(chunk, fields=[Area.code, Area.name_zh, Area.name_en, Area.level]).execute()


def find(area_codes: Iterable[str], code: str) -> Area | None:
    """The area with this code, if it lies in one of these areas (`""`: everywhere)."""
    return Area.get_or_none((Area.code == code) & inside(Area.code, area_codes))


def within(area_codes: Iterable[str]) -> peewee.ModelSelect:
    """The areas in these and all below them, in the order of their codes."""
    return Area.select().where(inside(Area.code, area_codes)).order_by(Area.code)


def named(code: str, lang: str) -> str:
    """The area's name with those above it up to its county: 荷田县 柳溪镇. Empty for no code."""
    wanted = codes.lineage(code)[2:] or codes.lineage(code)
    names = {area.code: area.name(lang) for area in Area.select().where(Area.code.in_(wanted or [""]))}
    parts = [names[one] for one in wanted if one in names]
    return " ".join(parts) if lang == "zh" else ", ".join(reversed(parts))
