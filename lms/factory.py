"""The factory: puts the rooms together. Reads as a table of contents."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import audit, cli, db, i18n, media
from lms.accounts import sessions
from lms.accounts import views as accounts
from lms.catalogue import store
from lms.catalogue import views as catalogue
from lms.certificates import issuing
from lms.certificates import views as certificates
from lms.learning import completion
from lms.learning import views as learning
from lms.settings import ROOT, Settings
from lms.today import views as today
from lms.web import access, assets, csrf, headers, health, log, pages

BLUEPRINTS = [health, accounts, catalogue, learning, certificates, today]


def create_app(settings: Settings) -> Flask:
    """The application for these settings. Everything that knows everybody happens here, and only here."""
    log.init()
    app = Flask("lms", root_path=str(ROOT / "lms"), template_folder=str(ROOT / "templates"), static_folder=None)
    configure(app, settings)
    db.bind(settings.database_url)
    store.media = media.open_store(settings.media_url)
    app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]

    app.before_request(arrive)
    app.teardown_request(leave)
    for part in (i18n, pages, sessions, csrf, access):
        part.init_app(app)
    Compress(app)
    headers.init_app(app)
    assets.init_app(app, settings)
    for room in BLUEPRINTS:
        app.register_blueprint(room.blueprint)
    completion.when_completed[:] = [issuing.issue_on_completion]
    issuing.place.zone = settings.zone
    issuing.place.public_url = settings.public_url or f"http://127.0.0.1:{settings.port}"
    cli.init_app(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings."""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=180),
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIN_SIZE=400,
        COMPRESS_BR_LEVEL=5,
    )


def arrive() -> None:
    """Open the database, and note where the request comes from for the audit trail."""
    if request.path != "/healthz":
        db.database.connect(reuse_if_open=True)
    audit.origin.set(request.remote_addr or "unknown")


def leave(_error: BaseException | None) -> None:
    """Give the connection back."""
    if not db.database.is_closed():
        db.database.close()
