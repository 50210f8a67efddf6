"""The list behind a number: the page, the CSV and the XLSX say the same (promise 5)."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from flask import Flask

from lms.audit import AuditEntry
from tests.browser import Browser
from tests.cast import COUNTY
from tests.reports.conftest import HILL, POND, Story, at_the_desk


@pytest.fixture
def pond(story: Story) -> Story:
    """Six in Pond, of whom four completed, and one in Hill."""
    members = [story.join(f"荷{number}", POND, days_ago=3) for number in range(6)]
    for member in members[:4]:
        story.complete(member)
    story.join("茶一", HILL, days_ago=3)
    return story


def names_on(page) -> set[str]:
    """Who stands on a page of people."""
    return {name for name in [*(f"荷{number}" for number in range(6)), "茶一"] if name in page.text}


def rows_of_csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def rows_of_xlsx(body: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_a_number_of_the_funnel_opens_its_people(pond: Story, manager: Browser):
    overview = manager.get("/manage")
    link = next(link for link in overview.links() if "measure=completed" in link and "course=light" in link)
    page = manager.get(link)
    assert "4 人" in page.text
    assert names_on(page) == {"荷0", "荷1", "荷2", "荷3"}


def test_every_link_of_the_overview_opens(pond: Story, manager: Browser):
    links = {link for link in manager.get("/manage").links() if link.startswith("/manage/")}
    own = {link for link in links if link.split("?")[0] in ("/manage/progress", "/manage/needs", "/manage/sound")}
    assert len(own) >= 8
    assert [manager.get(link).status for link in own] == [200] * len(own)


def test_page_csv_and_xlsx_agree(pond: Story, manager: Browser):
    address = f"/manage/progress?measure=completed&course=light&area={POND}"
    as_csv = rows_of_csv(manager.client.get(f"{address}&format=csv").data)
    as_xlsx = rows_of_xlsx(manager.client.get(f"{address}&format=xlsx").data)
    assert as_csv == as_xlsx
    assert {row[0] for row in as_csv[1:]} == names_on(manager.get(address))


def test_numbers_are_masked_on_the_list_and_whole_in_the_file_which_the_trail_remembers(pond: Story, manager: Browser):
    address = f"/manage/progress?area={POND}&measure=enrolled"

    page, file = manager.get(address), manager.client.get(f"{address}&format=csv").text

    assert "139 ****" in page.text and "13900000001" not in page.html
    assert "13900000001" in file
    assert AuditEntry.get(AuditEntry.action == "people.exported").actor_id == pond.cast.manager.id


def test_the_trail_tells_which_list_was_taken_along(pond: Story, manager: Browser, app: Flask):
    cohort = pond.cast.cohort
    filters = f"area={COUNTY}&cohort={cohort.id}&group=none&since=2026-01-02&q=13900000001"
    manager.client.get(f"/manage/progress?{filters}&measure=active&week=2026-03-09&format=csv")
    manager.client.get("/manage/needs?format=csv")

    asked, needs = [entry.detail for entry in AuditEntry.select().where(AuditEntry.action == "people.exported")]
    assert (asked["areas"], asked["cohort"], asked["measure"]) == ([COUNTY], str(cohort.id), "active")
    assert needs["measure"] == "needs" and "13900000001" not in str(asked)
    text = at_the_desk(app, pond.cast.admin).get("/admin/audit").text
    told = ("荷田县", cohort.name, "这周在学", "2026-03-09", "未说明", "2026-01-02", "按姓名或号码查找", "该帮谁")
    assert [words for words in told if words not in text] == []


def test_the_csv_opens_in_excel(pond: Story, manager: Browser):
    response = manager.client.get("/manage/progress?format=csv", headers=manager.headers)
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert rows_of_csv(response.data)[0][:3] == ["姓名", "手机号", "地区"]


def test_people_are_found_by_name_and_by_part_of_their_number(pond: Story, manager: Browser):
    assert names_on(manager.get("/manage/progress?q=荷3")) == {"荷3"}
    assert names_on(manager.get("/manage/progress?q=00002")) == {"荷1"}


def test_the_filters_of_a_list_stay_in_its_area(pond: Story, manager: Browser):
    page = manager.get(f"/manage/progress?area={POND}&q=荷3")
    assert [option["value"] for option in page.all("option") if "selected" in option][:2] == ["enrolled", POND]


def test_many_people_come_in_pages(story: Story, manager: Browser):
    for number in range(52):
        story.join(f"学员{number:02}", POND)
    page = manager.get(f"/manage/progress?area={POND}&page=2")
    assert "51–52" in page.text
    assert "学员51" in page.text and "学员49" not in page.text


def test_who_left_stays_counted_and_is_a_list_too(pond: Story, manager: Browser):
    assert "周强" in manager.get("/manage/progress?measure=enrolled").text
    assert "周强" in manager.get("/manage/progress?measure=left").text
    assert "张秀兰" not in manager.get("/manage/progress?measure=left").text


def test_a_forgotten_person_keeps_a_place_without_a_name(pond: Story, manager: Browser, now):
    from lms.accounts import people as accounts

    accounts.erase(pond.cast.trainee, by=pond.cast.admin.id, now=now)
    page = manager.get("/manage/progress")
    assert "账号已删除" in page.text and "张秀兰" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/manage/progress?measure=wealth",
        "/manage/progress?group=rich",
        "/manage/progress?course=nothing",
        "/manage/progress?cohort=999",
        "/manage/progress?cohort=x",
        f"/manage/progress?area={COUNTY}&format=doc",
    ],
)
def test_words_that_are_none_of_ours_are_not_there(manager: Browser, address: str):
    manager.get(address, status=404)


def test_a_day_that_is_none_is_said(manager: Browser):
    assert "2026-03-16" in manager.get("/manage?since=tomorrow", status=422).text
