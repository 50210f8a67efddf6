"""Fellow trainees' works with stickers and voices; hiding and reporting."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.assessment import peers, rubrics, voices
from lms.assessment.views import blueprint
from lms.assessment.views.works import own
from lms.db import found, utc_now
from lms.errors import NotFound, Refused
from lms.i18n import _, language
from lms.learning.views.events import own_enrolment
from lms.submissions import turning
from lms.submissions.models import Submission
from lms.web.access import allow, signed_in
from lms.web.people import asking


@blueprint.get("/courses/<slug>/<lesson_key>/tasks/<task_id>/classmates")
@signed_in
def classmates(slug: str, lesson_key: str, task_id: str) -> Any:
    """What my classmates show, and what I say of it."""
    enrolment = own_enrolment(slug)
    step_key = f"{lesson_key}/task:{task_id}"
    rubric = rubrics.at(enrolment.version_id, step_key, language())
    if not rubric.peers:
        raise NotFound
    works = peers.works(asking(), enrolment, step_key)
    for work in works:
        turning.look_after(work, now=utc_now())
    mine = {work.id: peers.of_person(work, asking()) for work in works}
    return render_template(
        "assessment/classmates.html",
        works=works,
        mine=mine,
        rubric=rubric,
        where={"slug": slug, "lesson_key": lesson_key, "task_id": task_id},
        seconds=voices.LONGEST_OF_PEERS,
    )


@blueprint.post("/work/<int:number>/stickers")
@signed_in
def give_stickers(number: int) -> Any:
    """Say what pleases in a classmate's work."""
    work, voice = peers.find(asking(), number), request.files.get("voice")
    try:
        peers.give(
            work,
            asking(),
            request.form.getlist("sticker", type=int),
            request.form.get("words", ""),
            voice.read(2 * 1024 * 1024) if voice else b"",
            max(0.0, request.form.get("voice-seconds", 0.0, type=float)),
            now=utc_now(),
        )
        flash(_("Thank you. %(name)s sees it now.", name=work.person.name), "ok")
    except Refused as refusal:
        flash(str(refusal), "err")
    return redirect(page_of(work), 303)


def page_of(work: Submission) -> str:
    """Where the classmates' works at the same task stand, at this one."""
    return url_for(
        "assessment.classmates",
        slug=work.enrolment.course.slug,
        lesson_key=work.lesson_key,
        task_id=work.task_id,
        _anchor=f"work-{work.id}",
    )


@blueprint.post("/me/works/<int:number>/stickers/<int:review_id>/report")
@signed_in
def report_stickers(number: int, review_id: int) -> Any:
    """Something said of my work is not right: nobody sees it any more, and my trainer looks at it."""
    work = found(Submission.of(asking()).where(Submission.id == number))
    peers.report(work, review_id, by=asking(), now=utc_now())
    flash(_("It is gone from here. Your trainer looks at it."), "ok")
    return redirect(url_for("assessment.feedback", number=number), 303)


@blueprint.get("/teach/stickers/reported")
@allow("trainer")
def reported_stickers() -> Any:
    """What trainees find not right in what was said of their works."""
    return render_template("assessment/reported.html", reviews=peers.reported(asking()))


@blueprint.post("/teach/work/<int:number>/stickers/<int:review_id>/hiding")
@allow("trainer")
def hide_stickers(number: int, review_id: int) -> Any:
    """The trainee does not see it any more."""
    peers.hide(own(number), review_id, by=asking(), now=utc_now())
    return back_from(number)


@blueprint.post("/teach/work/<int:number>/stickers/<int:review_id>/hiding/end")
@allow("trainer")
def show_stickers(number: int, review_id: int) -> Any:
    """It is shown again."""
    peers.show_again(own(number), review_id, by=asking(), now=utc_now())
    return back_from(number)


def back_from(number: int) -> Any:
    """To where it was decided: the list of what was reported, or the work."""
    if request.form.get("from") == "reported":
        return redirect(url_for("assessment.reported_stickers"), 303)
    return redirect(url_for("assessment.work", number=number, _anchor="classmates"), 303)
