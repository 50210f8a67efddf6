"""The production server: granian with worker processes, and beside it the job consumer whenever work waits.

SIGHUP brings in new workers before the old ones leave, so that no request is lost; SIGTERM and Ctrl-C stop everything
cleanly. There is no access log: who reads what is nobody's business, and a reverse proxy can keep one where it is.

The command makes way for a process that runs this module and nothing else, so that what watches the workers does
not hold a whole application in memory. bench/README.md says what all of it holds at rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import date, datetime

import click
from granian import Granian

from lms.settings import ROOT, Settings

# A slow phone holds a thread while what it sends comes in, or what it plays goes out; uploads take five at most
# (lms/submissions/reading_in.py), large files two (lms/web/sending.py).
THREADS = 8
BELL = "jobs.bell"  # as in lms.jobs, which is not loaded here: it brings the queue and the database
STOP_WITHIN = 10  # seconds for requests under way when a worker leaves
# A new worker has to be listening before the old one leaves: two seconds on a quiet machine, more on a busy one.
READY_WITHIN = 8.0
LOOK_EVERY = 1.0  # seconds
LEAVE_AFTER = 30.0  # seconds without work after which the consumer leaves
# No longer than a healthy consumer lives, so that only one that falls over has to wait.
BETWEEN_STARTS = 30.0
# Of the C library: few pools, and what a password check borrowed (19 MB) goes back to the system at once. Without a
# fixed threshold glibc learns to keep it, in each worker.
SMALL = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "262144"}


@click.command("serve")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen at; PORT, or 8000.")
def serve_command(workers: int, host: str, port: int | None) -> None:
    """Run the production server."""
    from flask import current_app

    port = port or current_app.config["SETTINGS"].port
    click.echo(f"Fieldcast is at http://{host}:{port} (stop with Ctrl-C, reload with SIGHUP).")
    sys.stdout.flush()
    os.chdir(ROOT)
    command = [sys.executable, "-m", "lms.serving", host, str(port), str(workers)]
    os.execve(sys.executable, command, {**SMALL, **os.environ})


commands = [serve_command]


class Consumer:
    """The process that does the jobs. It is started when somebody has rung (`jobs.later` leaves a file), on each new
    day and when it fell over; it leaves by itself when nothing waits, is replaced on reload, stopped with the server.

    Who is replaced may have minutes of a film before it; what is short goes on in the next one meanwhile.
    """

    command = (sys.executable, "-m", "flask", "--app", "app", "jobs", "--leave-after", str(LEAVE_AFTER))

    def __init__(self, settings: Settings) -> None:
        self.zone = settings.zone
        self.bell = settings.var / BELL
        self.process: subprocess.Popen[bytes] | None = None
        self.finishing: list[subprocess.Popen[bytes]] = []
        self.day: date | None = None
        self.next_start = 0.0
        self.closing = threading.Event()
        self.watching = threading.Thread(target=self.watch, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self.watching.start()

    def watch(self) -> None:
        """Look again and again, until the server stops."""
        while not self.closing.wait(LOOK_EVERY):
            self.look(datetime.now(self.zone).date(), time.monotonic())

    def look(self, today: date, at: float) -> None:
        """Start the process if there is reason to, and none is running."""
        self.finishing = [process for process in self.finishing if process.poll() is None]
        running = self.process is not None and self.process.poll() is None
        fell = self.process is not None and bool(self.process.returncode)
        if running or at < self.next_start or not (fell or self.day != today or self.bell.exists()):
            return
        self.day, self.next_start = today, at + BETWEEN_STARTS
        self.process = subprocess.Popen(self.command, cwd=ROOT)

    def restart(self) -> None:
        """Let it finish what it does; the next one has the new code."""
        self.bell.touch()
        self.next_start = 0.0
        if self.process:
            self.process.terminate()
            self.finishing.append(self.process)
            self.process = None

    def stop(self) -> None:
        """Ask it to finish, and insist after a while: a job that was cut off is done again."""
        self.closing.set()
        if self.watching.is_alive():
            self.watching.join()
        processes = [*self.finishing, *([self.process] if self.process else [])]
        for process in processes:
            process.terminate()
        until = time.monotonic() + STOP_WITHIN
        for process in processes:
            try:
                process.wait(max(until - time.monotonic(), 0.01))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def leave_out(settings: Settings) -> None:
    """Keep out of the workers what other libraries load wherever it is installed, and no page uses: rich (by structlog)
    4 MB, and psycopg (by Peewee) 9 MB where the database is SQLite. A worker takes over what is loaded here."""
    sys.modules["rich"] = None  # type: ignore[assignment]
    if settings.database_url.startswith("sqlite"):
        sys.modules["psycopg"] = None  # type: ignore[assignment]


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop, with the job consumer as a child when there is work."""
    settings = Settings.from_env()
    leave_out(settings)
    server = Granian(
        "app:app",
        address=host,
        port=port,
        interface="wsgi",
        workers=workers,
        blocking_threads=THREADS,
        log_access=False,
        log_level="warning",
        respawn_failed_workers=True,
        respawn_interval=READY_WITHIN,
        workers_kill_timeout=STOP_WITHIN,
        working_dir=ROOT,
    )
    consumer = Consumer(settings)
    server.on_startup(consumer.start)
    server.on_reload(consumer.restart)
    try:
        server.serve()
    finally:
        consumer.stop()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
