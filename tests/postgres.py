"""A real PostgreSQL for the tests: a throw-away cluster, and a fresh database for whoever asks.

Where TEST_DATABASE_URL names a server, that one is used: its person must be allowed to create databases, and one test
run at a time can use it. Otherwise an own cluster is made in a temporary folder: one for all pytest workers, started
when the first database is asked for, or by the controller before it starts its workers.

As a pytest plugin (`pytest_plugins = ["tests.postgres"]`) this module starts and stops the cluster. Tests call
`postgres_url`, and clone what is costly to make:

    ready = postgres_url(worker_id, "ready")                 # once a worker: an empty database; migrate and close it
    url = postgres_url(worker_id, "module", template=ready)  # as often as wanted: a copy in some 20 ms
"""

import atexit
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

# A power cut may cost a throw-away cluster everything, so nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Little log, because the cluster may live in memory.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "64MB",
    # Nothing lives long enough to need it, and it would stand in the way of a test that drops its schema.
    "autovacuum": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}

MEMORY = Path("/dev/shm")
MEMORY_WANTED = 2 * 1024**3  # bytes

_own_cluster = ExitStack()
_made: set[str] = set()


def postgres_url(worker_id: str, name: str = "empty", *, template: str | None = None) -> str:
    """The address of a fresh database of this worker, replacing an earlier one of the same name.

    `template` is the address of a database to clone; nobody may be connected to it meanwhile.
    """
    server = _server_url()
    database = f"fieldcast_test_{worker_id}_{name}"
    source = urlsplit(template).path.removeprefix("/") if template else "template0"
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, database)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} {}").format(
                sql.Identifier(database), sql.Identifier(source), _way_to_copy(connection)
            )
        )
    _made.add(database)
    return urlsplit(server)._replace(path=f"/{database}").geturl()


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """An own PostgreSQL server for as long as the block, or this process, lasts. Yields the address of a database.

    Raises FileNotFoundError where the machine has no PostgreSQL server, CalledProcessError where it won't start.
    """
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="fieldcast-postgres-", dir=_fast_folder()))
    password = secrets.token_urlsafe(16)
    port = _free_port()
    options = {**SETTINGS, "port": port, "unix_socket_directories": folder}
    keeper = _keep(programs, folder)
    try:
        _initialise(programs, folder, password)
        _as_postgres(
            *(programs / "pg_ctl", "start", "-w", "-D", folder / "data", "-l", folder / "log"),
            *("-o", " ".join(f"-c {name}={value}" for name, value in options.items())),
        )
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    finally:
        keeper.communicate(b"\n")


def pytest_configure(config: pytest.Config) -> None:
    # Before xdist starts its workers, so that they inherit the address instead of each starting a cluster.
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        _server_url()


def pytest_unconfigure() -> None:
    if _made:
        with psycopg.connect(_server_url(), autocommit=True) as connection:
            while _made:
                _drop(connection, _made.pop())
    _own_cluster.close()


def _server_url() -> str:
    if "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = _own_cluster.enter_context(temporary_cluster())
        atexit.register(_own_cluster.close)
    return os.environ["TEST_DATABASE_URL"]


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _way_to_copy(connection: psycopg.Connection) -> sql.SQL:
    """File by file, in half the time of the way that PostgreSQL 15 began to prefer; before, it knew no other."""
    return sql.SQL("STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else "")


def _fast_folder() -> Path | None:
    """Memory where there is plenty: copying a database takes 20 ms there, 500 ms on a disk. Else the default."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_WANTED:
        return MEMORY
    return None


def _find_programs() -> Path:
    """The folder of initdb and pg_ctl: Debian keeps them out of PATH, one folder a version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = shutil.which("initdb") or (versions and versions[-1])
    if not found:
        raise FileNotFoundError(
            "The tests need a PostgreSQL server. Install it (on Debian: apt-get install postgresql) or set "
            "TEST_DATABASE_URL to one where databases may be created."
        )
    return Path(found).resolve().parent


def _initialise(programs: Path, folder: Path, password: str) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(password_file, "postgres")
    _as_postgres(
        *(programs / "initdb", "--pgdata", folder / "data", "--username", "postgres", "--pwfile", password_file),
        *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
    )


def _keep(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A small process that waits for a line, then stops the cluster and deletes its folder.

    When this process is killed the wait ends as well, because its input closes. It has a session of its own, so that
    Ctrl-C does not reach it.
    """
    stop = shlex.join(_command_as_postgres(programs / "pg_ctl", "stop", "-m", "immediate", "-D", folder / "data"))
    script = f"read line; {stop}; rm -rf {shlex.quote(str(folder))}"
    return subprocess.Popen(
        ["sh", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def _as_postgres(*command: object) -> None:
    # From "/", because the person postgres may not enter the folder we are in.
    try:
        subprocess.run(_command_as_postgres(*command), cwd="/", check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        error.add_note(error.stdout + error.stderr)
        raise


def _command_as_postgres(*command: object) -> list[str]:
    """The command, run as the person postgres where we are root: PostgreSQL refuses to run as root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *words]
    return words


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
