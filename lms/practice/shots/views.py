"""The coach's page, its help, the test of the sending speed, and the trainers' table of bounds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from lms.db import utc_now
from lms.errors import Refused
from lms.i18n import _, language
from lms.practice import tasks
from lms.practice.shots import tuning, words
from lms.practice.shots.bounds import read
from lms.practice.shots.thresholds import BOUND_NAMES, BY_NAME, GROUPS, MARKS, SIGNALS, UNIT_WORDS, faults
from lms.web.access import allow, signed_in
from lms.web.people import asking

blueprint = Blueprint("shots", __name__)

SPEED_BYTES = 1_000_000


@blueprint.get("/practice/shots")
@signed_in
def coach() -> Any:
    """The coach. `?for=` names a task to hand in; without script the page explains itself and leads to its form."""
    return render_template(
        "practice/shots.html",
        thresholds=tuning.current(),
        words=words.for_script(),
        icons=words.icons(),
        task=tasks.asked(asking(), request.args.get("for", ""), language()),
        speed_bytes=SPEED_BYTES,
        home="practice.home" if "practice.home" in current_app.view_functions else "today.home",
    )


@blueprint.get("/practice/shots/help")
@signed_in
def help_page() -> Any:
    """How the coach works."""
    return render_template("help/shots.html")


@blueprint.post("/practice/shots/speed")
@signed_in
def speed() -> Any:
    """Takes a megabyte and forgets it: how long that took, the phone knows. More than that is refused, and not read
    even where its length was not told."""
    too_much = (request.content_length or 0) > SPEED_BYTES
    left = SPEED_BYTES
    while not too_much and (block := request.stream.read(65_536)):
        left -= len(block)
        too_much = left < 0
    if too_much:
        raise Refused(_("Too much for a test of the network."))
    return "", 204


@blueprint.get("/teach/practice/shots")
@allow("trainer", "admin")
def table() -> Any:
    """Every signal with its bounds here and as shipped."""
    return shown({})


@blueprint.post("/teach/practice/shots")
@allow("trainer", "admin")
def tune() -> Any:
    """Keep the bounds of one signal."""
    signal = named(request.form.get("signal", ""))
    values, unread = read(signal, request.form)
    wrong = {**faults(signal, values), **dict.fromkeys(unread, "number")}
    if wrong:
        return shown({signal.name: wrong}), 422
    tuning.tune(signal, values, by=asking().id, now=utc_now())
    flash(_("Kept. Phones take it when they open the coach next."), "ok")
    return redirect(url_for(".table", _anchor=signal.name), 303)


@blueprint.post("/teach/practice/shots/shipped")
@allow("trainer", "admin")
def reset() -> Any:
    """One signal back to its shipped bounds."""
    signal = named(request.form.get("signal", ""))
    tuning.reset(signal, by=asking().id, now=utc_now())
    flash(_("As shipped again."), "ok")
    return redirect(url_for(".table", _anchor=signal.name), 303)


def named(name: str) -> Any:
    """The signal of that name. Raises Refused where a page that has aged names another."""
    if name not in BY_NAME:
        raise Refused(_("This signal is not known any more. Open the page again."))
    return BY_NAME[name]


def shown(wrong: dict[str, dict[str, str]]) -> str:
    """The table; what was typed stays where something is wrong."""
    return render_template(
        "practice/shots_table.html",
        groups=[(name, label, [one for one in SIGNALS if one.group == name]) for name, label in GROUPS.items()],
        bound_names=BOUND_NAMES,
        unit_words=UNIT_WORDS,
        marks=MARKS,
        advice={signal.name: words.said_of(signal.name) for signal in SIGNALS},
        current=tuning.current(),
        tuned=tuning.tuned(),
        wrong=wrong,
        typed=request.form,
    )
