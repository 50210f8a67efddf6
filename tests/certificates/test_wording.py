"""The sentence of a certificate: only what the snapshot holds, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lms.certificates import wording
from lms.certificates.snapshot import BadSnapshot, Snapshot
from lms.lib.dates import chinese_date, chinese_span, english_date, english_span, plain_chinese_date
from tests.certificates.snapshots import XIULAN


def test_the_chinese_sentence_tells_dates_lessons_and_what_was_required():
    assert str(wording.sentence_zh(XIULAN)) == (
        "二〇二六年三月十六日至五月十日，学完《拍摄：让农货上镜》全部 8 课，课里的问题都答对，小测合格，特发此证。"
    )


def test_the_english_sentence_keeps_the_name_in_its_own_letters():
    assert str(wording.sentence_en(XIULAN)) == (
        "张秀兰 completed all 8 lessons of Shooting: making farm goods look their best from 16 March to 10 May 2026, "
        "answered every question in the lessons correctly and passed every quiz."
    )


def test_a_course_of_one_lesson_read_in_one_day_claims_nothing_else():
    one = replace(XIULAN, lessons=1, kinds=("read",), completed_on=XIULAN.started_on)

    assert str(wording.sentence_zh(one)) == "二〇二六年三月十六日，学完《拍摄：让农货上镜》（共 1 课），特发此证。"
    assert str(wording.sentence_en(one)) == (
        "张秀兰 completed the one lesson of Shooting: making farm goods look their best on 16 March 2026."
    )


@pytest.mark.parametrize(
    ("kinds", "zh", "en"),
    [
        (("read",), "8 课", "8 lessons"),
        (("read", "quiz"), "8 课，小测合格", "8 lessons, passed every quiz"),
        (("quiz", "task"), "8 课，小测和作业都合格", "8 lessons, passed every quiz and every assignment"),
        (("try", "exam"), "8 课，练一练都做了，考试合格", "8 lessons, did every exercise, passed the exam"),
        (("quiz", "task", "exam"), "8 课，小测、作业和考试都合格",
         "8 lessons, passed every quiz, every assignment and the exam"),
    ],
)  # fmt: skip
def test_only_kinds_of_step_that_were_required_are_claimed(kinds, zh, en):
    snapshot = replace(XIULAN, kinds=kinds)

    assert wording.achieved_zh(snapshot) == zh
    assert wording.achieved_en(snapshot) == en


def test_no_assignment_is_claimed_unless_tasks_were_required():
    said = str(wording.sentence_zh(XIULAN)) + str(wording.sentence_en(XIULAN))

    assert "作业" not in said
    assert "assignment" not in said


def test_hours_that_nobody_verified_are_not_spoken_of():
    assert wording.hours_zh(XIULAN) == "计划 8 学时（1 学时为 45 分钟）"
    assert wording.hours_en(XIULAN) == "Class hours of 45 minutes: 8 planned"
    assert wording.hours_zh(replace(XIULAN, verified_class_hours=0)) == wording.hours_zh(XIULAN)


def test_verified_hours_stand_beside_the_planned_ones():
    verified = replace(XIULAN, verified_class_hours=6.5)

    assert wording.hours_zh(verified) == "计划 8 学时，核实 6.5 学时（1 学时为 45 分钟）"
    assert wording.hours_en(verified) == "Class hours of 45 minutes: 8 planned, 6.5 verified"


def test_a_course_without_class_hours_says_nothing_of_them():
    none = replace(XIULAN, planned_class_hours=0)

    assert wording.hours_zh(none) == wording.hours_en(none) == ""


def test_class_and_expiry_are_told_as_far_as_they_are_known():
    bare = replace(XIULAN, class_number="", expires_on=date(2028, 5, 9))

    assert wording.class_zh(XIULAN) == "班级编号 QS-2026-03（青石县春季一班）"
    assert wording.class_zh(bare) == "青石县春季一班"
    assert wording.class_en(bare) == ""
    assert wording.expiry_zh(bare) == "有效期至二〇二八年五月九日"
    assert wording.expiry_en(bare) == "Valid until 9 May 2028"
    assert wording.expiry_zh(XIULAN) == ""


def test_it_always_says_that_it_is_no_vocational_qualification():
    assert wording.NOT_A_QUALIFICATION_ZH == "本证书为培训结业证书，非国家职业资格证书。"
    assert wording.NOT_A_QUALIFICATION_EN.endswith("not a national vocational qualification.")


def test_a_span_tells_what_its_ends_share_only_once():
    assert chinese_span(date(2025, 12, 28), date(2026, 1, 3)) == "二〇二五年十二月二十八日至二〇二六年一月三日"
    assert chinese_span(date(2026, 3, 1), date(2026, 3, 31)) == "二〇二六年三月一日至三十一日"
    assert english_span(date(2025, 12, 28), date(2026, 1, 3)) == "28 December 2025 to 3 January 2026"
    assert english_span(date(2026, 3, 1), date(2026, 3, 31)) == "1 to 31 March 2026"


def test_dates_are_written_as_people_write_them():
    assert chinese_date(date(2030, 10, 20)) == "二〇三〇年十月二十日"
    assert chinese_date(date(2026, 11, 11)) == "二〇二六年十一月十一日"
    assert plain_chinese_date(date(2026, 5, 10)) == "2026 年 5 月 10 日"
    assert english_date(date(2026, 5, 10)) == "10 May 2026"


def test_a_snapshot_comes_back_from_json_as_it_was():
    full = replace(XIULAN, verified_class_hours=6.5, expires_on=date(2028, 5, 9), name="𬭚㛃")

    assert Snapshot.from_json(full.to_json()) == full
    assert full.to_json() == Snapshot.from_json(full.to_json()).to_json()


@pytest.mark.parametrize("text", ["{", "[]", '{"snapshot": 2}', '{"snapshot": 1, "name": "张秀兰"}'])
def test_json_that_is_no_snapshot_of_ours_is_refused(text):
    with pytest.raises(BadSnapshot):
        Snapshot.from_json(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": ("dance",)},
        {"lessons": 0},
        {"completed_on": date(2026, 3, 15)},
        {"issued_on": date(2026, 5, 9)},
        {"expires_on": date(2026, 5, 9)},
    ],
)
def test_facts_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(BadSnapshot):
        replace(XIULAN, **wrong)
