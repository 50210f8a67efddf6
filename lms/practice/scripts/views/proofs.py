"""Proofs: given, looked at, taken back."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, request

from lms.catalogue import store
from lms.db import utc_now
from lms.errors import NotFound, Refused
from lms.i18n import _
from lms.practice.scripts import proofs
from lms.practice.scripts.views import blueprint
from lms.practice.scripts.views.coach import here, own
from lms.web.access import signed_in
from lms.web.forms import tidy
from lms.web.uploads import sent


@blueprint.post("/practice/scripts/<int:script_id>/proofs")
@signed_in
def give_proof(script_id: int) -> Any:
    """Keep a proof with the script; where its photo cannot be kept, then what was written."""
    script, photo, now = own(script_id), sent("photo"), utc_now()
    form = {name: tidy(request.form.get(name)) for name in ("rule", "claim", "kind", "words")}
    try:
        proofs.give(script, photo=photo.content if photo else None, now=now, **form)
    except proofs.PhotoRefused as refusal:
        if form["words"]:
            proofs.give(script, photo=None, now=now, **form)
            flash(_("What you wrote is kept. Only the photo is missing."), "ok")
        flash(str(refusal), "err")
    except Refused as refusal:
        flash(str(refusal), "err")
    else:
        flash(_("The proof is kept with this script."), "ok")
    return redirect(here(script_id), 303)


@blueprint.post("/practice/scripts/<int:script_id>/proofs/<int:proof_id>/withdrawal")
@signed_in
def take_proof_back(script_id: int, proof_id: int) -> Any:
    """The proof no longer stands."""
    proofs.take_back(proofs.of(own(script_id), proof_id), now=utc_now())
    flash(_("Taken back. The words need a proof again."), "ok")
    return redirect(here(script_id), 303)


@blueprint.get("/practice/scripts/<int:script_id>/proofs/<int:proof_id>/photo")
@signed_in
def proof_photo(script_id: int, proof_id: int) -> Any:
    """The photo of a proof, for its owner alone."""
    proof = proofs.of(own(script_id), proof_id)
    if not proof.digest:
        raise NotFound
    response = make_response(store.media.get(proof.digest))
    response.mimetype = "image/webp"
    response.set_etag(proof.digest)
    # Asked for anew each time: phones are shared.
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
