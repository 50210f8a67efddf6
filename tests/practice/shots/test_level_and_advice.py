"""How the phone is held, and what is said when."""

from __future__ import annotations

from typing import Any

import pytest

from lms.practice.shots.thresholds import SIGNALS
from tests.practice.shots.conftest import Run

pytestmark = pytest.mark.browser

SHIPPED = {signal.name: signal.every for signal in SIGNALS}
GREEN = {"subject_luma": 130, "contrast": 55, "roll": 0.5, "noise": -60}


@pytest.mark.parametrize(
    ("beta", "gamma", "roll", "pitch"),
    [(90, 0, 0, 0), (82, 89.9, 8, 0), (82, -89.9, -8, 0), (70, 0, 0, -20), (110, 0, 0, 20), (0, 0, None, -90)],
)
def test_leaning_and_looking_up_are_told_apart(run: Run, beta: float, gamma: float, roll: float | None, pitch: float):
    found = run("level", "(level, [beta, gamma]) => level.held(beta, gamma)", [beta, gamma])

    assert found["roll"] == (None if roll is None else pytest.approx(roll, abs=0.1))
    assert found["pitch"] == pytest.approx(pitch, abs=0.1)
    assert found["flat"] == pytest.approx(90 + pitch, abs=0.1)


def test_a_phone_held_across_is_level_across(run: Run):
    # Turned to the left by 90 degrees: up is the phone's right edge, and the screen says 90.
    found = run("level", "(level) => level.held(0, -90, { screenAngle: 90 })")
    assert found["roll"] == pytest.approx(0, abs=0.1)


def test_the_front_camera_looks_the_other_way(run: Run):
    assert run("level", "(level) => level.held(70, 0, { facing: 'user' }).pitch") == pytest.approx(20, abs=0.1)


def test_shaking_is_what_is_left_without_gravity(run: Run):
    shaken = """(level) => {
      const move = new level.Movement();
      const turning = { alpha: 0, beta: 20, gamma: 0 };
      for (let at = 0; at < 60; at += 1) move.add(at / 60, { own: { x: at % 2 ? 0.6 : -0.6, y: 0, z: 0 }, turning });
      return [move.shake, move.pan];
    }"""
    assert run("level", shaken) == [pytest.approx(0.6, abs=0.01), pytest.approx(20, abs=0.01)]


def test_gravity_that_was_left_in_is_taken_off(run: Run):
    still = """(level) => {
      const move = new level.Movement();
      for (let at = 0; at < 60; at += 1) move.add(at / 60, { whole: { x: 0, y: 9.81, z: 0 } });
      return [move.shake, move.pan];
    }"""
    assert run("level", still) == [pytest.approx(0, abs=0.01), None]


@pytest.mark.parametrize(
    ("value", "grade"), [(130, "green"), (89, "amber"), (69, "red"), (171, "amber"), (191, "red"), (None, "unknown")]
)
def test_a_band_has_a_colour_on_both_sides(run: Run, value: float | None, grade: str):
    bounds = SHIPPED["subject_luma"]
    assert run("advice", "(advice, [value, bounds]) => advice.grade(value, bounds).grade", [value, bounds]) == grade


def verdict(run: Run, name: str, doubted: bool = False, **signals: Any) -> dict[str, Any]:
    """The verdict on one of these signals."""
    return run(
        "advice",
        "(advice, [name, signals, bounds, doubted]) =>"
        " advice.verdicts(signals, bounds, { doubted }).find((one) => one.name === name)",
        [name, signals, SHIPPED, doubted],
    )


def test_light_from_behind_is_red_only_while_the_subject_is_dark(run: Run):
    assert verdict(run, "backlight", backlight=80, subject_luma=60)["grade"] == "red"
    assert verdict(run, "backlight", backlight=80, subject_luma=140)["grade"] == "amber"


def test_what_is_half_as_sharp_as_it_was_is_soft(run: Run):
    assert verdict(run, "blur", blur=400, blurShare=0.4)["grade"] == "amber"
    assert verdict(run, "blur", blur=400, blurShare=0.9)["grade"] == "green"


def test_goods_without_texture_are_judged_by_themselves_once_doubted(run: Run):
    assert verdict(run, "blur", blur=20, blurShare=1)["grade"] == "red"
    assert verdict(run, "blur", True, blur=20, blurShare=1)["grade"] == "green"


def test_too_dark_says_to_which_side_the_light_is(run: Run):
    assert verdict(run, "subject_luma", subject_luma=60, side=40)["side"] == "left"
    assert verdict(run, "subject_luma", subject_luma=60, side=-40)["side"] == "right"
    assert verdict(run, "subject_luma", subject_luma=60, side=3)["side"] == "low"


SAY = """(advice, [steps, bounds]) => {
  const pace = new advice.Pace(bounds);
  return steps.map(([now, signals]) => {
    const told = pace.update(advice.verdicts(signals, bounds), now);
    return [told.advice && advice.keyOf(told.advice), told.said, told.ready, told.began];
  });
}"""


def said(run: Run, *steps: tuple[float, dict[str, Any]]) -> list[list[Any]]:
    """What the coach tells at each second with these signals."""
    return run("advice", SAY, [[list(step) for step in steps], SHIPPED])


def every_half_second(until: float, signals: dict[str, Any]) -> list[tuple[float, dict[str, Any]]]:
    """The same signals over and over."""
    return [(at / 2, signals) for at in range(int(until * 2) + 1)]


@pytest.mark.parametrize(
    ("signals", "first"),
    [
        ({"roll": 9, "subject_luma": 40, "wind": 70}, "wind.high"),
        ({"roll": 9, "subject_luma": 40, "crushed": 60}, "subject_luma.low"),
        ({"roll": 9, "width": 5, "crushed": 60}, "roll.right"),
        ({"width": 5, "crushed": 60}, "width.low"),
        ({"crushed": 60, "subject_luma": 80}, "crushed.high"),  # red before amber
        ({"roll": -3, "subject_luma": 80}, "subject_luma.low"),  # both amber
    ],
)
def test_the_worst_comes_first_and_at_equal_colour_the_order_holds(run: Run, signals: dict[str, Any], first: str):
    assert said(run, *every_half_second(2, signals))[-1][0] == first


def test_a_fault_that_passes_at_once_is_not_told(run: Run):
    steps = said(run, (0, GREEN), (0.5, {**GREEN, "subject_luma": 40}), (1, GREEN), (1.5, GREEN))
    assert [step[0] for step in steps] == [None] * 4


def test_blur_must_last_two_seconds(run: Run):
    steps = said(run, *every_half_second(3, {**GREEN, "blur": 20, "blurShare": 1}))
    assert [step[0] for step in steps].index("blur.low") == 4


def test_what_is_mended_is_no_longer_told_and_another_advice_waits_four_seconds(run: Run):
    dark, leaning = {**GREEN, "subject_luma": 40}, {**GREEN, "roll": 9}
    steps = said(run, (0, dark), (1, dark), (2, leaning), (3, leaning), (4, leaning), (5, leaning))

    assert [step[0] for step in steps] == [None, "subject_luma.low", None, None, None, "roll.right"]
    assert [step[1] for step in steps] == [False, True, False, False, False, True]


def test_five_seconds_of_green_and_one_may_film(run: Run):
    steps = said(
        run, *every_half_second(6, GREEN), (6.5, {**GREEN, "subject_luma": 30}), (7.5, {**GREEN, "subject_luma": 30})
    )

    assert [step[2] for step in steps].index(True) == 10
    assert [step[3] for step in steps].count(True) == 1
    assert steps[-1][2] is False


def test_what_cannot_be_measured_keeps_nobody_from_filming(run: Run):
    assert said(run, *every_half_second(6, {"subject_luma": 130, "contrast": 55}))[-1][2] is True


def test_red_sharpness_keeps_one_from_filming(run: Run):
    assert said(run, *every_half_second(9, {**GREEN, "blur": 20, "blurShare": 1}))[-1][2] is False


METER = """(advice, [signals, bounds]) => {
  const meter = advice.meter(advice.verdicts(signals, bounds), 'light');
  return [meter.grade, meter.blocks];
}"""


@pytest.mark.parametrize(
    ("luma", "meter"),
    [(130, ["green", 5]), (92, ["green", 4]), (85, ["amber", 3]), (74, ["amber", 2]), (20, ["red", 1])],
)
def test_a_meter_has_five_blocks(run: Run, luma: float, meter: list[Any]):
    assert run("advice", METER, [{"subject_luma": luma}, SHIPPED]) == meter


def test_a_meter_without_measures_is_unknown(run: Run):
    assert run("advice", METER, [{}, SHIPPED]) == ["unknown", 0]
