"""The production server: granian with worker processes, and the job consumer beside it.

SIGHUP brings in new workers before the old ones leave, so that no request is lost; SIGTERM and Ctrl-C stop everything
cleanly. There is no access log: who reads what is nobody's business, and a reverse proxy can keep one where it is.

The command makes way for a process that runs this module and nothing else, so that what watches the workers does
not hold a whole application in memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
from granian import Granian

ROOT = Path(__file__).resolve().parent.parent
# A connection of a slow phone holds a thread only while its request is being answered, so a few are enough.
THREADS = 4
STOP_WITHIN = 10  # seconds for requests under way when a worker leaves
# A new worker has to be listening before the old one leaves: two seconds on a quiet machine, more on a busy one.
READY_WITHIN = 8.0


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
    os.execv(sys.executable, [sys.executable, "-m", "lms.serving", host, str(port), str(workers)])


commands = [serve_command]


class Consumer:
    """The process that does the jobs. It is started, replaced on reload, and stopped with the server."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "jobs"], cwd=ROOT)

    def restart(self) -> None:
        """Let it finish what it does, and start one with the new code."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Ask it to finish, and insist after a while: a job that was cut off is done again."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop, with the job consumer as a child."""
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
    consumer = Consumer()
    server.on_startup(consumer.start)
    server.on_reload(consumer.restart)
    try:
        server.serve()
    finally:
        consumer.stop()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
