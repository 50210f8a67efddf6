"""The lessons of a course: their order, by drag or by buttons, a new one, names, and taking one out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.authoring import front_matter, outline
from lms.authoring.desk import Draft
from lms.authoring.forms import NameForm, RenameForm
from lms.authoring.views.room import blueprint, own_draft, trainers
from lms.catalogue import drafts
from lms.catalogue.parsed import LANGUAGES
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.web.people import asking


@blueprint.post("/courses/<slug>/order")
@trainers
def order(slug: str) -> Any:
    """The lessons in the order in which they were put by hand."""
    draft = own_draft(slug)
    outline.reorder(draft.course, request.form.getlist("lesson"), by=asking().id, now=utc_now())
    return "", 204


@blueprint.post("/courses/<slug>/lessons/<key>/place")
@trainers
def move_lesson(slug: str, key: str) -> Any:
    """One place up or down."""
    draft = own_draft(slug)
    places = -1 if request.form.get("to") == "up" else 1
    outline.move(draft.course, draft.lesson(key), places, by=asking().id, now=utc_now())
    return redirect(url_for("authoring.course", slug=slug, _anchor=f"lesson-{key}"), 303)


@blueprint.route("/courses/<slug>/lessons/new", methods=["GET", "POST"])
@trainers
def new_lesson(slug: str) -> Any:
    """A lesson more, at the end, in the languages of its titles."""
    draft = own_draft(slug)
    form = NameForm.posted()
    if form.ok():
        try:
            key = form.address(f"lesson-{len(draft.lesson_keys) + 1}", draft.folders)
            outline.add_lesson(draft, key, form.titles, by=asking().id, now=utc_now())
        except Refused as problem:
            form.name.errors = [str(problem)]
        else:
            return redirect(url_for("authoring.edit", slug=slug, key=key, name="zh"), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/new_lesson.html", draft=draft, form=form), status


@blueprint.route("/courses/<slug>/lessons/<key>/name", methods=["GET", "POST"])
@trainers
def rename_lesson(slug: str, key: str) -> Any:
    """The lesson's titles."""
    draft = own_draft(slug)
    form = RenameForm.of(titles_of(draft, draft.lesson(key)))
    if form.ok():
        outline.rename_lesson(draft, key, form.titles, by=asking().id, now=utc_now())
        return redirect(url_for("authoring.course", slug=slug, _anchor=f"lesson-{key}"), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("authoring/rename_lesson.html", draft=draft, key=key, form=form), status


def titles_of(draft: Draft, key: str) -> dict[str, str]:
    """The titles as the pages have them, by language."""
    texts = {lang: drafts.text(row) for lang in LANGUAGES if (row := draft.rows.get(f"{key}/{lang}.md"))}
    return {lang: str(front_matter.read(text).get("title", "")) for lang, text in texts.items()}


@blueprint.route("/courses/<slug>/lessons/<key>/removal", methods=["GET", "POST"])
@trainers
def remove_lesson(slug: str, key: str) -> Any:
    """Ask, and say how many have learnt in it; then take it out of the draft."""
    draft = own_draft(slug)
    draft.lesson(key)
    if request.method == "GET":
        learnt = outline.learnt(draft.course, key)
        title = titles_of(draft, key)
        return render_template("authoring/remove_lesson.html", draft=draft, key=key, titles=title, learnt=learnt)
    outline.remove_lesson(draft, key, by=asking().id, now=utc_now())
    flash(_("The lesson is out of the draft. Published versions still have it."), "ok")
    return redirect(url_for("authoring.course", slug=slug), 303)
