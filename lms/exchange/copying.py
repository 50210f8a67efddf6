"""Copying a database whole while it is in use, and putting a copy in its place in one transaction."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from lms.db import database, is_postgresql
from lms.errors import Refused
from lms.i18n import _

SERVERS = Path("/usr/lib/postgresql")
# Run before the dump's own statements, in the same transaction, so that nothing of the old installation stays.
CLEAR = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


def kind() -> str:
    """Which database this is, as archives name it."""
    return "postgresql" if is_postgresql() else "sqlite"


def copy_database(path: Path) -> Path:
    """A consistent copy of the whole database as one file, taken while others write."""
    if is_postgresql():
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={path}")
        return path
    with closing(sqlite3.connect(database.obj.database)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        # A copy in WAL mode would need two more files beside it.
        target.execute("PRAGMA journal_mode = delete")
    return path


def check(path: Path) -> None:
    """Raise Refused unless the file is a database, or a dump, that can be read from end to end."""
    if is_postgresql():
        run("pg_restore", "--file=/dev/null", path, connect=False)
        return
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        raise damaged(problem) from problem
    if verdict != "ok":
        raise damaged(verdict)


def replace_database(path: Path) -> None:
    """Put the copy in the place of the bound database. In one transaction: it is the old one, or the new one."""
    if not database.is_closed():
        database.close()
    if is_postgresql():
        replace_postgresql(path)
        return
    # The backup API writes into the file that others hold open; a file moved into its place they would never see.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(database.obj.database)) as target:
        target.execute("PRAGMA busy_timeout = 30000")
        source.backup(target)
        target.execute("PRAGMA journal_mode = wal")


def replace_postgresql(path: Path) -> None:
    """Clear and fill by one script in one transaction. Idle connections of our own are let go of first."""
    database.obj.close_idle()
    script = path.with_suffix(".sql")
    run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", path, connect=False)
    # The dump makes the schema itself, so the one that we made stays out of its way by IF NOT EXISTS.
    text = script.read_text(encoding="utf-8").replace("CREATE SCHEMA public;", "CREATE SCHEMA IF NOT EXISTS public;", 1)
    script.write_text(text, encoding="utf-8")
    run(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
        f"--command={CLEAR}", f"--file={script}",
    )  # fmt: skip


def run(program: str, *arguments: object, connect: bool = True) -> None:
    """Run a client program of PostgreSQL on the bound database. Raises Refused with what it said."""
    address, environment = connection()
    command = [find(program), *map(str, arguments), *([f"--dbname={address}"] if connect else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Refused(_("%(program)s says: %(words)s", program=program, words=done.stderr.strip()))


def connection() -> tuple[str, dict[str, str]]:
    """The database's address without its password, and an environment with it: everybody can read a command line."""
    parts = urlsplit(database.obj.database)
    place = parts.netloc.rpartition("@")[2]
    who = f"{parts.username}@" if parts.username else ""
    address = urlunsplit(parts._replace(netloc=who + place))
    return address, {**os.environ, **({"PGPASSWORD": parts.password} if parts.password else {})}


def find(program: str) -> str:
    """The program in PATH, or the newest that Debian keeps beside its server (an older one refuses a newer server)."""
    beside = sorted(SERVERS.glob(f"*/bin/{program}"), key=lambda path: float(path.parts[-3]))
    found = beside[-1] if beside else shutil.which(program)
    if not found:
        raise Refused(_("%(program)s is missing. Install PostgreSQL's client programs.", program=program))
    return str(found)


def damaged(problem: object) -> Refused:
    """What to say of a copy that cannot be read."""
    return Refused(_("The database in this backup is damaged: %(problem)s", problem=problem))
