"""The coach's pages without script: looking, swapping, saving, two phones, versions, deleting; and a visitor's look."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask

from lms.practice.scripts.models import Proof, Script
from tests.browser import Browser, Page
from tests.cast import Cast
from tests.entering import signed_in
from tests.practice.scripts.written import CLAIMING, LAWFUL, UNLAWFUL, photo, prove, sign, write

REMINDER = "本工具只提醒，不是法律意见"
ID = "a-script-of-mine"


@pytest.fixture
def trainee(app: Flask, cast: Cast) -> Browser:
    """Xiulan, signed in."""
    return signed_in(app, cast.trainee)


def typed(page: Page) -> str:
    """What stands in the field."""
    return re.search(r"<textarea[^>]* id=\"text\"[^>]*>\n?(.*?)</textarea>", page.html, re.S)[1]


def test_a_visitor_has_a_text_looked_at_and_nothing_is_kept(visitor: Browser, cast: Cast):
    page = visitor.post("/practice/scripts", text=UNLAWFUL, kind="script", client_id=ID)

    assert "有 2 处要改" in page.text and "广告法第十七条" in page.text and REMINDER in page.text
    assert typed(page) == UNLAWFUL and not Script.select().exists()


def test_a_trainees_text_becomes_a_script(trainee: Browser, cast: Cast):
    page = trainee.post("/practice/scripts", text=UNLAWFUL, kind="script", goods="深水藕", client_id=ID)

    assert page.response.request.path == f"/practice/scripts/{Script.of(cast.trainee).get().id}"
    assert len(page.all("mark")) == 2 and "深水藕" in page.text


def test_lawful_words_are_swapped_in_at_one_tap(trainee: Browser, cast: Cast):
    version = write(cast.trainee, UNLAWFUL)

    page = trainee.post(
        f"/practice/scripts/{version.script_id}",
        text=UNLAWFUL,
        base=version.mark,
        kind="script",
        swap="2.0.吃了能降血压",
    )

    assert "凉拌、炖汤都好吃" in typed(page) and "降血压" not in typed(page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "先把"),
        ({"blank-1-2-0": "五", "blank-1-2-1": "挖"}, "属实"),
        ({"blank-1-2-0": "五", "blank-1-2-1": "挖", "true-1-2": "yes"}, "今天五点刚挖"),
    ],
)
def test_a_fact_is_filled_in_and_confirmed_first(trainee: Browser, cast: Cast, sent: dict[str, str], said: str):
    version = write(cast.trainee, UNLAWFUL)
    fields = {"text": UNLAWFUL, "base": version.mark, "kind": "script", "swap": "1.2.全国最好", **sent}

    page = trainee.post(f"/practice/scripts/{version.script_id}", **fields)

    assert said in page.text


def test_a_visitor_swaps_too(visitor: Browser, cast: Cast):
    page = visitor.post("/practice/scripts", text=UNLAWFUL, kind="script", client_id=ID, swap="1.0.全国最好")
    assert typed(page).startswith("家人们，这是很好的莲藕")


def test_two_phones_see_both_texts(trainee: Browser, cast: Cast):
    first = write(cast.trainee, LAWFUL, client_id=ID)
    base = first.mark
    write(cast.trainee, CLAIMING, client_id=ID, base=base)

    page = trainee.post(f"/practice/scripts/{first.script_id}", 409, text=UNLAWFUL, base=base, kind="script")

    assert typed(page) == UNLAWFUL and CLAIMING in page.text
    again = page.all("input", name="base")[0]["value"]
    trainee.post(f"/practice/scripts/{first.script_id}", text=UNLAWFUL, base=again, kind="script")
    assert [one.text for one in first.script.versions] == [LAWFUL, CLAIMING, UNLAWFUL]


def test_a_phone_saves_by_itself(trainee: Browser, cast: Cast):
    sent = {"client_id": ID, "text": "我家的藕", "base": "", "kind": "script", "goods": "", "packs": []}
    first = trainee.post_json("/practice/scripts/texts", sent).json
    trainee.post_json("/practice/scripts/texts", {**sent, "text": "我家的藕脆", "base": first["base"]})

    behind = trainee.post_json("/practice/scripts/texts", {**sent, "text": "别的", "base": first["base"]})

    assert behind.status_code == 409 and behind.json["theirs"] == "我家的藕脆"
    assert first["address"] == f"/practice/scripts/{Script.get().id}"


@pytest.mark.parametrize(
    "body", [None, [], {"text": 3}, {"text": "a", "packs": "tea"}, {"text": "a", "packs": ["gold"]}]
)
def test_what_no_page_sends_is_refused(trainee: Browser, body: object):
    assert trainee.post_json("/practice/scripts/look", body).status_code == 422
    assert trainee.post_json("/practice/scripts/texts", body).status_code == 422


@pytest.mark.parametrize("script", [10**20, -1, {"id": 1}, [1], True, "one"], ids=repr)
def test_a_look_at_a_script_that_no_page_names_is_refused(trainee: Browser, script: object):
    sent = {"text": "藕", "kind": "script", "packs": [], "script": script}
    assert trainee.post_json("/practice/scripts/look", sent).status_code == 422


def test_a_look_gives_the_parts_of_the_page(visitor: Browser, cast: Cast):
    told = visitor.post_json("/practice/scripts/look", {"text": UNLAWFUL, "kind": "script", "packs": []}).json

    assert set(told["parts"]) == {"headline", "paper", "findings", "said"}
    assert told["must"] == 2 and "全国最好" in told["parts"]["paper"]


def test_what_is_written_is_never_markup(visitor: Browser, cast: Cast):
    page = visitor.post("/practice/scripts", text="<b>最好</b><script>alert(1)</script>", kind="script", client_id=ID)
    assert "<script>alert" not in page.html and not page.all("b", onclick="")


def test_a_proof_closes_the_place_and_stays_with_the_script(trainee: Browser, cast: Cast):
    script = write(cast.trainee, CLAIMING).script
    assert "有 1 处要证据" in trainee.get(f"/practice/scripts/{script.id}").text

    prove(script, photo=photo())
    page = trainee.get(f"/practice/scripts/{script.id}")

    assert "没查到不能说的话" in page.text and "有机 0123" in page.text
    shown = trainee.client.get(f"/practice/scripts/{script.id}/proofs/{Proof.get().id}/photo")
    assert shown.mimetype == "image/webp" and b"Exif" not in shown.data


def test_the_photo_of_a_proof_is_asked_for_anew_each_time_because_phones_are_shared(trainee: Browser, cast: Cast):
    script = write(cast.trainee, CLAIMING).script
    prove(script, photo=photo())
    address = f"/practice/scripts/{script.id}/proofs/{Proof.get().id}/photo"

    shown = trainee.client.get(address)

    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert trainee.client.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304


def test_a_proof_that_is_taken_back_opens_the_place_again(trainee: Browser, cast: Cast):
    script = write(cast.trainee, CLAIMING).script
    prove(script)

    page = trainee.post(f"/practice/scripts/{script.id}/proofs/{Proof.get().id}/withdrawal")

    assert "有 1 处要证据" in page.text


def test_a_proof_that_proves_nothing_is_refused(trainee: Browser, cast: Cast):
    script = write(cast.trainee, CLAIMING).script
    page = trainee.post(f"/practice/scripts/{script.id}/proofs", rule="CRT-1", claim="有机", kind="number", words=" ")
    assert "写下编号" in page.text and not Proof.select().exists()


def test_the_history_tells_what_changed(trainee: Browser, cast: Cast):
    script = write(cast.trainee, LAWFUL, client_id=ID).script
    write(cast.trainee, LAWFUL.replace("五点", "六点"), client_id=ID, base=script.latest.mark)

    assert "第 1 版" in trainee.get(f"/practice/scripts/{script.id}/versions").text
    page = trainee.get(f"/practice/scripts/{script.id}/versions/1")
    assert re.search(r"<del[^>]*>.*<b>五</b>.*</del>", page.html)
    assert re.search(r"<ins[^>]*>.*<b>六</b>.*</ins>", page.html)


def test_deleting_can_be_undone(trainee: Browser, cast: Cast):
    script = write(cast.trainee).script

    page = trainee.post(f"/practice/scripts/{script.id}/deletion")
    assert "删掉的稿子" in page.text
    trainee.get(f"/practice/scripts/{script.id}", status=404)

    assert "拿回来了" in trainee.post(f"/practice/scripts/{script.id}/return").text


def test_a_signed_script_says_why_it_stays(trainee: Browser, cast: Cast):
    version = write(cast.trainee)
    sign(cast.trainee, version)

    assert "留三年" in trainee.post(f"/practice/scripts/{version.script_id}/deletion").text


def test_the_practice_page_leads_back_to_what_was_written(trainee: Browser, cast: Cast):
    version = write(cast.trainee)

    page = trainee.get("/practice")

    assert f"/practice/scripts/{version.script_id}" in page.links() and "/practice/shots" in page.links()


def test_my_data_hold_my_scripts(cast: Cast):
    from lms.exchange import mydata

    write(cast.trainee, UNLAWFUL)
    assert mydata.everything(cast.trainee)["scripts"][0]["versions"][0]["text"] == UNLAWFUL


@pytest.mark.parametrize("photo", [b"", b"MZ a program"])
def test_a_photo_that_is_none_is_told_and_the_number_stays(trainee: Browser, cast: Cast, photo: bytes):
    script = write(cast.trainee, "这是有机莲藕").script
    fields = {"rule": "CRT-1", "claim": "有机", "kind": "number", "words": "CN-2026-0117"}

    page = trainee.post(f"/practice/scripts/{script.id}/proofs", photo=(io.BytesIO(photo), "证书.jpg"), **fields)

    assert "这张照片坏了" in page.text and "你写的留着" in page.text
    assert Proof.get().words == "CN-2026-0117"


def test_many_empty_fields_are_told_apart(trainee: Browser, cast: Cast):
    version = write(cast.trainee, "家人们好")

    page = trainee.post(f"/practice/scripts/{version.script_id}/sheet", status=422)

    assert "价格：这里要填。" in page.text
