"""Classes: the list, making and changing one, its courses and trainers, closing and opening."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts import roles
from lms.accounts.models import Person
from lms.administration import forms
from lms.administration.classes import courses_to_add, programme
from lms.administration.scope import Scope
from lms.catalogue.models import Course
from lms.db import database, found, utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.learning import completion, enrolling, headcounts, tallies
from lms.learning.models import Enrolment
from lms.programmes import areas, cohorts
from lms.programmes.models import Area, Cohort, CohortCourse, CohortTrainer
from lms.web import exports, paging
from lms.web.forms import in_words
from lms.web.people import asking


def listing() -> Any:
    """The classes within reach, the newest first; or the same as a file."""
    scope = Scope.of(asking())
    words, state = request.args.get("q", "").strip()[:60], request.args.get("state", "")
    query = scope.cohorts()
    if words:
        named = Cohort.name.contains(words) | Cohort.class_number.contains(words)
        query = query.where(named | (Cohort.join_code == words.upper()))
    if state in ("open", "closed"):
        query = query.where(Cohort.closed_at.is_null(state == "open"))
    query = query.order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    if exports.asked():
        return export(list(query))
    page = paging.page(query)
    shown = {"counts": headcounts.of_classes(row.id for row in page.rows), "places": places_of(page.rows)}
    return render_template("administration/cohorts.html", page=page, words=words, state=state, **shown)


def export(rows: list[Cohort]) -> Any:
    """The list as a file."""
    numbers, places = headcounts.of_classes(row.id for row in rows), places_of(rows)
    header = [_("Class"), _("Class number"), _("Code"), _("Area"), _("First day"), _("Last day")]
    header += [_("Enrolled"), _("of them left"), _("Invited"), _("State")]
    return exports.table_response(
        _("classes"),
        header,
        (
            [
                row.name, row.class_number, row.join_code, places[row.area_id], row.starts_on, row.ends_on,
                numbers[row.id].enrolled, numbers[row.id].left, numbers[row.id].invited,
                _("closed") if row.closed_at else _("open"),
            ]
            for row in rows
        ),
    )  # fmt: skip


def places_of(rows: list[Cohort]) -> dict[str, str]:
    """Area code → name, for these classes."""
    codes = {row.area_id for row in rows}
    return {area.code: area.name(language()) for area in Area.select().where(Area.code.in_(codes))}


def new() -> Any:
    """Make a class."""
    scope = Scope.of(asking())
    form = forms.CohortForm.posted()
    form.place.places = scope.places()
    if form.ok():
        cohort = cohorts.create(details(scope, form), by=scope.person.id, now=utc_now())
        flash(_("The class is made. Its code is %(code)s.", code=cohort.join_code), "ok")
        return redirect(url_for(".cohort", cohort_id=cohort.id), 303)
    page = render_template("administration/edit_cohort.html", form=form, cohort=None)
    return (page, 422) if request.method == "POST" else page


def details(scope: Scope, form: forms.CohortForm) -> cohorts.CohortDetails:
    """What was typed. The area lies within reach, because the form looked for it there."""
    return cohorts.CohortDetails(
        name=form.name.data,
        area=scope.find_area(form.place.code),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        class_number=form.class_number.data or "",
        self_study=form.self_study.data,
        update_policy=form.update_policy.data,
    )


def cohort(cohort_id: int) -> Any:
    """One class: its facts, people, courses and trainers, and what can be done."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    return render_template(
        "administration/cohort.html",
        cohort=row,
        place=areas.named(row.area_id, language()),
        counts=headcounts.of_classes([row.id])[row.id],
        programme=programme(row, language()),
        addable=courses_to_add(row, language()),
        trainers=cohorts.trainers(row),
        trainers_to_add=trainers_to_add(scope, row),
        policy=forms.POLICY_WORDS[row.update_policy],
    )


def trainers_to_add(scope: Scope, row: Cohort) -> list[Person]:
    """The trainers within reach who do not have this class yet."""
    taken = [person.id for person in cohorts.trainers(row)]
    reachable = scope.people().select(Person.id) if not scope.is_whole else Person.select(Person.id)
    return list(
        roles.holders("trainer").where(Person.id.in_(reachable) & Person.id.not_in(taken)).order_by(Person.name)
    )


def edit(cohort_id: int) -> Any:
    """Change what a class says of itself."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    form = forms.CohortForm.posted(
        **{name: getattr(row, name) for name in ("name", "class_number", "starts_on", "ends_on", "self_study")},
        place=row.area_id,
        update_policy=row.update_policy,
    )
    form.place.places = scope.places()
    if form.ok():
        cohorts.change(row, details(scope, form), by=scope.person.id, now=utc_now())
        flash(_("Kept."), "ok")
        return to_cohort(row)
    page = render_template("administration/edit_cohort.html", form=form, cohort=row)
    return (page, 422) if request.method == "POST" else page


def to_cohort(row: Cohort) -> Any:
    """Back to the class's page."""
    return redirect(url_for(".cohort", cohort_id=row.id), 303)


def close(cohort_id: int) -> Any:
    """Nobody joins any more."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    cohorts.close(row, by=scope.person.id, now=utc_now())
    flash(_("The class is closed. Those in it go on learning."), "ok")
    return to_cohort(row)


def open_again(cohort_id: int) -> Any:
    """People may join again."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    cohorts.open_again(row, by=scope.person.id, now=utc_now())
    flash(_("The class is open again."), "ok")
    return to_cohort(row)


def new_code(cohort_id: int) -> Any:
    """Another code, when the old one got about."""
    scope = Scope.of(asking())
    row = cohorts.draw_new_code(scope.find_cohort(cohort_id), by=scope.person.id, now=utc_now())
    flash(_("The new code is %(code)s. The old one opens nothing any more.", code=row.join_code), "ok")
    return to_cohort(row)


def add_course(cohort_id: int) -> Any:
    """Add a course, and enrol those who are in the class."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    form = forms.CourseForm.posted()
    form.course.choices = in_words(courses_to_add(row, language()))
    if not form.ok():
        raise Refused(_("Choose a course."))
    now = utc_now()
    with database.atomic():
        course = Course.find(form.course.data)
        cohorts.add_course(row, course, by=scope.person.id, now=now, required=form.required.data)
        enrolling.enrol_cohort(row, now=now)
    flash(_("The course is added, and everybody in the class is enrolled."), "ok")
    return to_cohort(row)


def remove_course(cohort_id: int, course_id: int) -> Any:
    """Take a course out that nobody is enrolled in: what was begun is not taken away."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    course = found(Course.select().join(CohortCourse).where((Course.id == course_id) & (CohortCourse.cohort == row)))
    if Enrolment.select().where((Enrolment.cohort == row) & (Enrolment.course == course)).exists():
        raise Refused(_("People are enrolled in this course here. Make a new class without it."))
    now = utc_now()
    with database.atomic():
        cohorts.remove_course(row, course, by=scope.person.id, now=now)
        completion.programme_follows(row, now=now)
    flash(_("The course is taken out."), "ok")
    return to_cohort(row)


def require_course(cohort_id: int, course_id: int) -> Any:
    """Make a course needed for the whole training, or not. Whoever has completed the training keeps it."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    course = found(Course.select().join(CohortCourse).where((Course.id == course_id) & (CohortCourse.cohort == row)))
    required, now = request.form.get("required") == "y", utc_now()
    with tallies.transaction():
        cohorts.set_required(row, course, required, by=scope.person.id, now=now)
        completion.programme_follows(row, now=now)
    words = _("The course is needed for the whole training now. Whoever has completed that keeps it.")
    flash(words if required else _("The course is not needed for the whole training any more."), "ok")
    return to_cohort(row)


def add_trainer(cohort_id: int) -> Any:
    """Give the class to a trainer."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    form = forms.TrainerForm.posted()
    form.trainer.choices = in_words((person.id, person.name) for person in trainers_to_add(scope, row))
    if not form.ok():
        raise Refused(_("Choose a trainer."))
    person = Person.find(form.trainer.data)
    cohorts.add_trainer(row, person, by=scope.person.id, now=utc_now())
    flash(_("%(name)s has this class now.", name=person.name), "ok")
    return to_cohort(row)


def remove_trainer(cohort_id: int, person_id: int) -> Any:
    """Take the class from a trainer."""
    scope = Scope.of(asking())
    row = scope.find_cohort(cohort_id)
    person = found(Person.select().join(CohortTrainer).where((Person.id == person_id) & (CohortTrainer.cohort == row)))
    cohorts.remove_trainer(row, person, by=scope.person.id, now=utc_now())
    flash(_("%(name)s does not have this class any more.", name=person.name), "ok")
    return to_cohort(row)
