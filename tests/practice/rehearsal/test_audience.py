"""The pretended audience, moved by hand: the same again for the same seed and inputs, at the rates of its model."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.rehearsal.conftest import Run

pytestmark = pytest.mark.browser

# A room of so many seconds in which the host may talk, answer, call; gives its log, its viewers a second, its schedule.
ROOM = """(audience, measures, { bank, seed, level, seconds, talks, answers, deeds = [], shout = 0, slow = false }) => {
  const room = new audience.Audience({ seed, level, bank, seconds, slow });
  const planned = room.schedule.map((one) => ({ ...one }));
  const viewers = []; const expected = { comments: 0 }; const ticks = [];
  for (let at = 0; at < seconds / audience.TICK; at += 1) {
    const second = at * audience.TICK;
    const speaking = talks === null ? null : at % 16 < 16 * talks;
    ticks.push(speaking === null ? null : Number(speaking));
    room.input('voice', { speaking, loud: shout > 0 && second >= shout });
    deeds.filter(([when]) => when === second).forEach(([, kind, detail]) => room.input(kind, detail || {}));
    const waits = answers ? room.open.find((one) => room.now - one.at >= answers) : null;
    if (waits) room.input('answered', { id: waits.id });
    room.tick();
    viewers.push(room.viewers);
    expected.comments += (audience.commentsAMinute(room.viewers) / 60) * audience.TICK;
  }
  const voice = { ticks, step: audience.TICK, windows: [], plan: [], moves: [] };
  const found = measures.measured({ log: room.log, seconds, peak: room.peak, ...voice });
  return { log: room.log, viewers, planned, expected, found };
}"""


def room(run: Run, **given: object) -> dict[str, Any]:
    """A room of five minutes on level 3, unless told otherwise."""
    usual = {"seed": 7, "level": 3, "seconds": 300, "talks": 0.75, "answers": 6}
    return run("audience measures", ROOM, **{**usual, **given})


def of(played: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """What happened of a kind."""
    return [one for one in played["log"] if one["type"] == kind]


def test_the_same_seed_and_inputs_give_the_same_room_again(run: Run):
    assert room(run, seed=4_294_967_295, level=5)["log"] == room(run, seed=4_294_967_295, level=5)["log"]


def test_another_seed_gives_another_room(run: Run):
    assert room(run, seed=1)["log"] != room(run, seed=2)["log"]


def test_what_the_host_does_moves_no_mishap(run: Run):
    assert room(run, level=5)["planned"] == room(run, level=5, talks=0, answers=0)["planned"]


@pytest.mark.parametrize(("level", "least", "most"), [(1, 0, 3), (2, 4, 10), (3, 15, 50), (4, 120, 300)])
def test_a_good_host_has_the_viewers_of_the_level(run: Run, level: int, least: int, most: int):
    viewers = room(run, level=level, seconds=600)["viewers"]

    assert max(viewers) <= most
    assert sum(viewers[600:]) / len(viewers[600:]) >= least


@pytest.mark.parametrize("level", [2, 3, 4])
def test_comments_come_at_the_rate_of_the_model(run: Run, level: int):
    played = [room(run, level=level, seed=seed, seconds=600) for seed in range(6)]
    said = sum(len([one for one in of(one_room, "comment") if not one["event"]]) for one_room in played)
    expected = sum(one_room["expected"]["comments"] for one_room in played)

    assert abs(said - expected) < 4 * expected**0.5


@pytest.mark.parametrize(("viewers", "rate"), [(5, 1.4), (20, 3.9), (50, 7.5), (200, 20), (1000, 65)])
def test_the_rate_is_that_of_the_table(run: Run, viewers: int, rate: float):
    assert abs(run("audience", f"(audience) => audience.commentsAMinute({viewers})") - rate) < 0.06 * rate


def test_the_kinds_come_in_their_shares(run: Run):
    said = [one["kind"] for seed in range(4) for one in of(room(run, level=4, seed=seed, seconds=900), "comment")]

    assert abs(said.count("price") / len(said) - 0.25) < 0.03
    assert abs(said.count("trap") / len(said) - 0.04) < 0.02


def test_a_host_who_says_nothing_loses_the_room(run: Run):
    silent, talking = room(run, talks=0)["viewers"], room(run, talks=0.75)["viewers"]

    assert sum(silent) < 0.6 * sum(talking)


def test_without_a_microphone_nobody_leaves_for_silence(run: Run):
    assert sum(room(run, talks=None)["viewers"]) > 1.5 * sum(room(run, talks=0)["viewers"])


def test_asking_and_waiting_doubles_the_comments_for_a_while(run: Run):
    asking = [(float(second), "ask") for second in range(4, 900, 16)]
    asked = sum(len(of(room(run, seed=seed, seconds=900, talks=0.2, deeds=asking), "comment")) for seed in range(3))
    silent = sum(len(of(room(run, seed=seed, seconds=900, talks=0.2), "comment")) for seed in range(3))

    assert asked > 1.5 * silent


def test_slow_halves_them(run: Run):
    assert len(of(room(run, level=4, slow=True), "comment")) < 0.7 * len(of(room(run, level=4), "comment"))


def test_a_question_is_asked_again_after_forty_seconds_and_its_asker_goes_after_sixty(run: Run):
    played = room(run, answers=0, level=2, seconds=600)
    asked = {one["id"]: one["at"] for one in of(played, "comment")}

    assert all(one["at"] - asked[one["id"]] >= 40 for one in of(played, "again"))
    assert all(one["at"] - asked[one["id"]] == 60 for one in of(played, "gone"))
    assert of(played, "again") and of(played, "gone")


def test_one_answer_serves_all_who_asked_the_same(run: Run):
    played = room(run, level=4)
    at_once = [one["at"] for one in of(played, "settled")]

    assert len(at_once) > len(set(at_once))


def test_orders_come_after_calls(run: Run):
    calls = [(float(second), "call") for second in range(0, 900, 50)]
    called = sum(len(of(room(run, level=4, seed=seed, seconds=900, deeds=calls), "order")) for seed in range(3))
    silent = sum(len(of(room(run, level=4, seed=seed, seconds=900), "order")) for seed in range(3))

    assert called > 2 * silent


def test_questions_about_the_price_that_wait_keep_orders_away(run: Run):
    answered = sum(len(of(room(run, level=4, seed=seed, seconds=900), "order")) for seed in range(3))
    waiting = sum(len(of(room(run, level=4, seed=seed, seconds=900, answers=0), "order")) for seed in range(3))

    assert waiting < 0.6 * answered


def test_shouting_at_a_troll_empties_the_room(run: Run):
    calm, shouting = room(run, level=5, seed=3), room(run, level=5, seed=3, shout=30)

    assert of(shouting, "shouted") and not of(calm, "shouted")
    assert sum(shouting["viewers"]) < sum(calm["viewers"])


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seconds", [60, 180, 600, 1800])
def test_every_mishap_can_be_dealt_with_before_the_end(run: Run, level: int, seconds: int):
    for seed in range(5):
        played = room(run, level=level, seed=seed, seconds=seconds, answers=0)
        over = {one["id"] for one in of(played, "event-over")}
        assert {one["id"] for one in of(played, "event")} == over


def test_the_disaster_room_begins_with_a_wrong_price(run: Run):
    assert room(run, level=5)["planned"][0]["name"] == "price"
    assert not room(run, level=1, seconds=180)["planned"]


def test_a_wrong_price_is_only_put_right_by_correcting_aloud(run: Run):
    at = room(run, level=5)["planned"][0]["at"]
    other = room(run, level=5, deeds=[(at + 5, "handled", {"id": None})])["found"]
    aloud = room(run, level=5, deeds=[(at + 5, "correct")])["found"]

    assert (other["corrections_met"], other["corrections_handled"]) == (1, 0)
    assert (aloud["corrections_met"], aloud["corrections_handled"]) == (1, 1)


def test_while_the_network_is_gone_nobody_says_anything(run: Run):
    played = next(
        one
        for one in (room(run, level=3, seed=seed, seconds=600) for seed in range(20))
        if any(event["name"] == "network" for event in of(one, "event"))
    )
    gone = next(one["at"] for one in of(played, "event") if one["name"] == "network")

    assert not [one for one in of(played, "comment") if gone < one["at"] < gone + 20]


def test_a_double_tap_is_one_call(run: Run):
    deeds = [[10, "call"], [10.25, "call"], [11, "call"], [12, "call"], [12, "card"]]

    found = room(run, deeds=deeds)["found"]

    assert (found["calls"], found["prices"]) == (2, 1)
