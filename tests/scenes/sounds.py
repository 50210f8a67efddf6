"""Scenes before the microphone, as WAV: a voice made of syllables, with noise, wind or too much of it."""

from __future__ import annotations

import math
import random
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

RATE = 48_000
SECONDS = 12  # Chromium plays the file over and over
SYLLABLES = 4.2  # a second: 252 characters a minute

# Name → the advice that must come first; "" for none.
SOUNDS = {
    "good voice": "",
    "quiet voice": "loudness.low",
    "noisy": "noise.high",
    "windy": "wind.high",
    "clipped": "overload.high",
    "fast": "rate.high",
    "silent room": "",
}


def level(decibels: float) -> float:
    """An amplitude from dB below full scale."""
    return 10 ** (decibels / 20)


# How loud the voice is where it is not as it should be.
SPEECH = {"silent room": 0.0, "quiet voice": level(-27), "clipped": level(9), "noisy": level(-9)}


def voice(seconds: float, rate: float = SYLLABLES) -> Iterator[float]:
    """Syllables of a buzzing voice (140 Hz and its overtones through two formants), 2.6 s of talk and 0.9 s of breath,
    with its peaks at about 1."""
    weights = [
        (n, 1 / (1 + ((140 * n - 600) / 350) ** 2) + 0.5 / (1 + ((140 * n - 1700) / 400) ** 2)) for n in range(1, 22)
    ]
    peak = sum(weight for _n, weight in weights) * 0.62
    table = [
        sum(w * math.sin(2 * math.pi * n * at / 343 + n * n) for n, w in weights) / peak for at in range(343)
    ]  # one period at 48 kHz
    for at in range(int(seconds * RATE)):
        time = at / RATE
        if time % 3.5 > 2.6:
            yield 0.0
            continue
        phase = (time % 3.5) * rate % 1
        yield table[at % 343] * math.sin(math.pi * min(1, phase / 0.72)) ** 1.5


def hiss(chance: random.Random) -> float:
    """White noise."""
    return chance.uniform(-1, 1)


def samples(scene: str) -> Iterator[float]:
    """The scene's samples, from -1 to 1 or beyond, where they will be clipped."""
    chance = random.Random(scene)
    speech = SPEECH.get(scene, level(-6))
    ground = level(-30) if scene == "noisy" else level(-62)
    gust, slow = 0.0, 0.0
    rate = 6.4 if scene == "fast" else SYLLABLES
    for at, spoken in enumerate(voice(SECONDS, rate)):
        sample = speech * spoken + ground * hiss(chance)
        if scene == "windy":
            gust += 0.006 * (hiss(chance) - gust)
            slow += 0.006 * (gust - slow)
            sample = 0.5 * sample + 14 * slow * (0.6 + 0.4 * math.sin(2 * math.pi * at / RATE / 1.7))
        yield sample


def write_sound(scene: str, path: Path) -> Path:
    """The scene as a 16-bit mono WAV file."""
    values = array("h", (round(32767 * max(-1.0, min(1.0, sample))) for sample in samples(scene)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(values.tobytes())
    return path
