"""Classes: their codes, courses, trainers and dates."""

from __future__ import annotations

from datetime import date

import pytest

from lms.audit import AuditEntry
from lms.db import utc_now
from lms.errors import Refused
from lms.programmes import cohorts
from lms.programmes.models import Area, Cohort, CohortTrainer, DueDate
from tests.cast import TOWNSHIP, Cast


@pytest.fixture
def autumn(cast: Cast) -> Cohort:
    details = cohorts.CohortDetails("秋季班", Area.get_by_id(TOWNSHIP), date(2026, 9, 1))
    return cohorts.create(details, by=cast.admin.id, now=utc_now())


def test_a_code_has_no_letters_that_look_or_sound_alike(autumn: Cohort):
    assert len(autumn.join_code) == cohorts.CODE_LENGTH
    assert not set("".join(cohorts.new_code() for _draw in range(200))) & set("0O1IL2Z5S8BUV")


def test_a_code_is_found_however_it_is_typed(autumn: Cohort):
    code = autumn.join_code.lower()
    assert cohorts.by_code(f" {code[:3]} {code[3:]} ") == autumn


def test_a_new_code_shuts_the_old_one(cast: Cast, autumn: Cohort):
    old = autumn.join_code
    cohorts.draw_new_code(autumn, by=cast.admin.id, now=utc_now())
    assert cohorts.by_code(old) is None
    assert cohorts.by_code(Cohort.get_by_id(autumn.id).join_code) == autumn


def test_a_closed_class_is_found_by_no_code_until_it_opens_again(cast: Cast, autumn: Cohort):
    cohorts.close(autumn, by=cast.admin.id, now=utc_now())
    cohorts.close(autumn, by=cast.admin.id, now=utc_now())
    assert cohorts.by_code(autumn.join_code) is None
    assert AuditEntry.select().where(AuditEntry.action == "cohort.closed").count() == 1

    cohorts.open_again(autumn, by=cast.admin.id, now=utc_now())
    assert cohorts.by_code(autumn.join_code) == autumn


def test_a_class_cannot_end_before_it_begins(cast: Cast):
    with pytest.raises(Refused):
        cohorts.CohortDetails("班", Area.get_by_id(TOWNSHIP), date(2026, 9, 1), date(2026, 8, 1))


def test_the_trail_says_what_a_change_changed(cast: Cast, autumn: Cohort):
    details = cohorts.CohortDetails("秋季二班", autumn.area, autumn.starts_on, date(2026, 12, 1))
    cohorts.change(autumn, details, by=cast.admin.id, now=utc_now())
    cohorts.change(autumn, details, by=cast.admin.id, now=utc_now())
    entry = AuditEntry.get(AuditEntry.action == "cohort.changed")
    assert entry.detail == {"name": ["秋季班", "秋季二班"], "ends_on": [None, "2026-12-01"]}


def test_a_course_is_added_once(cast: Cast, autumn: Cohort):
    for _time in range(2):
        cohorts.add_course(autumn, cast.version.course, by=cast.admin.id, now=utc_now())
    assert [row.course for row in cohorts.courses(autumn)] == [cast.version.course]


def test_only_a_trainer_gets_a_class(cast: Cast, autumn: Cohort):
    with pytest.raises(Refused):
        cohorts.add_trainer(autumn, cast.trainee, by=cast.admin.id, now=utc_now())
    cohorts.add_trainer(autumn, cast.trainer, by=cast.admin.id, now=utc_now())
    assert cohorts.trainers(autumn) == [cast.trainer]
    cohorts.remove_trainer(autumn, cast.trainer, by=cast.admin.id, now=utc_now())
    assert not CohortTrainer.select().where(CohortTrainer.cohort == autumn).exists()


def test_a_due_date_is_set_moved_and_taken_away(cast: Cast, autumn: Cohort):
    course = cast.version.course
    for day in (date(2026, 9, 10), date(2026, 9, 12), None):
        cohorts.set_due(autumn, course, "sun", day, by=cast.trainer.id, now=utc_now())
        assert cohorts.due_dates(autumn).get((course.id, "sun")) == day
    assert not DueDate.select().where(DueDate.cohort == autumn).exists()
