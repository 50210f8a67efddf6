"""What the room says: its levels and parts, and the words that its scripts put on the page."""

from __future__ import annotations

from typing import Any

from lms.i18n import lazy as _l
from lms.practice.rehearsal import measures

# Level → name, and what it is in plain words.
LEVELS = {
    1: (_l("The empty room"), _l("Nobody comes for minutes. You talk all the same.")),
    2: (_l("People you know"), _l("5 to 10 people, one or two comments a minute.")),
    3: (_l("A small room"), _l("20 to 50 people, four to seven comments a minute.")),
    4: (_l("A busy room"), _l("200 people. Nobody can answer all: choose.")),
    5: (_l("Everything goes wrong"), _l("Wrong price, power cut, trolls, traps: keep calm.")),
}
MINUTES = (1, 3, 5, 10, 20, 30)
# The parts of a broadcast about one product, as the copy coach divides a script of five minutes.
PARTS = [
    ("hook", _l("Hook"), 20),
    ("who", _l("Who and where from"), 40),
    ("points", _l("Three good points"), 90),
    ("trust", _l("Proof"), 40),
    ("price", _l("Size and price"), 40),
    ("order", _l("How to order"), 40),
    ("end", _l("Answers, what comes next"), 30),
]
MOMENTS = {
    "price": _l("Asked about the price"),
    "ship": _l("Asked about shipping"),
    "quality": _l("Asked about quality"),
    "use": _l("Asked how to use it"),
    "buy": _l("Asked how to buy"),
    "objection": _l("An objection"),
    "greeting": _l("A greeting"),
    "trap": _l("A trap"),
    "troll": _l("A troll"),
    "order": _l("An order"),
    "call": _l("You called to order"),
    "ask": _l("You asked the room"),
    "name": _l("You greeted by name"),
    "said-price": _l("You said the price"),
    "event": _l("A mishap"),
    "correct": _l("You corrected aloud"),
    "silence": _l("Silence"),
    "part": _l("Next part"),
    "pause": _l("Pause"),
    "away": _l("You were away from the page"),
}
STATES = {
    "answered": _l("answered"),
    "again": _l("asked twice"),
    "left": _l("left without an answer"),
    "late": _l("came at the very end, does not count"),
    "met": _l("handled"),
    "missed": _l("not handled"),
}
SAID = {
    "answer_me": _l("Not answered"),
    "again": _l("asks again"),
    "gone": _l("No answer. Bye."),
    "bought": _l("{name} bought {count} {unit}"),
    "joined": _l("{name} is here"),
    "viewers": _l("{count} watching"),
    "muted": _l("Muted"),
    "answered": _l("Answered"),
    "slow": _l("Comments: slow"),
    "normal": _l("Comments: normal"),
    "pause": _l("Pause"),
    "recording": _l("Done, stop recording"),
    "not_recording": _l("Done, stop"),
    "costs_video": _l("About {size} MB on this phone, nothing over the network. There is room for {room}."),
    "costs_sound": _l("About {size} MB on this phone, nothing over the network. There is room for {room}."),
    "costs_taps": _l("Nothing is recorded. How much you talk is not measured then."),
    "too_full": _l("Not enough room on this phone: choose sound only, or fewer minutes."),
    "taps_only": _l("Nothing is recorded"),
    "no_camera": _l("The phone did not let us use the camera. You practise with sound only."),
    "no_microphone": _l(
        "The phone did not let us use the microphone. Talking, silence, speed and loudness are not measured; taps are."
    ),
    "camera_gone": _l("The camera was taken away. From here only the sound is recorded."),
    "recording_gone": _l("The recording stopped. What there is stays; the rehearsal goes on."),
    "phone_full": _l("The phone is full: the recording ends here. The rehearsal goes on."),
    "was_away": _l("You were away. The clock stood still."),
    "no_bank": _l("The room could not be fetched. Go where there is network and try again."),
    "sending": _l("Sending…"),
    "stored": _l("Stored."),
    "waits": _l("Kept on this phone. It goes off when there is network."),
    "refused": _l("The server did not take it. It stays on this phone."),
    "no_recording": _l("The recording of this rehearsal is not on this phone."),
    "here_only": _l("The recording is only on this phone: {size} MB."),
    "deleted": _l("The recording is deleted."),
    "cutting": _l("Cutting…"),
    "cut": _l(
        "The clip runs from {from} to {to}, {size} MB. The phone can only cut at certain places, so it may begin a few "
        "seconds earlier."
    ),
    "no_clip": _l("The clip would end before it begins. Write both as minutes and seconds, such as 01:05."),
    "cannot_cut": _l("This phone's recording cannot be cut here. Hand in the whole."),
    "too_big": _l("{size} MB is too big for this task, the most is {most} MB. Cut a shorter clip."),
    "going": _l("It is on its way. You may leave this page; it goes on by itself."),
    "full_going": _l("The phone is full. Stay on this page until it is sent."),
    "sent": _l("Handed in. Your trainer will look at it."),
    "broken": _l("It could not be handed in."),
    "percent": _l("Sending… {percent}%"),
    "kept_none": _l("none came"),
    "not_measured": _l("not measured"),
    "all_green": _l("All as it should be. Next time take a harder room."),
    "until": _l("{part}, until {time}"),
    "secs": _l("{count} s"),
    "mins": _l("{count} min"),
    "colon": _l(": "),
    "green": _l("as it should be"),
    "off": _l("to work at"),
}


def for_script() -> dict[str, Any]:
    """All words as plain text in the reader's language."""
    return {
        "said": plain(SAID),
        "moments": plain(MOMENTS),
        "states": plain(STATES),
        "parts": [{"name": name, "label": str(label), "seconds": seconds} for name, label, seconds in PARTS],
        "measures": measures.for_phone(),
        "counted": plain(measures.COUNTED),
    }


def plain(words: dict[Any, Any]) -> dict[str, str]:
    """Lazy words settled."""
    return {str(name): str(word) for name, word in words.items()}
