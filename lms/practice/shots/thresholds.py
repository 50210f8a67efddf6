"""The one table of the shot coach: every signal with its bounds, unit, source and how sure we are of it.

Marks: S = stands in a source that was read; G = what camera and sound people generally hold; D = our own design, to be
calibrated on real phones. Green lies between `green_low` and `green_high`, amber between `amber_low` and `amber_high`,
all else is red; a bound that a signal does not have is open. What an installation tunes stands in `Threshold` rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lms.i18n import lazy as _l

S = "S"
G = "G"
D = "D"

# The order in which bounds must rise.
ORDER = ("amber_low", "green_low", "green_high", "amber_high")
BOUND_NAMES = {
    "amber_low": _l("amber from"),
    "green_low": _l("green from"),
    "green_high": _l("green up to"),
    "amber_high": _l("amber up to"),
    "below": _l("red only when the subject is darker than"),
    "share": _l("of the sharpest of 30 s, at least"),
    "hold": _l("must last, seconds"),
}
# What the figures of a unit mean, for who never measured with it.
UNIT_WORDS = {
    "0-255": _l("0 is black, 255 is white"),
    "0-128": _l("0 is grey all over; the more, the livelier"),
    "%": _l("parts of 100"),
    "°": _l("degrees; 0 is straight"),
    "°/s": _l("degrees a second; a quarter turn is 90"),
    "m/s²": _l("strength of the shaking; 0 is a tripod"),
    "LUFS": _l("below zero; the nearer to 0, the louder. Speech on phones: about -16"),
    "dBFS": _l("below zero; 0 is the loudest that a phone can take"),
    "dB": _l("10 more sound about twice as loud"),
    "s": _l("seconds"),
    "1/s": _l("syllables a second; 4 are 240 characters a minute"),
    "Mbit/s": _l("megabits a second; a live needs 2 to 4"),
    "MB": _l("megabytes; a minute of film takes about 100"),
    "": _l("a figure without a unit; compare with the shipped one"),
}
MARKS = {
    S: _l("stands in a source that was read"),
    G: _l("generally held"),
    D: _l("our proposal, to be calibrated"),
}
GROUPS = {
    "light": _l("Lighting"),
    "level": _l("Level and calm"),
    "sound": _l("Sound"),
    "focus": _l("Sharpness"),
    "frame": _l("Distance and frame"),
    "phone": _l("Phone and network"),
}


@dataclass(frozen=True)
class Signal:
    """One thing that is measured. `least` and `most`: what a bound of it can sensibly be."""

    name: str
    group: str
    label: Any
    unit: str
    bounds: dict[str, float]
    least: float
    most: float
    mark: str
    source: Any
    extra: dict[str, float] = field(default_factory=dict)

    @property
    def every(self) -> dict[str, float]:
        """All bounds as shipped, those that order colours before the others."""
        return {**self.bounds, **self.extra}

    def range_of(self, bound: str) -> tuple[float, float]:
        """Between which values a bound makes sense."""
        return {"share": (0.0, 1.0), "hold": (0.0, 30.0)}.get(bound, (self.least, self.most))


def band(green_low: float, green_high: float, amber_low: float, amber_high: float) -> dict[str, float]:
    """Good in the middle."""
    return {"amber_low": amber_low, "green_low": green_low, "green_high": green_high, "amber_high": amber_high}


def at_most(green: float, amber: float) -> dict[str, float]:
    """The less the better."""
    return {"green_high": green, "amber_high": amber}


def at_least(green: float, amber: float) -> dict[str, float]:
    """The more the better."""
    return {"amber_low": amber, "green_low": green}


FACIAL_APP = _l("VCL3D/facial-app, its camera test analysis: 80 to 180 good, 60 to 200 acceptable; narrowed by us")
CLIPPING = _l("VCL3D/facial-app: under 5 % above 240 in the face good, over 15 % bad; stricter here, for 250 and above")
CONTRAST = _l("VCL3D/facial-app: a standard deviation over 40 good, under 25 flat")
LAPLACE = _l("Common pages on the variance of the Laplacian: under 100 soft, under 50 blurry; picture made small first")
HORIZON = _l("What photographers hold: over 2 degrees are seen, over 5 disturb")
CRAFT = _l("What camera people generally hold")
OURS = _l("Our own proposal, to be calibrated on real phones")
EBU = _l("Measured by ITU-R BS.1770-4; bounds follow what is aimed at for speech (EBU R 128: -23, phones: -16)")
SOUND_CRAFT = _l("What sound people generally hold")
SPEED = _l("Studies of broadcast Mandarin: 240 to 280 characters a minute are understood with ease; one syllable each")
PLATFORM = _l("The platforms' buttons, comments and product card cover these edges of an upright picture")

SIGNALS = [
    Signal("subject_luma", "light", _l("Brightness of the subject"), "0-255", band(90, 170, 70, 190), 0, 255, D,
           FACIAL_APP),
    Signal("clipped", "light", _l("Burnt-out share of the subject"), "%", at_most(3, 8), 0, 100, D, CLIPPING),
    Signal("crushed", "light", _l("Black share of the picture"), "%", at_most(10, 25), 0, 100, D, OURS),
    Signal("backlight", "light", _l("Ground brighter than the subject by"), "0-255", at_most(25, 50), 0, 255, D, OURS,
           {"below": 110}),
    Signal("contrast", "light", _l("Contrast between light and dark"), "0-128", at_least(40, 25), 0, 128, S, CONTRAST),
    Signal("warmth", "light", _l("White card: red against green"), "", band(0.93, 1.07, 0.85, 1.18), 0.3, 3, D, OURS),
    Signal("blueness", "light", _l("White card: blue against green"), "", band(0.93, 1.07, 0.85, 1.18), 0.3, 3, D,
           OURS),
    Signal("flicker", "light", _l("Bands of lamps at 50 Hz"), "0-255", at_most(1.5, 3), 0, 50, D, OURS, {"hold": 1}),
    Signal("blur", "focus", _l("Sharpness of edges"), "", at_least(100, 50), 1, 5000, S, LAPLACE,
           {"share": 0.5, "hold": 2}),
    Signal("smear", "focus", _l("Glow of a smeared lens, share of the picture"), "%", at_most(8, 15), 0, 100, D, OURS,
           {"hold": 2}),
    Signal("roll", "level", _l("Leaning sideways"), "°", at_most(2, 5), 0, 45, G, HORIZON),
    Signal("pitch", "level", _l("Camera above or below the eyes"), "°", band(-5, 10, -15, 15), -90, 90, G, CRAFT),
    Signal("flat", "level", _l("From above: off the flat by"), "°", at_most(8, 15), 0, 45, G, CRAFT),
    Signal("shake", "level", _l("Shaking, by sensor"), "m/s²", at_most(0.3, 0.8), 0, 20, D, OURS, {"hold": 1}),
    Signal("unrest", "level", _l("Shaking, by picture"), "0-255", at_most(4, 10), 0, 128, D, OURS, {"hold": 1}),
    Signal("pan", "level", _l("Speed of turning"), "°/s", at_most(15, 30), 0, 360, G, CRAFT),
    Signal("width", "frame", _l("Goods: share of the picture's width"), "%", at_least(35, 20), 0, 100, G, CRAFT,
           {"hold": 1}),
    Signal("headroom", "frame", _l("Person: room above the head"), "%", band(8, 15, 3, 25), 0, 100, G, CRAFT,
           {"hold": 1}),
    Signal("covered", "frame", _l("Share of the subject under buttons and comments"), "%", at_most(25, 45), 0, 100, G,
           PLATFORM, {"hold": 1}),
    Signal("loudness", "sound", _l("Loudness of 3 s"), "LUFS", band(-22, -14, -28, -11), -60, 0, G, EBU),
    Signal("peak", "sound", _l("Peak"), "dBFS", at_most(-3, -1), -30, 0, G, SOUND_CRAFT),
    Signal("overload", "sound", _l("Sound that breaks up, share"), "%", at_most(0.02, 0.1), 0, 100, D, OURS),
    Signal("noise", "sound", _l("Noise floor"), "dBFS", at_most(-50, -40), -90, 0, G, SOUND_CRAFT),
    Signal("clearness", "sound", _l("Speech above noise by"), "dB", at_least(20, 12), 0, 60, G, SOUND_CRAFT),
    Signal("wind", "sound", _l("Wind: share below 150 Hz where nobody speaks"), "%", at_most(30, 50), 0, 100, D, OURS),
    Signal("silence", "sound", _l("Longest gap while talking"), "s", at_most(2.5, 5), 0, 60, G, CRAFT),
    Signal("rate", "sound", _l("Syllables"), "1/s", band(3.7, 4.7, 3.0, 5.3), 1, 9, S, SPEED),
    Signal("upload", "phone", _l("Sending speed"), "Mbit/s", at_least(4, 2), 0, 1000, G, CRAFT),
    Signal("battery", "phone", _l("Battery"), "%", at_least(50, 20), 0, 100, G, CRAFT),
    Signal("storage", "phone", _l("Free storage"), "MB", at_least(1000, 300), 0, 100000, G, CRAFT),
]  # fmt: skip
BY_NAME = {signal.name: signal for signal in SIGNALS}


def faults(signal: Signal, values: dict[str, float]) -> dict[str, str]:
    """Bound → why its value makes no sense: out of range, or not in the order of `ORDER`. Empty where all is well."""
    wrong = {}
    for bound, value in values.items():
        least, most = signal.range_of(bound)
        if not least <= value <= most:
            wrong[bound] = "range"
    ordered = [bound for bound in ORDER if bound in values]
    for lower, higher in pairwise(ordered):
        if lower not in wrong and higher not in wrong and values[lower] > values[higher]:
            wrong[higher] = "order"
    return wrong
