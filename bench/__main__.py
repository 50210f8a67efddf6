"""`python -m bench [--trainees 500,50000] [--seconds 5] [--counties FOLDER]`: the pages against a bare Flask page, on
the same server, in the same run. Prints Markdown tables; README.md keeps them."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

from bench import load, people
from bench.load import Result
from bench.serving import ROOT, python, served

HEADER = """| page | requests/s | CPU ms | p50 ms | p95 ms | p99 ms | KB |
|---|---|---|---|---|---|---|"""
REST = 75  # seconds until the processes that leave when nothing waits have left


def main() -> None:
    """Measure each size in turn."""
    arguments = argparse.ArgumentParser(prog="bench")
    arguments.add_argument("--trainees", default="500,50000", help="sizes of the synthetic county, with commas between")
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--connections", type=int, default=8)
    arguments.add_argument("--counties", type=Path, help="a folder in which the counties are kept for another run")
    chosen = arguments.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    for size in map(int, chosen.trainees.split(",")):
        with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as passing:
            folder = chosen.counties / str(size) if chosen.counties else Path(passing)
            measure(size, folder, chosen.seconds, chosen.connections)


def county(size: int, folder: Path, environment: dict[str, str]) -> list[dict[str, str]]:
    """The accounts of the county in this folder, made if it is not there yet."""
    kept = folder / "accounts.json"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = python("-m", "flask", "--app", "app", "demo", "--trainees", str(size), "--json")
        made = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
        kept.write_bytes(made.stdout)
    accounts: list[dict[str, str]] = json.loads(kept.read_bytes())
    return accounts


def measure(size: int, folder: Path, seconds: float, connections: int) -> None:
    """One county of `size` synthetic trainees."""
    environment = {"FIELDCAST_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/bench.db"}
    began = time.monotonic()
    accounts = county(size, folder, environment)
    print(f"## {size:,} trainees\n\nthere in {time.monotonic() - began:.0f} s\n\n{HEADER}")
    bare = python("-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
                  "--port", "{port}", "bench.bare:app")  # fmt: skip
    with served(bare, {"BENCH_DATABASE": f"{folder}/bench.db"}) as server:
        yardstick = load.run(server, "bare Flask page", bare_request, seconds=seconds, connections=connections)
    print(yardstick.row())
    ours = python("-m", "flask", "--app", "app", "serve", "--workers", "2", "--port", "{port}")
    with served(ours, environment) as server:
        results = list(pages(server, accounts, seconds, connections))
        time.sleep(REST)
        rest = server.memory()
    for result in results:
        print(result.row() + f" {yardstick.cpu_ms / result.cpu_ms:.2f} of bare" + odd(result))
    print(f"\nmemory at rest after all this {rest / 1e6:.0f} MB\n", flush=True)


def bare_request(_number: int) -> bytes:
    """The yardstick's request."""
    return b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br, gzip\r\n\r\n"


def odd(result: Result) -> str:
    """Statuses that were not expected, so that no error passes for speed."""
    strange = {status: count for status, count in result.statuses.items() if status not in (200, 204, 304)}
    return f" UNEXPECTED {strange}" if strange else ""


def pages(server, accounts: list[dict[str, str]], seconds: float, connections: int):
    """A result for each page."""
    trainees = [one for one in accounts if one["role"] == "trainee"]
    trainee = people.signed_in(server.port, trainees[0])
    # Somebody else answers, for thousands of answers to one question would lie heavy on the first one's lesson.
    answering = people.signed_in(server.port, trainees[1])
    manager = people.signed_in(server.port, next(one for one in accounts if one["role"] == "manager"))
    lesson = "/courses/shooting/light"

    def measured(name, request, at_once=connections):
        return load.run(server, name, request, seconds=seconds, connections=at_once)

    yield measured("lesson, visitor", lambda n: people.Visitor(server.port, {}).get("/courses/shooting/phone"))
    yield measured("lesson", lambda n: trainee.get(lesson))
    etag = etag_of(trainee, lesson)
    yield measured("lesson again (304)", lambda n: trainee.get(lesson, etag))
    yield measured("today", lambda n: trainee.get("/today"))
    deed = {"lesson": "light", "step": "light/check:sun-side", "kind": "check", "body": {"chosen": [1]}}
    run = os.urandom(4).hex()
    yield measured(
        "answer", lambda n: answering.post_json("/courses/shooting/events", [{"id": f"bench-{run}-{n}", **deed}])
    )
    for at_once in (1, 2, connections):  # managers open a page, they do not storm it
        yield measured(f"dashboard, {at_once} at once", lambda n: manager.get("/manage"), at_once)


def etag_of(visitor: people.Visitor, path: str) -> str:
    """The ETag that a phone keeps of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=60)
    connection.request(
        "GET", path, headers={"Cookie": visitor.cookie(), "Accept-Language": "zh", "Accept-Encoding": "br, gzip"}
    )
    response = connection.getresponse()
    response.read()
    return response.headers["ETag"]


if __name__ == "__main__":
    main()
