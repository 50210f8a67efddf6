"""Putting a key right: choose, see what it changes, apply."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.assessment import proposing, regrading
from lms.assessment.forms import KeyForm
from lms.assessment.regrading import Changed, Effect, Target
from lms.assessment.views import blueprint
from lms.assessment.views.questions import drawn, step_of
from lms.catalogue.parsed import CHOSEN, TYPED
from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _
from lms.learning import keys
from lms.learning.views import answering
from lms.web.access import allow
from lms.web.people import asking

ADDRESS = "/teach/courses/<slug>/questions/<lesson_key>/<part>/<question_id>/key"


def target(slug: str, lesson_key: str, part: str, question_id: str) -> Target:
    """The question of which the asking person may put the key right, or NotFound."""
    return regrading.target(asking(), slug, step_of(lesson_key, part, question_id), question_id)


def chosen_options() -> set[int]:
    """The positions that the form names."""
    return {int(text) for text in request.form.getlist("chosen") if re.fullmatch("[0-9]{1,2}", text)}


def proposed(of: Target, form: KeyForm) -> list[Any]:
    """What this request says is right. Raises Refused."""
    keys.forget()  # what another process put right a moment ago stays right beside it
    before = keys.right_for(of.version.id, of.step_key, of.question.id)
    if of.question.kind in CHOSEN:
        return proposing.of_options(of.question, chosen_options())
    if of.question.kind in TYPED:
        return proposing.of_words(of.question, form.answer.data or "", before)
    return proposing.of_placing(of.question, answering.placed(request.form, of.question.kind), before)


@blueprint.get(ADDRESS)
@allow("trainer", "admin")
def key(**address: str) -> Any:
    """Say what is right."""
    return shown(target(**address), KeyForm(), address)


def shown(of: Target, form: KeyForm, address: dict[str, str], problem: str = "", status: int = 200) -> Any:
    """The page on which it is said."""
    chosen = {place for place, option in enumerate(of.today.options) if option.right}
    if request.method == "POST":
        chosen = chosen_options()
    page = render_template(
        "assessment/key.html",
        of=of,
        form=form,
        drawn=drawn(of.version, of.step_key, of.question),
        given=keys.facts_of({"chosen": answering.placed(request.form, of.question.kind)} if request.form else {}),
        chosen=chosen,
        is_chosen=of.question.kind in CHOSEN,
        is_typed=of.question.kind in TYPED,
        address=address,
        problem=problem,
    )
    return page, status


@blueprint.post(f"{ADDRESS}/effect")
@allow("trainer", "admin")
def key_effect(**address: str) -> Any:
    """What it would change, before anything is changed."""
    of, form = target(**address), KeyForm.posted()
    try:
        right = proposed(of, form)
    except Refused as problem:
        form.validate()
        return shown(of, form, address, str(problem), problem.status)
    if not form.ok():
        return shown(of, form, address, status=422)
    return before_leaping(of, form, right, regrading.effect(of, right), address)


def before_leaping(of: Target, form: KeyForm, right: list[Any], effect: Effect, address: dict[str, str]) -> str:
    """The page that shows the effect and asks."""
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "seen")]
    asked = drawn(of.version, of.step_key, of.question)
    return render_template(
        "assessment/key_effect.html",
        of=of,
        text=asked.html.striptags(),
        right=proposing.told(asked.source, right),
        further=of.question.kind not in CHOSEN,
        reason=form.reason.data,
        effect=effect,
        again=again,
        seen=regrading.fingerprint(of, effect),
        address=address,
    )


@blueprint.post(ADDRESS)
@allow("trainer", "admin")
def put_right(**address: str) -> Any:
    """Apply it, if it is still what was shown."""
    of, form = target(**address), KeyForm.posted()
    back = redirect(url_for("assessment.question", **address), 303)
    if not form.ok():
        return shown(of, form, address, status=422)
    try:
        right = proposed(of, form)
        seen = request.form.get("seen", "")
        regrading.regrade(of, right, form.reason.data, seen=seen, by=asking().id, now=utc_now())
    except Changed as changed:
        flash(str(changed), "warn")
        return before_leaping(of, form, right, changed.effect, address), changed.status
    except Refused as problem:
        flash(str(problem), "warn")
        return back
    flash(_("The key is right now, and whoever gained by it has it already."), "ok")
    return back
