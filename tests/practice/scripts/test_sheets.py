"""The review before a live: what hinders it, what is on it, and that it never changes."""

from __future__ import annotations

import io

import pikepdf
import pytest
from flask import Flask

from lms.db import utc_now
from lms.errors import Conflict, Refused
from lms.practice.scripts import paper
from lms.practice.scripts.models import ComplianceSheet
from tests.browser import Browser
from tests.cast import CHINA, Cast
from tests.entering import signed_in
from tests.practice.scripts.written import CLAIMING, LAWFUL, UNLAWFUL, answers, prove, sign, ticks, write


@pytest.fixture
def trainee(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)


@pytest.mark.parametrize(("text", "says"), [(UNLAWFUL, "全国最好"), (CLAIMING, "有机"), ("", "script|稿子")])
def test_what_is_open_is_named_and_nothing_is_signed(cast: Cast, text: str, says: str):
    version = write(cast.trainee, text)
    with pytest.raises(Refused, match=says):
        sign(cast.trainee, version)
    assert not ComplianceSheet.select().exists()


def test_with_its_proof_a_claim_is_signed_for(cast: Cast):
    version = write(cast.trainee, CLAIMING)
    prove(version.script)

    sheet = sign(cast.trainee, version)

    assert sheet.facts["proofs"][0]["words"] == "有机 0123" and sheet.facts["script"]["text"] == CLAIMING


def test_twice_is_one_sheet(cast: Cast):
    version = write(cast.trainee)
    assert sign(cast.trainee, version, client_id="one-and-the-same") == sign(
        cast.trainee, version, client_id="one-and-the-same"
    )


def test_who_reviewed_an_older_text_has_to_look_again(cast: Cast):
    version = write(cast.trainee, LAWFUL, client_id="a-script-of-mine")
    write(cast.trainee, LAWFUL + "包邮", client_id="a-script-of-mine", base=version.mark)
    with pytest.raises(Conflict):
        sign(cast.trainee, version)


def test_a_version_written_over_by_itself_is_reviewed_again_too(cast: Cast):
    reviewed = write(cast.trainee, LAWFUL, client_id="a-script-of-mine")
    mark = reviewed.mark
    write(cast.trainee, LAWFUL + "包邮", client_id="a-script-of-mine", base=mark, kept=False)
    with pytest.raises(Conflict):
        sign(cast.trainee, reviewed, mark=mark)


def test_nobody_signs_without_a_name_or_below_sixteen(cast: Cast):
    version = write(cast.trainee)
    with pytest.raises(Refused):
        sign(cast.trainee, version, name="")
    cast.trainee.age_band = "14-15"
    with pytest.raises(Refused, match="16"):
        sign(cast.trainee, version)


def test_a_sheet_stays_as_it_was_signed(cast: Cast):
    version = write(cast.trainee, LAWFUL, client_id="a-script-of-mine")
    sheet = sign(cast.trainee, version)

    write(cast.trainee, "都改了", client_id="a-script-of-mine", base=version.mark, kept=False)

    kept = ComplianceSheet.get_by_id(sheet.id)
    assert kept.facts["script"]["text"] == LAWFUL and kept.script_version.text == LAWFUL


def test_form_review_signature(trainee: Browser, cast: Cast):
    version = write(cast.trainee)
    address = f"/practice/scripts/{version.script_id}"

    assert "开播前合规审核单" in trainee.get(f"{address}/sheet").text
    review = trainee.post(f"{address}/sheet", **answers(), **ticks())
    assert "莲子村深水藕" in review.text and LAWFUL in review.text
    signed = trainee.post(
        f"{address}/sheets", **answers(), **ticks(), mark=version.mark, client_id="a-sheet-of-mine", name="张秀兰"
    )

    assert "签好了" in signed.text and "本工具只提醒，不是法律意见" in signed.text and LAWFUL in signed.text


def test_what_is_missing_is_said_and_what_was_typed_stays(trainee: Browser, cast: Cast):
    version = write(cast.trainee)
    given = {**answers(), "price": "", "whose": "bought"}

    page = trainee.post(f"/practice/scripts/{version.script_id}/sheet", 422, **given)

    assert page.all("input", id="seller")[0]["value"] == "张秀兰"
    assert "货是进的，这一条要写" in page.text and "看了再打勾" in page.text


def test_what_hinders_stands_on_the_form(trainee: Browser, cast: Cast):
    version = write(cast.trainee, UNLAWFUL)
    assert "先改掉：“吃了能降血压”" in trainee.get(f"/practice/scripts/{version.script_id}/sheet").text


def test_the_next_sheet_knows_what_the_last_one_said(trainee: Browser, cast: Cast):
    sign(cast.trainee, write(cast.trainee))
    second = write(cast.trainee, LAWFUL + "包邮")

    page = trainee.get(f"/practice/scripts/{second.script_id}/sheet")

    assert page.all("input", id="seller_address")[0]["value"] == answers()["seller_address"]
    assert not page.all("input", id="live_on")[0].get("value")


def test_the_pdf_is_for_ever_the_same_and_holds_the_script(app: Flask, cast: Cast):
    sheet = sign(cast.trainee, write(cast.trainee, LAWFUL + "🍎"), now=utc_now())

    made = paper.pdf(sheet, CHINA)

    assert made == paper.pdf(ComplianceSheet.get_by_id(sheet.id), CHINA)
    with pikepdf.open(io.BytesIO(made)) as whole:
        assert "张秀兰" in str(whole.docinfo["/Author"]) and len(made) < 300_000
