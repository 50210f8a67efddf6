"""Our server and a client of the protocol that others wrote (tuspy), over a link that breaks. The same with 100 MB is
`python -m bench.uploads`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader import Uploader

from bench.weaklink import weak_link
from lms.catalogue import store
from lms.settings import ROOT
from lms.submissions.models import Upload
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.live import served

FILM = b"\x00\x00\x00\x18ftypmp42" + os.urandom(3_000_000)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Three megabytes that begin like an MP4."""
    path = tmp_path / "he.mp4"
    path.write_bytes(FILM)
    return path


def client_of(browser: Browser, address: str) -> TusClient:
    """The other client, signed in as the browser is."""
    token = browser.token()
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.client._cookies.values())
    return TusClient(f"{address}/uploads", headers={"Cookie": cookies, "X-CSRF-Token": token})


def uploader(client: TusClient, film: Path, url: str | None) -> Uploader:
    """Go on with what the server has, when the link is there."""
    for _try in range(50):
        try:
            return client.uploader(str(film), url=url, chunk_size=700_000, metadata={"filename": "he.mp4"})
        except (TusCommunicationError, OSError):
            time.sleep(0.05)
    raise TimeoutError("the link never came back")


def test_it_sends_a_file_whole(app: Flask, cast: Cast, film: Path):
    with served(app) as site:
        uploader(client_of(signed_in(app, cast.trainee), site), film, None).upload()

    upload = Upload.get()
    assert store.media.get(upload.digest) == FILM and upload.name == "he.mp4"


def test_it_goes_on_after_each_break_instead_of_beginning_anew(app: Flask, cast: Cast, film: Path):
    browser, breaks, url = signed_in(app, cast.trainee), 0, None
    with served(app) as site, weak_link(site, after=450_000) as link:
        sending = uploader(client_of(browser, link.address), film, url)
        while sending.offset < len(FILM):
            try:
                sending.upload()
            except (TusCommunicationError, OSError):
                breaks += 1
                sending = uploader(client_of(browser, link.address), film, sending.url)

    assert store.media.get(Upload.get().digest) == FILM
    assert breaks > 5 and link.carried < len(FILM) * 1.6


@contextmanager
def production(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The production server on a demonstration of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FIELDCAST_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/f.db"}
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    command = [*flask, "serve", "--workers", "1", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield process, f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(address: str) -> None:
    """Until the site answers."""
    for _try in range(200):
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(cast: Cast, film: Path, tmp_path: Path):
    from bench.__main__ import county
    from bench.people import signed_in as enter

    environment = {"FIELDCAST_VAR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{tmp_path}/var/f.db"}
    trainee = next(one for one in county(5, tmp_path / "var", environment) if one["role"] == "trainee")
    with production(tmp_path / "var") as (_process, site):
        person = enter(int(site.rpartition(":")[2]), trainee)
        headers = {"Cookie": person.cookie(), "X-CSRF-Token": person.token}
        sending = TusClient(f"{site}/uploads", headers=headers).uploader(str(film), chunk_size=700_000)
        sending.upload_chunk()
        path = sending.url.removeprefix(site)

    with production(tmp_path / "var") as (_process, site):
        again = TusClient(f"{site}/uploads", headers=headers).uploader(str(film), url=site + path, chunk_size=700_000)
        assert again.offset == 700_000
        again.upload()
        assert again.offset == len(FILM)
