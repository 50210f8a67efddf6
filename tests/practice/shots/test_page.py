"""The coach's page as the server gives it: without script, for a task, its help, the test of the network, headers."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from tests.browser import Browser
from tests.cast import Cast
from tests.entering import signed_in
from tests.submissions import tasked


@pytest.fixture
def trainee(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)


def test_without_script_the_page_says_what_to_do(trainee: Browser):
    assert "太阳在你背后" in trainee.get("/practice/shots").text


@pytest.mark.parametrize(
    "named", ["nowhere/sun/task:film", "light/sun/try:turn-around", "light", "light/sun/task:none", "///"]
)
def test_a_link_to_a_task_that_is_not_there_opens_the_coach_all_the_same(trainee: Browser, named: str):
    page = trainee.get(f"/practice/shots?for={named}")
    assert "data-task" not in page.all("shot-coach")[0]


def test_the_network_is_tested_with_a_megabyte_and_no_more(trainee: Browser):
    def send(size: int) -> int:
        headers = {"X-CSRF-Token": trainee.token(), "Content-Type": "application/octet-stream"}
        return trainee.client.post("/practice/shots/speed", data=b"x" * size, headers=headers).status_code

    assert send(1_000_000) == 204
    assert send(1_000_001) == 422


def test_a_test_of_the_network_that_does_not_tell_its_length_is_not_read_beyond_a_megabyte(trainee: Browser):
    endless = io.BytesIO(b"x" * 3_000_000)
    headers = {"X-CSRF-Token": trainee.token(), "Content-Type": "application/octet-stream"}
    chunked = {"wsgi.input_terminated": True}
    answer = trainee.client.post(
        "/practice/shots/speed", input_stream=endless, headers=headers, environ_overrides=chunked
    )
    assert answer.status_code == 422
    assert endless.tell() < 1_100_000


def test_the_help_is_written_in_both_languages(app: Flask, cast: Cast):
    assert "一次只说一件事" in signed_in(app, cast.trainee).get("/practice/shots/help").text
    assert "one thing at a time" in signed_in(app, cast.trainee, "en").get("/practice/shots/help").text


@pytest.mark.parametrize("address", ["/practice/shots", "/verify", "/teach/"])
def test_camera_and_microphone_are_for_pages_that_film(app: Flask, cast: Cast, address: str):
    policy = signed_in(app, cast.trainer).client.get(address).headers["Permissions-Policy"]
    assert "camera=(self)" in policy and "microphone=(self)" in policy


@pytest.mark.parametrize("address", ["/", "/today", "/courses", "/courses/light", "/me"])
def test_other_pages_get_at_neither(trainee: Browser, address: str):
    policy = trainee.client.get(address).headers["Permissions-Policy"]
    assert "camera=()" in policy and "microphone=()" in policy


def test_a_worker_may_load_its_modules_and_nothing_else(app: Flask, trainee: Browser):
    page = trainee.get("/practice/shots")
    script = next(one["src"] for one in page.all("script") if "shots/coach" in (one.get("src") or ""))

    worker = trainee.client.get(script.replace("coach.js", "looking-worker.js")).headers["Content-Security-Policy"]
    module = trainee.client.get(script).headers["Content-Security-Policy"]

    assert "script-src 'self'" in worker and "default-src 'none'" in worker
    assert "sandbox" in module


def test_a_tasks_page_leads_to_the_coach_for_that_task(app: Flask, cast: Cast):
    tasked.with_task(cast, " kinds=video,photo")
    trainee = signed_in(app, cast.trainee)

    leads = [one for one in trainee.get(tasked.PAGE).links() if one.startswith("/practice/shots?for=")]

    assert "data-task" in trainee.get(leads[0]).all("shot-coach")[0]
