"""The pages about certificates: mine, the paper, the register and what may be done there."""

from __future__ import annotations

import csv
import io
import re

import pytest
import segno
from flask import Flask

from lms.accounts.models import Person
from lms.certificates import issuing
from lms.certificates.models import Certificate, CertificateChange
from lms.db import utc_now
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, Cast, do
from tests.entering import signed_in
from tests.learning.deeds import READ, complete

SURE = {"sure": "yes"}


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    """Xiulan's."""
    complete(cast.enrolment)
    return Certificate.get()


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Browser:
    """李建国, signed in."""
    return signed_in(app, cast.manager)


def test_my_page_shows_the_certificate_and_leads_to_the_paper(app: Flask, cast: Cast, certificate: Certificate):
    page = signed_in(app, cast.trainee).get("/certificates")

    assert certificate.number in page.text
    assert f"/certificates/{certificate.number}.pdf" in page.links()
    assert f"/certificates/{certificate.number}/show" in page.links()


def test_what_is_still_missing_is_told_in_words(app: Flask, cast: Cast):
    do(cast.enrolment, ("sun/read", "read", READ))

    page = signed_in(app, cast.trainee, "en").get("/certificates")

    assert "pass the quiz" in page.text and "answer 1 question" in page.text


def test_the_paper_is_the_holders(app: Flask, cast: Cast, certificate: Certificate):
    answer = signed_in(app, cast.trainee).client.get(f"/certificates/{certificate.number}.pdf")

    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    assert certificate.number in answer.headers["Content-Disposition"]


def test_the_button_tells_what_the_paper_weighs(app: Flask, cast: Cast, certificate: Certificate):
    xiulan = signed_in(app, cast.trainee)
    paper = xiulan.client.get(f"/certificates/{certificate.number}.pdf").data

    assert f"{round(len(paper) / 1024)} KB" in xiulan.get("/certificates").text


def test_the_small_picture_is_one(app: Flask, cast: Cast, certificate: Certificate):
    answer = signed_in(app, cast.trainee).client.get(f"/certificates/{certificate.number}.webp")

    assert answer.mimetype == "image/webp" and answer.data[8:12] == b"WEBP"


@pytest.mark.parametrize("address", ["{}.pdf", "{}.webp", "{}/show"])
def test_nobody_elses_paper_opens(app: Flask, cast: Cast, certificate: Certificate, address: str):
    outsider = signed_in(app, cast.outsider)

    outsider.get(f"/certificates/{address.format(certificate.number)}", status=404)


def test_the_register_lists_what_one_answers_for(app: Flask, cast: Cast, certificate: Certificate, manager: Browser):
    assert certificate.number in manager.get("/manage/certificates").text
    assert certificate.number in signed_in(app, cast.trainer).get("/manage/certificates").text
    assert certificate.number not in signed_in(app, cast.outsider).get("/manage/certificates").text


@pytest.mark.parametrize(("words", "found"), [("秀兰", True), ("李", False), ("tb", False), ("NUMBER", True)])
def test_the_register_is_searched_by_name_and_number(
    certificate: Certificate, manager: Browser, words: str, found: bool
):
    typed = words.replace("NUMBER", certificate.number.lower().replace("-", " "))

    page = manager.get("/manage/certificates", query_string={"q": typed})

    assert (f"/manage/certificates/{certificate.number}" in page.links()) is found


def test_the_register_as_a_file_says_the_same(certificate: Certificate, manager: Browser):
    answer = manager.client.get("/manage/certificates?format=csv")

    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["number"], row["name"], row["status"]) for row in rows] == [(certificate.number, "张秀兰", "valid")]


def test_a_manager_corrects_a_name(certificate: Certificate, manager: Browser):
    page = manager.post(
        f"/manage/certificates/{certificate.number}/correction", **SURE, name=" 张秀岚\u200b ", reason="录错"
    )

    assert Certificate.get().facts.name == "张秀岚"
    assert "张秀兰 → 张秀岚" in page.text


DEEDS = [
    ("correction", {"name": "张秀岚", "reason": "录错"}, "张秀岚"),
    ("replacement", {}, "新编号"),
    ("revocation", {"reason": "mistake"}, "不能撤回"),
]


@pytest.mark.parametrize(("deed", "sent", "said"), DEEDS)
def test_nothing_is_done_before_the_consequence_was_read(
    certificate: Certificate, manager: Browser, deed: str, sent: dict[str, str], said: str
):
    page = manager.post(f"/manage/certificates/{certificate.number}/{deed}", **sent)

    assert said in page.text and page.all("input", name="sure", value="yes")
    assert Certificate.get() == certificate and not CertificateChange.select().exists()


def test_a_correction_says_why_and_is_none_without_another_name(certificate: Certificate, manager: Browser):
    address = f"/manage/certificates/{certificate.number}/correction"

    assert "写上原因" in manager.post(address, 422, **SURE, name="张秀岚", reason=" ").text
    assert "已经是这个名字" in manager.post(address, 422, **SURE, name="张秀兰", reason="录错").text

    assert not CertificateChange.select().exists()


@pytest.mark.parametrize(("ticked", "name"), [({"account": "y"}, "张秀岚"), ({}, "张秀兰")])
def test_a_correction_takes_the_account_along_when_ticked(
    cast: Cast, certificate: Certificate, manager: Browser, ticked: dict[str, str], name: str
):
    assert "checked" in manager.get(f"/manage/certificates/{certificate.number}").all("input", name="account")[0]

    manager.post(
        f"/manage/certificates/{certificate.number}/correction", **SURE, **ticked, name="张秀岚", reason="录错"
    )

    assert Person.get_by_id(cast.trainee.id).name == name


def test_a_trainee_from_elsewhere_keeps_the_name_of_the_account(cast: Cast, certificate: Certificate, manager: Browser):
    Person.update(area_code=OTHER_COUNTY).where(Person.id == cast.trainee.id).execute()

    assert not manager.get(f"/manage/certificates/{certificate.number}").all("input", name="account")
    manager.post(
        f"/manage/certificates/{certificate.number}/correction", **SURE, account="y", name="张秀岚", reason="录错"
    )

    assert Person.get_by_id(cast.trainee.id).name == "张秀兰" and Certificate.get().facts.name == "张秀岚"


def test_a_correction_without_a_name_keeps_what_was_typed(certificate: Certificate, manager: Browser):
    page = manager.post(f"/manage/certificates/{certificate.number}/correction", 422, name="  ", reason="录错了一个字")

    assert page.all("input", value="录错了一个字")
    assert Certificate.get().facts.name == "张秀兰" and not CertificateChange.select().exists()


def test_a_name_that_no_font_can_print_is_refused(certificate: Certificate, manager: Browser):
    manager.post(f"/manage/certificates/{certificate.number}/correction", 422, name="张\U0001f33e", reason="录错")

    assert Certificate.get().facts.name == "张秀兰"


def test_a_manager_replaces(certificate: Certificate, manager: Browser):
    page = manager.post(f"/manage/certificates/{certificate.number}/replacement", **SURE)

    new = Certificate.get(Certificate.sequence == 2)
    assert new.number in page.text
    manager.post(f"/manage/certificates/{certificate.number}/replacement", 422, **SURE)
    assert Certificate.select().count() == 2


def test_a_replacement_takes_the_corrected_name_and_both_say_which_the_other_is(
    cast: Cast, certificate: Certificate, manager: Browser
):
    issuing.correct_name(certificate, "张秀岚", by=cast.manager.id, now=utc_now(), reason="录错")

    new_page = manager.post(f"/manage/certificates/{certificate.number}/replacement", **SURE)
    third = issuing.replace(Certificate.get(sequence=2), by=cast.manager.id, now=utc_now(), reason="")

    new = Certificate.get(sequence=2)
    assert (new.facts.name, third.facts.name) == ("张秀岚", "张秀岚")
    assert f"/manage/certificates/{certificate.number}" in new_page.links()
    assert f"/manage/certificates/{new.number}" in manager.get(f"/manage/certificates/{certificate.number}").links()


def test_the_holder_of_a_revoked_one_reads_why_and_whom_to_ask(app: Flask, cast: Cast, certificate: Certificate):
    issuing.revoke(certificate, "not_own_work", by=cast.manager.id, now=utc_now())

    page = signed_in(app, cast.trainee).get("/certificates")

    assert "不是本人" in page.text and "何老师" in page.text


def test_the_holder_of_a_replaced_one_finds_the_new_number(app: Flask, cast: Cast, certificate: Certificate):
    new = issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="")

    assert f"/verify/{new.number}" in signed_in(app, cast.trainee).get("/certificates").links()


def test_the_code_to_show_is_drawn_and_leads_to_the_check_page(app: Flask, cast: Cast, certificate: Certificate):
    page = signed_in(app, cast.trainee).get(f"/certificates/{certificate.number}/show")

    wanted = segno.make_qr(certificate.facts.verify_url, error="m", boost_error=False).matrix
    assert len(page.all("svg", class_="segno")) == 1
    assert drawn(page.all("path", class_="qrline")[0]["d"]) == {
        (column, row) for row, line in enumerate(wanted) for column, dark in enumerate(line) if dark
    }


def drawn(path: str) -> set[tuple[int, int]]:
    """The dark modules (column, row) of the strokes that draw a code inside its margin of four modules."""
    dark, column, row = set(), 0, 0
    for deed, first, second in re.findall(r"([Mmh])(-?[\d.]+) ?(-?[\d.]+)?", path):
        if deed == "h":
            dark |= {(at - 4, row - 4) for at in range(column, column + int(first))}
        across, down = int(first), int(float(second or 0) // 1)
        column, row = (across, down) if deed == "M" else (column + across, row + down)
    return dark


def test_a_manager_revokes_with_a_reason_of_the_list(certificate: Certificate, manager: Browser):
    manager.post(f"/manage/certificates/{certificate.number}/revocation", 422)
    manager.post(f"/manage/certificates/{certificate.number}/revocation", 422, reason="because")

    page = manager.post(f"/manage/certificates/{certificate.number}/revocation", **SURE, reason="mistake")

    assert Certificate.get().revoked_reason == "mistake"
    assert not page.all("form", action=f"/manage/certificates/{certificate.number}/correction")


def test_a_trainer_looks_but_changes_nothing(app: Flask, cast: Cast, certificate: Certificate):
    trainer = signed_in(app, cast.trainer)

    page = trainer.get(f"/manage/certificates/{certificate.number}")
    trainer.post(f"/manage/certificates/{certificate.number}/revocation", 403, reason="mistake")

    assert not page.all("form", action=f"/manage/certificates/{certificate.number}/revocation")
    assert not Certificate.get().revoked_at


@pytest.mark.parametrize("deed", ["correction", "replacement", "revocation"])
def test_a_manager_of_another_county_changes_nothing(app: Flask, cast: Cast, certificate: Certificate, deed: str):
    outsider = signed_in(app, cast.outsider)

    outsider.post(f"/manage/certificates/{certificate.number}/{deed}", 404, **SURE, name="王", reason="mistake")

    assert Certificate.get() == certificate and not CertificateChange.select().exists()


def test_nobody_changes_a_certificate_of_their_own(app: Flask, cast: Cast, certificate: Certificate):
    from lms.accounts.models import Role
    from tests.cast import COUNTY, PASSWORD, SPRING, with_secret

    Role.create(person=cast.trainee, kind="manager", area_code=COUNTY, given_at=SPRING)
    browser = Browser(app)
    with_secret(cast.trainee, "password", PASSWORD)
    browser.post("/sign-in/staff", 303, follow=False, phone=cast.trainee.phone, password=PASSWORD, code="")

    browser.post(f"/manage/certificates/{certificate.number}/correction", 404, **SURE, name="王", reason="录错")
    assert Certificate.get().facts.name == "张秀兰"


def test_a_paper_that_no_longer_counts_says_so(cast: Cast, certificate: Certificate, manager: Browser):
    before = manager.client.get(f"/certificates/{certificate.number}.pdf").data
    issuing.revoke(certificate, "mistake", by=cast.manager.id, now=utc_now())

    assert manager.client.get(f"/certificates/{certificate.number}.pdf").data != before
