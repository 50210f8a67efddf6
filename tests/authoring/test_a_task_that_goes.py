"""An author takes a task out of the course while works wait at it: told before, and no dead end afterwards."""

from __future__ import annotations

from flask import Flask

from lms.catalogue import drafts, folder, publishing
from lms.db import utc_now
from lms.learning.models import Enrolment
from tests.assessment.judged import DARK, fresh, judge, settled
from tests.cast import SMALL_COURSE, SPRING, Cast
from tests.entering import signed_in
from tests.submissions.tasked import hand_in, with_task, written


def taken_out(cast: Cast) -> None:
    """The course without its task is published, and the class has caught up."""
    version = publishing.load("light", folder.read(SMALL_COURSE, "light"), by=cast.trainer.id, now=SPRING).version
    Enrolment.update(version=version).where(Enrolment.course == version.course).execute()


def test_the_author_is_told_how_many_works_wait_at_what_goes(app: Flask, cast: Cast):
    before = cast.version
    with_task(cast)
    hand_in(cast.enrolment, written())
    drafts.restore(cast.version.course, before, by=cast.trainer.id, now=utc_now())

    page = signed_in(app, cast.trainer).get("/teach/courses/light/publish")

    assert "去掉的这一步有 1 份作业还没批完" in page.text
    assert "/teach/work?task=light/sun/task:film-lotus" in page.links()


def test_who_is_sent_back_where_the_task_has_gone_is_not_asked_to_do_it_again(app: Flask, cast: Cast):
    with_task(cast)
    submission = hand_in(cast.enrolment, written())
    taken_out(cast)
    he, xiulan = signed_in(app, cast.trainer), signed_in(app, cast.trainee)

    assert "课里已经没有这份作业了" in he.get(f"/teach/work/{submission.id}").text
    assert "课里已经没有这份作业了" in xiulan.get(f"/me/works/{submission.id}").text
    judge(fresh(submission), cast.trainer, *DARK, words="光再亮一点")
    settled(submission)
    today = xiulan.get("/today")
    feedback = xiulan.get(f"/me/works/{submission.id}/feedback")

    assert "再做一次" not in today.text
    assert "光再亮一点" in feedback.text
    assert "课里已经没有这份作业了" in feedback.text
    assert "/courses/light/sun/tasks/film-lotus" not in feedback.links()
    assert "老师说" not in xiulan.get("/today").text  # seen, and nothing to do
