"""What only an administrator does: areas, the audit trail, settings."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from lms import audit, installation
from lms.administration import detail_words, trail
from lms.administration.deed_words import DEEDS
from lms.audit import AuditEntry
from lms.programmes.models import Area
from tests.administration.deeds import at_desk
from tests.assessment.judged import WELL, judge, work
from tests.browser import Browser
from tests.cast import COUNTY, Cast
from tests.submissions import tasked

TABLE = "代码,名称\n349930,新溪县\n349930101,大柳镇\n"


@pytest.fixture
def admin(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.admin)


def load(admin: Browser, text: str, status: int = 200):
    return admin.post("/admin/areas/table", status=status, table=(io.BytesIO(text.encode("gb18030")), "表.csv"))


def test_areas_are_walked_through_from_the_top(admin: Browser):
    assert "安徽省" in admin.get("/admin/areas").text
    assert "藕塘镇" in admin.get(f"/admin/areas?in={COUNTY}").text
    assert "莲子村" in admin.get("/admin/areas?q=莲子").text
    admin.get("/admin/areas?in=999999000000", status=404)


def test_a_table_of_areas_is_loaded_whole(admin: Browser):
    load(admin, TABLE)
    assert Area.get_by_id("349930101000").name_zh == "大柳镇"
    assert AuditEntry.get(AuditEntry.action == "areas.loaded").detail == {"changed": 0, "new": 2}


def test_bad_rows_are_named_and_nothing_is_loaded(admin: Browser):
    page = load(admin, TABLE + "x,坏\n", status=422)
    assert "4" in page.text and not Area.select().where(Area.code == "349930000000").exists()
    admin.post("/admin/areas/table", status=422)


def test_the_trail_tells_who_did_what_and_is_narrowed(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/edit", name="张秀岚", place="")
    text = admin.get("/admin/audit?kind=person&q=张秀岚").text
    assert "改了名字" in text and "管理员" in text
    assert "改了名字" not in admin.get("/admin/audit?kind=cohort").text
    assert "改了名字" not in admin.get("/admin/audit?to=2020-01-01").text
    assert "改了名字".encode() in admin.client.get("/admin/audit?format=csv").data


def test_details_are_told_in_words_and_courses_by_name(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/edit", name="张秀岚", place="藕塘镇")
    admin.post(f"/admin/people/{cast.trainee.id}/roles", kind="manager", place="藕塘镇")
    audit.record("person.card_made", cast.trainee, by=cast.trainer.id, person=cast.trainee.id, detail={"pin": True})
    text = admin.get("/admin/audit").text
    assert "发布课程 拍摄入门" in text and "第 1 版" in text and "藕塘镇；管理员" in text and "2026 春季班" in text
    assert "用班级码加入" in text
    assert "带新 PIN" in text and not re.search(r"\b(pin|how|what|role|slug|version): ", text)


KEYS = (
    "what pin how first kind phones role area rows slug note files new known version kept draft name self_study "
    "update_policy due_on not_started number reason new_number from to courses issuer_zh "
    "areas cohort measure week group since until here people state searched points most passed signal green_low hold"
)


@pytest.mark.parametrize("key", KEYS.split())
def test_every_key_of_a_detail_has_words(key: str):
    known = {**detail_words.PHRASES, **detail_words.COUNTS, **detail_words.COLUMNS}
    assert key in known


def test_judging_is_told_in_words_with_its_lesson_and_found_by_its_kind(admin: Browser, cast: Cast):
    tasked.with_task(cast)
    judge(work(cast), cast.trainer, *WELL)
    page = admin.get("/admin/audit?kind=work")
    assert "合格；5 分（满分 6 分）" in page.text and "顺着光拍" in page.text
    assert page.text.count("批了一份作业") == 1 and "most" not in page.text
    assert "批了一份作业" not in admin.get("/admin/audit?kind=course").text


def test_what_was_done_long_ago_and_written_down_today_stands_where_it_belongs(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/edit", name="张秀岚", place="")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    audit.record("person.pin_set", cast.trainee, by=None, person=cast.trainee.id, now=long_ago)
    text = admin.get("/admin/audit").text
    assert text.index("改了名字") < text.index("设了密码")


def test_every_deed_that_is_recorded_has_words_and_a_kind():
    nouns = {*trail.KINDS, *(noun for also in trail.ALSO.values() for noun in also)}
    assert {action.partition(".")[0] for action in DEEDS} <= nouns


def test_settings_are_kept_and_what_they_were_is_in_the_trail(admin: Browser):
    admin.post(
        "/admin/settings", issuer_zh="新单位", issuer_en="New office", help_name="何老师", help_phone="13800000000"
    )
    assert installation.read().issuer_zh == "新单位"
    entry = AuditEntry.get(AuditEntry.action == "settings.changed")
    assert entry.detail["issuer_zh"] == ["荷田县农民直播培训项目", "新单位"]
    admin.post("/admin/settings", status=422, issuer_zh="", issuer_en="x")
    assert installation.read().issuer_zh == "新单位"


@pytest.mark.parametrize("wrong", [{"help_phone": "abc"}, {"help_name": ""}, {"help_phone": ""}, {"help_phone": "1"}])
def test_a_help_number_can_be_rung_and_says_who_answers(admin: Browser, wrong: dict[str, str]):
    before = installation.read()
    given = {"issuer_zh": "新单位", "issuer_en": "Office", "help_name": "何老师", "help_phone": "0716-1234567 转 8"}
    admin.post("/admin/settings", status=422, **{**given, **wrong})
    assert installation.read() == before
    admin.post("/admin/settings", **given)
    assert installation.read().help_phone == "0716-1234567 转 8"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_hold_in_both_languages(app: Flask, cast: Cast, language: str):
    browser = at_desk(app, cast.admin, language)
    for page in ("", "/areas", "/audit", "/settings", "/import"):
        browser.get(f"/admin{page}")
