"""A rehearsal comes to the server: once, checked for sense, for its own person alone, beside the last one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lms.accounts import ages
from lms.accounts.models import Person
from lms.practice.rehearsal.models import Rehearsal
from tests.browser import Browser
from tests.cast import SPRING, Cast, person
from tests.entering import signed_in
from tests.practice.rehearsal import rehearsing

ROWS = "/practice/rehearsal/rows"


@pytest.fixture
def trainee(app: Flask, cast: Cast) -> Browser:
    """Xiulan."""
    return signed_in(app, cast.trainee)


def test_a_rehearsal_is_stored_and_its_page_shows_the_one_advice(trainee: Browser):
    answer = trainee.post_json(ROWS, rehearsing.told())

    page = trainee.get(answer.json["page"])
    assert answer.status_code == 201
    assert "说完一句看一眼评论" in page.text
    assert "231" in page.text and "75 %" in page.text
    assert "能治咳嗽吗？" in page.text and "不能治病" in page.text


def test_sent_twice_it_is_stored_once(trainee: Browser, cast: Cast):
    first = trainee.post_json(ROWS, rehearsing.told())
    second = trainee.post_json(ROWS, rehearsing.told())

    assert first.json == second.json
    assert Rehearsal.of(cast.trainee).count() == 1


def test_the_same_number_with_other_content_is_refused(trainee: Browser, cast: Cast):
    trainee.post_json(ROWS, rehearsing.told())

    answer = trainee.post_json(ROWS, rehearsing.told(seconds=181))

    assert answer.status_code == 409
    assert Rehearsal.of(cast.trainee).get().seconds == 180


def test_somebody_elses_number_uses_up_nothing(app: Flask, cast: Cast, trainee: Browser):
    stranger = person("吴芬", "13812340019")
    mine = trainee.post_json(ROWS, rehearsing.told())

    theirs = signed_in(app, stranger).post_json(ROWS, rehearsing.told())

    assert theirs.status_code == 201
    assert mine.json["number"] != theirs.json["number"]
    trainee.get(theirs.json["page"], status=404)


def test_last_time_on_the_same_level_stands_beside(trainee: Browser, cast: Cast):
    worse = {**rehearsing.MEASURES, "talk": 0.31}
    rehearsing.rehearsed(cast.trainee, id="the-time-before", measures=worse, now=SPRING)
    other = {**rehearsing.MEASURES, "talk": 0.44}
    rehearsing.rehearsed(cast.trainee, id="another-level", level=4, measures=other, now=SPRING + timedelta(days=1))
    row = rehearsing.rehearsed(
        cast.trainee, at=(SPRING + timedelta(days=2)).isoformat(), now=SPRING + timedelta(days=2)
    )

    page = trainee.get(f"/practice/rehearsal/{row.id}")

    assert "上回：31 %" in page.text
    assert "44 %" not in page.text


def moments(**changes: Any) -> dict[str, Any]:
    """A timeline of one moment."""
    return {"moments": [{"at": 3, "kind": "price", **changes}], "voice": "7", "bank": "1"}


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "short"},
        {"id": 7},
        {"level": 6},
        {"level": 1.5},
        {"level": True},
        {"seed": -1},
        {"seed": 2**32},
        {"goods": "gold"},
        {"seconds": 0},
        {"seconds": 4_000},
        {"script": "1"},
        {"measures": {}},
        {"measures": {**rehearsing.MEASURES, "more": 1}},
        {"measures": {**rehearsing.MEASURES, "talk": 1.2}},
        {"measures": {**rehearsing.MEASURES, "talk": float("nan")}},
        {"measures": {**rehearsing.MEASURES, "silence": 190}},
        {"measures": {**rehearsing.MEASURES, "traps_handled": 2}},
        {"measures": {**rehearsing.MEASURES, "calls": 181}},
        {"measures": {**rehearsing.MEASURES, "orders": 1.5}},
        {"measures": {**rehearsing.MEASURES, "orders": None}},
        {"timeline": moments(at=300)},
        {"timeline": moments(kind="party")},
        {"timeline": moments(state="party")},
        {"timeline": moments(text="长" * 161)},
        {"timeline": moments(text="\x00")},
        {"timeline": moments(text="\ud800")},
        {"timeline": {**moments(), "voice": "7" * 60}},
        {"timeline": {**moments(), "voice": "x"}},
        {"timeline": {**moments(), "moments": [{"at": 5, "kind": "ask"}, {"at": 4, "kind": "ask"}]}},
        {"timeline": {**moments(), "moments": [{"at": 1, "kind": "ask"}] * 901}},
        {"timeline": []},
        {"measures": None},
    ],
)
def test_what_makes_no_sense_is_refused(trainee: Browser, cast: Cast, changes: dict[str, Any]):
    answer = trainee.post_json(ROWS, rehearsing.told(**changes))

    assert answer.status_code == 422
    assert not Rehearsal.of(cast.trainee).exists()


def test_rare_characters_and_what_phones_write_beside_them_are_taken(trainee: Browser, cast: Cast):
    said = moments(text="䶮𬭚\u3000能治吗\u202d👨\u200d👩", who="𬭚", note="\u00a0说数")

    assert trainee.post_json(ROWS, rehearsing.told(timeline=said)).status_code == 201
    assert Rehearsal.of(cast.trainee).get().timeline["moments"][0]["who"] == "𬭚"


def test_a_task_that_no_address_names_closes_no_tool(trainee: Browser):
    for named in ("light/sun/task:none", "light/%F0%AC%AD%9A/task:", "/" * 99):
        assert trainee.get(f"/practice/rehearsal?for={named}").all("rehearsal-room")


@pytest.mark.parametrize("sent", [None, [], "", 7, {"id": "rehearsal-of-lotus-1"}])
def test_what_is_no_rehearsal_is_refused(trainee: Browser, sent: Any):
    assert trainee.post_json(ROWS, sent).status_code == 422


def test_a_wrong_clock_harms_nothing(trainee: Browser, cast: Cast):
    trainee.post_json(ROWS, rehearsing.told(at="2099-01-01T00:00:00Z"))

    row = Rehearsal.of(cast.trainee).get()
    assert row.happened_at == row.stored_at


def test_my_list_and_the_practice_page_lead_to_it_until_i_delete_it(trainee: Browser, cast: Cast):
    row = rehearsing.rehearsed(cast.trainee)
    address = f"/practice/rehearsal/{row.id}"
    assert address in trainee.get("/practice").links()
    assert address in trainee.get("/practice/rehearsal/mine").links()

    trainee.post(f"{address}/deletion")

    assert address not in trainee.get("/practice/rehearsal/mine").links()
    trainee.get(address, status=404)


def young(app: Flask, band: str) -> tuple[Browser, Person]:
    """Somebody of an age."""
    one = person("小满", "13812340018")
    Person.update(age_band=band).where(Person.id == one.id).execute()
    return signed_in(app, Person.get_by_id(one.id)), Person.get_by_id(one.id)


def test_at_fifteen_the_room_is_closed_and_says_why(app: Flask):
    browser, _who = young(app, "14-15")

    page = browser.get("/practice/rehearsal")

    assert "满 16 岁" in page.text
    assert not page.all("rehearsal-room")
    assert browser.post_json(ROWS, rehearsing.told()).status_code == 422
    assert browser.client.get("/practice/rehearsal/bank?goods=lotus").status_code == 422
    assert not browser.get("/practice/rehearsal/drill").all("ol")


def test_at_seventeen_it_opens_when_a_guardian_agrees(app: Flask):
    browser, who = young(app, "16-17")
    assert any(link.startswith("/me/guardian") for link in browser.get("/practice/rehearsal").links())

    ages.guardian_agrees(who, "张大山", "father", by=who.id, now=SPRING)

    assert browser.get("/practice/rehearsal").all("rehearsal-room")


def test_without_script_the_page_leads_to_a_drill_on_paper(trainee: Browser):
    room = trainee.get("/practice/rehearsal")
    drill = trainee.get("/practice/rehearsal/drill?goods=egg&seed=12")

    assert any(link.startswith("/practice/rehearsal/drill") for link in room.links())
    assert len([one for one in drill.all("span") if one.get("class") == "tick-box"]) == 20
    assert drill.html == trainee.get("/practice/rehearsal/drill?goods=egg&seed=12").html
    assert drill.text != trainee.get("/practice/rehearsal/drill?goods=egg&seed=13").text


def test_a_link_gives_the_same_room_again_and_nonsense_in_it_gives_the_first(trainee: Browser):
    again = trainee.get("/practice/rehearsal?level=4&goods=egg&seed=77")
    odd = trainee.get("/practice/rehearsal?level=9&goods=gold&seed=-5")

    assert again.all("rehearsal-room")[0]["data-again"] == '{"goods": "egg", "level": 4, "seed": 77}'
    assert odd.all("rehearsal-room")[0]["data-again"] == '{"goods": "lotus", "level": 1, "seed": null}'


def test_the_page_may_use_camera_and_microphone(trainee: Browser):
    allowed = trainee.get("/practice/rehearsal").response.headers["Permissions-Policy"]

    assert "camera=(self)" in allowed and "microphone=(self)" in allowed
