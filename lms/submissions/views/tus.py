"""Uploads that go on where they broke off: the tus resumable upload protocol, version 1.0.0 (tus.io/protocols), with
the extensions creation, termination and expiration. Only the owner of an upload can tell that it is there."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from flask import Response, make_response, request, url_for
from werkzeug.http import http_date

from lms.accounts.models import Person
from lms.db import utc_now
from lms.errors import Busy, NotFound, Refused
from lms.i18n import _
from lms.learning import looking
from lms.submissions import reading_in, tasks, uploads
from lms.submissions.models import Upload
from lms.submissions.views import blueprint
from lms.web.access import public, signed_in
from lms.web.people import asking

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
BYTES = "application/offset+octet-stream"


class WrongVersion(Refused):
    """A client of another version of the protocol."""

    status = 412


class NotBytes(Refused):
    """A PATCH that is not of the protocol's own type."""

    status = 415


class BadHeader(Refused):
    """A header of the protocol is missing or makes no sense."""

    status = 400


@blueprint.after_request
def name_version(response: Response) -> Response:
    """Every answer about uploads says which version speaks."""
    if request.endpoint in OURS:
        response.headers["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response.headers["Tus-Version"] = VERSION
    return response


@blueprint.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@blueprint.route("/uploads/<token>", methods=["OPTIONS"], provide_automatic_options=False)
@public
def upload_options(token: str = "") -> Any:
    """What this server can do."""
    response = make_response("", 204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Max-Size"] = str(uploads.megabytes(uploads.LARGEST_MB))
    return response


@blueprint.post("/uploads", provide_automatic_options=False)
@signed_in
def begin_upload() -> Any:
    """A new upload. `Upload-Metadata` may hold filename, filetype and `for`, the task (`<course>/<lesson>/<step>`), by
    whose limit it is taken."""
    agree_on_version()
    told = metadata()
    upload = uploads.begin(
        asking(),
        number("Upload-Length"),
        name=told.get("filename", ""),
        kind=told.get("filetype", ""),
        most_mb=most_for(asking(), told.get("for", "")),
        now=utc_now(),
    )
    response = make_response("", 201)
    response.headers["Location"] = url_for("submissions.upload_state", token=upload.token)
    return progress(response, upload, 0)


@blueprint.route("/uploads/<token>", methods=["HEAD"], provide_automatic_options=False)
@signed_in
def upload_state(token: str) -> Any:
    """How much is safely here."""
    upload = uploads.find(asking(), token)
    agree_on_version()
    response = make_response("", 200)
    response.headers["Upload-Length"] = str(upload.size)
    response.headers["Cache-Control"] = "no-store"
    return progress(response, upload, uploads.offset(upload))


@blueprint.route("/uploads/<token>", methods=["PATCH"], provide_automatic_options=False)
@signed_in
def continue_upload(token: str) -> Any:
    """More bytes. What comes before the link breaks stays."""
    upload = uploads.find(asking(), token)
    agree_on_version()
    if request.mimetype != BYTES:
        raise NotBytes(_("That does not work like this. Go back and try again."))
    at = number("Upload-Offset")
    request.max_content_length = None  # the upload's own length is the limit
    with reading_in.place() as free:
        if not free:
            raise Busy(_("Many are sending just now. It goes on by itself in a moment."))
        have = uploads.append(upload, at, reading_in.blocks(request.stream), now=utc_now())
    return progress(make_response("", 204), upload, have)


@blueprint.delete("/uploads/<token>", provide_automatic_options=False)
@signed_in
def end_upload(token: str) -> Any:
    """Give an upload up."""
    upload = uploads.find(asking(), token)
    agree_on_version()
    uploads.remove(upload)
    return "", 204


@blueprint.post("/uploads/<token>", provide_automatic_options=False)
@signed_in
def override_upload(token: str) -> Any:
    """The same for phones and proxies that know no PATCH or DELETE."""
    deeds = {"PATCH": continue_upload, "DELETE": end_upload}
    deed = deeds.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    uploads.find(asking(), token)
    if deed is None:
        raise BadHeader(_("That does not work like this. Go back and try again."))
    return deed(token)


OURS = {
    f"submissions.{view.__name__}"
    for view in (upload_options, begin_upload, upload_state, continue_upload, end_upload, override_upload)
}


def agree_on_version() -> None:
    """Raise WrongVersion unless the client speaks ours."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion(_("That does not work like this. Go back and try again."))


def number(header: str) -> int:
    """A header that holds a number of bytes."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadHeader(_("That does not work like this. Go back and try again."))
    return int(text)


def metadata() -> dict[str, str]:
    """`Upload-Metadata`: names and values in Base64, with commas between."""
    told = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            text = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise BadHeader(_("That does not work like this. Go back and try again.")) from None
        told[name] = "".join(sign for sign in text if sign.isprintable())
    return told


def most_for(person: Person, task: str) -> int:
    """The largest file, in megabytes, that the named task takes from this person."""
    slug, _slash, step_key = task.partition("/")
    enrolment = looking.current_enrolment(slug, person) if step_key else None
    if enrolment is None:
        return uploads.MOST_MB
    try:
        return tasks.asked(enrolment.version_id, step_key).most_mb
    except NotFound:
        return uploads.MOST_MB


def progress(response: Response, upload: Upload, have: int) -> Response:
    """The answer with how much is here and, while it is not whole, until when that is kept."""
    response.headers["Upload-Offset"] = str(have)
    if have < upload.size:
        response.headers["Upload-Expires"] = http_date(upload.touched_at + uploads.KEPT_FOR)
    return response
