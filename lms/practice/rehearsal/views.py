"""The rehearsal room, its reports, its drill on paper, and the lines that trainers add."""

from __future__ import annotations

import random
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from lms.accounts import ages
from lms.accounts.models import Person
from lms.db import found, utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.practice import prompting, tasks
from lms.practice.rehearsal import audience, measures, storing, words
from lms.practice.rehearsal.bank import GROUPS, KINDS, bank, for_phone
from lms.practice.rehearsal.forms import LineForm
from lms.practice.rehearsal.models import AudienceLine, Rehearsal
from lms.web.access import allow, signed_in
from lms.web.paging import page as page_of
from lms.web.people import asking

blueprint = Blueprint("rehearsal", __name__)

RECENT = 3
DRILL_LINES = 20
DRILL_KINDS = ("price", "ship", "quality", "use", "buy", "objection", "trap")


@blueprint.get("/practice/rehearsal")
@signed_in
def home() -> Any:
    """The room: set-up, the mock live, its report. `?for=` names a task; level, goods and seed give a room again."""
    person = asking()
    closed = closed_page(person)
    if closed:
        return closed
    return render_template(
        "practice/rehearsal.html",
        goods=bank().goods,
        goods_names=goods_names(),
        levels=words.LEVELS,
        minutes=words.MINUTES,
        prompts=prompting.prompts(person),
        words=words.for_script(),
        icons=sorted({event["icon"] for event in bank().events.values()} | {"order", "me", "check"}),
        task=tasks.asked(person, request.args.get("for", ""), language()),
        again=asked_again(),
        recent=list(Rehearsal.of(person).limit(RECENT)),
        rows=measures.rows({}, 0),
        counted=measures.COUNTED,
        row=None,
    )


def closed_page(person: Person) -> str | None:
    """The page for whoever may not go live yet, else None."""
    may = ages.may_go_live(person)
    if may == ages.YES:
        return None
    return render_template("practice/rehearsal_not_yet.html", with_guardian=may == ages.WITH_GUARDIAN)


def asked_again() -> dict[str, Any]:
    """The level, goods and seed that a link asks for."""
    level, goods = request.args.get("level", 1, type=int), request.args.get("goods", "")
    seed = request.args.get("seed", -1, type=int)
    return {
        "level": level if level in words.LEVELS else 1,
        "goods": goods if goods in bank().goods else next(iter(bank().goods)),
        "seed": seed if 0 <= seed < 2**32 else None,
    }


def goods_names() -> dict[str, str]:
    """What the goods are called."""
    return {name: one.said("name", language()) for name, one in bank().goods.items()}


@blueprint.get("/practice/rehearsal/bank")
@signed_in
def lines() -> Any:
    """What viewers say about `?goods=`, as JSON."""
    person, goods = asking(), request.args.get("goods", "")
    ages.refuse_live(person)
    if goods not in bank().goods:
        raise Refused(_("Choose one from the list."))
    return jsonify(for_phone(goods, language(), audience.for_room(person, goods, language())))


@blueprint.post("/practice/rehearsal/rows")
@signed_in
def store() -> Any:
    """Keep a rehearsal that a phone measured, sent as JSON; the same again gives the first back."""
    person = asking()
    ages.refuse_live(person)
    row = storing.store(person, storing.read(request.get_json(silent=True)), now=utc_now())
    return jsonify(number=row.id, page=url_for(".report", number=row.id)), 201


@blueprint.get("/practice/rehearsal/mine")
@signed_in
def mine() -> Any:
    """All my rehearsals."""
    return render_template(
        "practice/rehearsal_mine.html",
        page=page_of(Rehearsal.of(asking())),
        levels=words.LEVELS,
        goods_names=goods_names(),
    )


@blueprint.get("/practice/rehearsal/<int:number>")
@signed_in
def report(number: int) -> Any:
    """What was measured, beside the last time on this level; the recording plays where it lies."""
    person = asking()
    row = found(Rehearsal.of(person).where(Rehearsal.id == number))
    before = row.before
    return render_template(
        "practice/rehearsal_report.html",
        row=row,
        before=before,
        rows=measures.rows(row.measures, row.seconds, before.measures if before else None),
        advice=measures.advice(row.measures, row.seconds),
        counted=measures.COUNTED,
        levels=words.LEVELS,
        goods_name=goods_names().get(row.goods, row.goods),
        moments=words.MOMENTS,
        states=words.STATES,
        words=words.for_script(),
        task=tasks.asked(person, request.args.get("for", ""), language()),
    )


@blueprint.post("/practice/rehearsal/<int:number>/deletion")
@signed_in
def delete(number: int) -> Any:
    """Take a rehearsal out of my list."""
    row = found(Rehearsal.of(asking()).where(Rehearsal.id == number))
    row.deleted_at = utc_now()
    row.save()
    flash(_("Deleted."), "ok")
    return redirect(url_for(".mine"), 303)


@blueprint.get("/practice/rehearsal/drill")
@signed_in
def drill() -> Any:
    """A drill for two without any machine: questions for a neighbour to read out, answers behind. `?seed=` gives the
    same sheet again."""
    asked = asked_again()
    seed = asked["seed"] if asked["seed"] is not None else utc_now().timetuple().tm_yday
    fitting = [line for line in bank().about(asked["goods"]) if line.kind in DRILL_KINDS]
    chance = random.Random(f"{asked['goods']} {seed}")
    return closed_page(asking()) or render_template(
        "practice/rehearsal_drill.html",
        drawn=chance.sample(fitting, DRILL_LINES),
        handlings=bank().handlings,
        goods_names=goods_names(),
        goods=asked["goods"],
        seed=seed,
    )


@blueprint.get("/practice/rehearsal/help")
@signed_in
def help_page() -> Any:
    """How the room works."""
    return render_template("help/rehearsal.html")


@blueprint.get("/teach/practice/rehearsal")
@allow("trainer", "admin")
def table() -> Any:
    """The lines that I added, and those of all for an admin."""
    return shown(LineForm.posted())


@blueprint.post("/teach/practice/rehearsal")
@allow("trainer", "admin")
def add() -> Any:
    """Add a line."""
    form = LineForm.posted().about(courses(asking()))
    if not form.ok():
        return shown(form), 422
    audience.add(asking(), form.told(), now=utc_now())
    flash(_("Added. It is said in your trainees' rooms from now on."), "ok")
    return redirect(url_for(".table"), 303)


@blueprint.post("/teach/practice/rehearsal/<int:line_id>/removal")
@allow("trainer", "admin")
def remove(line_id: int) -> Any:
    """Take a line out."""
    line = found(AudienceLine.editable_by(asking()).where(AudienceLine.id == line_id))
    audience.remove(line, by=asking(), now=utc_now())
    flash(_("Removed."), "ok")
    return redirect(url_for(".table"), 303)


def shown(form: LineForm) -> str:
    """The trainers' page."""
    person, searched = asking(), request.args.get("q", "").strip()
    listed = AudienceLine.editable_by(person)
    if searched:
        listed = listed.where(AudienceLine.zh.contains(searched) | AudienceLine.en.contains(searched))
    return render_template(
        "practice/rehearsal_lines.html",
        form=form.about(courses(person)),
        page=page_of(listed),
        searched=searched,
        kinds=KINDS,
        goods_names={"": GROUPS["any"], **GROUPS, **goods_names()},
        shipped=len(bank().lines),
    )


def courses(person: Person) -> list[tuple[int, str]]:
    """The courses that this colleague's classes take, or all for an admin: (id, title)."""
    return [(version.course.id, version.title(language())) for version in audience.courses_of(person)]
