"""Whom to help, by what is recorded, and in which rank."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lms.accounts import people as accounts
from lms.assessment import regrading
from lms.db import utc_now
from lms.learning import enrolling
from lms.learning.models import LessonFault
from lms.programmes import memberships
from lms.programmes.models import CohortTrainer, Membership
from lms.reports import counting, help, wording
from lms.reports.cuts import Cut
from lms.submissions.models import Submission
from tests.assessment import judged
from tests.cast import COUNTY
from tests.reports.conftest import CHINA, HILL, POND, Story
from tests.submissions import tasked

ALL = Cut(areas=(COUNTY,), zone=CHINA)


def reasons(now: datetime, cut: Cut = ALL) -> dict[str, str]:
    """Name → reason, of those under the lotus: Xiulan herself joined in spring and never came."""
    told = wording.told(help.needs(cut, now=now), now=now, zone=CHINA, lang="zh")
    return {one.member.person.name: one.why[1] for one in told if one.member.person.name != "张秀兰"}


def test_who_is_under_way_needs_nobody(story: Story, now: datetime):
    story.start(story.join("周红梅", POND, days_ago=20), days_ago=2)
    assert reasons(now) == {}


def test_three_failed_tries_of_a_quiz(story: Story, now: datetime):
    member = story.join("赵永福", POND, days_ago=20)
    for _try in range(3):
        story.try_quiz(member, well=False, days_ago=4)
    assert reasons(now) == {"赵永福": "第 1 课小测 3 次没过"}


def test_two_failed_tries_are_practice(story: Story, now: datetime):
    member = story.join("赵永福", POND, days_ago=20)
    for _try in range(2):
        story.try_quiz(member, well=False, days_ago=4)
    assert reasons(now) == {}


def test_who_passed_at_last_is_over_it(story: Story, now: datetime):
    member = story.join("赵永福", POND, days_ago=20)
    for well in (False, False, False, True):
        story.try_quiz(member, well=well, days_ago=4)
    assert reasons(now) == {}


def test_a_task_that_came_back_twice(story: Story, now: datetime):
    tasked.with_task(story.cast)
    member = story.join("赵永福", POND, days_ago=20)
    assert came_back(member, times=1) and "第" not in reasons(now).get("赵永福", "")
    came_back(member, times=1)
    assert reasons(now) == {"赵永福": "第 1 课作业退回 2 次"}
    assert help.how_many(ALL, now=now) == len(help.needs(ALL, now=now))


def test_who_handed_in_again_waits_for_the_trainer_alone(story: Story, now: datetime):
    tasked.with_task(story.cast)
    member = story.join("赵永福", POND, days_ago=20)
    came_back(member, times=2)
    tasked.hand_in(member.enrolments.get(), tasked.written())
    assert "退回" not in reasons(now).get("赵永福", "")


def came_back(member: Membership, *, times: int) -> list[Submission]:
    """So many works of a member, each sent back by the trainer of the class."""
    trainer = CohortTrainer.get(CohortTrainer.cohort == member.cohort).person
    works = [tasked.hand_in(member.enrolments.get(), tasked.written()) for _time in range(times)]
    return [judged.settled(work) for work in works if judged.judge(work, trainer, *judged.DARK)]


def test_fourteen_days_away(story: Story, now: datetime):
    story.start(story.join("王大勇", POND, days_ago=40), days_ago=16)
    story.start(story.join("刘春生", POND, days_ago=40), days_ago=13)
    assert reasons(now) == {"王大勇": "16 天没来学"}


def test_never_begun(story: Story, now: datetime):
    story.join("孙秀英", POND, days_ago=21)
    assert reasons(now) == {"孙秀英": "进班 21 天，还没开始学"}


def test_a_phone_that_plays_no_sound(story: Story, now: datetime):
    member = story.join("陈小满", POND, days_ago=5)
    story.start(member, days_ago=1)
    report_fault(story, member, "sound", now)
    assert reasons(now) == {"陈小满": "第 1 课的声音放不出来"}


def report_fault(story: Story, member, kind: str, now: datetime) -> LessonFault:
    version = story.cast.version
    return LessonFault.create(
        course=version.course_id, version=version, lesson_key="sun", person=member.person, kind=kind, reported_at=now
    )


def test_a_fault_that_was_mended_is_no_reason(story: Story, now: datetime):
    member = story.join("陈小满", POND, days_ago=5)
    fault = report_fault(story, member, "picture", now)
    fault.closed_at = now
    fault.save()
    assert reasons(now) == {}


def test_the_quiz_ranks_before_the_days_and_everybody_is_told_once(story: Story, now: datetime):
    away, both = story.join("王大勇", POND, days_ago=40), story.join("赵永福", POND, days_ago=40)
    story.start(away, days_ago=15)
    for _try in range(3):
        story.try_quiz(both, well=False, days_ago=20)
    assert list(reasons(now)) == ["赵永福", "王大勇"]
    assert help.how_many(ALL, now=now) == len(help.needs(ALL, now=now))


def test_who_completed_left_or_is_gone_is_not_asked(story: Story, now: datetime):
    done, left, gone = (story.join(name, POND, days_ago=40) for name in ("周红梅", "马德胜", "郭建民"))
    story.complete(done, days_ago=30)
    memberships.leave(left, now=now, by=story.cast.trainer.id)
    enrolling.leave(left, now=now)
    accounts.erase(gone.person, by=story.cast.admin.id, now=now)
    assert reasons(now) == {}


def test_a_class_that_is_over_asks_for_nobody(story: Story, now: datetime):
    story.join("王大勇", POND, days_ago=40)
    story.cast.cohort.ends_on = (now - timedelta(days=2)).date()
    story.cast.cohort.save()
    assert reasons(now) == {}


def test_only_ones_own_area(story: Story, now: datetime):
    story.join("王大勇", POND, days_ago=40)
    assert reasons(now, ALL.within(HILL)) == {}
    assert list(reasons(now, ALL.within(POND))) == ["王大勇"]


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Counts kept in a folder of their own; the areas for which the job process is asked."""
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(counting.Place, "folder", tmp_path / "counts")
    monkeypatch.setattr(counting, "asked", {})
    monkeypatch.setattr(counting.jobs, "later", lambda job, *areas: asked.append(areas))
    return asked


def test_very_many_people_are_counted_by_the_job_process(story: Story, counts: list[tuple[str, ...]]):
    assert counting.roughly_now(ALL, 500_000, now=utc_now()) is None
    assert counting.roughly_now(ALL, 500_000, now=utc_now()) is None
    assert counts == [(COUNTY,)]
    counting.count(*counts[0])
    assert counting.roughly_now(ALL, 500_000, now=utc_now()) == help.how_many(ALL, now=utc_now())


def test_the_count_is_asked_for_again_after_ten_minutes(story: Story, counts: list[tuple[str, ...]]):
    counting.count(COUNTY)
    for minutes in (9, 11):
        counting.roughly_now(ALL, 500_000, now=utc_now() + timedelta(minutes=minutes))
    assert counts == [(COUNTY,)]


def test_a_count_of_more_than_an_hour_ago_is_not_told(story: Story, counts: list[tuple[str, ...]]):
    counting.count(COUNTY)
    told = [counting.roughly_now(ALL, 500_000, now=utc_now() + timedelta(minutes=age)) for age in (55, 61)]
    assert told == [help.how_many(ALL, now=utc_now()), None]


def test_some_people_are_counted_while_one_waits(story: Story, now: datetime):
    before = counting.roughly_now(ALL, 500, now=now)
    story.join("王大勇", POND, days_ago=40)
    assert counting.roughly_now(ALL, 500, now=now) == before + 1


def test_a_try_that_a_key_put_right_makes_good_is_no_failed_one(story: Story, now: datetime):
    member = story.join("赵永福", POND, days_ago=20)
    for _try in range(3):
        story.try_quiz(member, well=False, days_ago=4)

    for name, right in (("behind", [1]), ("hours", [2])):
        put_right(story, name, right, now)

    assert reasons(now) == {}


def put_right(story: Story, name: str, right: list[int], now: datetime) -> None:
    """The key of a question of the quiz is put right, as its author does it."""
    course = story.cast.version.course
    of = regrading.of_course(course, "sun/quiz", name)
    seen = regrading.fingerprint(of, regrading.effect(of, right))
    regrading.regrade(of, right, "标错了", seen=seen, by=story.cast.trainer.id, now=now)
