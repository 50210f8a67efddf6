"""The factory: puts the rooms together. Reads as a table of contents."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import audit, cli, db, i18n, jobs, media, models
from lms.accounts import notice, people, sessions
from lms.accounts import views as accounts
from lms.administration.views import desks
from lms.assessment import queue as judges_queue
from lms.assessment import regrading, settling
from lms.assessment import views as assessment
from lms.assessment import wording as judges_words
from lms.authoring import desk as authors_desk
from lms.authoring import readings, recordings, takes
from lms.authoring import views as authoring
from lms.catalogue import store
from lms.catalogue import views as catalogue
from lms.certificates import issuing
from lms.certificates import views as certificates
from lms.exchange import mydata, previews
from lms.exchange import views as exchange
from lms.learning import completion, enrolling, looking, recount
from lms.learning import views as learning
from lms.learning import views_joining as joining
from lms.learning.joining import keep_group
from lms.outcomes import lives
from lms.practice import tools
from lms.practice import views as practice
from lms.practice.rehearsal import handed as rehearsal_handed
from lms.practice.rehearsal import views as rehearsal
from lms.practice.scripts import handed as scripts_handed
from lms.practice.scripts import keeping as scripts_kept
from lms.practice.scripts import views as scripts
from lms.practice.shots import views as shots
from lms.practice.shots import words as shots_words
from lms.reports import counting
from lms.reports import views as reports
from lms.settings import ROOT, Settings
from lms.submissions import freeing, standing, turning
from lms.submissions import views as submissions
from lms.today import views as today
from lms.web import access, addresses, assets, bodies, csrf, design, headers, health, log, navigation, pages

BLUEPRINTS = [health, accounts, catalogue, learning, joining, certificates, today, reports, authoring]
BLUEPRINTS += [submissions, practice, shots, scripts, rehearsal]
BLUEPRINTS += [assessment]


def create_app(settings: Settings) -> Flask:
    """The application for these settings. Everything that knows everybody happens here, and only here."""
    log.init()
    app = Flask("lms", root_path=str(ROOT / "lms"), template_folder=str(ROOT / "templates"), static_folder=None)
    configure(app, settings)
    db.bind(settings.database_url)
    store.media = media.open_store(settings.media_url)
    jobs.init_app(settings)
    app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]
    app.jinja_env.globals.update(desk_nav=navigation.desk_nav)
    app.before_request(arrive)
    app.teardown_request(leave)
    for part in (addresses, bodies, i18n, pages, sessions, csrf, access):
        part.init_app(app)
    Compress(app)
    headers.init_app(app)
    assets.init_app(app, settings)
    register_pages(app, settings)
    pass_news_up(settings)
    cli.init_app(app)
    return app


def register_pages(app: Flask, settings: Settings) -> None:
    """Every room's pages; the page of components in development only."""
    rooms = [*BLUEPRINTS, *([design] if settings.development else [])]
    for blueprint in (*(room.blueprint for room in rooms), *desks.blueprints, *exchange.blueprints):
        app.register_blueprint(blueprint)


def pass_news_up(settings: Settings) -> None:
    """Who hears of what happens on a lower floor."""
    jobs.deeds.update({recordings.JOB: recordings.turn, takes.JOB: readings.put_together})
    jobs.deeds.update({turning.JOB: turning.turn, turning.TIDY: turning.tidy_today, freeing.JOB: freeing.catch_up})
    jobs.deeds.update({scripts_kept.TIDY: scripts_kept.tidy_today, issuing.EXPIRY: issuing.expire_today})
    jobs.daily[:] = [issuing.EXPIRY, turning.TIDY, scripts_kept.TIDY]
    jobs.lengthy.update({recordings.JOB, takes.JOB, turning.JOB})
    freeing.Place.folder, freeing.columns[:] = settings.var / "uploads", models.NAMING_MEDIA
    looking.handed_in[:] = [standing.of_enrolment]
    submissions.handing_in.tools[:] = tools.TOOLS
    judges_words.measured_by[:] = [shots_words.told, scripts_handed.told, rehearsal_handed.told]
    jobs.deeds.update({settling.JOB: settling.settle_due, regrading.JOB: regrading.settle})
    jobs.daily.append(settling.JOB)
    navigation.waiting["assessment.queue"] = judges_queue.count_waiting
    navigation.waiting["authoring.faults"] = authors_desk.faults_waiting
    notice.when_accepted[:] = [enrolling.enrol_accepted]
    notice.when_group_changed[:] = [keep_group]
    people.when_erased[:] = [mydata.forget, takes.forget]
    previews.folder = settings.var / "previews"
    jobs.deeds[counting.JOB] = counting.count
    counting.Place.folder, counting.Place.zone = settings.var / "counts", settings.zone
    completion.when_completed[:] = [issuing.issue_on_completion]
    recount.certified_ids[:] = [issuing.certified_ids]
    recount.first_lives[:] = [lives.first_lives]
    issuing.place.zone = settings.zone
    issuing.place.public_url = settings.public_url or f"http://127.0.0.1:{settings.port}"


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
        COMPRESS_BR_LEVEL=4,
    )


def arrive() -> None:
    """Open the database, and note where the request comes from for the audit trail."""
    if request.path != "/healthz":
        db.database.connect(reuse_if_open=True)
    audit.origin.set(request.remote_addr or "unknown")


def leave(error: BaseException | None) -> None:
    """Give the connection back to the pool. On SQLite a thread keeps its own, which saves opening the file and setting
    seven pragmas for every page; after an error it begins with a new one."""
    if not db.database.is_closed() and (error or db.is_postgresql()):
        db.database.close()
