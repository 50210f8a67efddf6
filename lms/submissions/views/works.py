"""我的作品: everything that one has handed in; taking it back, showing it to others, and what is still on its way."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for

from lms.catalogue.models import CourseVersion, Lesson
from lms.db import found, utc_now
from lms.i18n import _
from lms.submissions import handing_in, sharing, states, tasks, turning, uploads
from lms.submissions.models import Piece, Submission
from lms.submissions.views import blueprint
from lms.submissions.wording import sending_words, state_of
from lms.web import csrf, paging
from lms.web.access import signed_in
from lms.web.people import asking

PER_PAGE = 20


@blueprint.get("/me/works")
@signed_in
def works() -> Any:
    """All my works, newest first, and files on their way."""
    page = paging.page(Submission.of(asking()).order_by(Submission.id.desc()), PER_PAGE)
    titles = titles_of(page.rows)
    Piece.fetch_for(page.rows)
    return render_template(
        "submissions/works.html",
        page=page,
        titles=titles,
        unfinished=uploads.unfinished(asking()),
        state_of=state_of,
        shown=sharing.shown_among(page.rows),
    )


def titles_of(rows: list[Submission]) -> dict[int, Lesson]:
    """Submission id → the lesson to which it was handed in, in the version of that day."""
    versions = {row.version_id for row in rows}
    lessons = {
        (lesson.version_id, lesson.key): lesson
        for lesson in Lesson.select(Lesson, CourseVersion).join(CourseVersion).where(Lesson.version.in_(versions))
    }
    return {row.id: lessons[row.version_id, row.lesson_key] for row in rows}


def own(number: int) -> Submission:
    """One of the asking person's works, or NotFound."""
    return found(Submission.of(asking()).where(Submission.id == number))


@blueprint.get("/me/works/<int:number>")
@signed_in
def work(number: int) -> Any:
    """One work: what it holds, how it stands, whether others may see it."""
    submission = own(number)
    turning.look_after(submission, now=utc_now())
    return render_template(
        "submissions/work.html",
        work=submission,
        lesson=titles_of([submission])[submission.id],
        state=state_of(submission),
        is_shown=sharing.is_shown(submission),
        is_asked=sharing.is_asked(submission),
        has_task=tasks.is_still_asked(submission),
    )


@blueprint.get("/me/works/<int:number>/withdrawal")
@signed_in
def withdrawal(number: int) -> Any:
    """Ask once, and say what goes. What is judged stays, so there is nothing to ask."""
    submission = own(number)
    if submission.state not in states.OPEN:
        return redirect(url_for("submissions.work", number=number), 303)
    return render_template("submissions/withdrawal.html", work=submission, lesson=titles_of([submission])[number])


@blueprint.post("/me/works/<int:number>/withdrawal")
@signed_in
def withdraw(number: int) -> Any:
    """Take a work back before it is judged."""
    handing_in.withdraw(own(number), now=utc_now())
    flash(_("Taken back. Its files are deleted; you can hand in another one."), "ok")
    return redirect(url_for("submissions.works"), 303)


@blueprint.post("/me/works/<int:number>/example")
@signed_in
def show_work(number: int) -> Any:
    """Agree that fellow trainees see it."""
    sharing.agree(own(number), now=utc_now())
    flash(_("Those who take this course can see it now. You can take that back at any time."), "ok")
    return redirect(url_for("submissions.work", number=number), 303)


@blueprint.post("/me/works/<int:number>/example/end")
@signed_in
def hide_work(number: int) -> Any:
    """Show it no more."""
    sharing.take_back(own(number), now=utc_now())
    flash(_("Only you and your trainers see it now."), "ok")
    return redirect(url_for("submissions.work", number=number), 303)


@blueprint.post("/me/works/uploads/<token>/end")
@signed_in
def drop_upload(token: str) -> Any:
    """Delete a file that was never handed in."""
    uploads.remove(uploads.find(asking(), token))
    flash(_("Deleted."), "ok")
    return redirect(url_for("submissions.works"), 303)


@blueprint.get("/me/works/sender")
@signed_in
def sender() -> Any:
    """For the phone's outbox: who is signed in, the session's token, and what to say in their language."""
    answer = jsonify(person=asking().id, token=csrf.token(), words=sending_words(), lang=request.args.get("lang", ""))
    answer.headers["Cache-Control"] = "no-store"
    return answer
