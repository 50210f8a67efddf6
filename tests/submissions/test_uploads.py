"""Uploads by the tus protocol, version 1.0.0: what its specification asks of a server, and what ours adds."""

from __future__ import annotations

import base64
import os
import threading
from datetime import timedelta

import pytest
from flask import Flask

from lms.catalogue import store
from lms.db import database, utc_now
from lms.errors import Conflict, NotFound
from lms.submissions import freeing, uploads
from lms.submissions.models import Upload
from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import samples
from tests.submissions.tasked import with_task

FILM = b"\x00\x00\x00\x18ftypmp42" + os.urandom(300_000)


class Phone:
    """Speaks the protocol by hand."""

    def __init__(self, browser: Browser) -> None:
        self.client = browser.client
        self.headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": browser.token(), "Accept": "application/json"}

    def begin(self, size: int, **facts: str):
        told = ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in facts.items())
        headers = {**self.headers, "Upload-Length": str(size)} | ({"Upload-Metadata": told} if told else {})
        return self.client.post("/uploads", headers=headers)

    def send(self, address: str, at: int, body: bytes, kind: str = "application/offset+octet-stream", **more: str):
        headers = {**self.headers, "Upload-Offset": str(at), "Content-Type": kind, **more}
        return self.client.patch(address, headers=headers, data=body)

    def have(self, address: str) -> int:
        answer = self.client.head(address, headers=self.headers)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        return int(answer.headers["Upload-Offset"])


@pytest.fixture
def phone(app: Flask, cast: Cast) -> Phone:
    """Xiulan's."""
    return Phone(signed_in(app, cast.trainee))


def test_the_server_says_what_it_can(visitor: Browser):
    answer = visitor.client.options("/uploads")

    assert answer.status_code == 204 and answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration"
    assert int(answer.headers["Tus-Max-Size"]) >= 200 * 1024 * 1024


def test_a_file_comes_in_parts_and_lies_whole_in_the_store(phone: Phone):
    address = phone.begin(len(FILM), filename="藕.mp4", filetype="video/mp4").headers["Location"]

    first, second = phone.send(address, 0, FILM[:100_000]), phone.send(address, 100_000, FILM[100_000:])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "100000") and "Upload-Expires" in first.headers
    assert (second.status_code, second.headers["Upload-Offset"]) == (204, str(len(FILM)))
    upload = Upload.get()
    assert store.media.get(upload.digest) == FILM and upload.name == "藕.mp4"


def test_every_answer_names_the_version(phone: Phone, visitor: Browser):
    address = phone.begin(10).headers["Location"]

    wrong = phone.client.head(address, headers={**phone.headers, "Tus-Resumable": "0.2.2"})

    assert wrong.status_code == 412 and wrong.headers["Tus-Version"] == "1.0.0"
    assert wrong.headers["Tus-Resumable"] == phone.client.options(address).headers["Tus-Resumable"] == "1.0.0"


def test_a_wrong_offset_changes_nothing(phone: Phone):
    address = phone.begin(len(FILM)).headers["Location"]
    phone.send(address, 0, FILM[:1000])

    assert phone.send(address, 500, FILM[500:]).status_code == 409
    assert phone.send(address, 2000, FILM[2000:]).status_code == 409
    assert phone.have(address) == 1000


def test_more_than_was_told_is_not_taken(phone: Phone):
    address = phone.begin(100).headers["Location"]

    assert phone.send(address, 0, FILM[:101]).status_code == 413


@pytest.mark.parametrize("bad", ["", "-1", "1e9", "９", "1" * 40])
def test_a_length_that_is_no_number_is_not_understood(phone: Phone, bad: str):
    headers = {**phone.headers, "Upload-Length": bad.encode().decode("latin-1")}
    assert phone.client.post("/uploads", headers=headers).status_code == 400


def test_only_the_protocols_own_type_is_appended(phone: Phone):
    address = phone.begin(100).headers["Location"]

    assert phone.send(address, 0, b"x", kind="text/plain").status_code == 415


def test_a_phone_that_knows_no_patch_sends_by_post(phone: Phone):
    address = phone.begin(len(FILM)).headers["Location"]
    headers = {**phone.headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}

    answer = phone.client.post(address, headers={**headers, "X-HTTP-Method-Override": "PATCH"}, data=FILM)

    assert answer.status_code == 204 and phone.have(address) == len(FILM)


def test_an_upload_is_given_up(phone: Phone):
    address = phone.begin(100).headers["Location"]

    assert phone.client.delete(address, headers=phone.headers).status_code == 204
    assert phone.client.head(address, headers=phone.headers).status_code == 404
    assert not [path for path in freeing.folder().iterdir() if path.name in address]


def test_nobody_else_can_tell_that_it_is_there(app: Flask, phone: Phone, cast: Cast):
    address = phone.begin(100).headers["Location"]
    trainer = Phone(signed_in(app, cast.trainer))

    assert trainer.client.head(address, headers=trainer.headers).status_code == 404
    assert trainer.send(address, 0, b"x").status_code == 404


def test_two_gigabytes_are_refused_before_a_byte_is_sent_with_the_limit_in_words(phone: Phone):
    answer = phone.begin(2 * 1024**3)

    assert answer.status_code == 413 and "最多 200 MB" in answer.json["error"] and not Upload.select().exists()


def test_a_task_has_its_own_limit(phone: Phone, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    from lms.submissions import tasks

    with_task(cast)
    monkeypatch.setattr(tasks, "asked", lambda version, step: tasks.Asked(("photo",), 3))

    answer = phone.begin(4 * 1024 * 1024, **{"for": "light/sun/task:film-lotus"})

    assert answer.status_code == 413 and "最多 3 MB" in answer.json["error"]


def test_a_program_under_a_films_name_goes_at_its_first_bytes(phone: Phone):
    address = phone.begin(50_000_000, filename="he.mp4", filetype="video/mp4").headers["Location"]

    answer = phone.send(address, 0, b"MZ\x90\x00" + bytes(70_000))

    assert answer.status_code == 415 and "不是能看的" in answer.json["error"] and not Upload.select().exists()


def test_an_empty_file_is_told(phone: Phone):
    answer = phone.begin(0)

    assert answer.status_code == 422 and "空的" in answer.json["error"]


def test_one_person_cannot_fill_the_disk_with_what_is_never_handed_in(phone: Phone):
    for _upload in range(uploads.MOST_UNFINISHED):
        assert phone.begin(100).status_code == 201

    answer = phone.begin(100)
    assert answer.status_code == 422 and "我的作品" in answer.json["error"]


def test_one_file_as_large_as_its_task_takes_always_has_room(cast: Cast):
    size = uploads.megabytes(uploads.MOST_UNFINISHED_MB + 100)

    assert uploads.begin(cast.trainee, size, name="", kind="", most_mb=1000, now=utc_now()).size == size


def test_two_who_send_at_once_never_mix(cast: Cast):
    upload = uploads.begin(cast.trainee, len(FILM), name="he.mp4", kind="", most_mb=200, now=utc_now())
    refused = []

    def send() -> None:
        with database.connection_context():
            try:
                blocks = (FILM[at : at + 5000] for at in range(0, len(FILM), 5000))
                uploads.append(Upload.get_by_id(upload.id), 0, blocks, now=utc_now())
            except Conflict:
                refused.append(1)

    threads = [threading.Thread(target=send) for _phone in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 3 and store.media.get(Upload.get().digest) == FILM


def test_who_looks_while_another_sender_brings_the_end_is_told_that_all_is_here(cast: Cast):
    upload = uploads.begin(cast.trainee, len(FILM), name="", kind="", most_mb=200, now=utc_now())
    seen_before = Upload.get_by_id(upload.id)
    uploads.append(upload, 0, [FILM], now=utc_now())

    assert uploads.offset(seen_before) == len(FILM)


def test_what_came_before_the_link_broke_stays(cast: Cast):
    upload = uploads.begin(cast.trainee, len(FILM), name="", kind="", most_mb=200, now=utc_now())

    def broken():
        yield FILM[:5000]
        raise OSError("gone")

    with pytest.raises(OSError):
        uploads.append(upload, 0, broken(), now=utc_now())

    assert uploads.offset(Upload.get()) == Upload.get().received == 5000


def test_a_server_killed_before_the_row_was_finished_finds_the_file_again(cast: Cast):
    upload = uploads.begin(cast.trainee, len(FILM), name="", kind="", most_mb=200, now=utc_now())
    uploads.append(upload, 0, [FILM], now=utc_now())
    Upload.update(finished_at=None).execute()

    assert uploads.offset(Upload.get()) == len(FILM)
    assert uploads.whole(cast.trainee, upload.token, now=utc_now()).finished_at


def test_bytes_that_are_gone_let_the_phone_begin_anew(phone: Phone):
    address = phone.begin(100).headers["Location"]
    uploads.part(Upload.get()).unlink()

    assert phone.client.head(address, headers=phone.headers).status_code == 404


def test_after_seven_days_without_going_on_it_goes(cast: Cast):
    now = utc_now()
    old, new = (
        uploads.begin(cast.trainee, 100, name="", kind="", most_mb=200, now=at) for at in (now - timedelta(8), now)
    )

    assert uploads.expire(now) == 1

    assert not uploads.part(old).exists() and uploads.part(new).exists()
    with pytest.raises(NotFound):
        uploads.find(cast.trainee, old.token)


def test_a_file_that_no_row_names_is_swept_out(cast: Cast):
    stray = freeing.folder() / "left-by-a-crash"
    stray.write_bytes(samples.photo())
    os.utime(stray, (1, 1))

    uploads.expire(utc_now())

    assert not stray.exists()
