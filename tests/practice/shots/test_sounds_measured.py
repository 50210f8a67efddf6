"""What is told from sound: loudness by the standard's own test facts, wind, speech and its speed."""

from __future__ import annotations

import pytest

from tests.practice.shots.conftest import Run

pytestmark = pytest.mark.browser

# ITU-R BS.1770-4, tables 1 and 2: the coefficients at 48 kHz.
TABLE_1 = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
TABLE_2 = [1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621]

TONE = """
  const tone = (frequency, amplitude, rate, seconds) => Float32Array.from({ length: rate * seconds },
    (_, at) => amplitude * Math.sin(2 * Math.PI * frequency * at / rate));
  const blocksOf = (channels, rate) => {
    const blocks = [];
    new ear.Ear(rate, (one) => blocks.push(one)).push(channels);
    return blocks;
  };
"""
SYLLABLES = """
  const talk = (rate, perSecond, breath) => Float32Array.from({ length: rate * 10 }, (_, at) => {
    const time = at / rate;
    const hiss = 0.0005 * (Math.random() - 0.5);
    if (breath && time % 3 > 2.2) return hiss;
    const loud = Math.sin(Math.PI * Math.min(1, ((time * perSecond) % 1) / 0.7)) ** 2;
    return 0.3 * Math.sin(2 * Math.PI * 500 * time) * loud + hiss;
  });
"""


def test_the_weighting_has_the_standards_coefficients(run: Run):
    first, second = run("loudness", "(loudness) => loudness.kWeighting(48000)")
    assert first == pytest.approx(TABLE_1, abs=1e-7)
    assert second == pytest.approx(TABLE_2, abs=1e-7)


def loudness(run: Run, channels: str, rate: int) -> float:
    """The short-term loudness of these channels."""
    return run(
        "loudness ear",
        f"(loudness, ear, rate) => {{ {TONE} return loudness.shortTerm(blocksOf({channels}, rate).slice(-30)); }}",
        rate,
    )


@pytest.mark.parametrize("rate", [44_100, 48_000, 16_000])
def test_a_sine_of_997_hz_at_full_scale_reads_minus_3_01_lufs(run: Run, rate: int):
    assert loudness(run, "[tone(997, 1, rate, 4)]", rate) == pytest.approx(-3.01, abs=0.05)


def test_two_channels_add_up_by_power(run: Run):
    assert loudness(run, "[tone(997, 1, rate, 4), tone(997, 1, rate, 4)]", 48_000) == pytest.approx(0, abs=0.03)


def test_the_first_case_of_ebu_tech_3341_reads_minus_23(run: Run):
    # A sine of 1000 Hz in both channels, each with peaks at -23 dBFS.
    both = "Array(2).fill(tone(1000, 10 ** (-23 / 20), rate, 4))"
    assert loudness(run, both, 48_000) == pytest.approx(-23, abs=0.1)


def test_bass_counts_less_than_the_voice(run: Run):
    assert loudness(run, "[tone(30, 1, rate, 4)]", 48_000) < loudness(run, "[tone(1000, 1, rate, 4)]", 48_000) - 4


def test_peak_and_overload_are_those_of_the_samples(run: Run):
    block = run(
        "loudness ear", f"(loudness, ear) => {{ {TONE} return blocksOf([tone(400, 0.5, 48000, 1)], 48000)[4]; }}"
    )
    loud = run("loudness ear", f"(loudness, ear) => {{ {TONE} return blocksOf([tone(400, 1, 48000, 1)], 48000)[4]; }}")

    assert block["peak"] == pytest.approx(0.5, abs=0.001) and block["overload"] == 0
    assert loud["overload"] == pytest.approx(9, abs=1)  # the share of a sine over 0.99: 2 acos(0.99) / pi


def wind(run: Run, frequency: int, amplitude: float) -> float:
    """The wind share of a tone in which nobody speaks."""
    return run(
        "wind ear",
        f"(wind, ear, [f, a]) => {{ {TONE} const blocks = blocksOf([tone(f, a, 48000, 3)], 48000).slice(3);"
        " return wind.windShare(blocks, blocks.map(() => false)); }",
        [frequency, amplitude],
    )


def test_a_rumble_is_wind_a_hiss_is_not_and_a_faint_rumble_is_the_house(run: Run):
    assert wind(run, 60, 0.1) > 90
    assert wind(run, 1000, 0.1) < 2
    assert wind(run, 60, 0.001) == 0


def test_a_voice_that_never_pauses_is_wind_only_where_no_voice_is_so_deep(run: Run):
    shares = run(
        "wind ear",
        f"(wind, ear) => {{ {TONE} const blocks = (f) => blocksOf([tone(f, 0.2, 48000, 3)], 48000).slice(3);"
        " const share = (all) => wind.windShare(all, all.map(() => true));"
        " return [share(blocks(60)), share(blocks(400))]; }",
    )
    assert shares[0] > 90 and shares[1] is None


def heard(run: Run, sound: str) -> dict[str, float | None]:
    """All signals of ten seconds of sound, from -1 to 1."""
    return run(
        "hearing ear",
        f"(hearing, ear) => {{ {SYLLABLES} const listener = new hearing.Hearing();"
        f" new ear.Ear(48000, (block) => listener.add(block)).push([{sound}]); return listener.signals(true); }}",
    )


@pytest.mark.parametrize("rate", [3.2, 4.2, 5.6])
def test_syllables_are_counted_by_their_nuclei(run: Run, rate: float):
    assert heard(run, f"talk(48000, {rate}, true)")["rate"] == pytest.approx(rate, abs=0.35)


def test_speech_stands_above_the_noise_between_it(run: Run):
    found = heard(run, "talk(48000, 4.2, true)")

    assert found["talking"] and found["clearness"] > 40
    assert found["noise"] < -60


def test_who_talks_without_a_breath_is_not_called_noise(run: Run):
    found = heard(run, "talk(48000, 4.2, false)")
    assert found["talking"] and found["noise"] is None


def test_steady_noise_is_no_speech(run: Run):
    found = heard(run, "Float32Array.from({ length: 480000 }, () => 0.1 * (Math.random() - 0.5))")

    assert not found["talking"] and found["loudness"] is None
    assert found["noise"] == pytest.approx(-30.8, abs=1)


def test_a_gap_is_as_long_as_nobody_speaks(run: Run):
    found = heard(
        run, "talk(48000, 4.2, false).map((one, at) => (at > 48000 * 7 ? 0.0003 * (Math.random() - 0.5) : one))"
    )
    assert found["silence"] == pytest.approx(3, abs=0.3)


def test_nothing_is_told_of_the_first_moments(run: Run):
    assert run("hearing", "(hearing) => new hearing.Hearing().signals()") == {}


def test_a_files_sound_is_told_by_its_middle_and_its_worst(run: Run):
    found = run(
        "file",
        f"(file) => {{ {SYLLABLES} const sound = talk(48000, 4.2, true);"
        " for (let at = 100000; at < 104000; at += 1) sound[at] = at % 80 < 40 ? 1 : -1;"
        " return file.soundSignals([sound], 48000); }",
    )
    assert found["overload"] > 10 and found["noise"] < -55
