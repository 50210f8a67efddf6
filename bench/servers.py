"""`python -m bench.servers`: the same lesson page behind several production servers and shapes, one after the other."""

from __future__ import annotations

import os
import subprocess
import tempfile

from bench import load, people
from bench.__main__ import HEADER
from bench.serving import ROOT, python, served

GRANIAN = ("-m", "granian", "--interface", "wsgi", "--port", "{port}", "--no-access-log")
GUNICORN = ("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--worker-class", "gthread")
SHAPES = {
    "granian, 2 workers of 4 threads": [*GRANIAN, "--workers", "2", "--blocking-threads", "4", "app:app"],
    "granian, 2 workers of 1 thread": [*GRANIAN, "--workers", "2", "--blocking-threads", "1", "app:app"],
    "granian, 1 worker of 8 threads": [*GRANIAN, "--workers", "1", "--blocking-threads", "8", "app:app"],
    "gunicorn gthread, 2 workers of 4": [*GUNICORN, "--workers", "2", "--threads", "4", "app:app"],
    "gunicorn gthread, 3 workers of 2": [*GUNICORN, "--workers", "3", "--threads", "2", "app:app"],
}


def main() -> None:
    """Each shape in turn, over one small county."""
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as folder:
        environment = {"FIELDCAST_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        command = python("-m", "flask", "--app", "app", "demo")
        subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
        print(HEADER)
        for name, shape in SHAPES.items():
            with served(python(*shape), environment) as server:
                visitor = people.Visitor(server.port, {}).get("/courses/shooting/phone")
                print(load.run(server, name, lambda _n, page=visitor: page, connections=16).row(), flush=True)


if __name__ == "__main__":
    main()
