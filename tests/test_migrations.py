"""Promise 11: an upgrade loses nothing. A database of every earlier version becomes today's, with a backup before each
step, on both databases."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from lms import db, migrations, models
from lms.db import database, utc_now
from tests import conftest
from tests.postgres import postgres_url

VERSIONS = sorted(path.stem for path in migrations.FOLDER.glob("0*.py"))
ROWS = (Path(__file__).parent / "migrations" / "first_rows.sql").read_text(encoding="utf-8")
FILLED = (
    "area",
    "person",
    "role",
    "cohort",
    "membership",
    "course",
    "course_version",
    "enrolment",
    "event",
    "step_done",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, worker: str, tmp_path: Path) -> Iterator[None]:
    """A database of each kind with nothing in it."""
    url = f"sqlite:///{tmp_path / 'old.db'}" if request.param == "sqlite" else postgres_url(worker, "old")
    bound = db.bind(url)
    yield
    conftest.let_go(bound)


def built_up_to(version: str) -> None:
    """An installation that began with the first schema and was upgraded up to this version."""
    with db.opened():
        migrations.runner().up(VERSIONS[0])
        for statement in filter(str.strip, ROWS.split(";\n")):
            database.execute_sql(statement)
    with migrations.foreign_keys_off():
        migrations.runner().up(version)


def counts() -> dict[str, int]:
    """How many rows there are where the first installation had some."""
    with db.opened():
        return {name: database.execute_sql(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in FILLED}


def columns() -> dict[str, set[tuple[str, str, bool]]]:
    """Table → (column, type, may be null), as the database itself tells."""
    with db.opened():
        return {
            table: {(one.name, one.data_type.lower(), one.null) for one in database.get_columns(table)}
            for table in database.get_tables()
            if table not in ("schema_migration", "sqlite_sequence")
        }


def test_an_empty_database_becomes_what_the_models_say(empty: None, tmp_path: Path):
    done, backup = migrations.upgrade(tmp_path / "backups", now=utc_now())

    assert done == VERSIONS and migrations.pending() == []
    assert backup is None or backup.exists()
    with db.opened():
        assert not (diff := diff_models(database.obj, models.TABLES)), diff


@pytest.mark.parametrize("version", VERSIONS)
def test_a_database_of_every_earlier_version_upgrades_with_all_its_rows(empty: None, version: str, tmp_path: Path):
    built_up_to(version)
    before = counts()

    migrations.upgrade(tmp_path / "backups", now=utc_now())

    assert counts() == before and min(before.values()) >= 1
    with db.opened():
        assert not (diff := diff_models(database.obj, models.TABLES)), diff


def test_upgraded_columns_have_the_types_that_a_new_installation_has(empty: None, tmp_path: Path):
    built_up_to(VERSIONS[0])
    migrations.upgrade(tmp_path / "backups", now=utc_now())
    upgraded = columns()

    with db.opened():
        database.drop_tables(models.TABLES, cascade=db.is_postgresql())
        database.create_tables(models.TABLES)

    made = columns()
    assert {table: upgraded[table] for table in made} == made


def test_upgrading_twice_does_nothing_the_second_time(empty: None, tmp_path: Path):
    migrations.upgrade(tmp_path / "backups", now=utc_now())

    assert migrations.upgrade(tmp_path / "again", now=utc_now()) == ([], None)
    assert not (tmp_path / "again").exists()


def test_a_backup_is_made_before_each_step_and_holds_everything(empty: None, tmp_path: Path):
    built_up_to(VERSIONS[0])

    done, last = migrations.upgrade(tmp_path / "backups", now=utc_now())

    backups = sorted((tmp_path / "backups").iterdir())
    assert [path.name.partition("-before-")[2].rpartition(".")[0] for path in backups] == done
    assert last == backups[-1] and "藕塘镇" in told(last)


def told(backup: Path) -> str:
    """The places that a backup holds."""
    if backup.suffix == ".db":
        with closing(sqlite3.connect(backup)) as copy:
            return str(copy.execute('SELECT "name_zh" FROM "area"').fetchall())
    words = ["pg_restore", "--data-only", "--table=area", "--file=-", str(backup)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def test_a_migration_that_fails_changes_nothing(empty: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    built_up_to(VERSIONS[-1])
    before = counts()
    broken = tmp_path / "migrations"
    broken.mkdir()
    (broken / "9999_broken.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('DROP TABLE \"tally\"')\n    db.execute_sql('no such statement')\n"
    )
    monkeypatch.setattr(migrations, "FOLDER", broken)

    with pytest.raises(Exception, match=r"no such|syntax"):
        migrations.upgrade(tmp_path / "backups", now=utc_now())

    assert counts() == before
    with db.opened():
        assert "tally" in database.get_tables()


def test_children_survive_the_rebuilding_of_their_parents(empty: None):
    built_up_to(VERSIONS[0])
    before = counts()

    with migrations.foreign_keys_off():
        database.execute_sql('ALTER TABLE "person" RENAME COLUMN "saver" TO "saver_of_data"')

    assert counts() == before
    with db.opened():
        keys = database.execute_sql("PRAGMA foreign_keys").fetchone() if not db.is_postgresql() else (1,)
        assert keys == (1,)
