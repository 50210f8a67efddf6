"""What the coach says: one advice for each way in which a signal can be off, at most fifteen characters in Chinese."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from lms.i18n import lazy as _l


@dataclass(frozen=True)
class Advice:
    """What to do, why or how, the icon beside it; and what the meter says when it is amber and when it is red."""

    say: Any
    why: Any
    icon: str
    amber: Any
    red: Any


TOO_DARK = (_l("A bit dark"), _l("Too dark"))
TOO_BRIGHT = (_l("A bit bright"), _l("Too bright"))
COLOUR = (_l("Colour a bit off"), _l("Colour is off"))
ASKEW = (_l("A bit askew"), _l("Askew"))
SHAKING = (_l("A bit shaky"), _l("Shaking"))
NOT_HEARD = (_l("A bit quiet"), _l("Too quiet"))
TOO_LOUD = (_l("A bit loud"), _l("Too loud"))
NOISY = (_l("A bit noisy"), _l("Noisy"))
NONE = ("", "")

ADVICE = {
    "wind.high": Advice(_l("Wind: turn your back to it"), _l("or put foam over the microphone"), "wind",
                        _l("Some wind"), _l("Wind")),
    "overload.high": Advice(_l("The sound breaks up"), _l("speak softer, or hold the phone farther off"), "farther",
                            *TOO_LOUD),
    "peak.high": Advice(_l("A little farther off"), _l("else the loudest words break up"), "farther", *TOO_LOUD),
    "noise.high": Advice(_l("Noisy: turn off the fan"), _l("or go somewhere quiet"), "quiet", *NOISY),
    "loudness.low": Advice(_l("Speak louder"), _l("or come closer to the phone"), "mic", *NOT_HEARD),
    "loudness.high": Advice(_l("Go a little farther off"), _l("your voice is louder than phones can take"), "farther",
                            *TOO_LOUD),
    "clearness.low": Advice(_l("Put on an earphone microphone"), _l("so that the voice stands out of the noise"), "mic",
                            *NOISY),
    "silence.high": Advice(_l("Go on talking"), _l("say what your hands are doing"), "comment", _l("A gap"),
                           _l("A long gap")),
    "rate.high": Advice(_l("A little slower"), _l("so that everybody can follow"), "timer", _l("A bit fast"),
                        _l("Too fast")),
    "rate.low": Advice(_l("A little faster"), _l("else people slide on"), "timer", _l("A bit slow"), _l("Too slow")),
    "backlight.high": Advice(_l("Against the light: change places"), _l("let the window shine on it from the front"),
                             "turn", _l("A bit against the light"), _l("Against the light")),
    "subject_luma.low": Advice(_l("Too dark: face the window"), _l("or go outside into the shade"), "light", *TOO_DARK),
    "subject_luma.left": Advice(_l("One step to the left"), _l("let the light fall on it"), "back", *TOO_DARK),
    "subject_luma.right": Advice(_l("One step to the right"), _l("let the light fall on it"), "next", *TOO_DARK),
    "subject_luma.high": Advice(_l("Too bright: step back"), _l("out of the sun, into the shade"), "farther",
                                *TOO_BRIGHT),
    "clipped.high": Advice(_l("It glares: change the angle"), _l("turn the goods or yourself a little"), "glare",
                           _l("Some glare"), _l("Glare")),
    "flicker.high": Advice(_l("The lamp flickers"), _l("take another lamp, or face the window"), "lamp",
                           _l("The lamp flickers"), _l("The lamp flickers")),
    "contrast.low": Advice(_l("Dull: wipe the lens"), _l("a soft cloth is enough"), "wipe", _l("A bit dull"),
                           _l("Dull")),
    "warmth.high": Advice(_l("Yellowish: change the lamp"), _l("daylight shows the true colour"), "lamp", *COLOUR),
    "warmth.low": Advice(_l("Greenish: change the lamp"), _l("daylight shows the true colour"), "lamp", *COLOUR),
    "blueness.low": Advice(_l("Yellowish: change the lamp"), _l("daylight shows the true colour"), "lamp", *COLOUR),
    "blueness.high": Advice(_l("Bluish: change the lamp"), _l("daylight shows the true colour"), "lamp", *COLOUR),
    "roll.left": Advice(_l("Hold the phone straight"), _l("turn it a little to the right"), "straight", *ASKEW),
    "roll.right": Advice(_l("Hold the phone straight"), _l("turn it a little to the left"), "straight", *ASKEW),
    "flat.high": Advice(_l("Hold the phone flat"), _l("look straight down on the goods"), "straight", *ASKEW),
    "shake.high": Advice(_l("Elbows to your body"), _l("or lean against a wall"), "steady", *SHAKING),
    "unrest.high": Advice(_l("Elbows to your body"), _l("or lean against a wall"), "steady", *SHAKING),
    "pan.high": Advice(_l("Move more slowly"), _l("count to three from one end to the other"), "timer",
                       _l("A bit fast"), _l("Too fast")),
    "pitch.low": Advice(_l("Camera as high as the eyes"), _l("hold the phone lower"), "down", *ASKEW),
    "pitch.high": Advice(_l("Camera as high as the eyes"), _l("hold the phone higher"), "up", *ASKEW),
    "blur.low": Advice(_l("Tap the goods to focus again"), _l("hold still until they are sharp"), "focus", *NONE),
    "smear.high": Advice(_l("Wipe the lens"), _l("a smeared lens makes lights glow"), "wipe", *NONE),
    "width.low": Advice(_l("Come closer"), _l("let the goods fill a good third of the picture"), "closer", *NONE),
    "headroom.high": Advice(_l("A little closer"), _l("there is much room above the head"), "closer", *NONE),
    "headroom.low": Advice(_l("A little higher"), _l("leave some room above the head"), "up", *NONE),
    "covered.bottom": Advice(_l("A little higher up"), _l("comments will stand over the lower part"), "up", *NONE),
    "covered.top": Advice(_l("A little lower"), _l("names will stand over the upper part"), "down", *NONE),
    "covered.right": Advice(_l("A little to the left"), _l("buttons will stand over the right edge"), "back", *NONE),
    "crushed.high": Advice(_l("Too black behind: add a lamp"), _l("or take a lighter wall as ground"), "lamp",
                           _l("A bit black"), _l("Too black")),
    "storage.low": Advice(_l("The phone is nearly full"), _l("delete some old videos first"), "bin", *NONE),
    "battery.low": Advice(_l("Charge first"), _l("a live takes much power"), "battery", *NONE),
    "upload.low": Advice(_l("Weak signal: move"), _l("try by the window or upstairs"), "signal", *NONE),
}  # fmt: skip

# What the meters say otherwise.
METERS = {
    "light": {"green": _l("Good light"), "unknown": _l("Looking…")},
    "level": {"green": _l("Straight, good"), "unknown": _l("No sensor: go by the lines")},
    "sound": {"green": _l("Quiet, good"), "unknown": _l("No microphone")},
}

# What the page's script says.
SAID = {
    "ready": _l("Now you can film"),
    "ready_why": _l("light, level and sound are all good"),
    "going": _l("Fine so far, hold still"),
    "going_why": _l("five seconds of green, then film"),
    "stop": _l("Stop"),
    "shoot": _l("Shoot"),
    "of_a_minute": _l("{time} of 1 minute"),
    "photo": _l("Photo"),
    "video": _l("Video"),
    "here_only": _l("Only on this phone"),
    "handed_in": _l("Handed in"),
    "all_good": _l("Nothing to mend. Well done."),
    "kept": _l("Kept on this phone."),
    "full": _l("The phone is full. Delete some old photos or videos, then try again."),
    "sending": _l("Sending… {percent}%"),
    "sent": _l("Handed in. Your trainer will look at it."),
    "broken": _l("It could not be handed in."),
    "on_its_way": _l("It is on its way. You may leave this page; it goes on by itself."),
    "full_going": _l("The phone is full. Stay on this page until it is sent."),
    "waits": _l("No network now. It is kept here and goes on by itself."),
    "looking": _l("Looking at it…"),
    "delete": _l("Delete it"),
    "delete_surely": _l("Delete it for good? Tap once more."),
    "no_file": _l("This file cannot be opened. Choose a photo or a video."),
    "measured": _l("{speed} Mbit/s"),
    "measuring": _l("Measuring…"),
    "no_network": _l("No network."),
    "no_sensors": _l("This phone does not tell how it is held."),
}


def for_script() -> dict[str, Any]:
    """All words as plain text in the reader's language."""
    return {
        "advice": {key: {name: str(word) for name, word in asdict(advice).items()} for key, advice in ADVICE.items()},
        "meters": {group: {name: str(word) for name, word in words.items()} for group, words in METERS.items()},
        "said": {name: str(word) for name, word in SAID.items()},
    }


def told(verdicts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What the coach saw in a shot, for who judges it: words, green, amber or red, and the advice's icon. Empty for
    verdicts of another tool. A phone's own figures: read as such, believed nothing."""
    meters, signals = verdicts.get("meters"), verdicts.get("signals")
    if not isinstance(meters, dict) or not isinstance(signals, dict):
        return []
    good = [(str(METERS[name]["green"]), "green", "check") for name in METERS if meters.get(name) == "green"]
    faults = []
    for name, signal in signals.items():
        grade, side = (signal.get("grade"), signal.get("side")) if isinstance(signal, dict) else ("", "")
        advice = ADVICE.get(f"{name}.{side}")
        if advice and grade in ("amber", "red"):
            faults.append((str((advice.red if grade == "red" else advice.amber) or advice.say), grade, advice.icon))
    return faults + good


def icons() -> list[str]:
    """Every icon that an advice may be drawn with."""
    return sorted({advice.icon for advice in ADVICE.values()} | {"check", "camera"})
