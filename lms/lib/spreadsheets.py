"""Tables in and out: CSV and XLSX, in every encoding that a township office sends.

Reading guesses as little as it can: the encoding from the byte order mark, else UTF-8, else GB18030 (which holds GBK
and GB 2312); the delimiter from the first lines. A file that cannot be read is Unreadable, never half a table.

Writing makes formulas harmless (OWASP, CSV injection): a CSV cell that a spreadsheet program would run gets an
apostrophe before it. Excel shows that apostrophe, and the roster takes it away again; a blank would be silently lost by
programs that trim, and the formula would run after all. In XLSX a text is stored as a text and needs nothing.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 200_000
# The reader fills the rectangle from A1 to the farthest cell: one cell in XFD1048576 would take 400 GB.
MOST_CELLS = 3_000_000
LONGEST_CELL = 32_767  # Excel's own limit; csv's default is less than a merged remark may have

DELIMITERS = ",\t;，；"
LOOKED_AT = 20
# How files begin that are no tables: old Excel and Word, pictures, PDF, sound. Films and newer pictures say `ftyp`.
NO_TABLES = (b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"%PDF", b"ID3", b"Rar!", b"{\\rtf")
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')

# A blank before it does not stop every program. The full-width signs run in Chinese and Japanese Excel.
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
QUOTED = re.compile(r'[,;\t\r\n"]')
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Unreadable(ValueError):
    """The file is no table that we can read. `code`: empty, too_large, not_a_table, encoding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A table's cells as text, the heading included. `lines[n]` is the line of the file in which `rows[n]` begins, from
    1; it runs ahead of n where a CSV cell holds a line break."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read(content: bytes, filename: str = "") -> Table:
    """The first sheet of an XLSX file, or a CSV or TSV file, told by the content, not the name. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if content.startswith(NO_TABLES) or content[4:8] == b"ftyp":
        raise Unreadable("not_a_table")
    table = read_xlsx(content) if content.startswith(b"PK") else read_csv(content)
    if not any(cell.strip() for row in table.rows for cell in row):
        raise Unreadable("empty")
    return table


# XLSX ---------------------------------------------------------------------------------------------------------------


def read_xlsx(content: bytes) -> Table:
    """The cells of the first sheet, from A1."""
    from python_calamine import CalamineError, CalamineWorkbook  # only who reads a list needs it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(harmless(content)))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, NotImplementedError, EOFError, RuntimeError, IndexError, OSError):
        raise Unreadable("not_a_table") from None
    rows = tuple(tuple(text_of(cell) for cell in row) for row in cells)
    return Table(rows, tuple(range(1, len(rows) + 1)))


def harmless(content: bytes) -> bytes:
    """The workbook with nothing but its texts, unpacked under a limit, its sheets no larger than we read."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(plain, "w") as unpacked:
        texts = [entry for entry in packed.infolist() if entry.filename.endswith((".xml", ".rels"))]
        if sum(entry.file_size for entry in texts) > MOST_UNPACKED:
            raise Unreadable("too_large")
        if not any(entry.filename.startswith("xl/worksheets/") for entry in texts):
            raise Unreadable("not_a_table")
        for entry in texts:
            text = packed.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                refuse_large_sheet(text)
            unpacked.writestr(entry.filename, text)
    return plain.getvalue()


def refuse_large_sheet(sheet: bytes) -> None:
    """Raise Unreadable for a sheet whose cells lie too far apart."""
    rows = columns = 0
    for letters, number in CELL.findall(sheet):
        rows = max(rows, int(number))
        columns = max(columns, column_number(letters))
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise Unreadable("too_large")


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def text_of(cell: Any) -> str:
    """A cell as its owner meant it: a number that is whole has no decimals, so a phone number stays one."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


# CSV ----------------------------------------------------------------------------------------------------------------


def read_csv(content: bytes) -> Table:
    """The cells of a text table; commas, semicolons (full-width too) or tabs between them."""
    text = decoded(content)
    if "\0" in text:
        raise Unreadable("not_a_table")
    delimiter = delimiter_of(text)
    if '"' not in text and delimiter != "\t":
        text, delimiter = half_width(text, delimiter)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines = [], []
    begins = 1
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(begins)
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise Unreadable("too_large")
    except csv.Error:
        raise Unreadable("not_a_table") from None
    return Table(tuple(rows), tuple(lines))


def delimiter_of(text: str) -> str:
    """What separates the cells: the sign that the most of the first lines have, then the one there are most of."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:LOOKED_AT]
    counts = {sign: [line.count(sign) for line in head] for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (sum(map(bool, counts[sign])), sum(counts[sign])))


def half_width(text: str, delimiter: str) -> tuple[str, str]:
    """A text without quotes with its full-width delimiters made half-width: all where they are what separates, else in
    lines that have no other (a heading typed by hand over exported rows). A comma in a remark stays."""
    narrow, wide = (",", "，") if delimiter in ",，" else (";", "；")
    if delimiter == wide:
        return text.replace(wide, narrow), narrow
    lines = text.splitlines(keepends=True)
    return "".join(line if narrow in line else line.replace(wide, narrow) for line in lines), narrow


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8, else GB18030. Raises Unreadable."""
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


# Writing ------------------------------------------------------------------------------------------------------------


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark and CRLF (RFC 4180), in pieces. None is an empty cell."""
    yield b"\xef\xbb\xbf"
    yield csv_line(header)
    for row in rows:
        yield csv_line(row)


def csv_line(row: Sequence[Any]) -> bytes:
    """One line. Semicolons and tabs are quoted too, for programs that take them for the end of a cell."""
    cells = [guarded(cell) for cell in row]
    quoted = ['"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in cells]
    return (",".join(quoted) + "\r\n").encode(errors="replace")


def guarded(cell: Any) -> str:
    """The cell as a text that no spreadsheet program runs. Plain numbers are left alone."""
    text = "" if cell is None else str(cell)
    return "'" + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    """The table as a workbook with one sheet named `title`, its heading bold and fixed. Numbers stay numbers; a text
    longer than Excel takes is cut. Raises ValueError for more rows than a sheet holds (1,048,576)."""
    import xlsxwriter  # 2 MB in every worker, for those who ask for a file to keep

    content = io.BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        sheet = book.add_worksheet(NOT_IN_A_SHEET_NAME.sub(" ", title).strip("' ")[:31] or None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(header) - 1), 16)
        bold = book.add_format({"bold": True})
        for column, cell in enumerate(header):
            write_cell(sheet, 0, column, cell, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                write_cell(sheet, number, column, cell, None)
    return content.getvalue()


def write_cell(sheet: Any, row: int, column: int, cell: Any, look: Any) -> None:
    """One cell, a number as a number and everything else as a text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        failed = sheet.write_number(row, column, cell, look)
    else:
        text = ("" if cell is None else str(cell)).encode(errors="replace").decode()
        failed = sheet.write_string(row, column, text[:LONGEST_CELL], look)
    if failed:
        raise ValueError("the table is larger than a sheet")
