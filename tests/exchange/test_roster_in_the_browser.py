"""A roster in the browser: look first, then import exactly what was shown."""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.audit import AuditEntry
from lms.lib import phones
from lms.programmes.models import Membership
from tests.administration.deeds import at_desk
from tests.browser import Browser, Page
from tests.cast import Cast

LIST = "姓名,手机号,村\n孙秀英,13812345001,莲子村\n周䶮,13812345002,\n"


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.manager)


def look(browser: Browser, cast: Cast, text: str = LIST, status: int = 200) -> Page:
    file = (io.BytesIO(text.encode("gb18030")), "名单.csv")
    return browser.post("/manage/import", status=status, cohort=cast.cohort.id, roster=file)


def sealed(page: Page) -> str:
    return page.all("input", name="preview")[0]["value"]


def test_a_look_changes_nothing_and_the_import_does_what_was_shown(manager: Browser, cast: Cast):
    page = look(manager, cast)
    assert "周䶮" in page.text and not Person.select().where(Person.name == "周䶮").exists()
    manager.post("/manage/import/confirmation", preview=sealed(page))
    assert Membership.get(Membership.person == Person.get(Person.name == "周䶮")).cohort == cast.cohort
    assert AuditEntry.get(AuditEntry.action == "roster.imported").actor_id == cast.manager.id


def test_confirming_twice_is_harmless(manager: Browser, cast: Cast):
    page = look(manager, cast)
    for _time in range(2):
        manager.post("/manage/import/confirmation", preview=sealed(page))
    assert Person.select().where(Person.name == "周䶮").count() == 1
    assert not look(manager, cast).all("input", name="preview")


def test_bad_rows_are_shown_with_line_reason_and_fix(manager: Browser, cast: Cast):
    page = look(manager, cast, LIST + "李大妈,1381234,\n")
    assert "不是手机号" in page.text and "1 开头" in page.text
    assert not page.all("input", name="preview")


def test_what_is_no_list_is_said_kindly(manager: Browser, cast: Cast):
    assert "“姓名”和“手机号”" in look(manager, cast, "张三\n", status=422).text
    manager.post("/manage/import", status=422, cohort=cast.cohort.id)


def test_a_picture_is_no_table(manager: Browser, cast: Cast):
    picture = (io.BytesIO(b"\xff\xd8\xff\xe0 JFIF and more"), "名单.jpg")
    page = manager.post("/manage/import", status=422, cohort=cast.cohort.id, roster=picture)
    assert "这不是表格" in page.text


def test_a_forged_or_foreign_preview_imports_nothing(manager: Browser, app: Flask, cast: Cast):
    page = look(manager, cast)
    other = at_desk(app, cast.admin)
    other.post("/admin/import/confirmation", status=422, preview=sealed(page))
    manager.post("/manage/import/confirmation", status=422, preview="x" + sealed(page))
    assert not Person.select().where(Person.name == "周䶮").exists()


def test_a_neighbour_imports_into_no_class_of_ours(app: Flask, cast: Cast):
    outsider = at_desk(app, cast.outsider)
    look(outsider, cast, status=422)


def test_the_pattern_to_fill_in_is_a_list_that_can_be_read(manager: Browser, cast: Cast):
    content = manager.client.get("/manage/import?format=xlsx").data
    page = manager.post("/manage/import", cohort=cast.cohort.id, roster=(io.BytesIO(content), "样表.xlsx"))
    assert "张三" in page.text and "藕塘镇莲子村" in page.text and page.all("input", name="preview")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.title == "名单" and all(phones.is_demo(str(row[1].value)) for row in list(sheet.rows)[1:])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_hold_in_both_languages(app: Flask, cast: Cast, language: str):
    browser = at_desk(app, cast.manager, language)
    browser.get("/manage/import")
    look(browser, cast)
