"""What the trainer says of my work: points by row, words and voice, remarks at their second, and another try."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import redirect, render_template, url_for

from lms.assessment import peers, places, results, rubrics, settling, wording
from lms.assessment.models import Judgement, PeerReview, Remark
from lms.assessment.rubrics import Row, Rubric
from lms.assessment.views import blueprint
from lms.catalogue.models import Lesson
from lms.db import found, utc_now
from lms.errors import NotFound
from lms.i18n import language
from lms.learning.views.events import own_enrolment
from lms.submissions import states, tasks
from lms.submissions.models import Submission
from lms.submissions.views.works import titles_of
from lms.web.access import signed_in
from lms.web.people import asking


@dataclass
class Feedback:
    """Everything that the page draws."""

    work: Submission

    @cached_property
    def lesson(self) -> Lesson:
        """The lesson of the task."""
        return titles_of([self.work])[self.work.id]

    @cached_property
    def rubric(self) -> Rubric:
        """What was looked at."""
        return rubrics.of(self.work)

    @cached_property
    def given(self) -> list[Judgement]:
        """What the judges gave."""
        said = Judgement.standing().where(Judgement.submission == self.work, Judgement.settled_at.is_null(False))
        return list(said.order_by(Judgement.id))

    @property
    def rows(self) -> list[tuple[Row, int, bool]]:
        """Each row with its points, rounded half up where two judged, and whether it alone sent the work back."""
        points = settling.together(self.rubric, self.given).points
        failing = self.rubric.failing(points)
        return [(row, int(got + 0.5), row in failing) for row, got in zip(self.rubric.rows, points, strict=True)]

    @property
    def last(self) -> Submission | None:
        """The try before this one that was judged."""
        return results.before(self.work)

    @property
    def counting(self) -> Submission | None:
        """The try whose points count."""
        return results.counting(self.work.enrolment, self.work.step_key, self.rubric.counts)

    @cached_property
    def has_task(self) -> bool:
        """Whether the course still has what it was handed in to."""
        return tasks.is_still_asked(self.work)

    @property
    def may_try_again(self) -> bool:
        """Whether another try makes sense now: the newest one is settled."""
        newest = results.newest(self.work)
        return self.has_task and not self.work.enrolment.left_at and newest.state in states.SETTLED

    @property
    def remarks(self) -> list[Remark]:
        """All remarks, in the order of the clip."""
        all_of = [remark for one in self.given for remark in one.remarks]
        return sorted(all_of, key=lambda one: (one.piece_id, one.second or 0, one.id))

    @property
    def reviews(self) -> list[PeerReview]:
        """What fellow trainees say."""
        return peers.of(self.work)

    @property
    def is_task(self) -> bool:
        """Whether it was a task, not a question that is answered by voice."""
        return "/task:" in self.work.step_key


@blueprint.get("/courses/<slug>/<lesson_key>/tasks/<task_id>/feedback")
@signed_in
def task_feedback(slug: str, lesson_key: str, task_id: str) -> Any:
    """The newest feedback at a task."""
    enrolment, now = own_enrolment(slug), utc_now()
    tries = Submission.of(asking()).where(
        Submission.enrolment == enrolment, Submission.step_key == f"{lesson_key}/task:{task_id}"
    )
    for judged in tries.where(Submission.state == states.JUDGED):
        settling.settle(judged.id, now=now)
    work = tries.where(Submission.state.in_(states.SETTLED)).order_by(Submission.number.desc()).first()
    if work is None:
        rubrics.at(enrolment.version_id, f"{lesson_key}/task:{task_id}", language())  # NotFound for what never was
        return redirect(url_for("submissions.task", slug=slug, lesson_key=lesson_key, task_id=task_id))
    return shown(work)


@blueprint.get("/me/works/<int:number>/feedback")
@signed_in
def feedback(number: int) -> Any:
    """The feedback on one of my works; before there is any, the work itself."""
    work, now = found(Submission.of(asking()).where(Submission.id == number)), utc_now()
    if settling.is_due(work, now):
        settling.settle(work.id, now=now)
        work = Submission.get_by_id(work.id)
    if work.state == states.WITHDRAWN:
        raise NotFound
    if work.state not in states.SETTLED:
        return redirect(url_for("submissions.work", number=number))
    return shown(work)


def shown(work: Submission) -> str:
    """The page; its owner has seen it now."""
    states.seen(work, now=utc_now())
    return render_template("assessment/feedback.html", page=Feedback(work), work=work, wording=wording, places=places)
