"""`python -m bench.uploads [--megabytes 100] [--every 20] [--a-second 1.5] [--slow 30]`: a large file over a link that
breaks, sent by an independent client of the tus protocol (tuspy) to the production server; and what everybody else
waits for while many phones send slowly. Prints what README.md keeps.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import tempfile
import time
import urllib.request
from pathlib import Path

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from bench.__main__ import county
from bench.people import Visitor, signed_in
from bench.serving import Server, python, served
from bench.weaklink import weak_link

MEGABYTE = 1024 * 1024


def main() -> None:
    """One file over the weak link, then the crowd."""
    arguments = argparse.ArgumentParser(prog="bench.uploads")
    arguments.add_argument("--megabytes", type=int, default=100)
    arguments.add_argument("--every", type=float, default=20, help="seconds after which the link breaks")
    arguments.add_argument("--a-second", type=float, default=1.5, help="megabytes that it carries a second")
    arguments.add_argument("--part", type=float, default=5, help="megabytes in one PATCH")
    arguments.add_argument("--slow", type=int, default=30, help="phones that send at 2 KB a second")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldcast-bench-") as name:
        folder = Path(name)
        environment = {"FIELDCAST_VAR": name, "DATABASE_URL": f"sqlite:///{name}/bench.db"}
        accounts = county(20, folder, environment)
        trainee = next(one for one in accounts if one["role"] == "trainee")
        with served(python("-m", "flask", "--app", "app", "serve", "--port", "{port}"), environment) as server:
            person = signed_in(server.port, trainee)
            file = film(folder / "film.mp4", chosen.megabytes)
            one_file(server, person, file, folder, chosen)
            crowd(server, person, chosen.slow)


def film(path: Path, megabytes: int) -> Path:
    """Bytes that begin like an MP4."""
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42")
        for _megabyte in range(megabytes):
            file.write(os.urandom(MEGABYTE))
        file.truncate(megabytes * MEGABYTE)
    return path


def one_file(server: Server, person: Visitor, file: Path, folder: Path, chosen: argparse.Namespace) -> None:
    """Send until it is whole, however often the link breaks."""
    site = f"http://127.0.0.1:{server.port}"
    headers = {"Cookie": person.cookie(), "X-CSRF-Token": person.token}
    memory, began, failed = server.memory(), time.monotonic(), 0
    with weak_link(site, every=chosen.every, a_second=chosen.a_second * MEGABYTE) as link:
        client = TusClient(f"{link.address}/uploads", headers=headers)
        uploader = client.uploader(str(file), chunk_size=int(chosen.part * MEGABYTE), metadata={"filename": file.name})
        while uploader.offset < file.stat().st_size:
            try:
                uploader.upload()
            except (TusCommunicationError, OSError):
                failed += 1
                time.sleep(0.5)
                uploader = again(client, uploader.url, file, uploader.chunk_size)
        taken = time.monotonic() - began
        print(
            f"{chosen.megabytes} MB in {taken:.0f} s at {chosen.a_second} MB/s, broken every {chosen.every:.0f} s: "
            f"{link.breaks} breaks, {failed} times gone on, {link.carried / MEGABYTE:.1f} MB carried; "
            f"memory of all processes {memory / MEGABYTE:.0f} → {server.memory() / MEGABYTE:.0f} MB"
        )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = folder / "media" / digest[:2] / digest
    print("whole" if kept.exists() and kept.stat().st_size == file.stat().st_size else "NOT WHOLE")


def again(client: TusClient, url: str, file: Path, chunk_size: int):  # type: ignore[no-untyped-def]
    """Go on from what the server has; wait where the link is down just then."""
    while True:
        try:
            return client.uploader(str(file), url=url, chunk_size=chunk_size)
        except (TusCommunicationError, OSError):
            time.sleep(0.5)


def crowd(server: Server, person: Visitor, phones: int) -> None:
    """Many phones send slowly at once: how long a page takes meanwhile, and how many were told to wait."""
    token = begun(server.port, person)
    held = [dripping(server.port, token, person) for _phone in range(phones)]
    time.sleep(2)
    waits = []
    for _page in range(20):
        began = time.monotonic()
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/courses", timeout=30).read()
        waits.append((time.monotonic() - began) * 1000)
    told = sum(answered(one) for one in held)
    waits.sort()
    print(f"{phones} phones at 2 KB/s: a page in {waits[10]:.0f} ms (slowest {waits[-1]:.0f}); {told} told to wait")
    for one in held:
        one.close()


def dripping(port: int, token: str, person: Visitor) -> socket.socket:
    """A PATCH of which only the first bytes have come."""
    link = socket.create_connection(("127.0.0.1", port))
    told = {"Host": "127.0.0.1", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    lines = [f"{name}: {value}" for name, value in (told | head(person) | {"Content-Length": "1000000"}).items()]
    link.sendall("\r\n".join([f"PATCH /uploads/{token} HTTP/1.1", *lines, "", ""]).encode() + b"\x00" * 2000)
    return link


def begun(port: int, person: Visitor) -> str:
    """An upload of which nothing has come yet."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/uploads", method="POST", headers=head(person) | {"Upload-Length": "1000000"}
    )
    return str(urllib.request.urlopen(asked).headers["Location"]).rpartition("/")[2]


def head(person: Visitor) -> dict[str, str]:
    """What each request of the protocol carries."""
    return {"Cookie": person.cookie(), "X-CSRF-Token": person.token, "Tus-Resumable": "1.0.0"}


def answered(link: socket.socket) -> bool:
    """Whether an answer came."""
    link.setblocking(False)
    try:
        return bool(link.recv(16))
    except BlockingIOError:
        return False


if __name__ == "__main__":
    main()
