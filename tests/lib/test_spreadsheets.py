"""Tables in and out: every encoding, no formula that runs, no file that hurts the server."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.spreadsheets import MOST_BYTES, Unreadable, guarded, read, write_csv, write_xlsx

HEADING = ("姓名", "手机号", "村")
PERSON = ("李㛃𬭚", "13800138000", "青龙村")
TEXT = "姓名,手机号,村\r\n李㛃𬭚,13800138000,青龙村\r\n"

FORMULAS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1+2",
    "＠A1",
    " =1",
]

cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.lists(st.lists(cells, min_size=2, max_size=2), max_size=6)


def problem(content: bytes) -> str:
    with pytest.raises(Unreadable) as raised:
        read(content)
    return raised.value.code


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, name: str, text: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, text if entry == name else old.read(entry))
    return changed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_is_read_in_every_encoding(encoding: str):
    assert read(TEXT.encode(encoding)).rows == (HEADING, PERSON)


@pytest.mark.parametrize("delimiter", ["\t", ";", "，", "；"])
def test_a_table_is_read_with_every_delimiter(delimiter: str):
    assert read(TEXT.replace(",", delimiter).encode()).rows == (HEADING, PERSON)


def test_a_full_width_heading_goes_with_half_width_rows():
    assert read("姓名，手机号，村\n李㛃𬭚,13800138000,青龙村\n".encode()).rows == (HEADING, PERSON)


def test_a_full_width_comma_in_a_remark_is_no_delimiter():
    assert read("姓名,备注\n王二,党员，组长\n".encode()).rows[1] == ("王二", "党员，组长")


def test_a_title_above_the_heading_does_not_hide_the_delimiter():
    assert read(("春季班，第一期\n" + TEXT).encode()).rows[1:] == (HEADING, PERSON)


def test_lines_are_those_of_the_file_when_a_cell_breaks():
    table = read('姓名,备注\n"李,一","上\n下"\n王二,\n'.encode())

    assert table.rows[1] == ("李,一", "上\n下")
    assert table.lines == (1, 2, 4)


def test_a_workbook_gives_numbers_dates_and_texts_as_their_texts():
    table = read(workbook([["手机号", "学时", "编号"], [13800138000, 1.5, "007"]]))

    assert table.rows == (("手机号", "学时", "编号"), ("13800138000", "1.5", "007"))


def test_a_workbook_keeps_empty_rows_so_that_lines_are_right():
    table = read(workbook([["姓名"], [None], ["王二"]]))

    assert (table.rows[2], table.lines[2]) == (("王二",), 3)


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xef\xbb\xbf", b",,\r\n,,\r\n", workbook([[]])])
def test_a_table_of_nothing_is_empty(content: bytes):
    assert problem(content) == "empty"


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 an old or locked workbook", b"a\0b,c"])
def test_what_is_no_table_is_refused(content: bytes):
    assert problem(content) == "not_a_table"


def test_any_other_archive_is_no_table():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", "<x/>")

    assert problem(content.getvalue()) == "not_a_table"


def test_a_truncated_workbook_is_no_table():
    assert problem(workbook([["姓名"]])[:-200]) == "not_a_table"


def test_a_workbook_with_a_broken_sheet_is_no_table():
    assert problem(repacked(workbook([["姓名"]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")) in {
        "not_a_table",
        "empty",
    }


def test_bytes_in_no_encoding_are_refused():
    assert problem("姓名".encode() + b"\xff\xff\xff") == "encoding"


def test_a_file_over_the_limit_is_too_large():
    assert problem(b"a" * (MOST_BYTES + 1)) == "too_large"


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert problem(repacked(workbook([["姓名"]]), "xl/worksheets/sheet1.xml", b" " * (80 << 20))) == "too_large"


@pytest.mark.parametrize("far", ["XFD1048576", "XFD90000", "A1048576"])
def test_one_cell_at_the_far_end_of_a_sheet_does_not_fill_the_memory(far: str):
    book = openpyxl.Workbook()
    book.active["A1"], book.active[far] = "姓名", "x"
    content = io.BytesIO()
    book.save(content)

    assert problem(content.getvalue()) == "too_large"


def test_a_csv_begins_with_the_mark_that_excel_needs_and_ends_its_lines_as_rfc_4180_says():
    assert (
        b"".join(write_csv(["姓名", "数"], [["王二", 3], [None, -2.5]]))
        == "\ufeff姓名,数\r\n王二,3\r\n,-2.5\r\n".encode()
    )


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_gets_an_apostrophe_in_a_csv(formula: str):
    assert guarded(formula) == "'" + formula


@pytest.mark.parametrize("plain", ["-3", "+8613800138000", "-2.5", "莲藕=好吃", "a@b", "", "3-4"])
def test_numbers_and_ordinary_texts_are_left_alone(plain: str):
    assert guarded(plain) == plain


def test_a_semicolon_before_a_formula_opens_no_new_cell():
    assert b"".join(write_csv(["备注"], [[";=1+1"]])).endswith(b'";=1+1"\r\n')


@given(rows)
def test_what_a_csv_writes_any_reader_reads_back(table: list[list[str]]):
    written = b"".join(write_csv(["一", "二"], table)).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(written, newline="")))[1:]

    assert back == [[guarded(cell) for cell in row] for row in table]


@given(st.lists(st.lists(cells.filter(lambda cell: "\0" not in cell), min_size=2, max_size=2), min_size=1, max_size=4))
def test_no_cell_of_a_csv_begins_a_formula(table: list[list[str]]):
    written = b"".join(write_csv(["一", "二"], table)).decode("utf-8-sig")

    for row in list(csv.reader(io.StringIO(written, newline="")))[1:]:
        assert not any(cell.lstrip()[:1] in tuple("=@＝＋－＠") for cell in row)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_workbook_is_a_text(formula: str):
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(["备注"], [[formula]]))).active

    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("_x000D_", "").strip() == formula.strip()


def test_a_workbook_has_a_fixed_heading_and_real_numbers():
    content = write_xlsx(["姓名", "数"], [["王二", 3], ["李四", None]], title="学员：[春季]/2026")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert (sheet.freeze_panes, sheet["A1"].font.b, sheet["B2"].value) == ("A2", True, 3)
    assert "[" not in sheet.title and "/" not in sheet.title


def test_a_workbook_written_here_is_read_back_here():
    assert read(write_xlsx(HEADING, [PERSON])).rows == (HEADING, PERSON)


def test_what_no_workbook_can_hold_is_cut_or_written_as_a_text():
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(["长"], [["稻" * 40_000], [float("nan")], [True]]))).active

    assert (len(sheet["A2"].value), sheet["A3"].value, sheet["A4"].value) == (32_767, "nan", "True")


def test_twenty_thousand_rows_are_written_and_read():
    content = write_xlsx(HEADING, [PERSON] * 20_000)

    assert len(read(content).rows) == 20_001
