"""What somebody handed in stands on their page, for the trainer of the class and for the manager of the place."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.db import utc_now
from lms.submissions import handing_in
from lms.submissions.models import Submission
from tests.assessment.judged import WELL, judge, settled, work
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in


@pytest.fixture
def passed(cast: Cast) -> Submission:
    """Xiulan's first try, judged by Ms He."""
    handed = work(cast)
    judge(handed, cast.trainer, *WELL)
    return settled(handed)


def test_a_manager_reads_state_points_and_judge(app: Flask, cast: Cast, passed: Submission):
    page = signed_in(app, cast.manager).get(f"/manage/progress/{cast.membership.id}")

    assert "第 1 次 · 合格 · 6 分得了 5 分" in page.text
    assert "何敏批的" in page.text
    assert f"/teach/work/{passed.id}" in page.links()


def test_the_trainer_is_led_to_what_waits(cast: Cast, he: Browser):
    waiting = work(cast)

    page = he.get(f"/teach/cohorts/{cast.cohort.id}/people/{cast.membership.id}")

    assert "第 1 次 · 没批" in page.text
    assert f"/teach/work/{waiting.id}" in page.links()


def test_nobody_is_told_who_judges_before_it_counts(app: Flask, cast: Cast):
    judge(work(cast), cast.trainer, *WELL)

    assert "何敏批的" not in signed_in(app, cast.manager).get(f"/manage/progress/{cast.membership.id}").text


def test_what_was_taken_back_is_not_told(app: Flask, cast: Cast, he: Browser):
    withdrawn = work(cast)
    handing_in.withdraw(withdrawn, now=utc_now())

    page = he.get(f"/teach/cohorts/{cast.cohort.id}/people/{cast.membership.id}")

    assert f"/teach/work/{withdrawn.id}" not in page.links()
