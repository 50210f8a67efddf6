"""A roster as offices send it: what can be repaired is, what can't is named with its line."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.rosters import Fault, NoColumns, Roster, Row, read, tidy
from lms.lib.spreadsheets import Unreadable


def roster(*lines: str, heading: str = "姓名,手机号,村,人员类别,备注") -> Roster:
    return read("\n".join([heading, *lines]).encode())


def row(line: str) -> Row:
    return roster(line).rows[0]


def fault(line: str) -> tuple[str, str]:
    (found,) = roster(line).faults
    return found.code, found.value


def test_a_row_becomes_a_person_and_unread_columns_are_named():
    read_one = roster("李㛃𬭚,138 0013 8000,青龙村,退役军人,党员")

    assert read_one.rows == (Row(2, "李㛃𬭚", "13800138000", "青龙村", "veteran"),)
    assert (read_one.faults, read_one.ignored) == ((), ("备注",))


@pytest.mark.parametrize(
    "heading", ["名字,电话", "学员姓名,联系电话", "姓 名*,手机号码（必填）", "Name,Phone number", "电话,姓名"]
)
def test_columns_are_found_under_many_names(heading: str):
    line = "13800138000,王二" if heading.startswith("电话") else "王二,13800138000"

    assert roster(line, heading=heading).rows == (Row(2, "王二", "13800138000"),)


def test_a_title_above_the_heading_is_passed_over():
    read_one = read("荷田县春季班学员花名册\n\n姓名,手机号\n王二,13800138000\n".encode())

    assert [person.line for person in read_one.rows] == [4]


def test_without_both_columns_it_is_no_roster():
    with pytest.raises(NoColumns) as raised:
        read("姓名,村\n王二,青龙村\n".encode())
    assert isinstance(raised.value, Unreadable) and raised.value.code == "no_columns"


@pytest.mark.parametrize(
    "phone", ["１３８００１３８０００", "'13800138000", "+86 13800138000", "13800138000.0", "138-0013-8000"]
)
def test_numbers_are_repaired(phone: str):
    assert row(f"王二,{phone},,,").phone == "13800138000"


@pytest.mark.parametrize(
    "written, name",
    [
        (" 王芳 ", "王芳"),
        ("王\u200b芳", "王芳"),
        ("张　三", "张三"),
        ("'李四", "李四"),
        ("买买提·艾力", "买买提·艾力"),
        ("Anna  Li", "Anna Li"),
        ("𠮷㐂䶮", "𠮷㐂䶮"),
        ("e\u0301va", "éva"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_names_are_repaired_and_rare_characters_kept(written: str, name: str):
    assert row(f"{written},13800138000,,,").name == name


@pytest.mark.parametrize(
    "line, code, value",
    [
        (",13800138000,,,", "name_missing", ""),
        ("王" * 41 + ",13800138000,,,", "name_too_long", "王" * 41),
        ("王?,13800138000,,,", "name_damaged", "王?"),
        ("王\ufffd,13800138000,,,", "name_damaged", "王\ufffd"),
        ("王\ue863,13800138000,,,", "name_damaged", "王\ue863"),
        ("锟斤拷,13800138000,,,", "name_damaged", "锟斤拷"),
        ("王二,,,,", "phone_missing", ""),
        ("王二,1.38E+10,,,", "phone_scientific", "1.38E+10"),
        ("王二,0558-6712345,,,", "phone_landline", "0558-6712345"),
        ("王二,138001380,,,", "phone_invalid", "138001380"),
        ("王二,13800138000,,宇航员,", "group_unknown", "宇航员"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(line: str, code: str, value: str):
    assert fault(line) == (code, value)


def test_a_short_number_says_how_many_digits_are_missing():
    assert roster("王二,138001380,,,").faults == (Fault(2, "phone_invalid", "138001380", missing=2),)


def test_a_number_that_stands_twice_names_the_first_line():
    read_one = roster("王芳,13800138000,,,", "李四,13900139000,,,", "王芳,+86 13800138000,,,")

    assert len(read_one.rows) == 2
    assert read_one.faults == (Fault(4, "duplicate", "2"),)


def test_rows_without_a_name_and_a_number_are_passed_over():
    read_one = roster("王芳,13800138000,,,", ",,,,", ",,青龙村,,合计 1 人", "李四,13900139000,,,")

    assert [person.line for person in read_one.rows] == [2, 5]
    assert read_one.faults == ()


def test_short_rows_have_empty_cells():
    assert roster("王芳,13800138000").rows == (Row(2, "王芳", "13800138000"),)


def test_invented_people_are_refused_where_only_real_ones_are_entered():
    content = "姓名,手机号\n王芳,15400000001\n".encode()

    assert len(read(content).rows) == 1
    assert [one.code for one in read(content, demo=False).faults] == ["phone_invalid"]


def test_a_workbook_with_numbers_as_numbers_is_read():
    book = openpyxl.Workbook()
    book.active.append(["姓名", "手机号"])
    book.active.append(["王芳", 13800138000])
    content = io.BytesIO()
    book.save(content)

    assert read(content.getvalue(), "名单.xlsx").rows == (Row(2, "王芳", "13800138000"),)


def test_ten_thousand_people_are_read():
    lines = "".join(f"学员{chr(0x4E00 + n)},{13_700_000_000 + n},莲子村\n" for n in range(10_000))

    assert len(read(("姓名,手机号,村\n" + lines).encode()).rows) == 10_000


@given(st.text())
def test_tidying_twice_is_tidying_once_but_for_apostrophes(text: str):
    once = tidy(text)

    assert tidy(once) == once or once.startswith("'")


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=14)), max_size=8))
def test_every_row_is_a_person_or_a_fault_or_empty(people: list[tuple[str, str]]):
    cells = [(name.replace('"', ""), phone.replace('"', "")) for name, phone in people]
    text = "姓名,手机号\n" + "".join(f'"{name}","{phone}"\n' for name, phone in cells)
    try:
        read_all = read(text.encode(errors="replace"))
    except Unreadable:
        assert "\0" in text
        return
    filled = [pair for pair in cells if any(map(tidy, pair))]

    assert len(read_all.rows) + len(read_all.faults) == len(filled)
