"""The sentence of a certificate, composed from its snapshot, in Chinese and in English.

It claims only what the snapshot holds: the lessons that version had, the kinds of step that were required, the
class hours that were planned and those that were recorded. It promises no effect of training (Advertising Law of
the PRC, article 24) and says that it is no vocational qualification.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.certificates.snapshot import Snapshot
from lms.lib.dates import chinese_date, chinese_span, english_date, english_span

NOT_A_QUALIFICATION_ZH = "本证书为培训结业证书，非国家职业资格证书。"
NOT_A_QUALIFICATION_EN = "This is a certificate of training, not a national vocational qualification."

PASSED_ZH = {"quiz": "小测", "task": "作业", "exam": "考试"}
PASSED_EN = {"quiz": "every quiz", "task": "every assignment", "exam": "the exam"}


@dataclass(frozen=True)
class Sentence:
    """A sentence around the course title, which stands in bold in the middle."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return self.before + self.title + self.after


def sentence_zh(snapshot: Snapshot) -> Sentence:
    """二〇二六年三月十六日至五月十日，学完《…》全部 8 课，课里的问题都答对，小测合格，特发此证。"""
    span = chinese_span(snapshot.started_on, snapshot.completed_on)
    lessons = "（共 1 课）" if snapshot.lessons == 1 else f"全部 {snapshot.lessons} 课"
    after = "，".join([lessons, *deeds_zh(snapshot), "特发此证。"])
    return Sentence(f"{span}，学完《", snapshot.course_title_zh, f"》{after}")


def sentence_en(snapshot: Snapshot) -> Sentence:
    """张秀兰 completed all 8 lessons of … from 16 March to 10 May 2026 and passed every quiz.

    The name stays in its own letters: a pinyin that nobody gave us would be an invention.
    """
    course = snapshot.course_title_en or snapshot.course_title_zh
    lessons = "the one lesson" if snapshot.lessons == 1 else f"all {snapshot.lessons} lessons"
    days = english_span(snapshot.started_on, snapshot.completed_on)
    when = f" on {days}" if snapshot.started_on == snapshot.completed_on else f" from {days}"
    return Sentence(f"{snapshot.name} completed {lessons} of ", course, f"{english_list([when, *deeds_en(snapshot)])}.")


def achieved_zh(snapshot: Snapshot) -> str:
    """The same claims in short, for the check page: 8 课，小测和作业都合格."""
    return "，".join([f"{snapshot.lessons} 课", *deeds_zh(snapshot)])


def achieved_en(snapshot: Snapshot) -> str:
    """The same claims in short, for the check page: 8 lessons, passed every quiz and every assignment."""
    lessons = "1 lesson" if snapshot.lessons == 1 else f"{snapshot.lessons} lessons"
    return ", ".join([lessons, *deeds_en(snapshot)])


def hours_zh(snapshot: Snapshot) -> str:
    """计划 8 学时，核实 6 学时（1 学时为 45 分钟）; hours that nobody verified are not spoken of, empty without any."""
    said = [f"计划 {figure(snapshot.planned_class_hours)} 学时"] if snapshot.planned_class_hours else []
    said += [f"核实 {figure(snapshot.verified_class_hours)} 学时"] if snapshot.verified_class_hours else []
    return "，".join(said) + "（1 学时为 45 分钟）" if said else ""


def hours_en(snapshot: Snapshot) -> str:
    """Class hours of 45 minutes: 8 planned, 6 verified; empty without any."""
    said = [f"{figure(snapshot.planned_class_hours)} planned"] if snapshot.planned_class_hours else []
    said += [f"{figure(snapshot.verified_class_hours)} verified"] if snapshot.verified_class_hours else []
    return f"Class hours of 45 minutes: {', '.join(said)}" if said else ""


def class_zh(snapshot: Snapshot) -> str:
    """班级编号 FN-2026-03（春季一班）, as far as they are known."""
    if snapshot.class_number and snapshot.cohort:
        return f"班级编号 {snapshot.class_number}（{snapshot.cohort}）"
    return f"班级编号 {snapshot.class_number}" if snapshot.class_number else snapshot.cohort


def class_en(snapshot: Snapshot) -> str:
    """Class FN-2026-03; empty without a number, for the cohort's name has no English."""
    return f"Class {snapshot.class_number}" if snapshot.class_number else ""


def expiry_zh(snapshot: Snapshot) -> str:
    """有效期至二〇二八年五月十日; empty when it never expires."""
    return f"有效期至{chinese_date(snapshot.expires_on)}" if snapshot.expires_on else ""


def expiry_en(snapshot: Snapshot) -> str:
    """Valid until 10 May 2028; empty when it never expires."""
    return f"Valid until {english_date(snapshot.expires_on)}" if snapshot.expires_on else ""


def deeds_zh(snapshot: Snapshot) -> list[str]:
    deeds = ["课里的问题都答对"] if "check" in snapshot.kinds else []
    deeds += ["练一练都做了"] if "try" in snapshot.kinds else []
    passed = [word for kind, word in PASSED_ZH.items() if kind in snapshot.kinds]
    if not passed:
        return deeds
    return [*deeds, f"{passed[0]}合格" if len(passed) == 1 else f"{'、'.join(passed[:-1])}和{passed[-1]}都合格"]


def deeds_en(snapshot: Snapshot) -> list[str]:
    deeds = ["answered every question in the lessons correctly"] if "check" in snapshot.kinds else []
    deeds += ["did every exercise"] if "try" in snapshot.kinds else []
    passed = [words for kind, words in PASSED_EN.items() if kind in snapshot.kinds]
    return [*deeds, f"passed {english_list(passed)}"] if passed else deeds


def english_list(words: list[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def figure(hours: float) -> str:
    """8 for 8.0, 1.5 for 1.5."""
    return f"{hours:g}"
