"""One application a worker; a fresh database for every test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask

from lms import db, installation, migrations
from lms.catalogue import pages, reading
from lms.factory import create_app
from lms.learning import keys, looking
from lms.learning.views.lessons import drawn
from lms.settings import Settings
from tests.browser import Browser
from tests.cast import Cast, raise_curtain
from tests.postgres import postgres_url

pytest_plugins = ["tests.chromium", "tests.postgres"]

SECRET = "a secret for the tests only, and long enough"


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this pytest worker."""
    return getattr(request.config, "workerinput", {"workerid": "main"})["workerid"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this worker's installation keeps its files."""
    return tmp_path_factory.mktemp("fieldcast")


@pytest.fixture(scope="session")
def shared_app(folder: Path) -> Flask:
    """The application. It is made once; `app` gives it a fresh database for each test."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'unused.db'}",
        secret_key=SECRET,
        var=folder,
        media_url=str(folder / "media"),
        public_url="http://localhost",
    )
    app = create_app(settings)
    app.testing = True
    return app


@pytest.fixture(scope="session")
def sqlite_template(shared_app: Flask, folder: Path) -> Path:
    """A migrated, empty SQLite database to copy from."""
    path = folder / "template.db"
    migrate(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def postgresql_template(shared_app: Flask, folder: Path, worker: str) -> str:
    """A migrated, empty PostgreSQL database to clone."""
    url = postgres_url(worker, "template")
    migrate(url, folder)
    return url


def migrate(url: str, folder: Path) -> None:
    """Bring a new database to today's schema and let go of it."""
    bound = db.bind(url)
    migrations.upgrade(folder / "backups", now=db.utc_now())
    let_go(bound)


@pytest.fixture(scope="session")
def sqlite_stage(shared_app: Flask, sqlite_template: Path, folder: Path) -> tuple[Path, Cast]:
    """The same with everybody in place."""
    path = shutil.copy(sqlite_template, folder / "stage.db")
    return path, staged(shared_app, f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgresql_stage(shared_app: Flask, postgresql_template: str, worker: str) -> tuple[str, Cast]:
    """The same on PostgreSQL."""
    url = postgres_url(worker, "stage", template=postgresql_template)
    return url, staged(shared_app, url)


def staged(app: Flask, url: str) -> Cast:
    """Raise the curtain once for all tests of a worker: each of them takes a copy."""
    bound = db.bind(url)
    forget()
    with app.app_context(), bound.connection_context():
        cast = raise_curtain()
    let_go(bound)
    return cast


def let_go(bound) -> None:
    """Close every connection to a database."""
    bound.close_all() if hasattr(bound, "close_all") else bound.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, worker: str, tmp_path: Path) -> str:
    """The address of a fresh database of each kind: with everybody in place where the test asks for the cast, with the
    demonstration where it asks for that (whose module builds it)."""
    if "demonstration" in request.fixturenames:
        original = request.getfixturevalue(f"{request.param}_county").original
    elif "cast" in request.fixturenames:
        original = request.getfixturevalue(f"{request.param}_stage")[0]
    else:
        original = request.getfixturevalue(f"{request.param}_template")
    if request.param == "postgresql":
        return postgres_url(worker, "test", template=original)
    copy = tmp_path / "fieldcast.db"
    shutil.copy(original, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def app(shared_app: Flask, database_url: str) -> Iterator[Flask]:
    """The application on a fresh database, with an open connection for the test itself."""
    bound = db.bind(database_url)
    bound.connect()
    forget()
    with shared_app.app_context():
        yield shared_app
    if not bound.is_closed():
        bound.close()
    let_go(bound)


def forget() -> None:
    """What the application keeps in memory belongs to another database: ids begin anew in each."""
    reading.forget()
    pages.rendered.cache_clear()
    installation.kept.forget()
    looking.trainers.forget()
    keys.forget()
    pages.of_version.cache_clear()
    looking.takes_work.cache_clear()
    drawn.forget()


@pytest.fixture
def cast(app: Flask, request: pytest.FixtureRequest) -> Cast:
    """The people of our stories, their county, their class and its course."""
    kind = "postgresql" if db.is_postgresql() else "sqlite"
    return deepcopy(request.getfixturevalue(f"{kind}_stage")[1])


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app)
