"""Where in a sound somebody speaks. Pure.

Loudness is taken over 20 ms, in decibels below full scale (dBFS). Between the quietest tenth, which is the room, and
the loudest, which is the voice, a line is drawn; what lies above it is speech. So a loud room and a soft voice are
told apart without a mark that somebody has to set. The numbers were tried on synthetic voices in synthetic rooms.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

FULL = 32768
FRAME = 0.02  # seconds
LEAD, TAIL = 0.10, 0.18  # seconds that stay before and after: consonants are soft
SOFTEST = -50.0  # dBFS of a voice that can still be made out
APART = 8.0  # dB by which a voice stands out of its room
SHARE = 0.3  # of the way from the room up to the voice
SOFT = -34.0  # dBFS below which a voice should come nearer
CLIPPED = 0.002  # of all samples at full scale: the voice crackles


@dataclass(frozen=True)
class Voice:
    """Where speech begins and ends, in samples; how loud it is, in dBFS; and whether it is cut off at full scale."""

    begins: int
    ends: int
    loudness: float
    is_clipped: bool

    @property
    def is_soft(self) -> bool:
        """Whether the speaker should come nearer."""
        return self.loudness < SOFT


def voice(samples: array[int], rate: int) -> Voice | None:
    """The speech in mono samples of 16 bits; None where nobody speaks."""
    size = int(rate * FRAME)
    loud = [loudness(samples[at : at + size]) for at in range(0, len(samples) - size + 1, size)]
    if not loud:
        return None
    room, most = percentile(loud, 0.1), percentile(loud, 0.95)
    line = max(SOFTEST, room + SHARE * (most - room))
    spoken = [place for place, level in enumerate(loud) if level > line]
    if most < SOFTEST or most - room < APART or not spoken:
        return None
    begins = max(0, spoken[0] * size - int(LEAD * rate))
    ends = min(len(samples), (spoken[-1] + 1) * size + int(TAIL * rate))
    full = sum(abs(one) >= FULL - 2 for one in samples[begins:ends])
    return Voice(begins, ends, most, full > CLIPPED * (ends - begins))


def loudness(frame: array[int]) -> float:
    """Root mean square in dBFS; -96 for silence."""
    power = sum(one * one for one in frame) / len(frame)
    return 20 * math.log10(max(math.sqrt(power) / FULL, 1.6e-5))


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
