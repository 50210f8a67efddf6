"""Backup and restore: everything comes back, damage is noticed before anything is touched."""

from __future__ import annotations

import fcntl
import shutil
import tarfile
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from lms import db, migrations, models
from lms.accounts import people
from lms.accounts.models import Person
from lms.catalogue import store
from lms.db import utc_now
from lms.errors import Refused
from lms.exchange import backup
from lms.media import FolderStore
from lms.settings import Settings
from lms.submissions import freeing
from tests.administration.deeds import assert_counts_hold, complete
from tests.cast import Cast
from tests.postgres import postgres_url


@pytest.fixture
def settings(app, tmp_path: Path) -> Settings:
    return replace(app.config["SETTINGS"], var=tmp_path / "var", secret_key="the secret of the first installation")


@pytest.fixture
def media(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "media")
    store.put(b"a picture of lotus roots")
    return store


@pytest.fixture
def archive(cast: Cast, settings: Settings, media: FolderStore, tmp_path: Path) -> Path:
    """A backup of the cast's installation, in which Xiulan has completed the course."""
    complete(cast.enrolment)
    path = tmp_path / "all.tar.gz"
    backup.back_up(path, settings, media, now=utc_now(), progress=quiet)
    return path


def quiet(_done: int, _total: int) -> None:
    """Nobody looks at the bar."""


def everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    return {table._meta.table_name: sorted(map(repr, table.select().tuples())) for table in models.TABLES}


def restore(archive: Path, settings: Settings, media: FolderStore, *, force: bool = False):
    return backup.restore(archive, settings, media, now=utc_now(), force=force, progress=quiet)


def somewhere_else(database_url: str, worker: str, tmp_path: Path) -> str:
    """The address of a fresh, empty database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'elsewhere.db'}"
    return postgres_url(worker, "elsewhere")


def test_everything_comes_back_elsewhere(archive, settings, tmp_path, database_url, worker):
    before = everything()
    db.database.close()
    elsewhere = db.bind(somewhere_else(database_url, worker, tmp_path))
    new_media = FolderStore(tmp_path / "new media")
    _manifest, secret = restore(archive, replace(settings, var=tmp_path / "new var"), new_media)
    elsewhere.connect(reuse_if_open=True)
    assert everything() == before
    assert_counts_hold()
    assert [new_media.get(digest) for digest in new_media.digests()] == [b"a picture of lotus roots"]
    kept = tmp_path / "new var" / "secret_key"
    assert kept.read_text() == secret == "the secret of the first installation"
    assert kept.stat().st_mode & 0o777 == 0o600
    elsewhere.close()
    if hasattr(elsewhere, "close_all"):
        elsewhere.close_all()


def test_what_is_here_is_not_overwritten_unasked(archive, settings, media):
    with pytest.raises(Refused):
        restore(archive, settings, media)


def test_what_was_here_is_backed_up_before_it_is_replaced(archive, settings, media, cast: Cast):
    before = everything()
    people.create("后来的人", "13812349999", by=None, now=utc_now())
    restore(archive, settings, media, force=True)
    db.database.connect(reuse_if_open=True)
    assert everything() == before
    assert not Person.select().where(Person.name == "后来的人").exists()
    (kept,) = (settings.var / "backups").glob("*-before-restore.tar.gz")
    assert tarfile.is_tarfile(kept)


@pytest.mark.parametrize("damage", ["cut", "letter", "empty", "no archive"])
def test_a_damaged_archive_changes_nothing(archive, settings, media, damage: str):
    content = archive.read_bytes()
    middle = len(content) // 2
    archive.write_bytes(
        {
            "cut": content[:middle],
            "letter": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "empty": b"",
            "no archive": b"<html>",
        }[damage]
    )
    before = everything()
    with pytest.raises(Refused):
        restore(archive, settings, media, force=True)
    assert everything() == before


def test_a_stranger_s_archive_writes_nothing_outside(archive, settings, media, tmp_path):
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as tar:
        (tmp_path / "x").write_text("x")
        tar.add(tmp_path / "x", "../../escaped")
    with pytest.raises(Refused):
        restore(evil, settings, media, force=True)
    assert not list(tmp_path.rglob("escaped"))


def test_a_backup_is_readable_by_its_owner_only_and_overwrites_nothing(archive, settings, media):
    assert archive.stat().st_mode & 0o077 == 0
    with pytest.raises(Refused):
        backup.back_up(archive, settings, media, now=utc_now(), progress=quiet)


def test_a_backup_that_breaks_off_leaves_nothing(cast: Cast, settings, media, tmp_path):
    target = tmp_path / "target" / "half.tar.gz"
    (digest,) = media.digests()
    shutil.rmtree(media.folder)
    media.path(digest).parent.mkdir(parents=True)
    media.path(digest).mkdir()
    with pytest.raises(OSError):
        backup.back_up(target, settings, media, now=utc_now(), progress=quiet)
    assert list(target.parent.iterdir()) == []


def test_no_film_is_read_into_memory_as_a_whole(cast: Cast, settings, media, tmp_path):
    digest = media.put(b"film" * 8_000_000)
    tracemalloc.start()

    backup.back_up(tmp_path / "films.tar.gz", settings, media, now=utc_now(), progress=quiet)
    shutil.rmtree(media.folder)
    restore(tmp_path / "films.tar.gz", settings, media, force=True)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert media.size(digest) == 32_000_000 and most < 12_000_000


def test_what_the_copy_names_is_not_let_go_of_before_it_is_in_the_archive(cast: Cast, settings, media, tmp_path):
    digests = sorted(media.digests())

    def let_go(_done: int, _total: int) -> None:
        with pytest.raises(BlockingIOError), freeing.held(fcntl.LOCK_EX | fcntl.LOCK_NB):
            pass

    backup.back_up(tmp_path / "all.tar.gz", settings, media, now=utc_now(), progress=let_go)

    assert sorted(media.digests()) == digests


def test_what_comes_back_is_not_let_go_of_before_the_database_names_it(
    archive, settings, media, monkeypatch, cast: Cast
):
    (digest,) = media.digests()
    monkeypatch.setattr(store, "media", media)
    freeing.note(digest).touch()  # deleted after the backup was taken, and still to go
    people.create("后来的人", "13812349999", by=None, now=utc_now())

    backup.restore(archive, settings, media, now=utc_now(), force=True, progress=lambda *_: freeing.catch_up())

    assert media.get(digest) == b"a picture of lotus roots"


def test_the_restored_database_is_up_to_date(archive, settings, media):
    restore(archive, settings, media, force=True)
    assert migrations.pending() == []
