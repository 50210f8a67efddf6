"""Spoken comments, for those who may hear them."""

from __future__ import annotations

from typing import Any

from flask import make_response

from lms.assessment import peers, voices
from lms.assessment.models import Judgement
from lms.assessment.views import blueprint
from lms.db import found
from lms.web.access import allow, signed_in
from lms.web.people import asking


@blueprint.get("/work/voices/<int:number>")
@signed_in
def voice(number: int) -> Any:
    """What a judge said."""
    return sound(found(Judgement.heard_by(asking()).where(Judgement.id == number)).voice)


@blueprint.get("/work/voices/waiting/<token>")
@allow("trainer")
def waiting_voice(token: str) -> Any:
    """What I said myself, before my form could be kept."""
    return sound(voices.find(asking(), token).digest)


@blueprint.get("/work/stickers/<int:number>/voice")
@signed_in
def peer_voice(number: int) -> Any:
    """What a fellow trainee said."""
    return sound(peers.heard(asking(), number).voice)


def sound(digest: str) -> Any:
    """The bytes. They are one's own: never kept by anything between."""
    content, mime = voices.heard(digest)
    response = make_response(content)
    response.headers["Content-Type"] = mime
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    return response
