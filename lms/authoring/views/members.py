"""One trainee of my class: steps and answers, a new PIN, coming and going."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.assessment import results, wording
from lms.authoring import classes, steps_in_words
from lms.authoring.forms import MemberForm
from lms.authoring.views.room import blueprint, trainers
from lms.catalogue import answers, reading
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.learning.looking import Standing
from lms.learning.models import Event
from lms.programmes.models import Membership
from lms.web.people import asking


def own_member(cohort_id: int, member_id: int) -> Membership:
    """A member of a class that the asking person teaches, or NotFound."""
    return classes.member(classes.cohort(asking(), cohort_id), member_id)


@blueprint.get("/cohorts/<int:cohort_id>/people/<int:member_id>")
@trainers
def member(cohort_id: int, member_id: int) -> Any:
    """What one trainee did, lesson by lesson, with each answer."""
    membership = own_member(cohort_id, member_id)
    standings = classes.progress([membership])[0].standings
    steps = [(standing, classes.told(standing)) for standing in standings]
    return render_template(
        "authoring/member.html",
        cohort=membership.cohort,
        membership=membership,
        steps=steps,
        asked=Asked(),
        kinds=steps_in_words.KINDS,
        handed_in={one.enrolment.id: results.of_enrolment(one.enrolment) for one in standings},
        open_works=results.open_to(asking(), [one.enrolment for one in standings]),
        state_of=wording.state_of,
    )


class Asked:
    """The words of steps, questions and answers for the page, each version read once."""

    def step(self, standing: Standing, key: str) -> str:
        """What a step of the version asks, in the reader's language; empty where its kind says all."""
        return steps_in_words.asked(reading.parsed(standing.version.id), key, language())

    def question(self, standing: Standing, event: Event) -> str:
        """What was asked; empty when the version no longer tells."""
        found = self.find(event)
        return found.text.split("\n")[0] if found else ""

    def chosen(self, standing: Standing, event: Event) -> list[str]:
        """What was answered, in words."""
        found = self.find(event)
        return answers.in_words(found, event.body) if found else []

    def find(self, event: Event) -> Any | None:
        """The question that an answer was given to, as it stood in the version of that day."""
        parsed = reading.parsed(event.version_id)
        lesson = next((one for one in parsed.lessons if one.id == event.lesson_key), None)
        bank = (lesson.quiz if lesson else parsed.exam) if event.kind == "quiz" else None
        if bank:
            return next((one for one in bank.questions if one.id == event.body.get("question")), None)
        try:
            return lesson.check(event.step_key, lesson.in_language(language())) if lesson else None
        except KeyError:
            return None


@blueprint.route("/cohorts/<int:cohort_id>/people/new", methods=["GET", "POST"])
@trainers
def add_member(cohort_id: int) -> Any:
    """Take somebody in by name and number."""
    cohort, form = classes.cohort(asking(), cohort_id), MemberForm.posted()
    if form.ok():
        try:
            membership = classes.add(cohort, form.name.data, form.phone.data, by=asking().id, now=utc_now())
        except Refused as problem:
            form.phone.errors = [str(problem)]
        else:
            flash(
                _("%(name)s is in the class. Print a card, so that they can sign in.", name=membership.person.name),
                "ok",
            )
            return redirect(url_for("authoring.cohort", cohort_id=cohort.id), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/add_member.html", cohort=cohort, form=form), status


@blueprint.route("/cohorts/<int:cohort_id>/people/<int:member_id>/removal", methods=["GET", "POST"])
@trainers
def remove_member(cohort_id: int, member_id: int) -> Any:
    """Ask, then note that somebody left the class."""
    membership = own_member(cohort_id, member_id)
    if request.method == "GET":
        return render_template("authoring/remove_member.html", cohort=membership.cohort, membership=membership)
    classes.take_out(membership, by=asking().id, now=utc_now())
    flash(_("%(name)s left the class. What was learnt stays.", name=membership.person.name), "ok")
    return redirect(url_for("authoring.cohort", cohort_id=cohort_id), 303)


@blueprint.post("/cohorts/<int:cohort_id>/people/<int:member_id>/pin")
@trainers
def reset_pin(cohort_id: int, member_id: int) -> Any:
    """A new PIN, shown once on the answer to this post and nowhere else."""
    membership = own_member(cohort_id, member_id)
    pin = classes.reset_pin(membership, by=asking().id, now=utc_now())
    page = render_template("authoring/new_pin.html", cohort=membership.cohort, membership=membership, pin=pin)
    return page, 200, {"Cache-Control": "no-store"}
