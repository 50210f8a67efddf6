"""My courses: the list, a new one, one from a folder, settings, the way out and the archive."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from lms.authoring import desk, giving, loading, naming, outline, releasing
from lms.authoring.forms import LoadForm, NameForm, PlaceForm, SettingsForm
from lms.authoring.views.room import blueprint, local_day, own_draft, trainers
from lms.catalogue import folder
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.web import exports
from lms.web.addresses import row_number
from lms.web.paging import page
from lms.web.people import asking

HEADER = (_l("Course"), _l("Name in the address"), _l("Version"), _l("Published on"), _l("Reported faults"))


def line(row: desk.Listed) -> tuple[Any, ...]:
    """A course as a line of the file."""
    newest = row.newest
    published = (newest.number, local_day(newest.published_at)) if newest else (None, None)
    return row.title, row.course.slug, *published, row.faults


@blueprint.get("", strict_slashes=False)
@trainers
def home() -> Any:
    """My courses, those in the archive last."""
    words = request.args.get("q", "").strip()
    query = desk.courses_of(asking())
    rows = desk.listed(query.order_by(Course.archived_at.is_null(False), Course.slug), language())
    found = [row for row in rows if words.lower() in f"{row.title} {row.course.slug}".lower()]
    if exports.asked():
        return exports.table_response(_("Courses"), HEADER, map(line, found))
    return render_template("authoring/home.html", page=page(found), words=words)


@blueprint.route("/courses/new", methods=["GET", "POST"])
@trainers
def new_course() -> Any:
    """A new course with a first lesson to write over."""
    form = NameForm.posted()
    if form.ok():
        try:
            slug = form.address("course", {course.slug for course in Course.select(Course.slug)})
            course = outline.create(slug, form.titles, by=asking().id, now=utc_now())
        except Refused as problem:
            form.name.errors = [str(problem)]
        else:
            flash(_("Here is your course. Write the first lesson over."), "ok")
            return redirect(url_for("authoring.course", slug=course.slug), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/new_course.html", form=form), status


@blueprint.route("/courses/load", methods=["GET", "POST"])
@trainers
def load_course() -> Any:
    """A folder or an archive becomes a draft; what could not be taken is listed by name.

    Where the person has such a course already, its files wait until it is said what is to become of them.
    """
    form = LoadForm.posted()
    if form.ok():
        try:
            files = loading.taken(request.files.get("archive"), request.files.getlist("files"))
            slug = naming.chosen(form.name.data or "", files.slug)
            if loading.alike(asking(), slug, files):
                return which(slug, files, waiting().dumps([asking().id, loading.put_by(files), slug]))
            loaded = loading.load(asking(), slug, files, replace=False, now=utc_now())
        except Refused as problem:
            form.archive.errors = [str(problem)]
        else:
            return render_template("authoring/loaded.html", loaded=loaded)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/load.html", form=form), status


def which(slug: str, files: folder.CourseFiles, held: str, form: PlaceForm | None = None) -> Any:
    """Ask whether the files take the place of a draft, or are a course of their own."""
    rows = loading.alike(asking(), slug, files)
    # None when the course that was like these files has gone since.
    alike = rows[0].course.slug if rows else slug
    free = naming.free(alike, {course.slug for course in Course.select(Course.slug)})
    page = render_template("authoring/which.html", rows=rows, form=form or PlaceForm(name=free), held=held)
    return page, 422 if form else 200


def waiting() -> URLSafeTimedSerializer:
    """Signs whose files wait under which name, so that nobody names others."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="a course folder that waits")


def held_files() -> tuple[folder.CourseFiles, str]:
    """The files that this person sent an hour ago at most and that wait, and the address that was wanted for them; or
    Refused."""
    try:
        person, name, slug = waiting().loads(request.form.get("held", ""), max_age=3600)
    except (BadData, ValueError):
        person, name, slug = None, "", ""
    if person != asking().id:
        raise Refused(_("These files are not kept any more. Choose them again."))
    return loading.put_by_as(name), slug


@blueprint.post("/courses/load/replacement")
@trainers
def load_over() -> Any:
    """The files that wait take the place of the draft of a course."""
    files, _wanted = held_files()
    loaded = loading.load(asking(), request.form.get("course", ""), files, replace=True, now=utc_now())
    return render_template("authoring/loaded.html", loaded=loaded)


@blueprint.post("/courses/load/addition")
@trainers
def load_beside() -> Any:
    """The files that wait become a course of their own."""
    (files, wanted), form = held_files(), PlaceForm.posted()
    try:
        slug = naming.chosen(form.name.data or "", files.slug)
        loaded = loading.load(asking(), slug, files, replace=False, now=utc_now())
    except Refused as problem:
        form.name.errors = [str(problem)]
        return which(wanted, files, request.form["held"], form)
    return render_template("authoring/loaded.html", loaded=loaded)


@blueprint.get("/courses/<slug>")
@trainers
def course(slug: str) -> Any:
    """A course at the desk: its lessons in order, its state, and what to do next."""
    draft = own_draft(slug)
    return render_template(
        "authoring/course.html",
        draft=draft,
        faults=desk.open_faults([draft.course.id]),
        taking=giving.taking(draft.course),
        lacking=giving.lacking(draft.course, asking()),
    )


@blueprint.route("/courses/<slug>/settings", methods=["GET", "POST"])
@trainers
def settings(slug: str) -> Any:
    """Titles, hours, what completion needs: written into course.toml."""
    draft = own_draft(slug)
    form = SettingsForm.of(draft)
    if form.ok():
        before = list(draft.contents.get("requires", ()))
        outline.set_settings(draft.course, form.settings(before), by=asking().id, now=utc_now())
        flash(_("Saved in the draft. Trainees see it once you publish."), "ok")
        return redirect(url_for("authoring.course", slug=slug), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/settings.html", draft=draft, form=form), status


@blueprint.get("/courses/<slug>/export.zip")
@trainers
def export(slug: str) -> Any:
    """The draft, or `?version=`, as an archive, byte for byte as its files are."""
    draft = own_draft(slug)
    number = request.args.get("version", type=row_number)
    response = make_response(loading.archive_of(draft.course, number))
    response.mimetype = "application/zip"
    name = f"{slug}-{number}" if number else f"{slug}-draft"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@blueprint.route("/courses/<slug>/archive", methods=["GET", "POST"])
@trainers
def archive(slug: str) -> Any:
    """Ask, and say whom it concerns; then put the course into the archive."""
    draft = own_draft(slug)
    if request.method == "GET":
        return render_template("authoring/archive.html", draft=draft, learners=releasing.learners(draft.course))
    releasing.archive(draft.course, by=asking().id, now=utc_now())
    flash(_("The course is in the archive. Nobody new can enrol."), "ok")
    return redirect(url_for("authoring.home"), 303)


@blueprint.post("/courses/<slug>/return")
@trainers
def bring_back(slug: str) -> Any:
    """Take a course out of the archive."""
    draft = own_draft(slug)
    releasing.bring_back(draft.course, by=asking().id, now=utc_now())
    flash(_("The course is open again."), "ok")
    return redirect(url_for("authoring.course", slug=slug), 303)
