"""What is told from pictures, from pixels whose values are known."""

from __future__ import annotations

import pytest

from tests.practice.shots.conftest import Run

pytestmark = pytest.mark.browser

# A picture of one colour with a box of another, from 0 to 1, as RGBA.
DRAW = """
  const drawn = (ground, box, colour, width = 160, height = 284) => {
    const pixels = new Uint8ClampedArray(4 * width * height);
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      const across = box && x >= box.left * width && x < box.right * width;
      const inside = across && y >= box.top * height && y < box.bottom * height;
      pixels.set([...(inside ? colour : ground), 255], 4 * (y * width + x));
    }
    return pixels;
  };
"""


def measured(run: Run, drawing: str) -> dict[str, float]:
    """The brightness of a drawing."""
    return run("light", f"(light) => {{ {DRAW} return light.brightness(light.lumaOf({drawing}), 160, 284); }}")


def test_luma_weighs_colours_as_rec_709_does(run: Run):
    luma = run("light", "(light) => [...light.lumaOf([255,0,0,255, 0,255,0,255, 0,0,255,255, 255,255,255,255])]")
    assert luma == [54, 182, 18, 255]


def test_a_dark_subject_before_a_bright_ground_is_told_by_the_difference(run: Run):
    found = measured(run, "drawn([220,220,220], light.CENTRE, [60,60,60])")

    assert found["subject_luma"] == pytest.approx(60, abs=0.5)
    assert found["backlight"] == pytest.approx(160, abs=0.5)
    assert found["crushed"] == found["clipped"] == 0


def test_burnt_is_a_share_of_the_subject_and_black_one_of_the_picture(run: Run):
    found = measured(run, "drawn([5,5,5], {left: .25, right: .5, top: .225, bottom: .775}, [255,255,255])")

    assert found["clipped"] == pytest.approx(50, abs=1)
    assert found["crushed"] == pytest.approx(100 - 25 * 0.55, abs=0.5)


def test_contrast_is_the_standard_deviation_of_luma(run: Run):
    found = measured(run, "drawn([100,100,100], {left: 0, right: .5, top: 0, bottom: 1}, [180,180,180])")

    assert found["contrast"] == pytest.approx(40, abs=0.5)
    assert found["side"] == pytest.approx(80, abs=0.5)


@pytest.mark.parametrize(
    ("colour", "warmth", "blueness"),
    [([200, 200, 200], 1, 1), ([220, 200, 150], 1.1, 0.75), ([180, 200, 230], 0.9, 1.15)],
)
def test_a_white_card_tells_the_colour_of_the_light(run: Run, colour: list[int], warmth: float, blueness: float):
    found = run("light", f"(light, c) => {{ {DRAW} return light.whiteCard(drawn(c), 160, 284); }}", colour)
    assert (found["warmth"], found["blueness"]) == (pytest.approx(warmth, abs=0.01), pytest.approx(blueness, abs=0.01))


def test_a_burnt_card_tells_nothing(run: Run):
    assert run("light", f"(light) => {{ {DRAW} return light.whiteCard(drawn([255,255,255]), 160, 284); }}") == {}


BANDS = """(light, amplitude) => {
  const band = (y, phase) => amplitude * Math.sin(2 * Math.PI * 5 * y / 284 + phase);
  const rows = (phase) => Float32Array.from({length: 284}, (_, y) => 120 + y / 20 + band(y, phase));
  return light.flicker(rows(0), rows(Math.PI));
}"""


def test_bands_that_wander_are_a_flickering_lamp(run: Run):
    assert run("light", BANDS, 4) == pytest.approx(8, abs=0.3)
    assert run("light", BANDS, 0) == 0


def test_a_flat_picture_has_no_sharpness_and_a_chessboard_much(run: Run):
    board = "Uint8ClampedArray.from({length: 6400}, (_, at) => 100 + 50 * ((at % 80 + (at / 80 | 0)) % 2))"
    assert run("blur", "(blur) => blur.laplacianVariance(new Uint8ClampedArray(6400).fill(90), 80, 80)") == 0
    # Every pixel differs from its four neighbours by 50: the Laplacian is 200 or -200, its variance 40,000.
    assert run("blur", f"(blur) => blur.laplacianVariance({board}, 80, 80)") == pytest.approx(40_000, rel=0.001)


def test_the_sharpest_of_half_a_minute_is_the_measure_of_the_rest(run: Run):
    shares = run(
        "blur", "(blur) => { const s = new blur.Sharpest(); return [s.add(80, 0), s.add(40, 10), s.add(40, 31)]; }"
    )
    assert shares == [1, 0.5, 1]


def test_a_smeared_lens_glows_round_a_light_and_is_sharp_nowhere(run: Run):
    glow = """(blur, light) => {
      const luma = Uint8ClampedArray.from({length: 160 * 284}, (_, at) => {
        const far = Math.hypot(at % 160 - 80, (at / 160 | 0) - 142);
        return far < 12 ? 255 : Math.max(60, 248 - far * 0.9);
      });
      return blur.smear(luma, 160, 284, 100);
    }"""
    assert run("blur light", glow) > 8
    assert run("blur", "(blur) => blur.smear(new Uint8ClampedArray(6400).fill(220), 80, 80, 100)") == 0


def framed(run: Run, box: str, ground: str = "[120,120,116]") -> dict[str, float] | None:
    """Where a reddish thing on a grey ground is found."""
    return run(
        "framing", f"(framing) => {{ {DRAW} return framing.subject(drawn({ground}, {box}, [190,60,50]), 160, 284); }}"
    )


def test_goods_before_an_even_ground_are_found_with_their_width(run: Run):
    found = framed(run, "{left: .3, right: .7, top: .3, bottom: .6}")

    assert found["width"] == pytest.approx(37, abs=3)  # the middle nine tenths of 40 %
    assert found["headroom"] == pytest.approx(31, abs=2)
    assert found["covered"] == 0


@pytest.mark.parametrize(
    ("box", "side"),
    [
        ("{left: .3, right: .6, top: .6, bottom: .9}", "bottom"),
        ("{left: .3, right: .6, top: .09, bottom: .3}", "top"),
        ("{left: .6, right: .91, top: .3, bottom: .6}", "right"),
    ],
)
def test_what_buttons_and_comments_cover_is_told_with_its_side(run: Run, box: str, side: str):
    found = framed(run, box)
    assert found["covered"] > 8 and found["coveredBy"] == side


def test_nothing_is_told_of_an_empty_picture(run: Run):
    assert framed(run, "null") is None


def test_a_shifted_picture_is_unrest(run: Run):
    moved = """(level, light) => {
      const stripe = (at) => (at % 16 < 8 ? 80 : 160);
      const stripes = (shift) => Uint8ClampedArray.from({length: 160 * 284}, (_, at) => stripe(at + shift));
      const small = (shift) => level.halved(stripes(shift), 160, 284);
      return [level.unrest(small(0), small(0)), level.unrest(small(0), small(4)), small(0).length];
    }"""
    assert run("level light", moved) == [0, pytest.approx(40, abs=1), 80 * 142]
