"""The coach: writing, looking, swapping, saving. A visitor may have a text looked at; nothing of it is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.db import found, utc_now
from lms.errors import Refused, Wait
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.lib import advertising
from lms.practice import tasks
from lms.practice.scripts import keeping, proofs, swapping, writing
from lms.practice.scripts.looking import Checked, plain
from lms.practice.scripts.models import Script, ScriptVersion, mark_of
from lms.practice.scripts.views import blueprint
from lms.practice.scripts.writing import Text
from lms.web import throttle
from lms.web.access import public, signed_in
from lms.web.addresses import row_number
from lms.web.forms import tidy
from lms.web.people import asking, asking_or_none

KINDS = {"script": _l("Script"), "clip": _l("Short video"), "title": _l("Title")}
PACKS = {
    "alcohol": _l("Wine and spirits"),
    "tea": _l("Tea"),
    "honey": _l("Honey"),
    "mushrooms": _l("Mushrooms"),
    "seeds": _l("Seeds and seedlings"),
}
CHECKS_A_MINUTE = 90
MOST_VERDICTS = 30
MOST_LISTED = 50


@dataclass(frozen=True)
class Desk:
    """What the coach's page draws: a text, looked at, and the script that it belongs to, if it is kept."""

    given: Text
    base: str = ""
    client_id: str = ""
    script: Script | None = None
    theirs: ScriptVersion | None = None
    problem: str = ""

    @cached_property
    def checked(self) -> Checked:
        """The text before the rules."""
        given = self.given
        known = tuple(self.script.standing_proofs) if self.script else ()
        return Checked(given.text, given.kind, given.packs, language(), known)

    @property
    def verdicts(self) -> dict[str, Any]:
        """What the coach said, to stand beside a script that is handed in."""
        return {
            "rules": advertising.RULES_VERSION,
            "findings": [
                {"words": one.finding.words, "severity": one.finding.severity, "proved": one.proof is not None}
                for one in self.checked.findings
            ][:MOST_VERDICTS],
            "proofs": [{"claim": proof.claim, "words": proof.words} for proof in self.checked.proofs][:MOST_VERDICTS],
        }


@blueprint.get("/practice/scripts")
@public
def home() -> Any:
    """A new text, and below it the scripts that this person has."""
    return drawn(Desk(Text("", kind=request.args.get("kind", "script")), client_id=secrets.token_urlsafe(12)))


def drawn(desk: Desk, status: int = 200) -> Any:
    """The coach's page."""
    person = asking_or_none()
    named = request.values.get("for", "")
    listing = person is not None and desk.script is None
    page = render_template(
        "practice/scripts.html",
        desk=desk,
        checked=desk.checked,
        kinds=KINDS,
        packs=PACKS,
        proof_kinds=proofs.KINDS,
        task=tasks.asked(person, named, language()) if person and named else None,
        named=named,
        listed=list(ScriptVersion.newest_of(Script.of(person)).limit(MOST_LISTED)) if listing else [],
        deleted=list(ScriptVersion.newest_of(Script.deleted_by(person)).limit(MOST_LISTED)) if listing else [],
        days_kept=keeping.DELETED_DAYS,
        words=words(),
    )
    return page, status


def words() -> dict[str, str]:
    """What the page says by script."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": _("No network. The words are kept on this phone and go off later."),
        "unchecked": _("No network: the words are kept, but they can only be looked at with network."),
        "signed_out": _("You are signed out. The words are kept on this phone: sign in and open the page again."),
        "edit": _("Change the words"),
        "first": _("Look at it"),
        "look": _("Changed, look again"),
        "pace": _("%(number)s characters a minute", number="%d"),
        "slow": _("A bit slow. 220 to 280 is good to listen to."),
        "right": _("Just right."),
        "fast": _("Too fast. Older buyers cannot follow: 220 to 280 is good."),
        "short": _("Read for at least five seconds."),
        "gap": _("Fill in every gap first."),
        "untrue": _("Tick that it is true first. What is not true must not be said."),
        "gone": _("These words are no longer in the text. Look once more."),
        "unsent": _("Kept on this phone, not sent yet: %(name)s", name="%s"),
        "kept": _("Kept on this phone. It is sent as soon as there is network."),
    }


@blueprint.post("/practice/scripts")
@public
def begin() -> Any:
    """A new text. Who is signed in gets a script of it; a visitor sees what was found, and nothing is kept."""
    person, given = asking_or_none(), text_of_form()
    given.refuse()
    desk = Desk(given, client_id=request.form.get("client_id", ""))
    if person is None:
        brake()
        return drawn(swapped(desk))
    return stored(desk, person)


@blueprint.get("/practice/scripts/<int:script_id>")
@signed_in
def coach(script_id: int) -> Any:
    """A script with what was found in it."""
    script = own(script_id)
    latest = script.latest
    return drawn(Desk(given_of(script, latest), latest.mark, script.client_id, script))


@blueprint.post("/practice/scripts/<int:script_id>")
@signed_in
def save(script_id: int) -> Any:
    """Keep the text, with a rewrite swapped in if one was tapped."""
    script = own(script_id)
    given = text_of_form()
    given.refuse()
    return stored(Desk(given, request.form.get("base", ""), script.client_id, script), asking())


def stored(desk: Desk, person: Person) -> Any:
    """Save what stands on the page and show it; what is refused is told there, and nothing typed is lost."""
    desk = swapped(desk)
    kept = not request.form.get("swap")
    try:
        version = writing.written(
            person, desk.client_id, desk.given, base=desk.base, kept=kept, now=utc_now()
        )  # fmt: skip
    except writing.Edited as edited:
        again = Desk(desk.given, edited.theirs.mark, desk.client_id, edited.theirs.script, edited.theirs, str(edited))
        return drawn(again, 409)
    if desk.problem:
        flash(desk.problem, "err")
    return redirect(here(version.script_id), 303)


def here(script_id: int) -> str:
    """A script's page, still for the task that it was opened for."""
    facts: dict[str, Any] = {"script_id": script_id, "for": request.values.get("for") or None}
    return url_for("scripts.coach", **facts)


def swapped(desk: Desk) -> Desk:
    """The same with the rewrite in place, if one was tapped; with the reason why not, if not."""
    if not request.form.get("swap"):
        return desk
    given = desk.given
    try:
        text = swapping.swapped(desk.checked, swapping.Wanted.read(request.form["swap"]), request.form)
    except Refused as refusal:
        return Desk(given, desk.base, desk.client_id, desk.script, problem=str(refusal))
    return Desk(Text(text, given.kind, given.goods, given.packs), desk.base, desk.client_id, desk.script)


def text_of_form() -> Text:
    """What a form of ours sends."""
    form = request.form
    kind = form.get("kind", "script")
    goods = tidy(form.get("goods"))[: writing.LONGEST_GOODS]
    return Text(plain(form.get("text", "")), kind, goods, tuple(form.getlist("packs")))


def given_of(script: Script, version: ScriptVersion) -> Text:
    """A version's text with what its script is about."""
    return Text(version.text, script.kind, script.goods, tuple(script.packs))


def own(script_id: int) -> Script:
    """A script of the asking person that is not deleted, or NotFound."""
    return found(Script.of(asking()).where(Script.id == script_id))


def brake() -> None:
    """So many looks a minute for one address."""
    seconds = throttle.take(f"scripts:{request.remote_addr}", free=CHECKS_A_MINUTE, per_seconds=60, now=utc_now())
    if seconds:
        raise Wait(seconds)


@blueprint.post("/practice/scripts/look")
@public
def look() -> Any:
    """Look at a text as it is being written: {text, kind, packs, script, for} → the page's parts as HTML, and
    numbers."""
    brake()
    given, body = text_of_json()
    person, named = asking_or_none(), body.get("for") or ""
    script = open_script(person, body.get("script"))
    task = tasks.asked(person, named, language()) if person and script and isinstance(named, str) else None
    desk = Desk(given, mark_of(given.text), script=script)
    checked = desk.checked
    facts = {"desk": desk, "checked": checked, "proof_kinds": proofs.KINDS, "named": "", "script": script, "task": task}
    names = ("headline", "paper", "findings", "said", *(["hand_in"] if task else []))
    parts = {name: render_template(f"practice/_scripts_{name}.html", **facts) for name in names}
    return jsonify(parts=parts, characters=checked.characters, must=len(checked.musts), left=checked.left)


def open_script(person: Person | None, number: Any) -> Script | None:
    """The person's script that stands on the page, if there is one. Raises Refused for what names none."""
    try:
        return Script.of(person).where(Script.id == row_number(number)).first() if person and number else None
    except ValueError:
        raise unreadable() from None


def text_of_json() -> tuple[Text, dict[str, Any]]:
    """What a script of ours sends, or Refused."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise unreadable()
    text, kind, goods, packs = (body.get(name, "") for name in ("text", "kind", "goods", "packs"))
    if not all(isinstance(one, str) for one in (text, kind, goods)) or not isinstance(packs, list):
        raise unreadable()
    if not all(isinstance(pack, str) for pack in packs):
        raise unreadable()
    given = Text(plain(text), kind or "script", tidy(goods)[: writing.LONGEST_GOODS], tuple(packs))
    given.refuse()
    return given, body


def unreadable() -> Refused:
    """What to say of a body that no page of ours sends."""
    return Refused(_("This could not be read. Open the page again and send once more."))


@blueprint.post("/practice/scripts/texts")
@signed_in
def autosave() -> Any:
    """Save by script: {client_id, text, base, kind, goods, packs, kept} → {base, address}; 409 with {theirs, base} when
    the text on the server is not the one that this was made from."""
    given, body = text_of_json()
    client_id, base = body.get("client_id"), body.get("base", "")
    if not isinstance(client_id, str) or not isinstance(base, str):
        raise unreadable()
    kept = body.get("kept") is True
    try:
        version = writing.written(asking(), client_id, given, base=base, kept=kept, now=utc_now())
    except writing.Edited as edited:
        return jsonify(error=str(edited), theirs=edited.theirs.text, base=edited.theirs.mark), 409
    return jsonify(base=mark_of(given.text), address=here(version.script_id), script=version.script_id)


@blueprint.post("/practice/scripts/<int:script_id>/deletion")
@signed_in
def delete(script_id: int) -> Any:
    """Put it away. Where a signed sheet stands on it, say why it stays."""
    script = own(script_id)
    try:
        writing.delete(script, now=utc_now())
    except Refused as refusal:
        flash(str(refusal), "err")
        return redirect(here(script_id), 303)
    flash(_("Deleted. You find it below under Deleted scripts and can take it back there."), "ok")
    return redirect(url_for("scripts.home", _anchor="deleted"), 303)


@blueprint.post("/practice/scripts/<int:script_id>/return")
@signed_in
def bring_back(script_id: int) -> Any:
    """Take it back."""
    script = found(Script.deleted_by(asking()).where(Script.id == script_id))
    writing.bring_back(script, now=utc_now())
    flash(_("It is back, with all its versions."), "ok")
    return redirect(here(script_id), 303)


@blueprint.get("/practice/scripts/help")
@public
def help_page() -> Any:
    """How the coach works."""
    return render_template("help/scripts.html", rules_version=advertising.RULES_VERSION)
