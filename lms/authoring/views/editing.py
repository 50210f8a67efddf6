"""The Markdown editor: a page as text, how it looks on the phone, the four gauges, and saving that loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts.models import Person
from lms.authoring import attaching, gauges, recordings, writing
from lms.authoring.desk import Draft, Overlaid
from lms.authoring.views.previewing import Preview
from lms.authoring.views.room import blueprint, own_draft, trainers
from lms.authoring.views.wording import kinds, words
from lms.catalogue.drafts import Edited
from lms.catalogue.models import DraftFile
from lms.catalogue.problems import ERROR, Problem, gathered
from lms.db import utc_now
from lms.errors import FieldcastError, Refused
from lms.i18n import _
from lms.web import csrf
from lms.web.access import public
from lms.web.pages import moment
from lms.web.people import asking, settings

COURSE_WIDE = ("same_id", "dead_link")


@dataclass
class Editing:
    """What the editor shows of one page: `text` may be newer than what is saved."""

    draft: Draft
    key: str
    name: str
    text: str

    @property
    def path(self) -> str:
        """The page's path in the course."""
        return f"{self.key}/{self.name}.md"

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.name.rpartition(".")[2]

    @property
    def is_quiz(self) -> bool:
        """Whether this is the quiz's page."""
        return self.name.startswith("quiz.")

    @cached_property
    def measured(self) -> gauges.Measured:
        """The lesson with this text, parsed and checked."""
        files = Overlaid(self.draft.files, {self.path: self.text.encode()})
        return gauges.measured(files, self.key)

    @property
    def problems(self) -> list[Any]:
        """What is to be mended on this page."""
        wide = [problem for problem in self.course_wide if problem.path == self.path]
        return sorted([*self.measured.on(self.path), *wide], key=lambda one: (one.severity != ERROR, one.line))

    @cached_property
    def course_wide(self) -> list[Problem]:
        """What only the whole course shows of this lesson, as it was saved last: names that another lesson has too,
        links to lessons that are not there."""
        known = {(one.path, one.code, str(one.what)) for one in self.measured.problems}
        mine = (one for one in self.draft.problems if one.path.startswith(f"{self.key}/") and one.code in COURSE_WIDE)
        return [one for one in mine if (one.path, one.code, str(one.what)) not in known]

    @property
    def gathered(self) -> list[tuple[Problem, list[Problem]]]:
        """The same, with what is said of many lines told once."""
        return gathered(self.problems)

    @cached_property
    def left_over(self) -> dict[str, str]:
        """Questions and exercises that the other language has and this page has not: id → how it begins."""
        return writing.left_over(self.draft, self.key, self.name, self.text)

    def anchor(self, line: int) -> str:
        """The part of the drawn lesson in which a line stands; empty for a quiz, or above the first part."""
        blocks = self.measured.lesson.blocks.get(self.lang, ()) if self.measured.lesson and not self.is_quiz else ()
        above = [place for place, block in enumerate(blocks) if block.line <= line]
        return self.shown.content.parts[above[-1]].anchor if above else ""

    @cached_property
    def blocking(self) -> int:
        """How many things in the whole course keep it from being published, with this page as it is written now."""
        elsewhere = [problem for problem in self.draft.errors if not problem.path.startswith(f"{self.key}/")]
        wide = [problem for problem in self.course_wide if problem.severity == ERROR]
        return len(elsewhere) + len(self.measured.errors) + len(wide)

    @property
    def first_blocking(self) -> Any | None:
        """The first of them on this page, if it is here."""
        return next((problem for problem in self.problems if problem.severity == ERROR), None)

    @cached_property
    def shown(self) -> Preview:
        """The lesson as trainees will see it, measured."""
        return Preview(self.draft, self.measured.lesson, self.key, self.lang, quiz=self.is_quiz)


@blueprint.get("/courses/<slug>/lessons/<key>/<name>")
@trainers
def edit(slug: str, key: str, name: str) -> Any:
    """The editor of a page: `zh`, `en`, `quiz.zh` or `quiz.en`."""
    draft = own_draft(slug)
    page = writing.page(draft, key, name)
    return drawn(Editing(draft, key, name, page.text), page.revision, page.row)


def drawn(editing: Editing, revision: int, row: DraftFile | None, status: int = 200, **more: Any) -> Any:
    """The editor's page."""
    editor = Person.get_or_none(Person.id == row.edited_by) if row and row.edited_by else None
    page = render_template(
        "authoring/edit.html",
        editing=editing,
        draft=editing.draft,
        revision=revision,
        row=row,
        editor=editor,
        files=attaching.listed(editing.draft, editing.key),
        can_turn=recordings.can_turn(),
        words=words(),
        kinds=kinds(),
        saved_at=saved_at(row) if row else "",
        most_bytes=gauges.MOST_BYTES,
        **{"conflict": None, **more},
    )
    return page, status


def saved_at(row: DraftFile) -> str:
    """When a page was saved: the time alone if that was today."""
    zone = settings().zone
    today = utc_now().astimezone(zone).date() == row.edited_at.astimezone(zone).date()
    return f"{row.edited_at.astimezone(zone):%H:%M}" if today else moment(row.edited_at)


@blueprint.post("/courses/<slug>/lessons/<key>/<name>")
@trainers
def save_page(slug: str, key: str, name: str) -> Any:
    """Save by the plain button. A conflict shows both texts; nothing is lost. `insert` adds a block at the end."""
    draft = own_draft(slug)
    draft.path(key, name)
    text = posted_text()
    if request.form.get("insert"):
        block = writing.insert(draft, key, name, request.form["insert"], "-", by=asking().id, now=utc_now())
        text = writing.placed(text, block.text, "-")
    not_saved = save(draft, key, name, text)
    if not_saved:
        return not_saved
    flash(_("Saved in the draft."), "ok")
    return redirect(url_for("authoring.edit", slug=slug, key=key, name=name), 303)


def posted_text() -> str:
    """The page's text as the plain form brings it."""
    return request.form.get("text", "").replace("\r\n", "\n")


def save(draft: Draft, key: str, name: str, text: str) -> Any | None:
    """Save what the plain form brought; the editor with that text and what is in the way when it cannot be saved."""
    base = request.form.get("base", 0, type=int)
    try:
        writing.save(draft, draft.path(key, name), text, base=base, by=asking().id, now=utc_now())
    except Edited as edited:
        return drawn(Editing(draft, key, name, text), edited.row.revision, edited.row, 409, conflict=edited.theirs)
    except Refused as problem:
        return stay(draft, key, name, text, problem)
    return None


def stay(draft: Draft, key: str, name: str, text: str, problem: Refused) -> Any:
    """The editor as the plain form left it, with what could not be done."""
    flash(str(problem), "err")
    row = draft.rows.get(draft.path(key, name))
    return drawn(Editing(draft, key, name, text), request.form.get("base", 0, type=int), row, problem.status)


@blueprint.post("/courses/<slug>/lessons/<key>/<name>/text")
@trainers
def autosave(slug: str, key: str, name: str) -> Any:
    """Save by script: {text, base} → {revision, at}; 409 with {theirs, revision, by, own} when it was saved meanwhile.
    `own`: by the same person, in another window."""
    draft = own_draft(slug)
    text, base = sent("text", str), sent("base", int)
    try:
        row = writing.save(draft, draft.path(key, name), text, base=base, by=asking().id, now=utc_now())
    except Edited as edited:
        person = Person.get_or_none(Person.id == edited.row.edited_by)
        told = {"theirs": edited.theirs.replace("\r\n", "\n"), "revision": edited.row.revision}
        own = edited.row.edited_by == asking().id
        return jsonify(error=str(edited), by=person.name if person else "", own=own, **told), 409
    return jsonify(revision=row.revision, at=row.edited_at.isoformat())


def sent(name: str, kind: type) -> Any:
    """A value of the JSON that our script sends, or Refused."""
    body = request.get_json(silent=True)
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Refused(_("This could not be read. Open the page again and try once more."))
    return value


@blueprint.post("/courses/<slug>/lessons/<key>/<name>/blocks")
@trainers
def insert_block(slug: str, key: str, name: str) -> Any:
    """A question or exercise for both languages: {kind, after} → {id, text, both}; the other language has it now."""
    draft = own_draft(slug)
    draft.path(key, name)
    kind, after = sent("kind", str), sent("after", str)
    block = writing.insert(draft, key, name, kind, after, by=asking().id, now=utc_now())
    return jsonify(id=block.id, text=block.text, both=block.twin_saved)


@blueprint.post("/courses/<slug>/lessons/<key>/<name>/left-over")
@trainers
def take_out(slug: str, key: str, name: str) -> Any:
    """What was taken out of this page goes out of the other language too: the blocks that the form names, no others."""
    draft = own_draft(slug)
    draft.path(key, name)
    taken = writing.take_out(draft, key, name, set(request.form.getlist("block")), by=asking().id, now=utc_now())
    if taken:
        flash(_("Taken out of the other language too."), "ok")
    return redirect(url_for("authoring.edit", slug=slug, key=key, name=name), 303)


@blueprint.get("/courses/<slug>/lessons/<key>/<name>/preview")
@trainers
def preview(slug: str, key: str, name: str) -> Any:
    """The saved page as trainees will see it, to stand in the editor's frame."""
    draft = own_draft(slug)
    editing = Editing(draft, key, name, writing.page(draft, key, name).text)
    response = make_response(editing.shown.still)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@blueprint.post("/courses/<slug>/lessons/<key>/<name>/preview")
@trainers
def preview_unsaved(slug: str, key: str, name: str) -> Any:
    """The page as it is being written: {text} → {page, gauges, publish, problems: [{line, words, must}]}."""
    draft = own_draft(slug)
    draft.path(key, name)
    editing = Editing(draft, key, name, sent("text", str))
    try:
        page = editing.shown.still
    except FieldcastError as problem:
        return jsonify(error=str(problem)), problem.status
    drawn_parts = {
        "gauges": render_template("authoring/_gauges.html", editing=editing, most_bytes=gauges.MOST_BYTES),
        "publish": render_template("authoring/_publish_button.html", editing=editing, draft=draft),
    }
    return jsonify(page=page, problems=[told(editing, one) for one in editing.problems], **drawn_parts)


def told(editing: Editing, problem: Problem) -> dict[str, Any]:
    """A problem for the script: where it is in the text, and in which part of the drawn page."""
    return {
        "line": problem.line,
        "must": problem.severity == ERROR,
        "anchor": editing.anchor(problem.line),
        "label": label(problem),
    }


def label(problem: Problem) -> str:
    """A problem with its place, as the editor's margin says it."""
    if not problem.line:
        return _("The whole page: %(what)s", what=problem.what)
    return _("Line %(number)d: %(what)s", number=problem.line, what=problem.what)


@blueprint.get("/session")
@public
def session() -> Any:
    """Who is signed in here, and this session's token: for the editor, whose page may be older than its session."""
    if not current_user.is_authenticated:
        return jsonify(person=None), 401
    response = jsonify(person=current_user.id, token=csrf.token())
    response.headers["Cache-Control"] = "no-store"
    return response
