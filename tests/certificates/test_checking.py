"""The check page: seven answers told apart, and of each only what may be told (promise 4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from lms.certificates import issuing
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.lib import certificate_numbers
from lms.web import throttle
from tests.browser import Browser, Page
from tests.cast import Cast
from tests.learning.deeds import complete, contents, publish

PRINTED = ("张秀兰", "拍摄入门", "First steps in shooting", "荷田-2026-01", "何敏", "荷田县农民直播培训项目")
NEVER = ("13812340001", "莲子村", "藕塘镇", "Outang", "18+", "349921")


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    throttle._taken.clear()


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    """Xiulan's, of a course that must be renewed after a year."""
    publish(cast.enrolment, contents(("complete = true", "complete = true\nvalid_months = 12")))
    complete(cast.enrolment)
    return Certificate.get()


def status(page: Page) -> str:
    """What the page's frame says."""
    return page.all("main")[0]["data-status"]


def tells(page: Page, words: tuple[str, ...]) -> set[str]:
    """Which of these words stand anywhere in the page, in its text or not."""
    return {word for word in words if word in page.html}


def test_a_valid_one_shows_all_that_is_printed_and_nothing_else(visitor: Browser, certificate: Certificate):
    page = visitor.get(f"/verify/{certificate.number}")

    assert status(page) == "valid"
    assert tells(page, PRINTED) == set(PRINTED) and not tells(page, NEVER)
    assert "非国家职业资格证书" in page.text and "2 课" in page.text


def test_a_corrected_one_shows_the_new_name_alone(cast: Cast, visitor: Browser, certificate: Certificate):
    issuing.correct_name(certificate, "张秀岚", by=cast.manager.id, now=utc_now(), reason="录错了")

    page = visitor.get(f"/verify/{certificate.number}")

    assert status(page) == "corrected"
    assert "张秀岚" in page.text and not tells(page, ("张秀兰", "录错了", "李建国", *NEVER))


def test_a_replaced_one_tells_neither_the_name_nor_the_new_number(
    cast: Cast, visitor: Browser, certificate: Certificate
):
    new = issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="")

    page = visitor.get(f"/verify/{certificate.number}")

    assert status(page) == "replaced"
    assert not tells(page, (*PRINTED, *NEVER, new.number))
    assert status(visitor.get(f"/verify/{new.number}")) == "valid"


@pytest.mark.parametrize("reason", list(issuing.REASONS))
def test_a_revoked_one_tells_the_reason_and_no_name(
    cast: Cast, visitor: Browser, certificate: Certificate, reason: str
):
    issuing.revoke(certificate, reason, by=cast.manager.id, now=utc_now())

    page = visitor.get(f"/verify/{certificate.number}")

    assert status(page) == "revoked" and str(issuing.REASONS[reason]) in page.text
    assert not tells(page, (*PRINTED, *NEVER))


def test_an_expired_one_tells_the_course_and_the_day(visitor: Browser, certificate: Certificate):
    day_after = datetime.combine(certificate.expires_on + timedelta(days=1), datetime.min.time(), UTC)

    with time_machine.travel(day_after, tick=False):
        page = visitor.get(f"/verify/{certificate.number}")

    assert status(page) == "expired" and str(certificate.expires_on) in page.text
    assert "拍摄入门" in page.text and not tells(page, ("张秀兰", *NEVER))


def test_a_number_that_was_never_drawn_is_unknown(visitor: Browser, certificate: Certificate):
    drawn = certificate.number[3:7] + "2222"
    other = certificate_numbers.written(drawn + certificate_numbers.check_character(drawn))

    assert status(visitor.get(f"/verify/{other}")) == "unknown"


def test_a_slip_of_the_hand_is_told_as_such(visitor: Browser, certificate: Certificate):
    wrong = "3" if certificate.number[3] == "2" else "2"
    slipped = certificate.number[:3] + wrong + certificate.number[4:]

    page = visitor.get(f"/verify/{slipped}")

    assert status(page) == "mistyped" and not tells(page, PRINTED)


@pytest.mark.parametrize(
    "typed", ["TB", "12345", "没有这张", "' OR 1=1 --", "<script>", "TB-0O1I-0O1I-0", "-", "%2e%2e"]
)
def test_what_is_no_number_is_mistyped(visitor: Browser, cast: Cast, typed: str):
    assert status(visitor.get("/verify", query_string={"number": typed})) == "mistyped"


def test_a_number_is_found_however_it_is_typed(visitor: Browser, certificate: Certificate):
    typed = certificate.number.lower().replace("-", " ")

    page = visitor.get("/verify", query_string={"number": f"  {typed} "})

    assert status(page) == "valid"


def test_the_short_address_on_the_paper_leads_to_the_check_page(visitor: Browser, certificate: Certificate):
    assert certificate.facts.verify_url.endswith(f"/v/{certificate.number}")
    assert status(visitor.get(f"/v/{certificate.number}")) == "valid"


def test_no_machine_is_to_remember_the_page(visitor: Browser, certificate: Certificate):
    headers = visitor.get(f"/verify/{certificate.number}").response.headers

    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"


def test_both_languages_stand_on_the_page_whoever_reads(app: Flask, certificate: Certificate):
    pages = [Browser(app, language).get(f"/verify/{certificate.number}").text for language in ("zh", "en")]

    assert all("这张证书是真的" in text and "This certificate is real" in text for text in pages)


def test_numbers_cannot_be_tried_out(visitor: Browser, cast: Cast):
    answers = [visitor.client.get("/verify/TB-2222-2222-2") for _n in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_after_a_minute_one_may_ask_again(visitor: Browser, cast: Cast):
    with time_machine.travel(utc_now(), tick=False) as clock:
        for _n in range(31):
            visitor.client.get("/verify/TB-2222-2222-2")
        clock.shift(61)

        assert visitor.get("/verify/TB-2222-2222-2").status == 200


def test_one_address_that_asks_too_often_holds_nobody_else_up(visitor: Browser, app: Flask, cast: Cast):
    for _n in range(40):
        visitor.client.get("/verify/TB-2222-2222-2")

    other = app.test_client().get("/verify/TB-2222-2222-2", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_a_certificate_of_the_demonstration_says_so(cast: Cast, visitor: Browser):
    from dataclasses import replace

    from lms import installation

    installation.write(replace(installation.read(), demo="1"))
    complete(cast.enrolment)

    page = visitor.get(f"/verify/{Certificate.get().number}")

    assert "演示证书" in page.text and "A demonstration certificate" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_scanner_of_its_own_the_page_says_how_to_check(app: Flask, language: str):
    page = Browser(app, language).get("/verify")

    assert "微信“扫一扫”对准它" in page.text and "把编号输在上面" in page.text
    assert "your phone's camera or WeChat's scanner" in page.text and "type the number above" in page.text
    assert ["hidden" in one for one in page.all("div") if "data-scan" in one] == [True]


def test_the_example_on_the_page_is_a_number_that_could_be_one(app: Flask):
    for page in (Browser(app).get("/verify"), Browser(app).get("/verify/TB-AAAA")):
        (example,) = set(re.findall(r"TB-\w{4}-\w{4}-\w", page.text))
        assert certificate_numbers.is_wellformed(example)
