"""The day by which a task is due, and a task that came into its lesson after that day."""

from __future__ import annotations

from datetime import timedelta

from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.programmes.models import DueDate
from tests.cast import Cast
from tests.submissions.tasked import hand_in, with_task, written


def test_a_task_that_an_author_adds_after_the_day_is_late_for_nobody(cast: Cast):
    version, now = with_task(cast), utc_now()
    due = (now - timedelta(days=2)).date()
    DueDate.create(cohort=cast.cohort, course=version.course, lesson_key="sun", due_on=due)
    CourseVersion.update(published_at=now).where(CourseVersion.id == version.id).execute()

    assert not hand_in(cast.enrolment, written(), now=now).late


def test_a_task_that_stood_there_before_the_day_is_late_whatever_was_published_since(cast: Cast):
    with_task(cast)
    version, now = with_task(cast, settings=" peers=yes"), utc_now()
    due = (now - timedelta(days=2)).date()
    DueDate.create(cohort=cast.cohort, course=version.course, lesson_key="sun", due_on=due)
    CourseVersion.update(published_at=now).where(CourseVersion.id == version.id).execute()

    assert hand_in(cast.enrolment, written(), now=now).late
