"""What every page gets: who reads it, what the installation says of itself, words, errors in plain sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_login import current_user
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lms import i18n, installation
from lms.errors import Busy, FieldcastError, Forbidden, NotFound, Wait
from lms.i18n import _, ngettext
from lms.lib import names, sentences, speaking
from lms.web import log, preferences
from lms.web.access import is_signed_out
from lms.web.came_from import page_of_form


def init_app(app: Flask) -> None:
    """Template globals and filters, the language choice, and errors answered in the reader's language."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.update(_=_, ngettext=ngettext)
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        weight=weight,
        lasting=lasting,
        aloud=sentences.marked,
        given_name=names.greeting,
        seconds_aloud=speaking.about,
        without_yes=without_yes,
    )
    app.context_processor(context)
    app.after_request(keep_language)
    app.register_error_handler(FieldcastError, answer)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unforeseen)


def context() -> dict[str, Any]:
    """What layouts need."""
    chosen = preferences.read()
    return {
        "site": site(),
        "lang": i18n.language(),
        "html_lang": i18n.HTML_LANG[i18n.language()],
        "theme": chosen.theme,
        "text_size": chosen.text_size,
        "saver": chosen.saver,
        "me": current_user if current_user.is_authenticated else None,
    }


def site() -> installation.Installation:
    """The installation's own words, read once a request."""
    if "site" not in g:
        g.site = installation.read()
    return g.site


def keep_language(response: Response) -> Response:
    """A language asked for by `?lang=` stays chosen."""
    if request.args.get("lang"):
        preferences.keep(response, "lang", request.args["lang"])
    return response


def day(value: datetime | date | None) -> str:
    """A day in the installation's zone, as the reader writes it: 4 月 2 日, 2 April."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(current_app.config["SETTINGS"].zone).date()
    if i18n.language() == "zh":
        return f"{value.year} 年 {value.month} 月 {value.day} 日"
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """A day with the time."""
    if value is None:
        return ""
    return f"{day(value)} {value.astimezone(current_app.config['SETTINGS'].zone):%H:%M}"


def without_yes(said: Markup) -> Markup:
    """What an author says to a right answer, without the 对。 that the heading above says already."""
    return Markup(speaking.without_yes(str(said)))


def weight(size: int) -> str:
    """Bytes as people read them: 38 KB, 3.2 MB (1 KB = 1,024 bytes)."""
    if size < 1024 * 1000:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def lasting(seconds: int) -> str:
    """How long a recording takes: 48 seconds, 1 min 5 s."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return ngettext("%(num)d second", "%(num)d seconds", rest)
    if not rest:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return _("%(minutes)d min %(seconds)d s", minutes=minutes, seconds=rest)


def answer(error: FieldcastError) -> Any:
    """A refusal of ours, in words."""
    response = page(error.status, str(error.message or standard(error)))
    if isinstance(error, Wait | Busy):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def answer_http(error: HTTPException) -> Any:
    """A refusal by the framework, in our words. Redirects pass."""
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, RequestEntityTooLarge):
        return page(413, _("This is too big to send. Choose a smaller file."))
    if error.code == 404:
        return answer(NotFound())
    response = page(error.code, _("That does not work like this. Go back and try again."))
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def answer_unforeseen(error: Exception) -> Any:
    """Our fault: logged, told kindly, and nothing is lost. Tests and development see it raised."""
    if current_app.testing or current_app.debug:
        raise error
    log.failure("unforeseen", endpoint=request.endpoint)
    return page(500, standard(FieldcastError()))


def standard(error: FieldcastError) -> str:
    """The sentence for an error that brought none."""
    if isinstance(error, NotFound):
        if not (current_user and current_user.is_authenticated):
            return _("This page is gone. Go to the start page.")
        return _("There is no such page.") if current_user.is_staff else _("This page is gone. Go to Today.")
    if isinstance(error, Forbidden):
        return _("This page is for other colleagues. Ask the administrator if you need it.")
    if isinstance(error, Wait):
        return ngettext("Wait %(num)d second, then try again.", "Wait %(num)d seconds, then try again.", error.seconds)
    return _("Something broke on our side, not yours. Your work is kept. Come back in 10 minutes.")


def page(status: int, message: str) -> Response:
    """An error page, or the same as JSON for a script that asked for JSON."""
    if request.accept_mimetypes.best == "application/json":
        response = jsonify(error=message)
    else:
        told = {"status": status, "message": message, "back": page_of_form(), "signed_out": is_signed_out()}
        response = current_app.make_response(render_template("errors/page.html", **told))
    response.status_code = status
    return response
