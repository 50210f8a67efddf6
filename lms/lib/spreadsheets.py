"""Tables in and out: CSV and XLSX, in every encoding that a township office sends."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000
# What a spreadsheet program would take for a formula at the start of a cell (OWASP, CSV injection), full-width too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Unreadable(ValueError):
    """The file is no table that we can read. `code`: empty, too_large, not_a_table, encoding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A table's cells as text, the heading included. `rows[0]` stands in line 1 of the file."""

    rows: tuple[tuple[str, ...], ...]


def read(content: bytes, filename: str = "") -> Table:
    """The first sheet of an XLSX file, or a CSV or TSV file. Raises Unreadable."""
    if not content:
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    rows = read_xlsx(content) if content[:2] == b"PK" else read_csv(content)
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_large")
    if not any(cell.strip() for row in rows for cell in row):
        raise Unreadable("empty")
    return Table(tuple(rows))


def read_xlsx(content: bytes) -> list[tuple[str, ...]]:
    """The cells of the first sheet. A zip that unpacks to far more than it weighs is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [tuple(text_of(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)]
    except (zipfile.BadZipFile, CalamineError, IndexError):
        raise Unreadable("not_a_table") from None


def text_of(cell: Any) -> str:
    """A cell as its owner meant it: a number that is whole has no decimals, so a phone number stays one."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def read_csv(content: bytes) -> list[tuple[str, ...]]:
    """The cells of a text table; commas (full-width too), semicolons or tabs, whichever the heading uses most."""
    text = decoded(content)
    if "\0" in text:
        raise Unreadable("not_a_table")
    heading = text.split("\n", 1)[0]
    delimiter = max(",\t;，", key=heading.count)
    if delimiter == "，":
        text, delimiter = text.replace("，", ","), ","
    csv.field_size_limit(100_000)
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error:
        raise Unreadable("not_a_table") from None


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8, else GB18030, which holds GBK and GB 2312. Raises Unreadable."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return decode(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return decode(content, "gb18030")


def decode(content: bytes, encoding: str) -> str:
    """Decode strictly, or Unreadable."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None


def guarded(cell: Any) -> str:
    """A cell that no spreadsheet program runs: a formula's first sign gets an apostrophe before it, which Excel hides."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(FORMULA) and not is_number(text) else text


def is_number(text: str) -> bool:
    """Whether the text is a plain number, so that -3 stays a number."""
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark and CRLF (RFC 4180), in pieces."""
    yield b"\xef\xbb\xbf"
    yield csv_line(header)
    for row in rows:
        yield csv_line(row)


def csv_line(row: Sequence[Any]) -> bytes:
    """One line."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([guarded(cell) for cell in row])
    return line.getvalue().encode()


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    """The table as a workbook with one sheet. Texts are written as texts, so that nothing in them can run."""
    content = io.BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        sheet = book.add_worksheet(title[:31] or None)
        bold = book.add_format({"bold": True})
        for column, cell in enumerate(header):
            sheet.write_string(0, column, str(cell), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, "" if cell is None else str(cell))
    return content.getvalue()
