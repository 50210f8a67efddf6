"""Where in a sound somebody speaks: synthetic voices in synthetic rooms."""

from __future__ import annotations

import math
import random
from array import array

import pytest

from lms.lib.silence import LEAD, TAIL, voice

RATE = 24_000


def sound(*stretches: tuple[float, float, float]) -> array[int]:
    """Stretches of (seconds, dBFS of a voice, dBFS of the room); a voice comes in syllables."""
    chance = random.Random(1)
    samples = array("h")
    for seconds, spoken, room in stretches:
        for n in range(int(seconds * RATE)):
            syllable = 0.5 - 0.5 * math.cos(2 * math.pi * 4 * n / RATE)
            said = 10 ** (spoken / 20) * math.sqrt(2) * math.sin(2 * math.pi * 220 * n / RATE) * syllable
            noise = 10 ** (room / 20) * math.sqrt(3) * chance.uniform(-1, 1)
            samples.append(max(-32768, min(32767, round(32767 * (said + noise)))))
    return samples


@pytest.mark.parametrize(("spoken", "room"), [(-12, -70), (-20, -50), (-28, -60), (-20, -38)])
def test_the_silence_before_and_after_goes(spoken: float, room: float):
    found = voice(sound((1, -99, room), (2, spoken, room), (1.5, -99, room)), RATE)

    assert found and found.begins / RATE == pytest.approx(1 - LEAD, abs=0.1)
    assert found.ends / RATE == pytest.approx(3 + TAIL, abs=0.15)


def test_a_pause_in_the_middle_stays():
    found = voice(sound((0.5, -99, -60), (1, -20, -60), (1, -99, -60), (1, -20, -60), (0.5, -99, -60)), RATE)

    assert found and (found.ends - found.begins) / RATE == pytest.approx(3.2, abs=0.25)


@pytest.mark.parametrize("stretch", [(2, -99, -70), (2, -99, -30), (0.005, -20, -60), (2, -60, -65)])
def test_a_room_without_a_voice_has_none(stretch: tuple[float, float, float]):
    assert voice(sound(stretch), RATE) is None


def test_a_soft_and_a_cut_off_voice_are_told():
    soft = voice(sound((0.5, -99, -70), (2, -40, -70)), RATE)
    loud = voice(sound((0.5, -99, -60), (2, 3, -60)), RATE)

    assert soft and soft.is_soft and not soft.is_clipped
    assert loud and loud.is_clipped and not loud.is_soft
