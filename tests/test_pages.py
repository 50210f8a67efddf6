"""Every page that anybody can open, in both languages: it answers, holds what `browser.check` asks of every page, and
loads nothing from elsewhere. And promise 8 of the lesson page: 14 KB, three requests, 304."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import brotli
import pytest
from flask import Flask

from lms.catalogue import folder, publishing
from lms.catalogue.models import Lesson
from lms.i18n import HTML_LANG
from lms.learning import enrolling
from lms.programmes.models import CohortCourse
from lms.settings import ROOT
from lms.web import throttle
from tests.browser import Browser
from tests.cast import SPRING, Cast
from tests.entering import signed_in
from tests.neighbours import EVERYBODY
from tests.stage import Stage, filled, raise_stage, rules

# What opens only once something is there that the two counties don't have.
ELSEWHERE = {"accounts.card", "catalogue.phone_picture"}
MOST = 14 * 1024  # bytes, compressed
LESSONS = sorted(
    (path.parent.parent.name, path.parent.name)
    for path in (ROOT / "courses").glob("*/*/zh.md")
    if (path.parent / "en.md").exists()
)
# What a browser fetches by itself to show a page; pictures that wait for the reader to come near are not among it.
FETCHED = re.compile(r"""<link[^>]* rel="(?:stylesheet|icon)"[^>]* href="([^"]+)"|<script[^>]* src="([^"]+)\"""")
ADDRESSES = re.compile(r"""(?:src|href|action|poster|srcset)="((?:https?:)?//[^"]+)\"""")


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Stage:
    """Everybody, before the doors."""
    return raise_stage(app, cast)


def pages(stage: Stage, who: str) -> list[str]:
    """The addresses of all pages that open for somebody."""
    adapter = stage.app.url_map.bind("localhost")
    reads = [rule for rule in rules(stage.app) if "GET" in rule.methods and rule.endpoint not in ELSEWHERE]
    return [
        adapter.build(rule.endpoint, filled(stage.own, rule))
        for rule in reads
        if stage.ask(who, rule, "GET", filled(stage.own, rule)) == "open"
    ]


def wrong_pages(stage: Stage, who: str, language: str) -> list[str]:
    """What is wrong with any of somebody's pages in a language."""
    browser, found = stage.browsers[who], []
    browser.headers = {"Accept-Language": language}
    for address in [address for address in pages(stage, who) if address != "/sign-out"]:
        throttle._taken.clear()
        try:
            page = browser.get(address, status=401 if (who, address) == ("visitor", "/teach/session") else 200)
        except AssertionError as problem:
            found.append(str(problem).splitlines()[0])
            continue
        # A preview of a lesson is in the lesson's own language.
        lang = page.all("html")[0]["lang"] if page.html and not address.endswith("/preview") else HTML_LANG[language]
        if lang != HTML_LANG[language]:
            found.append(f"{address}: in {lang}")
        found += [f"{address}: leads to {elsewhere}" for elsewhere in foreign_hosts(page.html)]
    return found


def foreign_hosts(html: str) -> list[str]:
    """Addresses outside this site, but those that a reader is told to be elsewhere."""
    return [one for one in ADDRESSES.findall(html) if not one.startswith("http://localhost/")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("who", [one for one in EVERYBODY if not one.startswith("strange")])
def test_every_page_holds_what_every_page_must_hold(stage: Stage, who: str, language: str):
    assert not wrong_pages(stage, who, language)


@pytest.mark.parametrize("address", ["/", "/today", "/courses/light/sun", "/verify", "/no-such-page"])
def test_no_page_lets_anything_run_that_is_not_ours(stage: Stage, address: str):
    headers = stage.browsers["trainee"].client.get(address).headers

    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == "'self'" and "unsafe" not in headers["Content-Security-Policy"]
    assert "//" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"


def test_whoever_reads_a_private_page_keeps_it_to_themselves(stage: Stage):
    page = stage.browsers["trainee"].get("/today").response
    assert page.headers["Cache-Control"].startswith("private")
    assert stage.browsers["trainee"].client.get("/courses").headers["Cache-Control"] != "public"


@pytest.fixture
def reader(app: Flask, cast: Cast, lesson: tuple[str, str]) -> Browser:
    """Xiulan, who takes the shipped course that this lesson belongs to."""
    course = publishing.load(
        lesson[0], folder.read(ROOT / "courses" / lesson[0], lesson[0]), by=None, now=SPRING
    ).course
    CohortCourse.create(cohort=cast.cohort, course=course, position=1)
    enrolling.enrol(cast.membership, now=SPRING)
    return signed_in(app, cast.trainee)


def everything_to_read(browser: Browser, address: str, language: str) -> tuple[int, list[str]]:
    """The compressed bytes of a page with all that is needed to read it, and what else a browser asks for."""
    answer = browser.client.get(address, headers={"Accept-Language": language, "Accept-Encoding": "br"})
    html = brotli.decompress(answer.data).decode()
    others = [unescape(first or second) for first, second in FETCHED.findall(html)]
    return len(answer.data), others


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lesson", LESSONS, ids="/".join)
def test_a_lesson_is_read_with_14_kb_and_three_requests(reader: Browser, lesson: tuple[str, str], language: str):
    size, others = everything_to_read(reader, f"/courses/{lesson[0]}/{lesson[1]}", language)

    assert size <= MOST, f"{size} bytes"
    assert 1 + len([one for one in others if not one.endswith("app.svg")]) <= 3, others


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lesson", LESSONS[:1], ids="/".join)
def test_a_lesson_that_has_not_changed_is_not_sent_again(reader: Browser, lesson: tuple[str, str]):
    address = f"/courses/{lesson[0]}/{lesson[1]}"
    first = reader.client.get(address, headers={"Accept-Encoding": "br"})

    again = reader.client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304 and not again.data


def test_after_an_answer_the_lesson_is_sent_anew(cast: Cast, app: Flask):
    browser = signed_in(app, cast.trainee)
    before = browser.client.get("/courses/light/sun")
    event = {"id": "an-answer-1", "lesson": "sun", "step": "sun/read", "kind": "read", "body": {"by": "end"}}
    browser.post_json("/courses/light/events", [event])

    after = browser.client.get("/courses/light/sun", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200


def test_a_lesson_is_not_shown_to_another_from_the_first_ones_phone(app: Flask, cast: Cast):
    mine = signed_in(app, cast.trainee).client.get("/courses/light/sun")

    theirs = signed_in(app, cast.trainer).client.get(
        "/courses/light/sun", headers={"If-None-Match": mine.headers["ETag"]}
    )

    assert theirs.status_code == 200 and cast.trainee.name not in theirs.text


def test_every_shipped_lesson_opens_in_both_languages(app: Flask, cast: Cast):
    for path in sorted((ROOT / "courses").glob("*/course.toml")):
        publishing.load(path.parent.name, folder.read(path.parent, path.parent.name), by=None, now=SPRING)
    admin = signed_in(app, cast.admin)

    addresses = [f"/courses/{one.version.course.slug}/{one.key}" for one in Lesson.select()]

    assert len(addresses) >= 11
    assert [admin.get(f"{one}?lang={lang}").status for one in addresses for lang in ("zh", "en")] == [200] * (
        2 * len(addresses)
    )


def test_no_javascript_of_ours_reaches_for_another_host():
    sources = [path for path in (ROOT / "static").rglob("*.js")]
    assert not [path for path in sources if re.search(r"https?://(?!www\.w3\.org)", without_comments(path))]


def without_comments(path: Path) -> str:
    """A script's statements."""
    return re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
